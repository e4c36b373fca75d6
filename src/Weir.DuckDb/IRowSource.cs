namespace Weir.DuckDb;

/// <summary>Rows that a program holds, for SQL to read as a table (<see cref="RowScan"/>).</summary>
public interface IRowSource
{
    /// <summary>Name and SQL type of each column: VARCHAR, BLOB, BOOLEAN, INTEGER, BIGINT, DOUBLE, DATE, DECIMAL(up to 18 digits) or TIMESTAMP WITH TIME ZONE.</summary>
    IReadOnlyList<(string Name, string SqlType)> Columns { get; }

    /// <summary>Fills in the next rows. One thread at a time calls, and to the end; what texts point to must stay until the whole query has ended.</summary>
    /// <param name="chunk">Where to.</param>
    /// <returns>How many; zero: there are no more.</returns>
    int Fill(RowChunk chunk);
}
