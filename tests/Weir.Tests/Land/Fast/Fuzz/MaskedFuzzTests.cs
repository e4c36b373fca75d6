using System.Text;
using Weir.Events;
using Weir.Journal;
using Weir.Land.Erasure;
using Weir.Land.Evaluate;
using Weir.Land.Fast.Columns;
using Weir.Land.Privacy;
using Weir.Land.Rounds;
using Weir.Sources;
using Weir.Storage;
using Weir.Tests.Land.Contracts;

namespace Weir.Tests.Land.Fast.Fuzz;

/// <summary>The same lines through both paths where the environment masks, and where people were erased: the same row, or the same fate, to the letter. The long run sets <c>WEIR_FUZZ_LINES</c>.</summary>
public sealed class MaskedFuzzTests : IDisposable
{
    private static readonly int Lines = int.TryParse(Environment.GetEnvironmentVariable("WEIR_FUZZ_LINES"), out var count) ? count : 4_000;
    private static readonly int Seed = int.TryParse(Environment.GetEnvironmentVariable("WEIR_FUZZ_SEED"), out var seed) ? seed : Environment.TickCount;

    /// <summary>What texts of the generator become, so that there is something to mask, and somebody to erase.</summary>
    private static readonly (string Of, string Become)[] People =
    [
        ("\"plain text of some length\"", "\"write to Anna.Meyer@example.org, or not\""), ("\"SKU-7\"", "\"anna.meyer@example.org\""), ("\"exactly12byt\"", "\"u-erased\""), ("\"thirteen byte\"", "\"198.51.100.23\""),
        ("\"title\":", "\"email\":"), ("\"b\":", "\"traits\":"),
    ];

    /// <summary>Of these one each, for one of them alone is enough to be sent to the plain path.</summary>
    private static readonly (string Of, string Become)[] Alternatives =
        [("?a=b&c=d", "?email=bob%40example.net&c=d"), ("?a=b&c=d", "?a=b&FirstName=Robert_M#x"), ("\"a\"", "\"seen from 203.0.113.7, too\""), ("\"EUR\"", "\"203.0.113.7\"")];

    private readonly ContractFolder contracts = RuleEvents.AddTo(FuzzContracts.Make());
    private readonly TemporaryFolder folder = new();

    public void Dispose()
    {
        contracts.Dispose();
        folder.Dispose();
    }

    [Theory]
    [InlineData("masked", false)]
    [InlineData("dropped", false)]
    [InlineData("kept", true)]
    [InlineData("masked", true)]
    public void Both_paths_keep_the_same_of_every_line(string environment, bool isErased)
    {
        var keys = new KeyStore(LocalDisk.Instance, Path.Combine(folder.Path, "keys"));
        if (isErased) Tombstones.Write(folder.Path, LocalDisk.Instance, keys, [new(PersonIdKind.User, "u-erased"), new(PersonIdKind.Anonymous, "u1"), new(PersonIdKind.Email, "anna.meyer@example.org")], Evaluate.Evaluation.ReceivedAt);
        var tombstones = Tombstones.Read(folder.Path, LocalDisk.Instance, keys);
        var modes = environment switch
        {
            "masked" => PersonalData.Usual(isProduction: false),
            "dropped" => Enum.GetValues<PersonalKind>().ToDictionary(k => k, _ => PersonalMode.Drop),
            _ => PersonalData.Usual(isProduction: true),
        };
        var options = new EvaluatorOptions { Rules = Weir.Land.EventRules.None with { Contracts = contracts.Load(), Personal = new PersonalData(modes, keys) }, Erased = () => tombstones };
        var judges = FuzzContracts.Sources.Select(s => (Source: s, Both: new TwoPaths(s, options), Plain: new Evaluator(s, options with { FastPath = false }), Asked: new TwoPaths(s, options with { Rules = options.Rules with { Personal = PersonalData.KeptAsSent }, Erased = () => Tombstones.None }))).ToArray();
        var (random, random2) = (new Random(Seed), new Random(Seed + 1));
        var (lines, ruled) = (new EventLines(random), new RuleEvents(random));
        using var block = new EventBlock();
        var (fast, changed, erased, sure) = (0, 0, 0, 0);
        for (var i = 0; i < Lines; i++)
        {
            var (dialect, sent) = random2.Next(3) == 0 ? ruled.Next() : lines.Next();
            var text = Encoding.Latin1.GetString(sent); // byte for byte, broken ones too
            foreach (var (of, become) in People.Append(Alternatives[i % Alternatives.Length])) text = text.Replace(of, become, StringComparison.Ordinal);
            var bytes = Encoding.Latin1.GetBytes(text);
            var judge = judges[random2.Next(judges.Length)];
            var frame = new Frame(100, Evaluate.Evaluation.ReceivedAt, dialect, """{"ip":"203.0.113.7","userAgent":"node"}"""u8.ToArray(), [bytes]);
            var why = $"seed {Seed}, line {i}, {environment}, {judge.Source.Name}, {dialect}: {Encoding.UTF8.GetString(bytes)}";
            var plain = judge.Plain.Evaluate(frame, 0, "s");
            block.Begin();
            var asSent = judge.Asked.Judge(frame, 0, "s", block, 0) is null ? BlockRows.Text(block, 0) : null;
            if (asSent is not null) fast++;
            block.Begin();
            var said = judge.Both.Judge(frame, 0, "s", block, 0);
            if (said is null) sure++;
            if (plain is Verdict.Event { Row: var row })
            {
                BlockRows.Text(row).ShouldBe(said is null ? BlockRows.Text(block, 0) : BlockRows.Text(said.ShouldBeOfType<Verdict.Event>($"{said} {why}").Row), why);
                if (asSent is not null && asSent != BlockRows.Text(row)) changed++;
            }
            else
            {
                said.ShouldBe(plain, why);
                if (asSent is not null && plain is Verdict.Dropped { Reason: DropReasons.Erased }) erased++;
            }
        }
        // By events that the fast path is sure of, not by those that it leaves to the plain one.
        fast.ShouldBeGreaterThan(Lines / 20);
        if (!isErased) sure.ShouldBeInRange(fast / 10, fast * 9 / 10); // what masking does not ask the plain path for, and what it does
        if (environment != "kept") changed.ShouldBeGreaterThan(fast / 20);
        if (isErased) erased.ShouldBeGreaterThan(fast / 50);
    }
}
