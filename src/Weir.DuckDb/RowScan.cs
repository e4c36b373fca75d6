using Weir.DuckDb.Scanning;

namespace Weir.DuckDb;

/// <summary>Makes rows of a program readable for SQL, until it is disposed.</summary>
public sealed class RowScan : IDisposable
{
    private readonly long key;

    /// <param name="rows">The rows; they are read once.</param>
    public RowScan(IRowSource rows) => key = RowFunction.Add(rows);

    /// <summary>What stands after FROM, on connections of databases that <see cref="Enable"/> was called for.</summary>
    public string Sql => $"{RowFunction.Name}({key})";

    /// <summary>Readies a database for scans; once, on one of its connections.</summary>
    public static void Enable(DuckDBConnection connection) => RowFunction.Register(connection);

    /// <inheritdoc/>
    public void Dispose() => RowFunction.Remove(key);
}
