using Weir.DuckDb;
using Weir.Identity.Resolving;

namespace Weir.Identity.Stage;

/// <summary>
/// Resolves the strong ids that were touched, and all that hangs together with them, writes the rows that are others now, and leaves in <c>weir_changed</c> the ids that belong to somebody else.
/// Ids are numbered here (<c>n</c>): joined and read are numbers, and texts only once, at the end.
/// </summary>
internal sealed class StrongStep(DuckDBConnection connection, IdentityRules rules)
{
    /// <param name="splits">The splits.</param>
    /// <param name="isWhole">Whether everything is resolved, into empty tables.</param>
    /// <returns>How many ids were resolved, and how many pairs of them were seen together.</returns>
    public (int Ids, int Pairs) Run(IReadOnlyList<Split> splits, bool isWhole)
    {
        var evidence = isWhole ? "(SELECT *, rowid AS place FROM identity.evidence)" : NarrowToArea();
        connection.Execute($"""
            CREATE OR REPLACE TEMP TABLE weir_nodes AS
            SELECT (row_number() OVER () - 1)::INTEGER AS n, * FROM (
                SELECT id, any_value(kind) AS kind, any_value(id_value) AS id_value, min(seen_at) AS first_seen_at
                FROM (SELECT left_id AS id, left_kind AS kind, left_value AS id_value, seen_at FROM {evidence} UNION ALL SELECT right_id, right_kind, right_value, seen_at FROM {evidence} WHERE right_id <> '')
                GROUP BY id);
            CREATE OR REPLACE TEMP TABLE weir_pairs AS
            SELECT l.n AS l, r.n AS r, e.seen_at, e.place FROM {evidence} AS e JOIN weir_nodes AS l ON l.id = e.left_id JOIN weir_nodes AS r ON r.id = e.right_id;
            CREATE OR REPLACE TEMP TABLE weir_edges AS SELECT l, r, min(seen_at) AS seen_at, arg_min(place, seen_at) AS place, count(*) > 1 AS is_often FROM weir_pairs GROUP BY l, r;
            CREATE OR REPLACE TEMP TABLE weir_resolved (n INTEGER, customer_id VARCHAR, cluster BIGINT, partners BIGINT);
            CREATE OR REPLACE TEMP TABLE weir_merged (l INTEGER, r INTEGER, retired_id VARCHAR, survivor_id VARCHAR);
            """);
        var graph = GraphReader.Read(connection, $"SELECT ({GraphReader.RankSql(rules, "kind")})::INTEGER, {GraphReader.HashSql("id")} FROM weir_nodes ORDER BY n", "SELECT l, r, epoch_us(seen_at) FROM weir_edges");
        var kinds = new IdKinds(rules.Strong);
        Write(kinds, graph, Resolver.Resolve(graph, splits.Select(s => s.Keys(kinds)), rules.MostPartners));
        Place(evidence);
        var (ids, merges) = Select(evidence);
        // Whole, every weak id is assigned anyway.
        if (isWhole) connection.Execute($"INSERT INTO identity.strong_ids {ids}; INSERT INTO identity.merges {merges}; CREATE OR REPLACE TEMP TABLE weir_changed (id VARCHAR)");
        else WriteDifference(ids, merges);
        return (graph.Keys.Length, graph.Edges.Length);
    }

    /// <summary>What hangs together with the touched ids. Evidence never reaches beyond it, so one of its two sides tells.</summary>
    private string NarrowToArea()
    {
        connection.Execute("""
            CREATE OR REPLACE TEMP TABLE weir_area AS
            SELECT s.id FROM identity.strong_ids AS s SEMI JOIN (SELECT DISTINCT cluster FROM identity.strong_ids AS t SEMI JOIN weir_touched USING (id)) AS c ON c.cluster = s.cluster
            UNION SELECT id FROM weir_touched WHERE id <> '';
            CREATE OR REPLACE TEMP TABLE weir_evidence AS SELECT e.*, e.rowid AS place FROM identity.evidence AS e SEMI JOIN weir_area AS a ON a.id = e.left_id;
            """);
        return "weir_evidence";
    }

