using Weir.DuckDb;
using Weir.Identity.Resolving;

namespace Weir.Identity.Stage;

/// <summary>Resolves the strong ids that were touched, and all that hangs together with them, and leaves in <c>weir_changed</c> those that belong to somebody else now.</summary>
internal sealed class StrongStep(DuckDBConnection connection, IdentityRules rules)
{
    private readonly IdKinds kinds = new(rules.Strong);

    /// <returns>How many ids were resolved, and how many pieces of evidence between them.</returns>
    public (int Ids, int Edges) Run(IReadOnlyList<Split> splits)
    {
        connection.Execute("""
            CREATE OR REPLACE TEMP TABLE weir_area AS
            SELECT s.id FROM identity.strong_ids AS s SEMI JOIN (SELECT DISTINCT cluster_id FROM identity.strong_ids AS t SEMI JOIN weir_touched USING (id)) AS c ON c.cluster_id = s.cluster_id
            UNION SELECT id FROM weir_touched WHERE id <> '';
            CREATE OR REPLACE TEMP TABLE weir_nodes AS
            SELECT id, any_value(kind) AS kind, any_value(id_value) AS id_value, min(seen_at) AS first_seen_at
            FROM (SELECT left_id AS id, left_kind AS kind, left_value AS id_value, seen_at FROM identity.evidence UNION ALL SELECT right_id, right_kind, right_value, seen_at FROM identity.evidence WHERE right_id <> '') AS e
            SEMI JOIN weir_area USING (id) GROUP BY id;
            CREATE OR REPLACE TEMP TABLE weir_edges AS
            SELECT left_id, right_id, min({a: seen_at, e: evidence, s: _stream, p: _position, f: source}) AS first
            FROM identity.evidence AS e SEMI JOIN weir_area AS a ON a.id = e.left_id WHERE right_id <> '' GROUP BY left_id, right_id;
            CREATE OR REPLACE TEMP TABLE weir_resolved (id VARCHAR, customer_id VARCHAR, cluster_id VARCHAR, partners BIGINT);
            CREATE OR REPLACE TEMP TABLE weir_merged (retired_id VARCHAR, survivor_id VARCHAR, customer_id VARCHAR, left_id VARCHAR, right_id VARCHAR);
            """);
        var graph = GraphReader.Read(connection, kinds, "SELECT id FROM weir_nodes", "SELECT left_id, right_id, epoch_us(first.a) FROM weir_edges");
        Write(graph, Resolver.Resolve(graph, splits.Select(s => s.Keys(kinds)), rules.MostPartners));
        connection.Execute("""
            CREATE OR REPLACE TEMP TABLE weir_changed AS
            SELECT coalesce(s.id, r.id) AS id FROM (SELECT id, customer_id FROM identity.strong_ids SEMI JOIN weir_area USING (id)) AS s
            FULL JOIN weir_resolved AS r ON r.id = s.id WHERE s.id IS NULL OR r.id IS NULL OR s.customer_id IS DISTINCT FROM r.customer_id;
            DELETE FROM identity.strong_ids AS s USING weir_area AS a WHERE s.id = a.id;
            INSERT INTO identity.strong_ids SELECT n.id, n.kind, n.id_value, r.customer_id, r.cluster_id, n.first_seen_at, r.partners FROM weir_nodes AS n JOIN weir_resolved AS r ON r.id = n.id;
            DELETE FROM identity.customer_merges AS m USING weir_area AS a WHERE m.retired_id = a.id;
            INSERT INTO identity.customer_merges
            SELECT m.retired_id, m.survivor_id, m.customer_id, l.kind, l.id_value, m.left_id, r.kind, r.id_value, m.right_id, e.first.a, e.first.e, e.first.f, e.first.s, e.first.p
            FROM weir_merged AS m JOIN weir_edges AS e ON e.left_id = m.left_id AND e.right_id = m.right_id JOIN weir_nodes AS l ON l.id = m.left_id JOIN weir_nodes AS r ON r.id = m.right_id;
            """);
        return (graph.Keys.Count, graph.Edges.Count);
    }

    private void Write(EvidenceGraph graph, Resolution resolution)
    {
        string? Text(int id) => id < 0 ? null : kinds.Write(graph.Keys[id]);
        using (var rows = connection.CreateAppender("weir_resolved"))
        {
            for (var id = 0; id < graph.Keys.Count; id++)
                rows.AppendValue(Text(id)).AppendValue(Text(resolution.Customers[id])).AppendValue(Text(resolution.Clusters[id])).AppendValue((long)resolution.Partners[id]).EndRow();
            rows.Close();
        }
        using var merges = connection.CreateAppender("weir_merged");
        foreach (var merge in resolution.Merges)
            merges.AppendValue(Text(merge.Retired)).AppendValue(Text(merge.Survivor)).AppendValue(Text(resolution.Customers[merge.Retired])).AppendValue(Text(merge.Evidence.Left)).AppendValue(Text(merge.Evidence.Right)).EndRow();
        merges.Close();
    }
}
