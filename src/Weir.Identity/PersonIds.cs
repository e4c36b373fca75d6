using Weir.DuckDb;
using Weir.Identity.Answers;

namespace Weir.Identity;

/// <summary>All ids under which a person is known.</summary>
/// <param name="Customer">The customer.</param>
/// <param name="Own">The person's ids by kind; e-mail addresses as they are in the lake: themselves, or what stands for them.</param>
/// <param name="Shared">Browsers and devices that others used, too.</param>
public sealed record PersonIds(string Customer, IReadOnlyList<(string Kind, string Value)> Own, IReadOnlyList<(string Kind, string Value)> Shared)
{
    /// <summary>Finds them.</summary>
    /// <param name="connection">To the warehouse, which has the lake's views.</param>
    /// <param name="rules">The rules.</param>
    /// <param name="hashEmail">What stands for an address.</param>
    /// <param name="text">One of them, or the customer.</param>
    /// <exception cref="WeirException">WEIR7113: nobody is known by it.</exception>
    public static PersonIds Of(DuckDBConnection connection, IdentityRules rules, Func<string, string> hashEmail, string text)
    {
        var search = new CustomerSearch(connection, rules, hashEmail);
        var id = search.Find(text);
        var customers = id.IsStrong ? [search.CustomerOf(id, text)] : connection.Query("SELECT DISTINCT customer_id FROM identity.weak_ids WHERE id = ? AND customer_id IS NOT NULL", r => r.GetString(0), id.Key);
        if (customers is not [var customer]) throw IdentityErrors.Shared(text, customers.Count);
        var strong = Ids(connection, "SELECT kind, id_value FROM identity.strong_ids WHERE customer_id = ? ORDER BY ALL", customer);
        var own = Ids(connection, "SELECT DISTINCT kind, id_value FROM identity.weak_ids WHERE customer_id = ? AND customers = 1 ORDER BY ALL", customer);
        var shared = Ids(connection, "SELECT DISTINCT kind, id_value FROM identity.weak_ids WHERE customer_id = ? AND customers > 1 ORDER BY ALL", customer);
        var hashes = strong.Where(i => i.Kind == IdentityRules.Email).Select(i => i.Value).ToHashSet(StringComparer.Ordinal);
        return new PersonIds(customer, [.. strong.Where(i => i.Kind != IdentityRules.Email), .. Addresses(connection, rules, hashEmail, hashes), .. own], shared);
    }

    /// <summary>The addresses behind hashes: an erasure looks for them wherever they stand. Where the lake has hashes only, those.</summary>
    private static IEnumerable<(string, string)> Addresses(DuckDBConnection connection, IdentityRules rules, Func<string, string> hashEmail, HashSet<string> hashes)
    {
        if (hashes.Count == 0) return [];
        var columns = rules.Evidence.SelectMany(r => r.Ids.Where(i => i.Kind == IdentityRules.Email).Select(i => $"SELECT lower(trim(({i.Sql})::VARCHAR)) AS address FROM lake.{DuckDb.Sql.Name(HasHistory(connection, r) ? $"{r.Table}_history" : r.Table)}"));
        var addresses = connection.Query($"SELECT DISTINCT address FROM ({string.Join(" UNION ALL ", columns)}) WHERE contains(address, '@')", r => r.GetString(0)).Where(a => hashes.Contains(hashEmail(a))).ToList();
        return addresses.Concat(hashes.Except(addresses.Select(hashEmail), StringComparer.Ordinal)).Order(StringComparer.Ordinal).Select(a => (IdentityRules.Email, a));
    }

    private static bool HasHistory(DuckDBConnection connection, EvidenceRule rule) =>
        connection.Scalar<long>("SELECT count(*) FROM duckdb_views() WHERE schema_name = 'lake' AND view_name = ?", $"{rule.Table}_history") > 0;

    private static IReadOnlyList<(string Kind, string Value)> Ids(DuckDBConnection connection, string sql, string customer) => connection.Query(sql, r => (r.GetString(0), r.GetString(1)), customer);
}
