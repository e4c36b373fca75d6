using Weir.DuckDb;
using Weir.Insight;
using Weir.Models;
using Weir.Models.Lineage;

namespace Weir.Tests.Models;

/// <summary>A project written file by file, with a warehouse of its own.</summary>
internal sealed class SmallProject : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("weir-models-").FullName;

    public SmallProject(string settings = "")
    {
        Write("dbt_project.yml", $"name: shop\nconfig-version: 2\n{settings}");
        Connection = new DuckDBConnection("Data Source=:memory:");
        Connection.Open();
        Connection.Execute("set timezone = 'UTC'");
    }

    public DuckDBConnection Connection { get; }

    public SmallProject Write(string file, string text)
    {
        var path = Path.Combine(folder, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return this;
    }

    public SmallProject Model(string name, string sql) => Write($"models/{name}.sql", sql);

    public SmallProject Seed(string name, string csv) => Write($"seeds/{name}.csv", csv);

    public Task<BuildResult> Build(BuildRequest? request = null, int threads = 1, TimeProvider? clock = null) =>
        new ModelRunner(ModelProject.Load(folder, new ProjectOptions { Target = new ModelTarget("local") { Threads = threads } }), clock ?? TimeProvider.System)
            .BuildAsync(request ?? BuildRequest.Everything, Connection, null, CancellationToken.None);

    public ProjectLineage Lineage() => ProjectLineage.Read(ModelProject.Load(folder), Connection, TimeProvider.System);

    public MetricCatalogue Metrics() => MetricCatalogue.Load(ModelProject.Load(folder));

    /// <summary>Rows as text, sorted.</summary>
    public IReadOnlyList<string> Rows(string sql) =>
        [.. Connection.Query($"select columns(*)::varchar from ({sql})", row => string.Join(',', Enumerable.Range(0, row.FieldCount).Select(i => row.IsDBNull(i) ? "null" : row.GetString(i)))).Order(StringComparer.Ordinal)];

    /// <summary>The message of a node that did not succeed; empty otherwise.</summary>
    public static string MessageOf(BuildResult result, string name) => result.Nodes.Single(node => node.UniqueId.Split('.')[2] == name).Message;

    public void Dispose()
    {
        Connection.Dispose();
        Directory.Delete(folder, recursive: true);
    }
}
