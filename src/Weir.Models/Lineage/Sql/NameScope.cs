using System.Collections.Immutable;

namespace Weir.Models.Lineage.Sql;

/// <summary>What names mean at one place of a query: its tables, the aliases so far, the names of a lambda, then the query around it.</summary>
internal sealed class NameScope(NameScope? outer, ImmutableDictionary<string, Shape> ctes)
{
    /// <summary>Words that DuckDB takes for a value when no column has that name.</summary>
    private static readonly HashSet<string> Words = new(StringComparer.OrdinalIgnoreCase)
    {
        "current_catalog", "current_date", "current_role", "current_schema", "current_time", "current_timestamp", "current_user", "localtime", "localtimestamp", "rowid", "session_user", "user",
    };

    private Origins influences = Origins.None;

    public ImmutableDictionary<string, Shape> Ctes => ctes;

    public From From { get; init; } = From.Nothing;

    /// <summary>Aliases of the select list, as far as it is read.</summary>
    public Dictionary<string, Origins> Aliases { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Parameters of a lambda: they hold what the list beside it holds.</summary>
    public IReadOnlyList<string> Parameters { get; init; } = [];

    /// <summary>The column for which <c>COLUMNS(…)</c> stands just now.</summary>
    public Column? Current { get; init; }

    /// <summary>What decides rows, of the expressions read in this scope.</summary>
    public Origins Influences => influences;

    public void Influence(Origins origins) => influences = influences.And(origins);

    public Origins Resolve(IReadOnlyList<string> names)
    {
        Origins? open = null;
        for (var scope = this; scope is not null; scope = scope.Outer)
        {
            if (scope.Known(names) is { } found)
                return open is null ? found : Origins.Unknown($"{string.Join('.', names)} may be a column of a table whose columns are not known");
            open ??= scope.From.FindOpen(names[0]);
        }

        return open ?? (names.Count == 1 && Words.Contains(names[0]) ? Origins.None : Origins.Unknown($"there is no column {string.Join('.', names)} in what is known of the tables"));
    }

    /// <summary>The columns of a table that a star names; null when there is no such table.</summary>
    public Shape? StarOf(IReadOnlyList<string> names)
    {
        for (var scope = this; scope is not null; scope = scope.Outer)
        {
            if (scope.From.Tables.FirstOrDefault(table => table.Matches(names) == names.Count) is { } table)
                return table.Shape;
        }

        return null;
    }

    private NameScope? Outer => outer;

    /// <summary>DuckDB's order: a table's column, a column (the rest are fields of a struct), an alias, the whole row of a table.</summary>
    private Origins? Known(IReadOnlyList<string> names)
    {
        if (Parameters.Contains(names[0], StringComparer.OrdinalIgnoreCase))
            return Origins.None;
        foreach (var table in From.Tables)
        {
            var taken = table.Matches(names);
            if (taken == 0 || taken == names.Count)
                continue;
            if ((table.Shape.Find(names[taken]) ?? table.Shape.Rest?.Invoke(names[taken])) is { } found)
                return Field(found, names.Count > taken + 1);
        }

        if ((From.Find(names[0]) ?? Aliases.GetValueOrDefault(names[0])) is { } column)
            return Field(column, names.Count > 1);
        return From.Tables.FirstOrDefault(table => table.Matches(names) == names.Count)?.Shape.Row();
    }

    private static Origins Field(Origins column, bool isPart) => isPart ? column.Derived() : column;
}
