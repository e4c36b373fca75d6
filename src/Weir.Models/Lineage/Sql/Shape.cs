namespace Weir.Models.Lineage.Sql;

/// <summary>A column of a table or query.</summary>
/// <param name="Name">Null where DuckDB makes up a name that nobody uses.</param>
internal sealed record Column(string? Name, Origins Origins)
{
    public bool Is(string name) => string.Equals(Name, name, StringComparison.OrdinalIgnoreCase);
}

/// <summary>What a table or query gives.</summary>
/// <param name="Columns">In order; all of them, unless there is <paramref name="Rest"/>.</param>
/// <param name="Influences">What decides which rows there are.</param>
/// <param name="Rest">What a column that is not listed comes from; null when the list is whole.</param>
internal sealed record Shape(IReadOnlyList<Column> Columns, Origins Influences, Func<string, Origins>? Rest = null)
{
    public static Shape Empty { get; } = new([], Origins.None);

    /// <summary>Nothing is known of it.</summary>
    public static Shape Unknown(string why) => new([], Origins.Unknown(why), _ => Origins.Unknown(why));

    public Origins? Find(string name) => Columns.FirstOrDefault(column => column.Is(name))?.Origins;

    /// <summary>All columns together, as an expression of the whole row.</summary>
    public Origins Row() => Origins.All(Columns.Select(column => column.Origins)).Derived().And(Rest is null ? Origins.None : Rest(ColumnId.AnyColumn));

    /// <summary>With other names for the first columns.</summary>
    public Shape Named(IReadOnlyList<string> names) => names.Count == 0 ? this : this with
    {
        Columns = [.. Columns.Select((column, at) => at < names.Count ? column with { Name = names[at] } : column), .. names.Skip(Columns.Count).Select(name => new Column(name, Rest?.Invoke(name) ?? Origins.Unknown($"{name} names a column that is not there")))],
    };
}
