using System.Text;
using Weir.Accounting;
using Weir.Connect;
using Weir.DuckDb;
using Weir.Events;
using Weir.Journal;
using Weir.Lake;
using Weir.Land;
using Weir.Sources;
using Weir.Storage;
using Weir.Tests.Journal;
using Weir.Tests.Land.Landing;
using static Weir.Tests.Land.Landing.Events;

namespace Weir.Tests.Land.Verifying;

/// <summary>A data folder with a real journal, loaded files, a lake and a witness, and short ways to prove it.</summary>
internal sealed class VerifyBench(LandFixture? land = null) : IDisposable
{
    public LandFixture Land { get; } = land ?? new();
    public ManualTime Time { get; } = new(new DateTimeOffset(2026, 3, 1, 10, 30, 0, TimeSpan.Zero));
    public FileIntake Intake => new(Land.Data, LocalDisk.Instance, Land.Keys, Time, new FileIntakeOptions { StillFor = TimeSpan.Zero });
    public IReadOnlyList<IEventStream> Streams => [.. JournalReader.OpenAll(Land.Data, LocalDisk.Instance, Land.Keys), .. Intake.OpenAll()];
    public string Id(string source = "web") => Streams.First(s => s.Source == source).Id;
    public string Journal => Path.Combine(Land.Data, "journal", "web");

    public Task<JournalWriter> OpenAsync() => JournalWriter.OpenAsync(new JournalOptions(Land.Data), LocalDisk.Instance, Time);

    public static Task AppendAsync(JournalWriter journal, params string[] events) => AppendAsync("web", journal, events);

    public static Task AppendAsync(string source, JournalWriter journal, params string[] events) =>
        journal.AppendAsync(source, Dialects.Weir, "{}"u8.ToArray(), [.. events.Select(e => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(e))], CancellationToken.None);

    /// <summary>Three closed segments of an hour each: ordinals 0–2, 3–5, 6–8.</summary>
    public async Task ReceiveThreeHoursAsync()
    {
        await using var journal = await OpenAsync();
        for (var hour = 0; hour < 3; hour++)
        {
            await AppendAsync(journal, Of(hour * 3 + 1, "2026-03-01T09:00:00"));
            await AppendAsync(journal, Of(hour * 3 + 2, "2026-03-01T09:10:00"), Of(hour * 3 + 3, "2026-03-01T09:20:00"));
            Time.Now += TimeSpan.FromHours(1);
        }
    }

    public void Witness() => new Witness(Land.LakeFolder, LocalDisk.Instance, Time).Write(Streams);

    public async Task LandAndWitnessAsync()
    {
        await Land.LandAsync(Streams);
        Witness();
    }

    public async Task<VerifyReport> VerifyAsync(VerifyScope? scope = null, Func<VerifyOptions, VerifyOptions>? options = null, Action? meanwhile = null)
    {
        using var lake = Land.OpenLake();
        var verifier = new AccountVerifier(lake, LocalDisk.Instance, (options ?? (o => o))(new VerifyOptions(Path.Combine(Land.Data, "run", "verify"))));
        return await verifier.VerifyAsync(scope ?? new VerifyScope(), () => Streams, meanwhile is null ? null : new Told(meanwhile), CancellationToken.None);
    }

    public async Task HoldsAsync(VerifyScope? scope = null, Func<VerifyOptions, VerifyOptions>? options = null)
    {
        var report = await VerifyAsync(scope, options);
        report.Holds.ShouldBeTrue(string.Join('\n', report.Faults));
    }

    /// <summary>Segments in journal and raw, in order of their first ordinals.</summary>
    public string[] Segments() =>
    [
        .. Directory.GetFiles(Land.Data, "*.seg", SearchOption.AllDirectories).OrderBy(f => Path.GetFileNameWithoutExtension(f)[^20..], StringComparer.Ordinal),
    ];

    public string[] LakeFiles(string table = "events") => [.. Directory.GetFiles(Path.Combine(Land.LakeFolder, table), "*.parquet", SearchOption.AllDirectories).Where(f => !f.Contains("_delta_log")).Order(StringComparer.Ordinal)];

    /// <summary>A lander that writes rows for these ordinals of the web stream, whatever it received, and says in the ledger what it likes.</summary>
    public void LandByHand(IEnumerable<long> ordinals, long from, long to, Func<LedgerRow, LedgerRow>? say = null)
    {
        using var lake = Land.OpenLake();
        using var connection = new DuckDBConnection("Data Source=:memory:");
        connection.Open();
        connection.Execute("SET TimeZone = 'UTC'");
        connection.Execute(LakeTables.Events.CreateStagingSql("staging"));
        foreach (var ordinal in ordinals)
            connection.Execute($"""
                INSERT INTO staging BY NAME SELECT uuid()::VARCHAR AS event_id, 'web' AS source, 'page' AS event, t AS client_time, t AS event_time, t AS received_at,
                '{Id()}' AS _stream, {ordinal} AS _position, t::DATE AS date, hour(t) AS hour FROM (SELECT TIMESTAMPTZ '2026-03-01 10:00:00+00' AS t)
                """);
        var files = lake.Writer.Write(connection, "staging", LakeTables.Events, "by-hand");
        var row = new LedgerRow(Id(), "web", from, to, new DateTime(2026, 3, 1, 10, 0, 0, DateTimeKind.Utc), "land", to - from, to - from, 0, 0, 0, 0);
        lake.Commit(new RangeCommit([new StreamRange(Id(), from, to)], say is null ? [row] : [say(row)],
            new Dictionary<string, IReadOnlyList<AddFile>> { ["events"] = files }, lake.ReadSnapshot().LedgerVersion)).ShouldBeOfType<CommitOutcome.Committed>();
    }

    public void Dispose() => Land.Dispose();

    private sealed class Told(Action meanwhile) : IProgress<VerifyProgress>
    {
        public void Report(VerifyProgress value) => meanwhile();
    }
}
