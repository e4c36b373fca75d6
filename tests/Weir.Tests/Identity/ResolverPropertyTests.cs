using FsCheck;
using FsCheck.Fluent;
using Weir.Identity.Resolving;

namespace Weir.Tests.Identity;

/// <summary>Random evidence, splits and orders of arrival, against a model that only knows labels.</summary>
public class ResolverPropertyTests
{
    private const int MostPartners = 5;

    private sealed record Seen(IdKey One, IdKey Other, long At);

    private sealed record World(Seen[] Evidence, (IdKey One, IdKey Other)[] Splits, int Seed);

    // Few ids and few times, so that groups, ties, splits within a group and ids with too many partners are common.
    private static readonly Gen<IdKey> Ids = from kind in Gen.Choose(0, 2) from number in Gen.Choose(0, 11) select new IdKey((byte)kind, (UInt128)((number * 7919) % 97));

    private static readonly Gen<World> Worlds =
        from evidence in (from one in Ids from other in Ids from at in Gen.Choose(0, 15) select new Seen(one, other, at)).ListOf()
        from splits in (from one in Ids from other in Ids where one != other select (one, other)).ListOf()
        from seed in Gen.Choose(0, int.MaxValue)
        select new World([.. evidence], [.. splits.Take(5)], seed);

    [Fact] // I1
    public void Any_order_of_arrival_gives_the_same_customers_merges_and_names() => Check(world =>
    {
        var random = new Random(world.Seed);
        return Describe(world.Evidence, world.Splits) == Describe(world.Evidence.OrderBy(_ => random.Next()).Concat(world.Evidence.Take(3)), world.Splits.Reverse());
    });

    [Fact] // I2
    public void Customers_are_those_of_labels_that_are_overwritten_one_piece_of_evidence_after_the_other() => Check(world =>
    {
        var (resolved, graph) = Resolve(world.Evidence, world.Splits);
        var labels = Labels(world);
        return graph.Keys.Select((key, id) => (key, id)).All(k =>
            labels[k.key] is { } label ? resolved.Customers[k.id] >= 0 && graph.Keys[resolved.Customers[k.id]] == label : resolved.Customers[k.id] == -1);
    });

    [Fact] // I3
    public void Two_ids_that_were_split_are_never_one_customer() => Check(world =>
    {
        var (resolved, graph) = Resolve(world.Evidence, world.Splits);
        return world.Splits.All(s => graph.Find(s.One) is not { } one || graph.Find(s.Other) is not { } other || resolved.Customers[one] == -1 || resolved.Customers[one] != resolved.Customers[other]);
    });

    [Fact] // I4
    public void Every_id_that_names_no_customer_is_retired_once_and_leads_to_its_customer() => Check(world =>
    {
        var (resolved, graph) = Resolve(world.Evidence, world.Splits);
        var retired = resolved.Merges.ToDictionary(m => m.Retired, m => m.Survivor); // throws if one is retired twice
        for (var id = 0; id < graph.Keys.Length; id++)
        {
            var customer = resolved.Customers[id];
            if (customer < 0 != (resolved.Partners[id] > MostPartners)) return false;
            if (customer < 0 || customer == id)
            {
                if (retired.ContainsKey(id)) return false;
                continue;
            }
            var at = id;
            for (var steps = 0; retired.TryGetValue(at, out var survivor); steps++)
            {
                if (steps > graph.Keys.Length) return false;
                at = survivor;
            }
            if (at != customer) return false;
        }
        return true;
    });

    [Fact] // I5
    public void The_merges_of_a_customer_are_a_chain_of_evidence_between_any_two_of_its_ids() => Check(world =>
    {
        var (resolved, graph) = Resolve(world.Evidence, world.Splits);
        var label = Enumerable.Range(0, graph.Keys.Length).ToArray();
        foreach (var merge in resolved.Merges)
        {
            if (!world.Evidence.Any(e => e.At == merge.Evidence.At && (e.One, e.Other) is var pair
                && (pair == (graph.Keys[merge.Evidence.Left], graph.Keys[merge.Evidence.Right]) || pair == (graph.Keys[merge.Evidence.Right], graph.Keys[merge.Evidence.Left])))) return false;
            var (from, to) = (label[merge.Evidence.Right], label[merge.Evidence.Left]);
            for (var id = 0; id < label.Length; id++) if (label[id] == from) label[id] = to;
        }
        return Enumerable.Range(0, label.Length).All(a => Enumerable.Range(0, label.Length).All(b => resolved.Customers[a] < 0 || label[a] == label[b] == (resolved.Customers[a] == resolved.Customers[b])));
    });

