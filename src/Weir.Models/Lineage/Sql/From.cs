namespace Weir.Models.Lineage.Sql;

/// <summary>A table as names of the query see it.</summary>
/// <param name="Path">Catalog, schema and alias, as far as they are written.</param>
internal sealed record Table(IReadOnlyList<string> Path, Shape Shape)
{
    /// <summary>How many of the names mean this table; 0 when they do not.</summary>
    public int Matches(IReadOnlyList<string> names)
    {
        for (var take = Math.Min(Path.Count, names.Count); take > 0; take--)
        {
            if (Path.Skip(Path.Count - take).SequenceEqual(names.Take(take), StringComparer.OrdinalIgnoreCase))
                return take;
        }

        return 0;
    }
}

/// <summary>What stands behind FROM.</summary>
/// <param name="Tables">By which names can be qualified.</param>
/// <param name="Star">What <c>*</c> gives, and what a name without a table is looked up in: columns of USING stand there once.</param>
/// <param name="Influences">What its conditions and the queries in it decide rows by.</param>
internal sealed record From(IReadOnlyList<Table> Tables, IReadOnlyList<Column> Star, Origins Influences)
{
    public static From Nothing { get; } = new([], [], Origins.None);

    public static From Of(Shape shape, params IEnumerable<string> path) => new([new Table([.. path.Where(part => part.Length > 0)], shape)], shape.Columns, shape.Influences);

    /// <summary>Those whose columns are not all known.</summary>
    public IEnumerable<Shape> Open => Tables.Select(table => table.Shape).Where(shape => shape.Rest is not null);

    public Origins? Find(string name) => Star.FirstOrDefault(column => column.Is(name))?.Origins;

    /// <summary>A column that none of the lists has: of the one table that may have it; null when there is none.</summary>
    public Origins? FindOpen(string name) => Open.ToList() switch
    {
        [] => null,
        [var only] => only.Rest!(name),
        _ => Origins.Unknown($"more than one table may have the column {name}, for their columns are not known"),
    };

    /// <summary>The star as a shape of its own.</summary>
    public Shape AsShape() => new(Star, Influences, Open.Any() ? name => FindOpen(name)! : null);
}
