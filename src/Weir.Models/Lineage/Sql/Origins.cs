namespace Weir.Models.Lineage.Sql;

/// <summary>The columns a value is computed from; each with whether it is taken unchanged.</summary>
internal sealed class Origins
{
    private Origins(IReadOnlyDictionary<ColumnId, bool> columns, string? problem) => (Columns, Problem) = (columns, problem);

    public static Origins None { get; } = new(new Dictionary<ColumnId, bool>(), null);

    public IReadOnlyDictionary<ColumnId, bool> Columns { get; }

    /// <summary>Why <see cref="Columns"/> are not all; null when they are.</summary>
    public string? Problem { get; }

    public static Origins Of(ColumnId column) => new(new Dictionary<ColumnId, bool> { [column] = true }, null);

    public static Origins Unknown(string why) => new(None.Columns, why);

    /// <summary>The same columns, in an expression.</summary>
    public Origins Derived() => Columns.Values.Any(direct => direct) ? new Origins(Columns.Keys.ToDictionary(column => column, _ => false), Problem) : this;

    /// <summary>Both; what is unchanged in one and not in the other is not unchanged.</summary>
    public Origins And(Origins other)
    {
        if (other.Columns.Count == 0 && other.Problem is null || ReferenceEquals(this, other))
            return this;
        if (Columns.Count == 0 && Problem is null)
            return other;
        var all = new Dictionary<ColumnId, bool>(Columns);
        foreach (var (column, direct) in other.Columns)
            all[column] = direct && all.GetValueOrDefault(column, true);
        return new Origins(all, Problem ?? other.Problem);
    }

    public static Origins All(IEnumerable<Origins> parts) => parts.Aggregate(None, (all, part) => all.And(part));
}
