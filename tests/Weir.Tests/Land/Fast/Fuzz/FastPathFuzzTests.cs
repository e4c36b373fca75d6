using System.Diagnostics;
using System.Runtime.Intrinsics;
using System.Text;
using Weir.Events;
using Weir.Land.Evaluate;
using Weir.Land.Fast.Columns;
using Weir.Land.Fast.Reading;
using Weir.Sources;
using Weir.Tests.Land.Contracts;

namespace Weir.Tests.Land.Fast.Fuzz;

/// <summary>
/// Fast path, plain path and a strict JSON parser judge the same lines. The long run (<c>eng/long/fuzz-land</c>) sets <c>WEIR_FUZZ_LINES</c>, <c>WEIR_FUZZ_SEED</c> and, where its figures go, <c>WEIR_FUZZ_RESULT</c>.
/// </summary>
public sealed class FastPathFuzzTests : IDisposable
{
    private static readonly int Lines = int.TryParse(Environment.GetEnvironmentVariable("WEIR_FUZZ_LINES"), out var count) ? count : 30_000;
    private static readonly int Seed = int.TryParse(Environment.GetEnvironmentVariable("WEIR_FUZZ_SEED"), out var seed) ? seed : Environment.TickCount;
    private static readonly string[] SyntaxReasons = ["invalid_json", "invalid_utf8", "nul_character", "duplicate_member", "too_deep", "empty", "not_an_object"];
    private static readonly string[] Envelopes = ["{}", """{"ip":"203.0.113.7","userAgent":"node"}""", """{"sentAt":"2024-06-15T11:59:30Z"}""", """{"sentAt":"never"}""", """{"type":"page"}""", """{"context":{"library":{"name":"x"}}}""", """{"file":"a.ndjson"}"""];
    private readonly ContractFolder contracts = FuzzContracts.Make();

    public void Dispose() => contracts.Dispose();

    [Fact]
    public void Fast_path_plain_path_and_a_strict_parser_say_the_same_of_every_line()
    {
        var clock = Stopwatch.StartNew();
        var (random, random2) = (new Random(Seed), new Random(Seed + 1));
        var lines = new EventLines(random);
        var rules = Weir.Land.EventRules.None with { Contracts = contracts.Load() };
        var judges = FuzzContracts.Sources.Select(s => new Judge(s, rules)).ToArray();
        var (fast, landed, quarantined) = (0, 0, 0);
        for (var i = 0; i < Lines; i++)
        {
            var (dialect, bytes) = lines.Next();
            var judge = judges[random2.Next(judges.Length)];
            var frame = new Frame(100, Evaluate.Evaluation.ReceivedAt, dialect, Encoding.UTF8.GetBytes(Envelopes[random2.Next(3) > 0 ? 1 : random2.Next(Envelopes.Length)]), [bytes]);
            var why = $"seed {Seed}, line {i}, {judge.Source.Name}, {dialect}, {Encoding.UTF8.GetString(frame.Envelope.Span)}: {Encoding.UTF8.GetString(bytes)}";
            var plain = judge.Plain.Evaluate(frame, 0, "s");
            var isObject = StrictJson.IsObject(bytes.AsSpan().StartsWith("\uFEFF"u8) ? bytes[3..] : bytes);
            if (plain is Verdict.Quarantined { Reason: var reason, Detail: var detail })
            {
                quarantined++;
                if (!detail.StartsWith("envelope", StringComparison.Ordinal)) SyntaxReasons.Contains(reason).ShouldBe(!isObject, $"{reason}: {why}");
            }
            else if (plain is Verdict.Event)
            {
                landed++;
                isObject.ShouldBeTrue(why);
            }
            judge.Block.Begin();
            if (!judge.Fast.TryRead(frame, 0, "s", judge.Block, 0)) continue;
            fast++;
            isObject.ShouldBeTrue(why);
            BlockRows.Text(EventRows.Read(judge.Block, 0, judge.Source.Name)).ShouldBe(BlockRows.Text(judge.Block, 0), why);
            BlockRows.Text(judge.Block, 0).ShouldBe(BlockRows.Text(plain.ShouldBeOfType<Verdict.Event>($"{plain} {why}").Row), why);
        }
        fast.ShouldBeGreaterThan(landed / 5);
        var text = $"{Lines:n0} lines (seed {Seed}) in {clock.Elapsed.TotalSeconds:n0} s, vectors of {(Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : Vector128.IsHardwareAccelerated ? 128 : 0)} bits: {landed:n0} valid, of which the fast path read {fast:n0}; {quarantined:n0} to quarantine; no difference.";
        TestContext.Current.TestOutputHelper?.WriteLine(text);
        if (Environment.GetEnvironmentVariable("WEIR_FUZZ_RESULT") is { Length: > 0 } file) File.AppendAllText(file, text + "\n");
        foreach (var judge in judges) judge.Block.Dispose();
    }

    private sealed class Judge(SourceDefinition source, Weir.Land.EventRules rules)
    {
        public SourceDefinition Source => source;

        public Evaluator Plain { get; } = new(source, new EvaluatorOptions { FastPath = false, Rules = rules });

        public FastReader Fast { get; } = new(source, new EvaluatorOptions { Rules = rules });

        public EventBlock Block { get; } = new();
    }
}
