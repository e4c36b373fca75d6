using Weir.DuckDb;
using Weir.Events;
using Weir.Journal;
using Weir.Lake;
using Weir.Land;
using Weir.Land.Retaining;
using Weir.Sources;
using Weir.Storage;

namespace Weir.Tests.Land.Landing;

/// <summary>A data folder with a lake, and short ways to land into it and to read it with SQL.</summary>
public sealed class LandFixture : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public string Data => folder.Path;
    public string LakeFolder => Path.Combine(Data, "lake");
    public KeyStore Keys => new(LocalDisk.Instance, Path.Combine(Data, "keys"));

    public List<SourceDefinition> Sources { get; } =
    [
        new SourceDefinition { Name = "web", TimeZone = "UTC" },
        new SourceDefinition { Name = "mobile", TimeZone = "UTC" },
    ];

    /// <summary>Bytes as received go once they have landed.</summary>
    public static RetentionRules NoRaw { get; } = new(new Retention { Raw = TimeSpan.Zero });

    /// <summary>The changes that a test makes to the options.</summary>
    public Func<LandOptions, LandOptions> Configure { get; set; } = o => o;

    /// <summary>Another data folder with the same contents.</summary>
    public LandFixture Copy()
    {
        var copy = new LandFixture { Configure = Configure };
        foreach (var file in Directory.EnumerateFiles(Data, "*", SearchOption.AllDirectories))
        {
            var to = Path.Combine(copy.Data, Path.GetRelativePath(Data, file));
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(file, to);
        }
        return copy;
    }

    public LakeStore OpenLake(IDisk? disk = null) => LakeStore.Open(new LakeOptions(LakeFolder), disk ?? LocalDisk.Instance, TimeProvider.System);

    /// <summary>What one process does: opens all, lands, closes.</summary>
    public async Task<LandResult> LandAsync(IReadOnlyList<IEventStream> streams, IDisk? disk = null, string? dataFolder = null)
    {
        using var lake = OpenLake(disk);
        await using var lander = await Lander.OpenAsync(Configure(new LandOptions(dataFolder ?? Data)), lake, Sources, Keys, disk ?? LocalDisk.Instance);
        return await lander.LandAsync(streams, null, CancellationToken.None);
    }

    public Task<LandResult> LandAsync(params IEventStream[] streams) => LandAsync(streams, null);

    public T Read<T>(Func<DuckDBConnection, T> read)
    {
        using var lake = OpenLake();
        using var connection = new DuckDBConnection("Data Source=:memory:");
        connection.Open();
        connection.Execute("SET TimeZone = 'UTC'");
        LakeViews.Create(connection, lake.ReadSnapshot());
        return read(connection);
    }

    public long Count(string sql) => Read(c => c.Scalar<long>(sql));

    /// <summary>Rows of one text column.</summary>
    public IReadOnlyList<string> Texts(string sql) => Read(c => c.Query(sql, r => r.IsDBNull(0) ? "" : r.GetString(0)));

    /// <summary>Every ordinal of a stream with its fate, from the rows in the lake and the ledger's runs: <c>landed</c>, <c>quarantined</c>, <c>duplicate</c>.</summary>
    public IReadOnlyList<(long Position, string Fate)> Fates(string stream) => Read(c =>
    {
        var fates = c.Query("SELECT _position FROM lake.events WHERE _stream = ?", r => (r.GetInt64(0), "landed"), stream)
            .Concat(c.Query("SELECT _position FROM lake.quarantine WHERE _stream = ?", r => (r.GetInt64(0), "quarantined"), stream)).ToList();
        foreach (var runs in c.Query("SELECT duplicate_runs FROM lake.ledger WHERE stream = ?", r => r.GetString(0), stream))
            foreach (var run in runs.Split(',', StringSplitOptions.RemoveEmptyEntries))
            {
                var ends = run.Split('-').Select(long.Parse).ToArray();
                for (var at = ends[0]; at <= ends[^1]; at++) fates.Add((at, "duplicate"));
            }
        return (IReadOnlyList<(long, string)>)[.. fates.Order()];
    });

    public string FateLine(string stream) => string.Join(' ', Fates(stream).Select(f => $"{f.Position}:{f.Fate}"));

    public void Dispose() => folder.Dispose();
}
