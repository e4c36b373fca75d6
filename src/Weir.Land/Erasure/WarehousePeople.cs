using Weir.DuckDb;
using Weir.Journal;
using Weir.Land.Privacy;

namespace Weir.Land.Erasure;

/// <summary>
/// A person's rows in the tables of a warehouse that no build makes anew from the lake: snapshots, seeds, what was left by models that failed or are gone, notes of what changed. By columns
/// named <c>user_id</c>, <c>customer_id</c>, <c>anonymous_id</c>, <c>device_id</c>, <c>contact_id</c> and <c>crm_id</c>, and e-mail addresses in any text.
/// </summary>
public static class WarehousePeople
{
    /// <summary>Deletes them, in one transaction, and writes the file's tables without them.</summary>
    /// <returns>Rows by table, of those that had some.</returns>
    public static IReadOnlyList<(string Table, long Rows)> Delete(DuckDBConnection warehouse, IReadOnlyList<PersonId> ids, KeyStore keys)
    {
        var person = new PersonMatch(ids, new Pseudonyms(keys.GetOrCreateSecret()));
        var deleted = new List<(string, long)>();
        using (var transaction = warehouse.BeginTransaction())
        {
            foreach (var table in warehouse.Query("SELECT schema_name, table_name FROM duckdb_tables() WHERE NOT internal AND database_name = current_database() ORDER BY ALL", r => (Schema: r.GetString(0), Name: r.GetString(1))))
            {
                var columns = warehouse.Query("SELECT column_name, data_type FROM duckdb_columns() WHERE schema_name = ? AND table_name = ? AND database_name = current_database()", r => (Name: r.GetString(0), Type: r.GetString(1)), table.Schema, table.Name);
                if (Condition(columns, person) is not { } condition) continue;
                var name = $"{Sql.Name(table.Schema)}.{Sql.Name(table.Name)}";
                if (warehouse.Scalar<long>($"SELECT count(*) FROM {name} WHERE {condition}") is not (> 0 and var rows)) continue;
                warehouse.Execute($"DELETE FROM {name} WHERE {condition}");
                deleted.Add((table.Schema == "main" ? table.Name : $"{table.Schema}.{table.Name}", rows));
            }
            transaction.Commit();
        }
        return deleted;
    }

    private static string? Condition(IReadOnlyList<(string Name, string Type)> columns, PersonMatch person)
    {
        var parts = new List<string>();
        foreach (var (name, type) in columns)
        {
            var text = $"{Sql.Name(name)}::VARCHAR";
            var kind = name.ToLowerInvariant() switch { "user_id" or "customer_id" => PersonIdKind.User, "anonymous_id" => PersonIdKind.Anonymous, "device_id" => PersonIdKind.Device, "contact_id" or "crm_id" => PersonIdKind.Crm, _ => (PersonIdKind?)null };
            if (kind is { } known && person.Of(known).Count > 0) parts.Add($"trim({text}) IN ({string.Join(", ", person.Of(known).Select(Sql.Text))})");
            if (!type.Contains("VARCHAR", StringComparison.Ordinal) && type != "JSON") continue;
            // As a word of its own: what is before or after an address is no part of one.
            parts.AddRange(person.Emails.Select(e => $"regexp_matches(lower({text}), {Sql.Text($@"(^|[^\pL\pN._%+'-]){System.Text.RegularExpressions.Regex.Escape(e)}($|[^\pL\pN.-]|\.$|[.-][^\pL\pN])")})"));
            parts.AddRange(person.Hashes.Select(h => $"contains({text}, {Sql.Text(h)})"));
        }
        return parts.Count == 0 ? null : $"coalesce(({string.Join(" OR ", parts)}), false)";
    }
}
