using Weir.DuckDb;

namespace Weir.Identity.Stage;

/// <summary>Puts what <see cref="Extraction"/> found to what is kept, and tells which ids that touches: <c>weir_touched</c>, <c>weir_touched_weak</c>.</summary>
internal sealed class Keeping(DuckDBConnection connection)
{
    private const string SamePair = "k.evidence = f.evidence AND k.left_id = f.left_id AND k.right_id = f.right_id";

    /// <param name="growing">Tables whose rows stay for ever: of each pair the earliest row is kept.</param>
    public void Run(IReadOnlyList<string> growing)
    {
        connection.Execute("""
            CREATE OR REPLACE TEMP TABLE weir_touched AS
            SELECT unnest([left_id, right_id]) AS id FROM identity.evidence AS k SEMI JOIN weir_gone AS g ON k.evidence = g.evidence AND k._stream = g._stream AND k._position = g._position;
            CREATE OR REPLACE TEMP TABLE weir_touched_weak AS
            SELECT kind, id_value FROM identity.sightings AS k SEMI JOIN weir_gone AS g ON k.evidence = g.evidence AND k._stream = g._stream AND k._position = g._position;
            DELETE FROM identity.evidence AS k USING weir_gone AS g WHERE k.evidence = g.evidence AND k._stream = g._stream AND k._position = g._position;
            DELETE FROM identity.sightings AS k USING weir_gone AS g WHERE k.evidence = g.evidence AND k._stream = g._stream AND k._position = g._position;
            """);
        if (growing.Count > 0)
        {
            var isGrowing = $"f.evidence IN ({string.Join(", ", growing.Select(Sql.Text))})";
            connection.Execute($"""
                DELETE FROM weir_found AS f USING identity.evidence AS k WHERE {isGrowing} AND {SamePair} AND (k.seen_at, k._stream, k._position) <= (f.seen_at, f._stream, f._position);
                DELETE FROM identity.evidence AS k USING weir_found AS f WHERE {isGrowing} AND {SamePair};
                """);
        }
        connection.Execute("""
            INSERT INTO identity.evidence SELECT * FROM weir_found;
            INSERT INTO identity.sightings SELECT * FROM weir_seen;
            INSERT INTO weir_touched SELECT left_id FROM weir_found UNION ALL SELECT right_id FROM weir_found;
            INSERT INTO weir_touched_weak SELECT kind, id_value FROM weir_seen;
            CREATE OR REPLACE TEMP TABLE weir_junk_all AS SELECT evidence, kind, id_value, sum(row_count)::BIGINT AS row_count FROM (SELECT * FROM identity.junk UNION ALL SELECT * FROM weir_junk) GROUP BY ALL;
            DELETE FROM identity.junk;
            INSERT INTO identity.junk SELECT * FROM weir_junk_all WHERE row_count > 0;
            """);
    }
}
