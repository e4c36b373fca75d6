using Weir.DuckDb.Scanning;

namespace Weir.DuckDb;

/// <summary>Functions of a program in SQL: from one text to another. DuckDB asks one with a constant argument when it binds a statement, on the thread that binds.</summary>
public static class TextFunction
{
    /// <summary>Makes a function known to a database, unless it is. Call it outside of a transaction.</summary>
    /// <param name="connection">To the database.</param>
    /// <param name="name">The function's name.</param>
    /// <param name="function">What it does. The message of what it throws is DuckDB's error.</param>
    public static void Ensure(DuckDBConnection connection, string name, Func<string, string> function) =>
        connection.EnsureFunction(name, () => TextFunctions.Register(connection, name, function));
}
