using System.Runtime.CompilerServices;
using Weir.DuckDb;
using Weir.Events;
using Weir.Lake;

namespace Weir.Tests.Land.Verifying;

/// <summary>Memory is a matter of bits, not of rows.</summary>
public sealed class ManyEventsTests : IDisposable
{
    private const int Events = 2_000_000;
    private readonly VerifyBench bench = new();

    public void Dispose() => bench.Dispose();

    [Fact]
    public async Task Two_million_events_are_proven_in_little_memory()
    {
        using (var lake = bench.Land.OpenLake())
        using (var connection = new DuckDBConnection("Data Source=:memory:"))
        {
            connection.Open();
            connection.Execute("SET TimeZone = 'UTC'");
            connection.Execute(LakeTables.Events.CreateStagingSql("staging"));
            connection.Execute($"""
                INSERT INTO staging BY NAME SELECT 'web' AS source, 'page' AS event, t AS event_time, t AS received_at, 'many' AS _stream, i AS _position, t::DATE AS date, hour(t) AS hour
                FROM (SELECT i, TIMESTAMPTZ '2026-03-01 10:00:00+00' AS t FROM range({Events}) r(i))
                """);
            var files = lake.Writer.Write(connection, "staging", LakeTables.Events, "many");
            var row = new LedgerRow("many", "web", 0, Events, new DateTime(2026, 3, 1, 10, 0, 0, DateTimeKind.Utc), "land", Events, Events, 0, 0, 0, 0);
            lake.Commit(new RangeCommit([new StreamRange("many", 0, Events)], [row], new Dictionary<string, IReadOnlyList<AddFile>> { ["events"] = files }, lake.ReadSnapshot().LedgerVersion));
        }
        using var store = bench.Land.OpenLake();
        var verifier = new Weir.Land.AccountVerifier(store, Weir.Storage.LocalDisk.Instance, new(Path.Combine(bench.Land.Data, "run")) { DuckDbMemory = "256MB" });
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var most = 1L; // the least a bound can say: what is not sampled in time is not seen
        var report = await verifier.VerifyAsync(new(), () => [new Counted()], new Sampled(() => most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true) - before)), CancellationToken.None);
        report.Faults.ShouldBeEmpty();
        report.Streams.ShouldHaveSingleItem().Landed.ShouldBe(Events);
        most.ShouldBeInRange(1, 32 << 20); // a set of as many numbers would take 64 MB; what other tests hold meanwhile is in the bound
    }

    /// <summary>A stream of many events that holds none of them.</summary>
    private sealed class Counted : IEventStream
    {
        private static readonly DateTimeOffset At = new(2026, 3, 1, 10, 0, 0, TimeSpan.Zero);
        private readonly ReadOnlyMemory<byte>[] events = new ReadOnlyMemory<byte>[10_000];

        public string Id => "many";
        public string Source => "web";
        public long ReadHead() => Events;
        public IReadOnlyList<ReceivedHour> ReadReceived() => [new(At.UtcDateTime, 0, Events)];

        public async IAsyncEnumerable<Frame> ReadAsync(long from, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await Task.Yield();
            for (; from < Events; from += events.Length) yield return new Frame(from, At, Dialects.Weir, "{}"u8.ToArray(), events);
        }
    }

    private sealed class Sampled(Action sample) : IProgress<Weir.Accounting.VerifyProgress>
    {
        public void Report(Weir.Accounting.VerifyProgress value)
        {
            if (value.Step == "reading the lake") sample();
        }
    }
}
