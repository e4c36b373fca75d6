using System.Text;
using System.Text.Json;
using Weir.Events;
using Weir.Land;
using Weir.Land.Contracts;
using Weir.Land.Contracts.Reading;
using Weir.Land.Contracts.Schemas;
using Weir.Land.Evaluate;
using Weir.Sources;
using Weir.Tests.Land.Evaluate;

namespace Weir.Tests.Land.Contracts;

/// <summary>A project's folder with contracts, and short ways to hold events against them.</summary>
public sealed class ContractFolder : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public string Project => folder.Path;

    /// <summary>Writes a file, by its path in the project.</summary>
    public ContractFolder With(string path, string content)
    {
        var file = Path.Combine(Project, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, content);
        return this;
    }

    public ContractSet Load() => ContractSet.Load(Project);

    /// <summary>What is wrong with the files, one mistake a line, without the heading.</summary>
    public IReadOnlyList<string> Mistakes()
    {
        var error = Should.Throw<WeirException>(() => Load());
        error.Code.ShouldBe("WEIR5110");
        return [.. error.Message.Split('\n').Skip(1).Select(l => l.Trim())];
    }

    internal Verdict Judge(string text, SourceDefinition? source = null, string dialect = Dialects.Weir) =>
        new Evaluator(source ?? Evaluation.Web, new EvaluatorOptions { Rules = EventRules.None with { Contracts = Load() } }).Evaluate(new Frame(100, Evaluation.ReceivedAt, dialect, "{}"u8.ToArray(), [Encoding.UTF8.GetBytes(text)]), 0, "s");

    internal EventRow Landed(string text, SourceDefinition? source = null, string dialect = Dialects.Weir)
    {
        var verdict = Judge(text, source, dialect);
        return verdict.ShouldBeOfType<Verdict.Event>(verdict.ToString()).Row;
    }

    internal Verdict.Quarantined Quarantined(string text, SourceDefinition? source = null, string dialect = Dialects.Weir) =>
        Judge(text, source, dialect).ShouldBeOfType<Verdict.Quarantined>();

    /// <summary>Compiles a schema alone.</summary>
    internal static (Schema Schema, List<string> Mistakes) Compile(string schema)
    {
        var mistakes = new List<string>();
        var file = new SourceFile("schema.json", Encoding.UTF8.GetBytes(schema), mistakes).Parse();
        return (file is null ? Schema.Nothing : new SchemaReader(file).Read([]), mistakes);
    }

    /// <summary>What a value breaks, as <c>path: keyword</c>; empty: nothing.</summary>
    internal static string Break(string schema, string value)
    {
        var (compiled, mistakes) = Compile(schema);
        mistakes.ShouldBeEmpty();
        using var document = JsonDocument.Parse(value, new JsonDocumentOptions { MaxDepth = 1000 });
        return compiled.Find(document.RootElement) is { } violation ? $"{violation.Path}: {violation.Keyword}" : "";
    }

    public void Dispose() => folder.Dispose();
}
