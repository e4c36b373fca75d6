using System.Diagnostics.CodeAnalysis;

namespace Weir.Tests.Models.Lineage;

/// <summary>A query over t and u that always gives the same rows for the same data: joins, subqueries, CTEs, aggregates, windows and unions within each other.</summary>
[SuppressMessage("Security", "CA5394", Justification = "Queries are no secrets, and must be the same each time.")]
internal sealed class RandomQuery(int seed)
{
    private readonly Random random = new(seed);
    private readonly List<string> ctes = [];
    private int aliases;

    public string Write(int depth)
    {
        var (sql, _) = Query(depth, 1 + random.Next(3));
        return ctes.Count == 0 ? sql : $"with {string.Join(", ", ctes)} {sql}";
    }

    private (string Sql, List<string> Columns) Query(int depth, int width)
    {
        var (from, columns) = From(depth);
        var names = Enumerable.Range(0, width).Select(at => $"c{at}").ToList();
        var grouped = Chance(4);
        var items = names.Select((name, at) => $"{(grouped && at > 0 ? Pick($"max({Column(columns)})", $"count({Column(columns)})", $"sum({Column(columns)}) filter ({Column(columns)} > 1)") : Value(columns, !grouped))} as {name}").ToList();
        var where = Chance(2) ? $" where {Condition(columns)}" : "";
        var sql = $"select {(!grouped && Chance(5) ? "distinct " : "")}{string.Join(", ", items)} from {from}{where}{(grouped ? " group by all" : "")}";
        if (depth > 0 && Chance(4))
            sql = $"({sql}) {Pick("union", "union all", "except", "intersect")} ({Query(depth - 1, width).Sql})";
        return (sql, names);
    }

    private (string From, List<string> Columns) From(int depth)
    {
        var alias = $"q{aliases++}";
        if (depth == 0 || Chance(5))
            return Chance(2) ? ($"$t as {alias}", [$"{alias}.id", $"{alias}.a", $"{alias}.b", $"{alias}.d"]) : ($"$u as {alias}", [$"{alias}.id", $"{alias}.x", $"{alias}.y"]);
        if (Chance(2))
        {
            var (left, right) = (From(depth - 1), From(depth - 1));
            return ($"{left.From} {Pick("join", "left join", "right join", "full join")} {right.From} on {Column(left.Columns)} = {Column(right.Columns)}", [.. left.Columns, .. right.Columns]);
        }

        var (sql, columns) = Query(depth - 1, 2);
        if (Chance(2))
            return ($"({sql}) as {alias}", columns.ConvertAll(column => $"{alias}.{column}"));
        ctes.Add($"{alias} as ({sql})");
        return (alias, columns.ConvertAll(column => $"{alias}.{column}"));
    }

    private string Value(List<string> columns, bool windows) => random.Next(windows ? 7 : 3) switch
    {
        0 or 1 => Column(columns),
        2 => $"{Column(columns)} + {Column(columns)}",
        3 => $"case when {Condition(columns)} then {Column(columns)} else {Column(columns)} end",
        4 => $"coalesce({Column(columns)}, {Column(columns)}, 7)",
        5 => $"sum({Column(columns)}) over (partition by {Column(columns)} order by {Column(columns)})",
        _ => $"(select max(z.x + {Column(columns)}) from $u as z where z.y >= {Column(columns)})",
    };

    private string Condition(List<string> columns) => random.Next(4) switch
    {
        0 => $"{Column(columns)} in (select z.a from $t as z where z.b > {Column(columns)})",
        1 => $"exists (select 1 from $u as z where z.id = {Column(columns)})",
        2 => $"{Column(columns)} is not null",
        _ => $"{Column(columns)} > {Column(columns)}",
    };

    private string Column(List<string> columns) => columns[random.Next(columns.Count)];

    private string Pick(params string[] words) => words[random.Next(words.Length)];

    private bool Chance(int one) => random.Next(one) == 0;
}
