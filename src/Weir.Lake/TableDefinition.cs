using Weir.DuckDb;

namespace Weir.Lake;

/// <summary>A column of a table of the lake.</summary>
/// <param name="Name">Its name.</param>
/// <param name="SqlType">Its DuckDB type: VARCHAR, INTEGER, BIGINT, DOUBLE, DECIMAL(p,s), BOOLEAN, DATE, TIMESTAMP WITH TIME ZONE or BLOB.</param>
/// <param name="HasStats">Whether minimum and maximum go into the table's log; never for personal data.</param>
public sealed record LakeColumn(string Name, string SqlType, bool HasStats = false);

/// <summary>What a table of the lake is declared to be.</summary>
/// <param name="Name">Its folder and its name in schema <c>lake</c>.</param>
/// <param name="Columns">All columns in their order, the partition columns among them.</param>
/// <param name="PartitionColumns">The columns whose values are in the files' paths, outermost first.</param>
/// <param name="Key">For entities: the columns that identify one thing; empty: every row is its own.</param>
public sealed record TableDefinition(
    string Name, IReadOnlyList<LakeColumn> Columns, IReadOnlyList<string> PartitionColumns, IReadOnlyList<string>? Key = null)
{
    /// <summary>Whether it is an entity: its view shows the latest version per key, and <c>&lt;name&gt;_history</c> every row.</summary>
    public bool IsEntity => Key is not null;

    /// <summary>The columns that are in the files.</summary>
    public IEnumerable<LakeColumn> DataColumns => Columns.Where(c => !PartitionColumns.Contains(c.Name));

    /// <summary>SQL that makes an empty staging table with these columns, as <see cref="ParquetWriter"/> takes it.</summary>
    public string CreateStagingSql(string table) =>
        $"CREATE TABLE {Sql.Name(table)} ({string.Join(", ", Columns.Select(c => $"{Sql.Name(c.Name)} {c.SqlType}"))})";
}
