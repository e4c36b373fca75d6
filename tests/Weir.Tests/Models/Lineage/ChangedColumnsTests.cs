using Weir.DuckDb;
using Weir.Models.Lineage;

namespace Weir.Tests.Models.Lineage;

/// <summary>DuckDB is the judge: with other values in one column of a source, only columns that the lineage names may have other values.</summary>
public class ChangedColumnsTests
{
    private static readonly (string Table, string[] Columns)[] Tables = [("t", ["id", "a", "b", "c", "d", "l", "s"]), ("u", ["id", "x", "y"])];

    private static readonly Dictionary<string, string> Values = new()
    {
        ["l"] = "[1 + (random() * 3)::integer, (random() * 4)::integer][1 + (random() * 1.4)::integer:]",
        ["s"] = "{'p': (random() * 5)::integer, 'q': {'r': (random() * 5)::integer}}",
        ["c"] = "'v' || (random() * 3)::integer",
    };

    [Theory]
    [MemberData(nameof(Cases.All), MemberType = typeof(Cases))]
    public void Other_values_in_a_source_change_no_column_that_does_not_come_from_it(string sql, string _)
    {
        sql = sql.Replace("from $t", sql.Contains("->", StringComparison.Ordinal) ? "from (select to_json({'k': c}) as c from $t)" : "from $t", StringComparison.Ordinal);
        using var project = new LineageProject(sql);

        Changed(project.Connection, LineageProject.Over(sql, table => $"raw.{table}"), project.Read(), rounds: 2).ShouldBeEmpty();
    }

    [Fact]
    public void Other_values_change_no_column_of_random_queries_that_does_not_come_from_them()
    {
        for (var seed = 0; seed < 40; seed++)
        {
            var sql = new RandomQuery(seed).Write(depth: 2);
            using var project = new LineageProject(sql);
            var lineage = project.Read();
            lineage.UnresolvedCount.ShouldBe(0, sql);
            Changed(project.Connection, LineageProject.Over(sql, table => $"raw.{table}"), lineage, rounds: 1).ShouldBeEmpty(sql);
        }
    }

    [Fact]
    public void The_judge_sees_a_column_that_a_lineage_leaves_out()
    {
        using var project = new LineageProject("select a as k, d from $t where id > 2");

        Changed(project.Connection, "select a + b as k, d from raw.t where id > 2 and c <> 'v1'", project.Read(), rounds: 6)
            .Distinct().ShouldBe(["k by t.b", "k by t.c", "d by t.c"], ignoreOrder: true);
    }

    /// <summary>What changed and does not come from it: <c>column by source</c>.</summary>
    private static List<string> Changed(DuckDBConnection connection, string query, NodeLineage lineage, int rounds)
    {
        connection.Execute("set threads = 1; select setseed(0.42)");
        var wrong = new List<string>();
        foreach (var (table, columns) in Tables)
        {
            foreach (var column in columns.Where(column => !lineage.Influences.Contains(Source(table, column))))
            {
                for (var round = 0; round < rounds; round++)
                {
                    Fill(connection);
                    var before = Results(connection, query, lineage.Columns);
                    connection.Execute($"update raw.{table} set {column} = {Value(column)}");
                    var after = Results(connection, query, lineage.Columns);
                    wrong.AddRange(lineage.Columns.Where((c, at) => before[at] != after[at] && c.Inputs.All(input => input.Column != Source(table, column))).Select(c => $"{c.Name} by {table}.{column}"));
                }
            }
        }

        return wrong;
    }

    private static ColumnId Source(string table, string column) => new($"source.shop.raw.{table}", column);

    private static string Value(string column) => Values.GetValueOrDefault(column, "(random() * 5)::integer");

    private static void Fill(DuckDBConnection connection)
    {
        foreach (var (table, columns) in Tables)
            connection.Execute($"delete from raw.{table}; insert into raw.{table} select {string.Join(", ", columns.Select(Value))} from range(9)");
    }

    /// <summary>For each column its values, sorted.</summary>
    private static List<string> Results(DuckDBConnection connection, string query, IReadOnlyList<ColumnLineage> columns)
    {
        var values = string.Join(", ", columns.Select(column => $"coalesce(string_agg(coalesce(\"{column.Name}\"::varchar, 'null'), ',' order by \"{column.Name}\"::varchar), '')"));
        return connection.Query($"select {values} from ({query}) as result", row => columns.Select((_, at) => row.GetString(at)).ToList()).Single();
    }
}
