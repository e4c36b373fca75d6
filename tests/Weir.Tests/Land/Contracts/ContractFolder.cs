using System.Text;
using System.Text.Json;
using Weir.Events;
using Weir.Land;
using Weir.Land.Contracts;
using Weir.Land.Contracts.Reading;
using Weir.Land.Contracts.Schemas;
using Weir.Land.Evaluate;
using Weir.Land.Fast.Columns;
using Weir.Land.Fast.Contracts;
using Weir.Land.Fast.Reading;
using Weir.Sources;
using Weir.Tests.Land.Evaluate;
using Weir.Tests.Land.Fast.Fuzz;

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

    /// <summary>What the plain path makes of an event; the fast path must make the same of it, or leave it.</summary>
    internal Verdict Judge(string text, SourceDefinition? source = null, string dialect = Dialects.Weir)
    {
        var options = new EvaluatorOptions { Rules = EventRules.None with { Contracts = Load() } };
        var frame = new Frame(100, Evaluation.ReceivedAt, dialect, "{}"u8.ToArray(), [Encoding.UTF8.GetBytes(text)]);
        var verdict = new Evaluator(source ?? Evaluation.Web, options).Evaluate(frame, 0, "s");
        using var block = new EventBlock();
        block.Begin();
        if (new FastReader(source ?? Evaluation.Web, options).TryRead(frame, 0, "s", block, 0)) BlockRows.Text(block, 0).ShouldBe(BlockRows.Text(verdict.ShouldBeOfType<Verdict.Event>($"{verdict} {text}").Row), text);
        return verdict;
    }

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

    /// <summary>What a value breaks, as <c>path: keyword</c>; empty: nothing. Where the fast path is sure, it says the same.</summary>
    internal static string Break(string schema, string value)
    {
        var (compiled, mistakes) = Compile(schema);
        mistakes.ShouldBeEmpty();
        using var document = JsonDocument.Parse(value, new JsonDocumentOptions { MaxDepth = 1000 });
        var violation = compiled.Find(document.RootElement);
        if (HoldsSurely(compiled, value) is { } holds) holds.ShouldBe(violation is null, $"{schema} {value}");
        return violation is null ? "" : $"{violation.Path}: {violation.Keyword}";
    }

    /// <summary>What the fast path says of a value; null: it leaves it to the plain one.</summary>
    internal static bool? HoldsSurely(Schema schema, string value)
    {
        var tree = new EventTree();
        tree.Begin();
        var text = new Utf8Name($$"""{"v":{{value}}}""");
        var column = tree.Add(EventTree.Root, text.Bytes[2..3]);
        tree.Set(column, JsonTokenType.StartObject, text.Bytes);
        var holds = schema.Holds(tree, tree.Find(column, "v"u8));
        GC.KeepAlive(text);
        return tree.IsSure ? holds : null;
    }

    public void Dispose() => folder.Dispose();
}
