using System.Runtime.CompilerServices;
using System.Text.Json;
using Weir.Models.Jinja;

namespace Weir.Tests.Models.Jinja;

/// <summary>One line of a recorded file: a template, and what dbt's own Jinja (3.1.6) made of it.</summary>
internal sealed record CorpusCase(string Template, JsonElement Vars, bool IsNative, bool IsUnstable, JsonElement Output, string? Type, string? Error, string? Message)
{
    public static IReadOnlyList<CorpusCase> All { get; } = ReadAll(Path.Combine(Corpus.CorpusProject.Root, "jinja.jsonl"));

    /// <summary>Further templates with what Jinja 3.1.6's sandbox made of them, without the messages of errors.</summary>
    public static IReadOnlyList<CorpusCase> More { get; } = ReadAll(Path.Combine(Folder(), "jinja-more.jsonl"));

    /// <summary>The names the recorded environment knew, and this template's own.</summary>
    public Scope Scope()
    {
        var scope = new Scope();
        if (Vars.ValueKind == JsonValueKind.Object)
            foreach (var variable in Vars.EnumerateObject())
                scope.Set(variable.Name, variable.Value);
        return scope;
    }

    private static CorpusCase[] ReadAll(string path) => [.. File.ReadLines(path).Select(Read)];

    private static CorpusCase Read(string line)
    {
        var json = JsonDocument.Parse(line).RootElement;
        return new CorpusCase(
            json.GetProperty("template").GetString()!, Optional(json, "vars"), Optional(json, "native").ValueKind == JsonValueKind.True,
            Optional(json, "unstable").ValueKind == JsonValueKind.True, Optional(json, "output"), Text(json, "type"), Text(json, "error"), Text(json, "message"));
    }

    private static JsonElement Optional(JsonElement json, string name) => json.TryGetProperty(name, out var value) ? value : default;

    private static string? Text(JsonElement json, string name) => json.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static string Folder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
