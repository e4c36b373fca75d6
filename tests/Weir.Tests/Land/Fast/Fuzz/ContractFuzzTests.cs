using System.Diagnostics;
using System.Text;
using Weir.Events;
using Weir.Land.Evaluate;
using Weir.Land.Fast.Columns;
using Weir.Land.Fast.Reading;
using Weir.Sources;
using Weir.Tests.Land.Contracts;

namespace Weir.Tests.Land.Fast.Fuzz;

/// <summary>Contracts of every keyword and migrations of every rule, on both paths: the same row to the byte. The long run sets <c>WEIR_FUZZ_LINES</c>, <c>WEIR_FUZZ_SEED</c> and <c>WEIR_FUZZ_RESULT</c>.</summary>
public sealed class ContractFuzzTests : IDisposable
{
    private static readonly int Lines = int.TryParse(Environment.GetEnvironmentVariable("WEIR_FUZZ_LINES"), out var count) ? count : 20_000;
    private static readonly int Seed = int.TryParse(Environment.GetEnvironmentVariable("WEIR_FUZZ_SEED"), out var seed) ? seed : Environment.TickCount;
    private static readonly SourceDefinition[] Sources =
    [
        new() { Name = "web", TimeZone = "Europe/Berlin", UnknownEvents = UnknownEvents.Quarantine }, new() { Name = "app", SchemaVersion = "1", RequireIdentity = false },
    ];

    private readonly ContractFolder contracts = RuleEvents.AddTo(new());

    public void Dispose() => contracts.Dispose();

    [Fact]
    public void Contracts_and_migrations_make_the_same_row_on_both_paths()
    {
        var clock = Stopwatch.StartNew();
        var (random, random2) = (new Random(Seed), new Random(Seed + 1));
        var lines = new RuleEvents(random);
        var options = new EvaluatorOptions { Rules = Weir.Land.EventRules.None with { Contracts = contracts.Load() } };
        var judges = Sources.Select(s => (Source: s, Plain: new Evaluator(s, options with { FastPath = false }), Fast: new FastReader(s, options))).ToArray();
        using var block = new EventBlock();
        var (landed, migrated, fast, fastMigrated, fastImputed) = (0, 0, 0, 0, 0);
        for (var i = 0; i < Lines; i++)
        {
            var (dialect, bytes) = lines.Next();
            var (source, plain, reader) = judges[random2.Next(judges.Length)];
            var frame = new Frame(100, Evaluate.Evaluation.ReceivedAt, dialect, "{}"u8.ToArray(), [bytes]);
            var why = $"seed {Seed}, line {i}, {source.Name}, {dialect}: {Encoding.UTF8.GetString(bytes)}";
            var verdict = plain.Evaluate(frame, 0, "s");
            var row = (verdict as Verdict.Event)?.Row;
            if (row is not null) landed++;
            if (row?.Flags is not null) migrated++;
            block.Begin();
            if (!reader.TryRead(frame, 0, "s", block, 0)) continue;
            fast++;
            if (block.Has(EventText.Flags, 0)) fastMigrated++;
            if (block.Has(EventText.Imputed, 0)) fastImputed++;
            BlockRows.Text(block, 0).ShouldBe(BlockRows.Text(row ?? throw new Xunit.Sdk.XunitException($"{verdict} {why}")), why);
        }
        var text = $"{Lines:n0} events under contracts (seed {Seed}) in {clock.Elapsed.TotalSeconds:n0} s: {landed:n0} valid, {migrated:n0} of them migrated; the fast path read {fast:n0}, {fastMigrated:n0} of them migrated, {fastImputed:n0} with defaults; no difference.";
        TestContext.Current.TestOutputHelper?.WriteLine(text);
        // Unusual numbers are for the plain path, and here they are usual; still most must be sure.
        fastMigrated.ShouldBeGreaterThan(migrated * 3 / 4, text);
        fastImputed.ShouldBeGreaterThan(Lines / 10, text);
        if (Environment.GetEnvironmentVariable("WEIR_FUZZ_RESULT") is { Length: > 0 } file) File.AppendAllText(file, text + "\n");
    }
}
