using System.Text.Json;

namespace Weir.Tests.Models.Corpus;

/// <summary>Runs a recorded project step by step and notes what differs.</summary>
internal sealed class Comparison(CorpusProject project)
{
    private readonly List<Difference> found = [];
    private readonly Dictionary<string, string> relations = [];

    public static readonly IReadOnlyList<string> Aspects = ["results", "tables", "compiled", "manifest", "ls"];

    public async Task<IReadOnlyList<Difference>> RunAsync()
    {
        var step = 0;
        foreach (var line in project.Steps)
        {
            if (line.StartsWith("overlay ", StringComparison.Ordinal))
                project.Overlay(line[8..]);
            else if (line.StartsWith("save-state ", StringComparison.Ordinal))
                project.SaveState(line[11..]);
            else
                Compare(++step, await StepOutcome.OfAsync(project, line[4..]));
        }

        await CompareLs();
        return found;
    }

    private void Compare(int step, StepOutcome outcome)
    {
        var exit = int.Parse(File.ReadAllText(project.Expected(step, "exit-code")));
        if (outcome.NotRun is not null)
            Note("results", $"{step} command", $"Weir has not {outcome.NotRun}");
        else if (outcome.ExitCode != exit)
            Note("results", $"{step} exit", $"{outcome.ExitCode}, dbt has {exit}. {outcome.Message}");
        if (outcome.NotRun is null)
            CompareResults(step, outcome);
        if (outcome.NotRun is null && outcome.Listed is not null && File.Exists(project.Expected(step, "output.txt")))
            CompareListed(step, outcome.Listed);
        CompareTables(step);
        CompareFreshness(step);
        CompareCompiled(step);
        ManifestComparison.Compare(project, step, Note);
    }

    private void CompareResults(int step, StepOutcome outcome)
    {
        var file = project.Expected(step, "run_results.json");
        var expected = !File.Exists(file) ? [] : JsonDocument.Parse(File.ReadAllText(file)).RootElement.EnumerateArray()
            .ToDictionary(node => node.GetProperty("unique_id").GetString()!);
        var actual = outcome.Result?.Nodes.ToDictionary(node => node.UniqueId) ?? [];
        foreach (var id in expected.Keys.Except(actual.Keys))
            Note("results", $"{step} {id}", $"missing; dbt has {expected[id].GetProperty("status")}");
        foreach (var (id, node) in actual)
        {
            if (!expected.TryGetValue(id, out var dbt))
            {
                Note("results", $"{step} {id}", $"{node.Status} {node.Message}; dbt has no such result");
                continue;
            }

            var status = StatusText(node.Status);
            if (status != dbt.GetProperty("status").GetString())
                Note("results", $"{step} {id}", $"{status}, dbt has {dbt.GetProperty("status")}. {node.Message}");
            var failures = dbt.GetProperty("failures").ValueKind == JsonValueKind.Number ? dbt.GetProperty("failures").GetInt64() : (long?)null;
            if (node.ResourceType == "test" && node.Failures != failures)
                Note("results", $"{step} {id}", $"{node.Failures} failures, dbt has {failures}");
        }
    }

    private void CompareListed(int step, IReadOnlyList<string> listed)
    {
        // dbt prints package.folders.name; the last part is enough to tell the nodes of these projects apart.
        var expected = File.ReadAllLines(project.Expected(step, "output.txt")).Where(line => line.StartsWith("p.", StringComparison.Ordinal)).Select(line => line.Split('.')[^1]);
        var actual = listed.Select(id => id.Split('.')[2]);
        if (!expected.Order(StringComparer.Ordinal).SequenceEqual(actual.Order(StringComparer.Ordinal)))
            Note("ls", $"{step} output", $"{string.Join(' ', actual)}, dbt has {string.Join(' ', expected)}");
    }

