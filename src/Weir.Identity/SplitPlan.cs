using Weir.DuckDb;
using Weir.Identity.Answers;
using Weir.Identity.Resolving;
using Weir.Identity.Stage;

namespace Weir.Identity;

/// <summary>What a split will do.</summary>
/// <param name="Split">The split.</param>
/// <param name="Before">The customer that both ids are.</param>
/// <param name="After">The customers that its ids will be, the ids of each as <c>kind=value</c>.</param>
public sealed record SplitPlan(Split Split, string Before, IReadOnlyList<(string Customer, IReadOnlyList<string> Ids)> After)
{
    /// <summary>Resolves what hangs together with two ids, with one split more.</summary>
    /// <param name="connection">To the warehouse.</param>
    /// <param name="rules">The rules.</param>
    /// <param name="splits">The splits there are.</param>
    /// <param name="hashEmail">What stands for an address.</param>
    /// <param name="left">The one id: <c>kind=value</c>, or a key.</param>
    /// <param name="right">The other one.</param>
    /// <exception cref="WeirException">WEIR7113: nobody is known by one of them. WEIR7114: they are not one customer.</exception>
    public static SplitPlan Of(DuckDBConnection connection, IdentityRules rules, IReadOnlyList<Split> splits, Func<string, string> hashEmail, string left, string right)
    {
        var search = new CustomerSearch(connection, rules, hashEmail);
        var (one, other) = (search.Find(left), search.Find(right));
        if (!one.IsStrong || !other.IsStrong || one.Key == other.Key) throw IdentityErrors.NotOne(left, right);
        var before = search.CustomerOf(one, left);
        if (search.CustomerOf(other, right) != before) throw IdentityErrors.NotOne(left, right);
        var split = new Split(one.Key, other.Key);
        var kinds = new IdKinds(rules.Strong);
        var nodes = $"nodes AS (SELECT id, kind, (row_number() OVER (ORDER BY id) - 1)::INTEGER AS n FROM identity.strong_ids WHERE cluster = (SELECT cluster FROM identity.strong_ids WHERE id = {Sql.Text(one.Key)}))";
        var graph = GraphReader.Read(connection, $"WITH {nodes} SELECT ({GraphReader.RankSql(rules, "kind")})::INTEGER, {GraphReader.HashSql("id")} FROM nodes ORDER BY n",
            $"WITH {nodes} SELECT l.n, r.n, epoch_us(min(seen_at)) FROM identity.evidence JOIN nodes AS l ON l.id = left_id JOIN nodes AS r ON r.id = right_id GROUP BY ALL");
        var resolution = Resolver.Resolve(graph, splits.Append(split).Select(s => s.Keys(kinds)), rules.MostPartners);
        var names = connection.Query("SELECT id, kind || '=' || id_value FROM identity.strong_ids WHERE customer_id = ?", r => (Key: r.GetString(0), Id: r.GetString(1)), before).ToDictionary(n => n.Key, n => n.Id, StringComparer.Ordinal);
        var after = graph.Keys.Select((key, id) => (Key: kinds.Write(key), Customer: resolution.Customers[id])).Where(i => names.ContainsKey(i.Key))
            .GroupBy(i => i.Customer).Select(g => (kinds.Write(graph.Keys[g.Key]), (IReadOnlyList<string>)[.. g.Select(i => names[i.Key]).Order(StringComparer.Ordinal)])).OrderBy(g => g.Item1, StringComparer.Ordinal);
        return new SplitPlan(split, before, [.. after]);
    }
}