    [Fact] // I6
    public void A_part_that_hangs_together_resolves_alone_as_it_does_among_all() => Check(world =>
    {
        var (all, graph) = Resolve(world.Evidence, world.Splits);
        return all.Clusters.Distinct().All(cluster =>
        {
            bool Of(IdKey key) => graph.Find(key) is { } id && all.Clusters[id] == cluster;
            var (alone, part) = Resolve(world.Evidence.Where(e => Of(e.One)), world.Splits);
            return part.Keys.Select((key, id) => (key, id)).All(k => all.Customers[graph.Find(k.key)!.Value] is var customer && alone.Customers[k.id] is var own
                && (customer < 0 ? own < 0 : own >= 0 && graph.Keys[customer] == part.Keys[own]));
        });
    });

    [Fact]
    public void An_id_with_too_many_partners_unites_nobody()
    {
        var shared = new IdKey(2, 1);
        var evidence = Enumerable.Range(0, MostPartners + 1).Select(n => new Seen(new IdKey(0, (UInt128)n), shared, n)).ToArray();
        var (resolved, graph) = Resolve(evidence, []);
        resolved.Customers[graph.Find(shared)!.Value].ShouldBe(-1);
        resolved.Merges.ShouldBeEmpty();
        resolved.Partners[graph.Find(shared)!.Value].ShouldBe(6);
        resolved.Clusters.Distinct().Count().ShouldBe(1);

        Resolve(evidence[1..], []).Resolved.Customers.Distinct().Count().ShouldBe(1); // five are not too many
    }

    private static void Check(Func<World, bool> holds) => Prop.ForAll(Worlds.ToArbitrary(), holds).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    private static (Resolution Resolved, EvidenceGraph Graph) Resolve(IEnumerable<Seen> evidence, IEnumerable<(IdKey, IdKey)> splits)
    {
        // Numbered as they come.
        var keys = new List<IdKey>();
        var pairs = new Dictionary<(IdKey, IdKey), long>();
        foreach (var seen in evidence)
        {
            var (left, right) = seen.One.CompareTo(seen.Other) <= 0 ? (seen.One, seen.Other) : (seen.Other, seen.One);
            keys.AddRange(((IdKey[])[seen.One, seen.Other]).Except(keys));
            if (left != right) pairs[(left, right)] = Math.Min(seen.At, pairs.GetValueOrDefault((left, right), long.MaxValue));
        }
        var graph = new EvidenceGraph([.. keys], [.. pairs.Select(p => new Edge(keys.IndexOf(p.Key.Item1), keys.IndexOf(p.Key.Item2), p.Value))]);
        return (Resolver.Resolve(graph, splits, MostPartners), graph);
    }

    private static string Describe(IEnumerable<Seen> evidence, IEnumerable<(IdKey, IdKey)> splits)
    {
        var (resolved, graph) = Resolve(evidence, splits);
        string Name(int id) => id < 0 ? "none" : graph.Keys[id].ToString();
        var ids = graph.Keys.Select((key, id) => $"{key} {Name(resolved.Customers[id])} {Name(resolved.Clusters[id])} {resolved.Partners[id]}").Order(StringComparer.Ordinal);
        return string.Join('\n', ids.Concat(resolved.Merges.Select(m => $"{Name(m.Retired)} {Name(m.Survivor)} {Name(m.Evidence.Left)} {Name(m.Evidence.Right)} {m.Evidence.At}")));
    }

    /// <summary>The same in the plainest way there is: every id bears a label, the smallest id of its group; null for one that is refused.</summary>
    private static Dictionary<IdKey, IdKey?> Labels(World world)
    {
        var pairs = world.Evidence.Where(e => e.One != e.Other)
            .GroupBy(e => e.One.CompareTo(e.Other) < 0 ? (Left: e.One, Right: e.Other) : (Left: e.Other, Right: e.One))
            .Select(g => (g.Key.Left, g.Key.Right, At: g.Min(e => e.At))).ToList();
        var refused = world.Evidence.SelectMany(e => new[] { e.One, e.Other }).Distinct().Where(id => pairs.Count(p => p.Left == id || p.Right == id) > MostPartners).ToHashSet();
        var labels = world.Evidence.SelectMany(e => new[] { e.One, e.Other }).Distinct().ToDictionary(id => id, id => refused.Contains(id) ? (IdKey?)null : id);
        foreach (var (left, right, _) in pairs.OrderBy(p => p.At).ThenBy(p => p.Left).ThenBy(p => p.Right))
        {
            if (labels[left] is not { } a || labels[right] is not { } b || a == b) continue;
            bool Split(IdKey one, IdKey other) => labels.TryGetValue(one, out var l) && labels.TryGetValue(other, out var r) && ((l == a && r == b) || (l == b && r == a));
            if (world.Splits.Any(s => Split(s.One, s.Other))) continue;
            var smaller = a.CompareTo(b) < 0 ? a : b;
            foreach (var id in labels.Keys.Where(id => labels[id] == a || labels[id] == b).ToList()) labels[id] = smaller;
        }
        return labels;
    }
}
