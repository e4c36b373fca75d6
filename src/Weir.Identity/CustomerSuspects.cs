using Weir.DuckDb;
using Weir.Identity.Stage;

namespace Weir.Identity;

/// <summary>A customer, or an id, that a person should look at.</summary>
/// <param name="What">The customer, or the id as <c>kind=value</c>.</param>
/// <param name="Reason">Why: <c>many ids</c>, <c>several</c> of a kind, or refused as <c>junk</c>, for its <c>partners</c> or its <c>customers</c>.</param>
/// <param name="Count">How many: ids, values of the kind, rows, partners, customers.</param>
/// <param name="Ids">Some of the ids.</param>
public sealed record Suspect(string What, string Reason, long Count, string? Ids);

/// <summary>Finds what looks wrong in the tables.</summary>
public static class CustomerSuspects
{
    /// <summary>The most suspect first: customers with many ids, with several ids of a kind, then what was refused.</summary>
    public static IReadOnlyList<Suspect> Find(DuckDBConnection connection, IdentityRules rules, int limit) => !StateTables.Exist(connection) ? [] : connection.Query($"""
        WITH listed AS (SELECT customer_id, kind, kind || '=' || id_value AS id, count(*) OVER (PARTITION BY customer_id) AS ids FROM identity.strong_ids WHERE customer_id IS NOT NULL)
        SELECT what, reason, how_many, ids FROM (
            SELECT 1 AS part, customer_id AS what, 'many ids' AS reason, count(*) AS how_many, array_to_string(list(id ORDER BY id)[:8], ' ') AS ids FROM listed GROUP BY customer_id HAVING count(*) > {rules.SuspectSize}
            UNION ALL
            SELECT 2, customer_id, 'several ' || kind, count(*), array_to_string(list(id ORDER BY id)[:8], ' ') FROM listed GROUP BY customer_id, kind HAVING count(*) > 1
            UNION ALL
            SELECT 3, kind || '=' || id_value, reason, how_many, NULL FROM identity.refused_ids)
        ORDER BY part, how_many DESC, what, reason LIMIT {limit}
        """, r => new Suspect(r.GetString(0), r.GetString(1), r.GetInt64(2), r.IsDBNull(3) ? null : r.GetString(3)));
}
