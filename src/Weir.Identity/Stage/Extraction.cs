using Weir.DuckDb;
using Weir.Identity.Resolving;

namespace Weir.Identity.Stage;

/// <summary>
/// Reads evidence out of the lake's rows into temporary tables: <c>weir_found</c> (strong ids that stand in one row, or one that stands alone), <c>weir_seen</c> (a weak id beside a strong one),
/// <c>weir_junk</c> and <c>weir_gone</c> (rows that are the latest of their key no more).
/// </summary>
internal sealed class Extraction(DuckDBConnection connection, IdentityRules rules)
{
    /// <summary>The SQL function that makes a keyed hash of an e-mail address.</summary>
    public const string HashFunction = "weir_email_hash";

    public void Begin() => connection.Execute("""
        CREATE OR REPLACE TEMP TABLE weir_found AS SELECT * FROM identity.evidence LIMIT 0;
        CREATE OR REPLACE TEMP TABLE weir_seen AS SELECT * FROM identity.sightings LIMIT 0;
        CREATE OR REPLACE TEMP TABLE weir_junk AS SELECT * FROM identity.junk LIMIT 0;
        CREATE OR REPLACE TEMP TABLE weir_gone (evidence VARCHAR, _stream VARCHAR, _position BIGINT);
        """);

    /// <param name="rule">Where the rows are of.</param>
    /// <param name="isLatest">Whether a row can cease to be evidence: then each is kept by its place, else only the earliest of each pair.</param>
    /// <param name="added">A SELECT: rows that came.</param>
    /// <param name="removed">A SELECT: rows that went.</param>
    /// <exception cref="WeirException">WEIR7111: DuckDB refused the rule's expressions.</exception>
    public void Read(EvidenceRule rule, bool isLatest, string added, string? removed)
    {
        var ids = rules.Strong.Concat(rules.Weak).SelectMany(kind => rule.Ids.Where(i => i.Kind == kind)).Select((id, n) => new Column(id.Kind, $"weir_{n}", id.Sql, rules.Strong.Contains(id.Kind))).ToList();
        try
        {
            ReadRows(rule, "weir_rows", added, ids);
            if (isLatest && removed is not null) ReadRows(rule, "weir_rows_gone", removed, ids);
        }
        catch (DuckDBException e)
        {
            throw IdentityErrors.NotReadable(rule, e);
        }
        if (isLatest && removed is not null)
        {
            connection.Execute($"INSERT INTO weir_gone SELECT {Sql.Text(rule.Table)}, _stream, _position FROM weir_rows_gone");
            CountJunk(rule, "weir_rows_gone", ids, "-");
        }
        CountJunk(rule, "weir_rows", ids, "");
        connection.Execute($"CREATE OR REPLACE TEMP VIEW weir_clean AS SELECT _stream, _position, source, seen_at, {string.Join(", ", ids.Select((id, n) => $"{Clean(id, ids.Take(n))} AS {id.Name}"))} FROM weir_rows");
        var strong = ids.FindAll(i => i.IsStrong);
        for (var i = 0; i < strong.Count; i++)
        {
            Found(rule, isLatest, strong[i], null, string.Join(" AND ", strong.Where((_, n) => n != i).Select(k => $"{k.Name} IS NULL").Prepend($"{strong[i].Name} IS NOT NULL")));
            for (var j = i + 1; j < strong.Count; j++)
            {
                var (one, other) = (strong[i], strong[j]);
                var both = $"{one.Name} IS NOT NULL AND {other.Name} IS NOT NULL";
                if (one.Kind != other.Kind) Found(rule, isLatest, one, other, both);
                else
                {
                    Found(rule, isLatest, one, other, $"{both} AND {one.Key} < {other.Key}");
                    Found(rule, isLatest, other, one, $"{both} AND {other.Key} < {one.Key}");
                }
            }
        }
        foreach (var weak in ids.Where(i => !i.IsStrong)) Seen(rule, weak, strong);
    }

