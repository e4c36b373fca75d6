using Weir.DuckDb;

namespace Weir.Tests.Models.Lineage;

public class QueryLineageTests
{
    [Theory]
    [MemberData(nameof(Cases.All), MemberType = typeof(Cases))]
    public void A_column_comes_from_what_a_reader_of_the_query_says(string sql, string expected)
    {
        using var project = new LineageProject(sql);

        LineageProject.Write(project.Read()).ShouldBe(expected);
    }

    [Theory]
    [InlineData("pivot $t on c using sum(a)", "PIVOT without IN")]
    [InlineData("select columns(lambda e: e like 'a%') from $t", "COLUMNS(…) stands for columns that are not known")]
    [InlineData("select a from query('select 1 as a')", "query() reads what its text says")]
    [InlineData("select hidden(x) as a from $u", "the macro hidden may read tables")]
    public void What_cannot_be_followed_is_of_whole_tables_and_counted(string sql, string why)
    {
        using var project = new LineageProject(sql);
        project.Connection.Execute("create macro hidden(n) as n + (select max(a) from raw.t); insert into raw.t (c, a) values ('k', 1)");

        var node = project.Read();

        node.UnresolvedCount.ShouldBeGreaterThan(0);
        (node.Unresolved ?? node.Columns[0].Unresolved)!.ShouldContain(why);
        node.Columns.SelectMany(column => column.Inputs).ShouldAllBe(input => input.Column.Column == "*");
    }
}