    private void CompareTables(int step)
    {
        var folder = project.Expected(step, "tables");
        foreach (var file in Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*.csv") : [])
            relations[Path.GetFileNameWithoutExtension(file)] = File.ReadAllText(file);
        if (File.Exists(Path.Combine(folder, "dropped.txt")))
            foreach (var dropped in File.ReadAllLines(Path.Combine(folder, "dropped.txt")))
                relations.Remove(dropped);
        var actual = File.Exists(project.Warehouse) ? RelationDump.All(project) : new Dictionary<string, string>();
        foreach (var (name, text) in relations)
        {
            if (!actual.TryGetValue(name, out var dump))
                Note("tables", $"{step} {name}", "missing");
            else if (!RelationDump.Matches(text, dump))
                Note("tables", $"{step} {name}", $"is\n{dump}dbt has\n{text}");
        }

        foreach (var name in actual.Keys.Except(relations.Keys))
            Note("tables", $"{step} {name}", "dbt has no such relation");
    }

    private void CompareFreshness(int step)
    {
        if (!File.Exists(project.Expected(step, "sources.json")))
            return;
        var own = JsonDocument.Parse(File.ReadAllText(Path.Combine(project.Folder, "target", "sources.json"))).RootElement.GetProperty("results").EnumerateArray().ToDictionary(result => result.GetProperty("unique_id").GetString()!);
        foreach (var expected in JsonDocument.Parse(File.ReadAllText(project.Expected(step, "sources.json"))).RootElement.EnumerateArray())
        {
            var id = expected.GetProperty("unique_id").GetString()!;
            if (!own.Remove(id, out var result))
                Note("results", $"{step} {id}", "its freshness is missing");
            else if (result.GetProperty("status").GetString() != expected.GetProperty("status").GetString()
                || !result.GetProperty("max_loaded_at").GetString()!.StartsWith(expected.GetProperty("max_loaded_at").GetString()!, StringComparison.Ordinal)
                || !JsonElement.DeepEquals(result.GetProperty("criteria"), expected.GetProperty("criteria")))
                Note("results", $"{step} {id}", $"is {result}, dbt has {expected}");
        }

        foreach (var id in own.Keys)
            Note("results", $"{step} {id}", "dbt has no freshness of it");
    }

    private void CompareCompiled(int step)
    {
        var folder = project.Expected(step, "compiled");
        foreach (var file in Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories) : [])
        {
            var inside = Path.GetRelativePath(folder, file);
            var own = Path.Combine(project.Folder, "target", "compiled", "p", inside);
            if (!File.Exists(own))
                Note("compiled", $"{step} {inside}", "missing");
            else if (File.ReadAllText(own) != File.ReadAllText(file))
                Note("compiled", $"{step} {inside}", $"is\n{File.ReadAllText(own)}\ndbt has\n{File.ReadAllText(file)}");
        }
    }

    private async Task CompareLs()
    {
        var file = Path.Combine(project.Recorded, "expected", "ls.txt");
        foreach (var line in File.Exists(file) ? File.ReadAllLines(file) : [])
        {
            var at = line.IndexOf("=>", StringComparison.Ordinal);
            var (arguments, answer) = (line[..at].Trim(), line[(at + 2)..].Trim());
            var outcome = await StepOutcome.OfAsync(project, "ls " + arguments);
            if (outcome.NotRun is not null)
                Note("ls", arguments, outcome.NotRun);
            else if (answer.StartsWith("error:", StringComparison.Ordinal) ? outcome.ExitCode != 2 : outcome.ExitCode != 0)
                Note("ls", arguments, $"exit code {outcome.ExitCode} {outcome.Message}; dbt has {answer}");
            else if (outcome.ExitCode == 0 && !outcome.Listed!.Order(StringComparer.Ordinal).SequenceEqual(answer.Split(' ', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal)))
                Note("ls", arguments, $"{string.Join(' ', outcome.Listed!)}\ndbt has {answer}");
        }
    }

    private static string StatusText(Weir.Models.NodeStatus status) => status == Weir.Models.NodeStatus.NoOp ? "no-op" : string.Concat(status.ToString().Select((c, i) => i > 0 && char.IsUpper(c) ? $" {char.ToLowerInvariant(c)}" : char.ToLowerInvariant(c).ToString()));

    private void Note(string aspect, string place, string text) => found.Add(new Difference(aspect, place, text));
}
