using Weir.DuckDb;

namespace Weir.Tests.DuckDb;

/// <summary>An open, private in-memory database.</summary>
internal static class Memory
{
    public static DuckDBConnection Open(string settings = "")
    {
        var connection = new DuckDBConnection("Data Source=:memory:" + settings);
        connection.Open();
        return connection;
    }

    /// <summary>The one value of a query, as the reader gives it; null for NULL.</summary>
    public static object? Value(string expression, params object?[] parameters)
    {
        using var connection = Open();
        using var reader = connection.Query($"select {expression}", parameters);
        reader.Read().ShouldBeTrue();
        var value = reader.GetValue(0);
        reader.Read().ShouldBeFalse();
        return value is DBNull ? null : value;
    }
}
