using Weir.DuckDb;

namespace Weir.Identity.Stage;

/// <summary>
/// Assigns weak ids: from a customer's first sighting on to that of the next one a browser or device belongs to him, and before all sightings to the first. It unites nobody: a weak id that several
/// customers used belongs to each in his time, and one that too many used to none.
/// </summary>
internal sealed class WeakStep(DuckDBConnection connection, IdentityRules rules)
{
    public void Run() => connection.Execute($"""
        INSERT INTO weir_touched_weak SELECT kind, id_value FROM identity.sightings AS s SEMI JOIN weir_changed AS c ON c.id = s.strong_id;
        CREATE OR REPLACE TEMP TABLE weir_weak AS SELECT DISTINCT kind, id_value FROM weir_touched_weak;
        CREATE OR REPLACE TEMP TABLE weir_weak_before AS SELECT * FROM identity.weak_ids SEMI JOIN weir_weak USING (kind, id_value);
        DELETE FROM identity.weak_ids AS w USING weir_weak AS t WHERE w.kind = t.kind AND w.id_value = t.id_value;
        CREATE OR REPLACE TEMP TABLE weir_turns AS
        WITH sighted AS (
            SELECT s.*, i.customer_id FROM identity.sightings AS s SEMI JOIN weir_weak AS t ON t.kind = s.kind AND t.id_value = s.id_value JOIN identity.strong_ids AS i ON i.id = s.strong_id
            WHERE i.customer_id IS NOT NULL),
        turned AS (SELECT *, lag(customer_id) OVER weir_w AS before FROM sighted WINDOW weir_w AS (PARTITION BY kind, id_value ORDER BY seen_at, strong_id, evidence, _stream, _position))
        SELECT *, row_number() OVER weir_w AS turn, lead(seen_at) OVER weir_w AS next_at FROM turned WHERE before IS DISTINCT FROM customer_id
        WINDOW weir_w AS (PARTITION BY kind, id_value ORDER BY seen_at, strong_id, evidence, _stream, _position);
        CREATE OR REPLACE TEMP TABLE weir_counted AS SELECT kind, id_value, count(DISTINCT customer_id) AS customers, min(seen_at) AS first_seen_at FROM weir_turns GROUP BY kind, id_value;
        INSERT INTO identity.weak_ids BY NAME
        SELECT {Resolving.IdKinds.KeySql("t.kind", "t.id_value")} AS id, t.kind, t.id_value, t.customer_id,
            CASE WHEN turn = 1 THEN TIMESTAMPTZ '0001-01-01 00:00:00+00' ELSE seen_at END AS valid_from, coalesce(next_at, TIMESTAMPTZ '9999-12-31 00:00:00+00') AS valid_to,
            seen_at AS first_seen_at, c.customers, t.strong_id, t.evidence, t.source, t._stream, t._position
        FROM weir_turns AS t JOIN weir_counted AS c ON c.kind = t.kind AND c.id_value = t.id_value
        WHERE c.customers <= {rules.MostPartners} AND (turn = 1 OR next_at IS NULL OR seen_at < next_at);
        INSERT INTO identity.weak_ids BY NAME
        SELECT {Resolving.IdKinds.KeySql("kind", "id_value")} AS id, kind, id_value, first_seen_at, customers FROM weir_counted WHERE customers > {rules.MostPartners};
        """);
}
