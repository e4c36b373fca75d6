namespace Weir.Lake.Delta;

/// <summary>Lays a declared table over the one that is there: columns are only ever added, at the end.</summary>
internal static class Merging
{
    public static TableDefinition Merge(TableDefinition present, TableDefinition wanted)
    {
        if (!present.PartitionColumns.SequenceEqual(wanted.PartitionColumns))
            throw new WeirException(LakeErrors.SchemaConflict,
                $"The lake's table '{present.Name}' is partitioned by ({string.Join(", ", present.PartitionColumns)}), but declared with ({string.Join(", ", wanted.PartitionColumns)}). " +
                "A table's partitioning cannot change: give the declared one another name.");
        var columns = new List<LakeColumn>();
        foreach (var column in present.Columns)
        {
            var declared = wanted.Columns.FirstOrDefault(c => Same(c, column));
            if (declared is not null && !SameType(declared, column))
                throw new WeirException(LakeErrors.SchemaConflict,
                    $"The column '{column.Name}' of the lake's table '{present.Name}' is {column.SqlType}, but declared as {declared.SqlType}. " +
                    "A column's type cannot change: declare the new type under a new column name (its 'from' may stay), and unite the two in a model.");
            columns.Add(column with { HasStats = declared?.HasStats ?? false });
        }
        columns.AddRange(wanted.Columns.Where(c => !present.Columns.Any(p => Same(p, c))));
        return wanted with { Columns = columns };
    }

    public static bool SameAs(this IReadOnlyList<string>? a, IReadOnlyList<string>? b) => a is null ? b is null : b is not null && a.SequenceEqual(b);

    private static bool Same(LakeColumn a, LakeColumn b) => a.Name.Equals(b.Name, StringComparison.OrdinalIgnoreCase);

    private static bool SameType(LakeColumn a, LakeColumn b) => Plain(a).Equals(Plain(b), StringComparison.OrdinalIgnoreCase);

    private static string Plain(LakeColumn c) => c.SqlType.Replace(" ", "") is "TIMESTAMPTZ" ? "TIMESTAMPWITHTIMEZONE" : c.SqlType.Replace(" ", "");
}
