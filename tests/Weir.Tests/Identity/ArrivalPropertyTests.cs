using FsCheck;
using FsCheck.Fluent;
using Weir.DuckDb;
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

    [Fact] // I1 I9
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
            var (map, run) = (parts.Map(), MapChanges.Read(parts.Warehouse)?.Version ?? 0);
            if (parts.Take($"s{random.Next(3)}", rows[from..to]).IsWhole && from > 0) return false;
            if (from > 0 && !IsTold(parts, map, run)) return false;
            from = to;
        }
        return whole.Published() == parts.Published();
    }

    /// <summary>Whether the rows that a run says came and went make the new map of the old one.</summary>
    private static bool IsTold(IdentityBench bench, IReadOnlyList<string> before, long run)
    {
        if (MapChanges.Read(bench.Warehouse)!.Since(run) is not { } change) return false;
        IReadOnlyList<string> Rows(string sql) => bench.Warehouse.Query($"SELECT t::VARCHAR FROM ({sql}) AS t", r => r.GetString(0));
        var (added, removed) = (Rows(change.Added), Rows(change.Removed));
        return !added.Intersect(removed).Any() && removed.All(before.Contains) && before.Except(removed).Concat(added).Order(StringComparer.Ordinal).SequenceEqual(bench.Map());
    }

    [Fact] // I7
    public void Browsers_unite_nobody_and_are_one_persons_at_each_moment() => Prop.ForAll(Worlds.ToArbitrary(), world =>
    {
        using var with = Bench();
        with.Take("all", world.Rows);
        using var without = Bench();
        without.Take("all", [.. world.Rows.Select(row => row.Table == "events" ? row with { Other = null } : row)]);
        return with.Customers() == without.Customers()
            && with.Warehouse.Scalar<long>("SELECT count(*) FROM identity.customer_map AS a JOIN identity.customer_map AS b ON a.id = b.id AND a.valid_from < b.valid_from AND a.valid_to <> b.valid_from AND a.valid_to > b.valid_from") == 0;
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(6));

    [Fact] // I3
    public void Splits_part_two_people_and_taken_back_leave_everything_as_it_was() => Prop.ForAll(Worlds.ToArbitrary(), world =>
    {
        using var bench = Bench();
        bench.Take("all", world.Rows);
        var before = bench.Published();
        var splits = bench.Splits;
        var (one, other) = (world.Seed % 4 + 1, (world.Seed / 4 % 3 + world.Seed % 4 + 1) % 4 + 1);
        bench.Splits = [new Split(IdKinds.KeyOf("user", $"u-{one}"), IdKinds.KeyOf("user", $"u-{other}"))];
        if (bench.Run().IsWhole || bench.Warehouse.Scalar<long>($"SELECT count(*) - count(DISTINCT customer_id) FROM identity.customer_map WHERE kind = 'user' AND id_value IN ('u-{one}', 'u-{other}')") > 0) return false;
        bench.Splits = splits;
        bench.Run();
        return bench.Published() == before;
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(6));

    private static IdentityBench Bench()
    {
        var bench = new IdentityBench { Splits = [new Split(IdKinds.KeyOf("user", "u-1"), IdKinds.KeyOf("user", "u-2"))] };
        bench.Rules = bench.Rules with { MostPartners = 4 };
        return bench;
    }
}
