using System.Text.Json;
using Weir.DuckDb;
using Weir.Models;

namespace Weir.Tests.Models;

/// <summary>A copy of a corpus project with a warehouse beside it; dbt's command lines become requests.</summary>
internal sealed class CorpusRun : IDisposable
{
    private readonly string source;

    public CorpusRun(string name)
    {
        source = Path.Combine(Folder(), name);
        Project = Directory.CreateTempSubdirectory("weir-models-").FullName;
        Copy(source, Project);
        Connection = new DuckDBConnection($"Data Source={Path.Combine(Project, "corpus.duckdb")}");
        Connection.Open();
        Environment.SetEnvironmentVariable("CORPUS_ENV", "from-env");
    }

    public string Project { get; }

    public DuckDBConnection Connection { get; }

    public static string Folder() => Corpus.CorpusProject.Root;

    /// <summary>The lines of steps.txt: <c>overlay</c> and <c>dbt</c>.</summary>
    public IReadOnlyList<string> Steps => [.. File.ReadAllLines(Path.Combine(source, "steps.txt")).Where(line => !line.StartsWith('#')).Select(line => line.Split('#')[0].Trim())];

    public string Expected(int step, string file) => Path.Combine(source, "expected", step.ToString(), file);

    public void Overlay(string change) => Copy(Path.Combine(source, "changes", change), Project);

    public void Write(string file, string text)
    {
        var path = Path.Combine(Project, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    public Task<BuildResult> Dbt(string command)
    {
        var words = Words(command);
        var (select, exclude, vars, full, target) = (new List<string>(), new List<string>(), new Dictionary<string, object?>(), false, "dev");
        for (var i = 2; i < words.Count; i++)
        {
            switch (words[i])
            {
                case "-s" or "--select": select.Add(words[++i]); break;
                case "--exclude": exclude.Add(words[++i]); break;
                case "--target": target = words[++i]; break;
                case "--full-refresh": full = true; break;
                case "--vars": vars = Vars(words[++i]); break;
                default: throw new NotSupportedException(words[i]);
            }
        }

        return Build(new BuildRequest(select, full) { Exclude = exclude, Command = Enum.Parse<BuildCommand>(words[1], ignoreCase: true) }, vars, target);
    }

    public Task<BuildResult> Build(BuildRequest? request = null, Dictionary<string, object?>? vars = null, string target = "dev", IProgress<NodeProgress>? progress = null)
    {
        var project = ModelProject.Load(Project, vars, target);
        return new ModelRunner(project, TimeProvider.System).BuildAsync(request ?? BuildRequest.Everything, Connection, progress, CancellationToken.None);
    }

    /// <summary>What dbt said of each node at a step.</summary>
    public Dictionary<string, (string Status, long? Failures)> Results(int step) =>
        JsonDocument.Parse(File.ReadAllText(Expected(step, "run_results.json"))).RootElement.EnumerateArray().ToDictionary(
            node => node.GetProperty("unique_id").GetString()!,
            node => (node.GetProperty("status").GetString()!, node.GetProperty("failures").ValueKind == JsonValueKind.Number ? node.GetProperty("failures").GetInt64() : (long?)null));

    /// <summary>A table as the corpus writes it: kind, columns with types, rows sorted as text.</summary>
    public string Dump(string schema, string name)
    {
        var kind = Connection.Scalar<long>("select count(*) from duckdb_views() where schema_name = ? and view_name = ?", schema, name) > 0 ? "view" : "table";
        var relation = $"\"{schema}\".\"{name}\"";
        var columns = Connection.Query($"select column_name, column_type from (describe {relation})", row => (Name: row.GetString(0), Type: row.GetString(1)));
        var list = string.Join(", ", columns.Select(column => $"coalesce(\"{column.Name}\"::varchar, '\u0001')"));
        var rows = Connection.Query($"select [{list}] from {relation}", row => string.Join(",", ((List<object?>)row.GetValue(0)).Select(value => Field((string)value!))));
        return $"# {kind}\n{string.Join(",", columns.Select(column => $"{column.Name}:{column.Type}"))}\n{string.Concat(rows.Order(StringComparer.Ordinal).Select(row => row + "\n"))}";
    }

    public void Dispose()
    {
        Connection.Dispose();
        Directory.Delete(Project, recursive: true);
    }

    private static string Field(string value) =>
        value == "\u0001" ? "NULL" : value.AsSpan().IndexOfAny(",\"\n") >= 0 ? "\"" + value.Replace("\"", "\"\"") + "\"" : value;

    private static Dictionary<string, object?> Vars(string text)
    {
        var map = new YamlDotNet.Serialization.Deserializer().Deserialize<Dictionary<string, string>>(text);
        return map.ToDictionary(pair => pair.Key, pair => long.TryParse(pair.Value, out var number) ? number : (object?)pair.Value);
    }

    private static List<string> Words(string command)
    {
        var words = new List<string>();
        foreach (System.Text.RegularExpressions.Match word in System.Text.RegularExpressions.Regex.Matches(command, @"'([^']*)'|(\S+)"))
            words.Add(word.Groups[1].Success ? word.Groups[1].Value : word.Groups[2].Value);
        return words;
    }

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var inside = Path.GetRelativePath(from, file);
            if (inside.StartsWith("expected", StringComparison.Ordinal) || inside.StartsWith("changes", StringComparison.Ordinal) || inside == "steps.txt")
                continue;
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(to, inside))!);
            File.Copy(file, Path.Combine(to, inside), overwrite: true);
        }
    }
}
