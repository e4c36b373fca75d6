using System.Data;

namespace Weir.DuckDb;

/// <summary>Short ways to run SQL. A <see cref="DuckDBParameter"/> among the parameters may carry a name; any other value is positional.</summary>
public static class DuckDBConnectionExtensions
{
    /// <summary>Runs SQL that returns nothing of interest; several statements are allowed where there are no parameters.</summary>
    /// <returns>The number of rows changed.</returns>
    /// <exception cref="DuckDBException">DuckDB refused.</exception>
    public static long Execute(this DuckDBConnection connection, string sql, params object?[]? parameters)
    {
        using var command = Command(connection, sql, parameters);
        return command.Run(CancellationToken.None);
    }

    /// <summary>As <see cref="Execute"/>, on another thread; the token interrupts it.</summary>
    /// <returns>The number of rows changed.</returns>
    public static Task<long> ExecuteAsync(this DuckDBConnection connection, string sql, CancellationToken cancellationToken, params object?[]? parameters) =>
        Task.Run(() =>
        {
            using var command = Command(connection, sql, parameters);
            return command.Run(cancellationToken);
        }, cancellationToken);

    /// <summary>The first value of the first row, converted; the default of <typeparamref name="T"/> for NULL and for no row.</summary>
    public static T? Scalar<T>(this DuckDBConnection connection, string sql, params object?[]? parameters)
    {
        using var reader = connection.Query(sql, parameters);
        return reader.Read() ? reader.GetOrDefault<T>(0) : default;
    }

    /// <summary>A reader over the result, finished before it returns: the connection is free for other commands while one reads.</summary>
    public static DuckDBDataReader Query(this DuckDBConnection connection, string sql, params object?[]? parameters) =>
        Command(connection, sql, parameters).ExecuteReader(CommandBehavior.Default, ownsCommand: true);

    /// <summary>All rows, each made by <paramref name="row"/>.</summary>
    public static IReadOnlyList<T> Query<T>(this DuckDBConnection connection, string sql, Func<DuckDBDataReader, T> row, params object?[]? parameters)
    {
        using var reader = connection.Query(sql, parameters);
        var rows = new List<T>();
        while (reader.Read())
            rows.Add(row(reader));
        return rows;
    }

    // A lone `null` argument arrives as no array at all: it means one NULL.
    private static DuckDBCommand Command(DuckDBConnection connection, string sql, object?[]? parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var parameter in parameters ?? [null])
            command.Parameters.Add(parameter);
        return command;
    }
}