    private void Write(IdKinds kinds, EvidenceGraph graph, Resolution resolution)
    {
        Span<byte> text = stackalloc byte[kinds.MostBytes];
        using (var rows = connection.CreateAppender("weir_resolved"))
        {
            for (var id = 0; id < graph.Keys.Length; id++)
            {
                rows.AppendValue(id);
                if (resolution.Customers[id] is >= 0 and var customer) rows.AppendUtf8(kinds.Write(graph.Keys[customer], text));
                else rows.AppendNullValue();
                rows.AppendValue((long)(ulong)graph.Keys[resolution.Clusters[id]].Hash).AppendValue((long)resolution.Partners[id]).EndRow();
            }
            rows.Close();
        }
        using var merges = connection.CreateAppender("weir_merged");
        foreach (var (retired, survivor, evidence) in resolution.Merges)
            merges.AppendValue(evidence.Left).AppendValue(evidence.Right).AppendUtf8(kinds.Write(graph.Keys[retired], text)).AppendUtf8(kinds.Write(graph.Keys[survivor], text)).EndRow();
        merges.Close();
    }

    /// <summary>Of each merge the row that is its evidence: of several of one time the first by its place in the lake.</summary>
    private void Place(string evidence) => connection.Execute($"""
        CREATE OR REPLACE TEMP TABLE weir_placed AS
        WITH often AS (SELECT l, r FROM weir_edges SEMI JOIN weir_merged USING (l, r) WHERE is_often),
        first AS (
            SELECT l, r, place FROM weir_edges WHERE NOT is_often
            UNION ALL
            SELECT p.l, p.r, arg_min(p.place, (p.seen_at, e.evidence, e._stream, e._position, e.source)) FROM weir_pairs AS p SEMI JOIN often USING (l, r) JOIN {evidence} AS e ON e.place = p.place GROUP BY p.l, p.r)
        SELECT f.place, m.retired_id, m.survivor_id FROM weir_merged AS m JOIN first AS f ON f.l = m.l AND f.r = m.r;
        """);

    private static (string Ids, string Merges) Select(string evidence) => (
        "SELECT n.id, n.kind, n.id_value, w.customer_id, w.cluster, n.first_seen_at, w.partners FROM weir_nodes AS n JOIN weir_resolved AS w ON w.n = n.n",
        $"SELECT m.retired_id, m.survivor_id, e.left_id, e.right_id, e.seen_at, e.evidence, e.source, e._stream, e._position FROM {evidence} AS e JOIN weir_placed AS m ON m.place = e.place");

    /// <summary>What is as it was is not written again: a file grows by what is written.</summary>
    private void WriteDifference(string ids, string merges) => connection.Execute($"""
        CREATE OR REPLACE TEMP TABLE weir_ids AS {ids};
        CREATE OR REPLACE TEMP TABLE weir_ids_before AS SELECT * FROM identity.strong_ids SEMI JOIN weir_area USING (id);
        CREATE OR REPLACE TEMP TABLE weir_ids_new AS SELECT * FROM weir_ids EXCEPT SELECT * FROM weir_ids_before;
        CREATE OR REPLACE TEMP TABLE weir_ids_old AS SELECT * FROM weir_ids_before EXCEPT SELECT * FROM weir_ids;
        DELETE FROM identity.strong_ids AS s USING weir_ids_old AS o WHERE s.id = o.id;
        INSERT INTO identity.strong_ids SELECT * FROM weir_ids_new;
        CREATE OR REPLACE TEMP TABLE weir_merges AS {merges};
        CREATE OR REPLACE TEMP TABLE weir_merges_before AS SELECT m.* FROM identity.merges AS m SEMI JOIN weir_area AS a ON a.id = m.retired_id;
        DELETE FROM identity.merges AS m USING (SELECT * FROM weir_merges_before EXCEPT SELECT * FROM weir_merges) AS o WHERE m.retired_id = o.retired_id;
        INSERT INTO identity.merges SELECT * FROM weir_merges EXCEPT SELECT * FROM weir_merges_before;
        CREATE OR REPLACE TEMP TABLE weir_changed AS
        SELECT coalesce(o.id, n.id) AS id FROM weir_ids_old AS o FULL JOIN weir_ids_new AS n ON n.id = o.id WHERE o.id IS NULL OR n.id IS NULL OR o.customer_id IS DISTINCT FROM n.customer_id;
        """);
}
