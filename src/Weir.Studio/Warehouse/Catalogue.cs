namespace Weir.Studio.Warehouse;

/// <summary>A column as the warehouse has it.</summary>
internal sealed record Column(string Schema, string Table, string Name, string Type)
{
    public bool IsDate => Type == "DATE";
    public bool IsZoned => Type == "TIMESTAMP WITH TIME ZONE";
    public bool IsTimestamp => Type.StartsWith("TIMESTAMP", StringComparison.Ordinal);
    public bool IsNumber => Type.StartsWith("DECIMAL", StringComparison.Ordinal) || Numbers.Contains(Type);

    private static readonly HashSet<string> Numbers =
    [
        "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT", "UHUGEINT", "FLOAT", "DOUBLE",
    ];
}

/// <summary>The warehouse's tables and views. A name from a file reaches SQL only through here: looked up first, then quoted as it was found.</summary>
internal sealed class Catalogue(IReadOnlyList<Column> columns)
{
    private readonly ILookup<(string Schema, string Table), Column> _tables = columns.ToLookup(c => (c.Schema, c.Table));

    /// <summary>Whether there is nothing to show yet: no table but Weir's own.</summary>
    public bool IsEmpty => !columns.Any(c => c.Schema is not ("weir" or "lake"));

    public bool Has(string table) => TryFind(table) is not null;

    /// <exception cref="WeirException">WEIR9004: there is no such table.</exception>
    public TableColumns Find(string table, string usedBy) => TryFind(table) ?? throw new WeirException(
        "WEIR9004", $"{usedBy} reads the table '{table}', which the warehouse does not have{Hint(table, Visible())}. `weir build` makes the tables of models/.");

    private TableColumns? TryFind(string table)
    {
        var dot = table.IndexOf('.', StringComparison.Ordinal);
        var key = dot < 0 ? ("main", table) : (table[..dot], table[(dot + 1)..]);
        var found = _tables.FirstOrDefault(t => Same(t.Key.Schema, key.Item1) && Same(t.Key.Table, key.Item2));
        return found is null ? null : new TableColumns(found.Key.Schema, found.Key.Table, [.. found]);
    }

    private IEnumerable<string> Visible() =>
        _tables.Select(t => t.Key).Where(k => k.Schema is not ("weir" or "lake")).Select(k => k.Schema == "main" ? k.Table : $"{k.Schema}.{k.Table}");

    internal static bool Same(string a, string b) => a.Equals(b, StringComparison.OrdinalIgnoreCase);

    internal static string Hint(string wanted, IEnumerable<string> names)
    {
        var some = names.Order(StringComparer.Ordinal).Take(12).ToList();
        if (some.Count == 0) return "";
        return some.FirstOrDefault(n => Same(n, wanted) || n.Contains(wanted, StringComparison.OrdinalIgnoreCase) || wanted.Contains(n, StringComparison.OrdinalIgnoreCase)) is { } near
            ? $" (did you mean '{near}'?)"
            : $" (it has: {string.Join(", ", some)})";
    }
}

/// <summary>One table of the catalogue.</summary>
internal sealed record TableColumns(string Schema, string Table, IReadOnlyList<Column> Columns)
{
    public string Sql => $"{Quote(Schema)}.{Quote(Table)}";

    public Column? TryFind(string name) => Columns.FirstOrDefault(c => Catalogue.Same(c.Name, name));

    /// <exception cref="WeirException">WEIR9004: the table has no such column.</exception>
    public Column Find(string name, string usedBy) => TryFind(name) ?? throw new WeirException(
        "WEIR9004", $"{usedBy} reads the column '{name}' of '{Table}', which has no such column{Catalogue.Hint(name, Columns.Select(c => c.Name))}.");

    /// <exception cref="WeirException">WEIR9004: no such column, or not a number.</exception>
    public string FindNumber(string name, string usedBy)
    {
        var column = Find(name, usedBy);
        return column.IsNumber ? Quote(column.Name) : throw new WeirException(
            "WEIR9004", $"{usedBy} needs a number, but the column '{name}' of '{Table}' is {column.Type}. Name a column of numbers, or cast it in the model.");
    }

    public static string Quote(string identifier) => $"\"{identifier.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