    private void ReadRows(EvidenceRule rule, string into, string rows, List<Column> ids) => connection.Execute($"""
        CREATE OR REPLACE TEMP TABLE {into} AS
        SELECT * FROM (SELECT _stream, _position, source, ({rule.At})::TIMESTAMPTZ AS seen_at, {string.Join(", ", ids.Select(id => $"{Normal(id)} AS {id.Name}"))} FROM ({rows}) AS weir_read)
        WHERE seen_at IS NOT NULL AND ({string.Join(" OR ", ids.Where(i => i.IsStrong).Select(k => $"{k.Name} IS NOT NULL"))})
        """);

    /// <summary>A pair of different kinds stands in the order of the kinds, one of the same kind in that of its keys: so each pair stands one way only.</summary>
    private void Found(EvidenceRule rule, bool isLatest, Column left, Column? right, string where)
    {
        static string Values(string side, Column? id) => id is null ? $"'' AS {side}_kind, '' AS {side}_value, '' AS {side}_id" : $"{Sql.Text(id.Kind)} AS {side}_kind, {id.Name} AS {side}_value, {id.Key} AS {side}_id";
        var by = right is null ? left.Name : $"{left.Name}, {right.Name}";
        var evidence = $"{Sql.Text(rule.Table)} AS evidence, {Values("left", left)}, {Values("right", right)}";
        connection.Execute(isLatest
            ? $"INSERT INTO weir_found BY NAME SELECT {evidence}, seen_at, source, _stream, _position FROM weir_clean WHERE {where}"
            : $$"""
                INSERT INTO weir_found BY NAME
                SELECT {{evidence}}, weir_first.a AS seen_at, weir_first.f AS source, weir_first.s AS _stream, weir_first.p AS _position
                FROM (SELECT {{by}}, min({a: seen_at, s: _stream, p: _position, f: source}) AS weir_first FROM weir_clean WHERE {{where}} GROUP BY {{by}})
                """);
    }

    /// <summary>Of several strong ids of a row the first names who was there: they are one customer, or refused.</summary>
    private void Seen(EvidenceRule rule, Column weak, List<Column> strong) => connection.Execute($"""
        INSERT INTO weir_seen BY NAME
        SELECT {Sql.Text(rule.Table)} AS evidence, {Sql.Text(weak.Kind)} AS kind, {weak.Name} AS id_value, CASE {string.Join(" ", strong.Select(k => $"WHEN {k.Name} IS NOT NULL THEN {k.Key}"))} END AS strong_id,
            seen_at, source, _stream, _position
        FROM weir_clean WHERE {weak.Name} IS NOT NULL AND ({string.Join(" OR ", strong.Select(k => $"{k.Name} IS NOT NULL"))})
        """);

    private void CountJunk(EvidenceRule rule, string rows, List<Column> ids, string sign)
    {
        foreach (var id in ids)
            connection.Execute($"INSERT INTO weir_junk SELECT {Sql.Text(rule.Table)}, {Sql.Text(id.Kind)}, lower({id.Name}), {sign}count(*) FROM {rows} WHERE {IsJunk(id.Name)} GROUP BY 3");
    }

    private string IsJunk(string column) => rules.Junk.Count == 0 ? "false" : $"lower({column}) IN ({string.Join(", ", rules.Junk.Select(Sql.Text))})";

    /// <summary>Junk is no id, and what stands in an earlier column of its kind is no second one.</summary>
    private string Clean(Column id, IEnumerable<Column> before) =>
        before.Where(b => b.Kind == id.Kind).Aggregate($"CASE WHEN {IsJunk(id.Name)} THEN NULL ELSE {id.Name} END", (sql, b) => $"nullif({sql}, {b.Name})");

    private static string Normal(Column id)
    {
        var text = $"nullif(trim(({id.Sql})::VARCHAR), '')";
        return id.Kind == IdentityRules.Email ? $"CASE WHEN contains({text}, '@') THEN {HashFunction}({text}) ELSE {text} END" : text;
    }

    /// <summary>A column of <c>weir_rows</c>.</summary>
    private sealed record Column(string Kind, string Name, string Sql, bool IsStrong)
    {
        public string Key { get; } = IdKinds.KeySql(DuckDb.Sql.Text(Kind), Name);
    }
}
