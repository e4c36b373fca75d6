using System.Text.RegularExpressions;
using Weir.DuckDb;

namespace Weir.Tests.Models.Corpus;

/// <summary>Tables and views as the corpus writes them: kind, columns with types, rows sorted as text.</summary>
internal static partial class RelationDump
{
    public static IReadOnlyDictionary<string, string> All(CorpusProject project)
    {
        using var connection = StepOutcome.Open(project);
        var names = connection.Query(
            "select table_schema, table_name, table_type from information_schema.tables where table_catalog = current_database() and table_schema <> 'weir'",
            row => (Schema: row.GetString(0), Name: row.GetString(1), Kind: row.GetString(2) == "VIEW" ? "view" : "table"));
        return names.ToDictionary(name => $"{name.Schema}.{name.Name}", name => Dump(connection, name.Schema, name.Name, name.Kind));
    }

    /// <summary>Whether a dump is what was recorded, where the time of a run and what is made from it may be any.</summary>
    public static bool Matches(string recorded, string dumped)
    {
        if (!recorded.Contains("<now>", StringComparison.Ordinal))
            return Sorted(recorded) == Sorted(dumped);
        return Sorted(Now().Replace(Hash().Replace(recorded, "<md5>"), "<now>")) == Sorted(Now().Replace(Hash().Replace(dumped, "<md5>"), "<now>"));
    }

    private static string Dump(DuckDBConnection connection, string schema, string name, string kind)
    {
        var relation = $"\"{schema}\".\"{name}\"";
        try
        {
            var columns = connection.Query($"select column_name, column_type from (describe {relation})", row => (Name: row.GetString(0), Type: row.GetString(1)));
            var list = string.Join(", ", columns.Select(column => $"coalesce(\"{column.Name}\"::varchar, '\u0001')"));
            var rows = connection.Query($"select [{list}] from {relation}", row => string.Join(",", ((List<object?>)row.GetValue(0)).Select(value => Field((string)value!))));
            return $"# {kind}\n{string.Join(",", columns.Select(column => Field($"{column.Name}:{column.Type}")))}\n{string.Concat(rows.Select(row => row + "\n"))}";
        }
        catch (DuckDBException wrong)
        {
            return $"# {kind}\n{wrong.Message}\n";
        }
    }

    private static string Field(string value) =>
        value == "\u0001" ? "NULL" : value.AsSpan().IndexOfAny(",\"\n") >= 0 ? "\"" + value.Replace("\"", "\"\"") + "\"" : value;

    private static string Sorted(string dump)
    {
        var lines = dump.TrimEnd('\n').Split('\n');
        return string.Join('\n', lines.Take(2).Concat(lines.Skip(2).Order(StringComparer.Ordinal)));
    }

    [GeneratedRegex(@"\b20[2-9]\d-\d\d-\d\d \d\d:\d\d:\d\d\.\d+(\+00)?")]
    private static partial Regex Now();

    [GeneratedRegex(@"\b[0-9a-f]{32}\b")]
    private static partial Regex Hash();
}
