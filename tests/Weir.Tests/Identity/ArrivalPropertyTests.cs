using FsCheck;
using FsCheck.Fluent;
using Weir.Identity;
using Weir.Identity.Resolving;
using static Weir.Tests.Identity.IdentityBench;

namespace Weir.Tests.Identity;

/// <summary>The same rows, in any order and in any number of runs, give the same tables.</summary>
public class ArrivalPropertyTests
{
    private sealed record World(Sent[] Rows, int Seed);

    private static readonly Gen<Sent> Rows = Gen.Frequency(
        (3, from user in Gen.Choose(0, 4) from browser in Gen.Choose(0, 3) select Event(0, user == 0 ? "null" : $"u-{user}", $"b-{browser}")),
        (2, from contact in Gen.Choose(1, 5) from user in Gen.Choose(0, 5) from email in Gen.Choose(0, 4) select Contact(0, $"c-{contact}", user == 0 ? null : $"u-{user}", email == 0 ? null : $"{email}@x.y")));

    // Every row has a minute of its own: of versions received at the same moment the lake has the last, which is a matter of arrival.
    private static readonly Gen<World> Worlds =
        from rows in Rows.ListOf(12) from seed in Gen.Choose(0, int.MaxValue) select new World([.. rows.Select((row, n) => row with { Minute = n * 7 % 1000 })], seed);

    [Fact] // I1 I7
    public void Any_order_of_arrival_in_any_number_of_runs_publishes_the_same_tables() =>
        Prop.ForAll(Worlds.ToArbitrary(), IsSame).Check(Config.QuickThrowOnFailure.WithMaxTest(6));

    private static bool IsSame(World world)
    {
        using var whole = Bench();
        whole.Take("all", world.Rows);
        var random = new Random(world.Seed);
        using var parts = Bench();
        var rows = world.Rows.OrderBy(_ => random.Next()).ToArray();
        for (var from = 0; from < rows.Length;)
        {
            var to = Math.Min(rows.Length, from + random.Next(1, 6));
            if (parts.Take($"s{random.Next(3)}", rows[from..to]).IsWhole && from > 0) return false;
            from = to;
        }
        return whole.Published() == parts.Published();
    }

    private static IdentityBench Bench()
    {
        var bench = new IdentityBench { Splits = [new Split(IdKinds.KeyOf("user", "u-1"), IdKinds.KeyOf("user", "u-2"))] };
        bench.Rules = bench.Rules with { MostPartners = 4 };
        return bench;
    }
}
