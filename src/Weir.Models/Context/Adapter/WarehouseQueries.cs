using Weir.DuckDb;
using Weir.Models.Jinja;

namespace Weir.Models.Context;

/// <summary>What templates ask of the warehouse while they are compiled. A connection of its own, so that nodes may be compiled while others run.</summary>
internal sealed class WarehouseQueries(DuckDBConnection connection)
{
    private readonly Lock gate = new();
    private readonly Lazy<DuckDBConnection> own = new(() => Open(connection));

    /// <summary>Runs what a template says, whether it gives rows or not.</summary>
    public QueryTable Run(string sql)
    {
        lock (gate)
        {
            using var command = own.Value.CreateCommand();
            command.CommandText = sql;
            using var reader = command.ExecuteReader();
            var (names, types) = (new List<string>(), new List<string>());
            for (var i = 0; i < reader.FieldCount; i++)
            {
                names.Add(reader.GetName(i));
                types.Add(reader.GetDataTypeName(i));
            }

            var rows = new List<IReadOnlyList<object?>>();
            while (reader.Read())
            {
                var values = new List<object?>();
                for (var i = 0; i < names.Count; i++)
                    values.Add(reader.IsDBNull(i) ? null : Value(reader.GetValue(i)));
                rows.Add(values);
            }

            return new QueryTable(names, types, rows);
        }
    }

    /// <summary>Tables and views of a schema: name and <c>table</c> or <c>view</c>.</summary>
    public IReadOnlyList<(string Name, string Kind)> Relations(string? database, string schema)
    {
        lock (gate)
        {
            return own.Value.Query(
                "select table_name, case table_type when 'VIEW' then 'view' else 'table' end from information_schema.tables "
                + "where lower(table_schema) = lower(?) and lower(table_catalog) = lower(coalesce(?, current_database())) order by table_name",
                row => (row.GetString(0), row.GetString(1)), schema, database);
        }
    }

    public void Close()
    {
        if (own.IsValueCreated)
            own.Value.Dispose();
    }

    private static DuckDBConnection Open(DuckDBConnection from)
    {
        var connection = from.Duplicate();
        connection.Execute($"set timezone = '{from.Scalar<string>("select current_setting('TimeZone')")}'");
        return connection;
    }

    private static object? Value(object value) => value switch
    {
        DateOnly date => new PythonTime(date.ToDateTime(TimeOnly.MinValue), IsDate: true),
        DateTime time => new PythonTime(time, IsDate: false),
        Guid id => id.ToString(),
        _ => Native.From(value),
    };
}
