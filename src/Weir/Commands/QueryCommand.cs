using System.CommandLine;
using System.Data.Common;
using Weir.DuckDb;
using Weir.Lake;
using Weir.Output;
using Weir.Roles;

namespace Weir.Commands;

/// <summary><c>weir query "&lt;sql&gt;"</c>.</summary>
internal static class QueryCommand
{
    public static Command Create()
    {
        var sql = new Argument<string>("SQL") { Description = "One SELECT over the warehouse's tables and lake.events, lake.quarantine, lake.ledger and the entities" };
        return new Command("query", "Ask the warehouse and the lake, read-only").With(sql).Does(async (result, cancellationToken) =>
        {
            using var workspace = new Workspace(result.Settings(), TimeProvider.System);
            using var warehouse = workspace.OpenWarehouse();
            LakeViews.Create(warehouse, workspace.ReadWholeSnapshot());
            var text = result.GetValue(sql)!;
            RequireOneSelect(warehouse, text);
            try
            {
                using var command = warehouse.CreateCommand();
                command.CommandText = text;
                await using var reader = await command.ExecuteReaderAsync(cancellationToken);
                var names = Enumerable.Range(0, reader.FieldCount).Select(reader.GetName).ToList();
                var format = result.GetValue(CommonOptions.Format);
                var rows = Read(reader);
                new Rows(names, format == OutputFormat.Table ? [.. rows] : rows).Write(Console.Out, format);
                return ExitCodes.Ok;
            }
            catch (DuckDBException error)
            {
                throw new WeirException("WEIR8102", $"The query failed: {error.Message}", error);
            }
        });
    }

    /// <summary>Refuses everything but one SELECT: DuckDB's own parser serialises nothing else.</summary>
    private static void RequireOneSelect(DuckDBConnection connection, string sql)
    {
        var parsed = connection.Scalar<string>("select json_serialize_sql(?::varchar)", sql);
        using var document = System.Text.Json.JsonDocument.Parse(parsed!);
        var root = document.RootElement;
        if (root.GetProperty("error").GetBoolean())
            throw new WeirException("WEIR8101", $"Only a SELECT can be asked here: {root.GetProperty("error_message").GetString()} Tables are changed by models ('weir build'), never by queries.");
        if (root.GetProperty("statements").GetArrayLength() != 1)
            throw new WeirException("WEIR8101", $"Only one statement can be asked at a time; this text has {root.GetProperty("statements").GetArrayLength()}. Ask them one by one.");
    }

    private static IEnumerable<IReadOnlyList<object?>> Read(DbDataReader reader)
    {
        while (reader.Read())
        {
            var row = new object?[reader.FieldCount];
            for (var i = 0; i < row.Length; i++) row[i] = reader.IsDBNull(i) ? null : reader.GetValue(i);
            yield return row;
        }
    }
}
