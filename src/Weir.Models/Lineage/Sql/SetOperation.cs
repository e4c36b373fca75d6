namespace Weir.Models.Lineage.Sql;

/// <summary>UNION, INTERSECT and EXCEPT: by position, or by name.</summary>
internal static class SetOperation
{
    public static Shape Of(string kind, bool all, Shape left, Shape right)
    {
        var columns = kind switch
        {
            "UNION" => ByPosition(left, right),
            "UNION_BY_NAME" => ByName(left, right),
            "EXCEPT" or "INTERSECT" => left.Columns, // the right side only decides which rows of the left there are
            _ => [],
        };
        var rest = kind switch
        {
            "UNION" when left.Rest is null && right.Rest is null => null,
            "UNION" => _ => Origins.Unknown("a UNION goes by position, and the columns of its sides are not all known"),
            "UNION_BY_NAME" when left.Rest is null && right.Rest is null => null,
            "UNION_BY_NAME" => name => Either(left, name).And(Either(right, name)),
            "EXCEPT" or "INTERSECT" => left.Rest,
            _ => (Func<string, Origins>)(_ => Origins.Unknown($"a set operation of kind {kind} is not known")),
        };
        var influences = left.Influences.And(right.Influences);
        if (!all || kind is "EXCEPT" or "INTERSECT")
            influences = influences.And(left.Row()).And(right.Row());
        return new Shape(columns, influences.Derived(), rest);
    }

    private static IReadOnlyList<Column> ByPosition(Shape left, Shape right)
    {
        if (left.Rest is not null || right.Rest is not null)
            return []; // a list that is not whole has no positions
        return [.. left.Columns.Select((column, at) => at < right.Columns.Count ? column with { Origins = column.Origins.And(right.Columns[at].Origins) } : column)];
    }

    private static IReadOnlyList<Column> ByName(Shape left, Shape right) =>
    [
        .. left.Columns.Select(column => column.Name is null ? column : column with { Origins = column.Origins.And(Either(right, column.Name)) }),
        .. right.Columns.Where(column => column.Name is null || left.Find(column.Name) is null).Select(column => column.Name is null ? column : column with { Origins = column.Origins.And(left.Rest?.Invoke(column.Name) ?? Origins.None) }),
    ];

    private static Origins Either(Shape side, string name) => side.Find(name) ?? side.Rest?.Invoke(name) ?? Origins.None;
}
