using System.CommandLine;
using Weir.DuckDb;
using Weir.Lake;
using Weir.Output;
using Weir.Roles;
using Weir.Roles.Ownership;

namespace Weir.Commands;

/// <summary><c>weir query "&lt;sql&gt;"</c> or <c>weir query --file F</c>.</summary>
internal static class QueryCommand
{
    public static Command Create()
    {
        var sql = new Argument<string?>("SQL") { Description = "One SELECT over the warehouse's tables and lake.events, lake.quarantine, lake.ledger and the entities", Arity = ArgumentArity.ZeroOrOne };
        var file = new Option<FileInfo?>("--file") { Description = "A file that holds the SELECT; - reads it from stdin", HelpName = "F" };
        var command = new Command("query", "Ask the warehouse and the lake, read-only").With(sql, file);
        command.Validators.Add(result =>
        {
            if (result.GetValue(sql) is null == result.GetValue(file) is null)
                result.AddError("A query is either an argument or a file: weir query \"select …\", or weir query --file F (- for stdin).");
        });
        return command.DoesInOwner(
            async (result, cancellationToken) => result.GetValue(sql) ?? await ReadAsync(result.GetValue(file)!, cancellationToken),
            (result, text) => ["query", "--format", result.GetValue(CommonOptions.Format).ToString(), "--", text],
            (result, text, warehouse, workspace, cancellationToken) => TellAsync(text, result.GetValue(CommonOptions.Format), warehouse, workspace, cancellationToken));
    }

    /// <summary>Runs a SELECT through the gate and writes its rows.</summary>
    public static async Task<int> TellAsync(string sql, OutputFormat format, OwnedWarehouse warehouse, Workspace workspace, CancellationToken cancellationToken)
    {
        try
        {
            using var query = await warehouse.QueryAsync(workspace, sql, workspace.Settings.Query, cancellationToken);
            var rows = Read(query);
            new Rows(query.Columns, format == OutputFormat.Table ? [.. rows] : rows).Write(CommandOutput.Out, format);
            return ExitCodes.Ok;
        }
        catch (Exception error) when (error is DuckDBException or WeirException { InnerException: DuckDBException } && warehouse.Seen is { } seen && workspace.Lake.FindGone(seen) is { } gone)
        {
            throw gone;
        }
    }

    private static Task<string> ReadAsync(FileInfo file, CancellationToken cancellationToken) =>
        file.Name == "-" ? Console.In.ReadToEndAsync(cancellationToken)
        : file.Exists ? File.ReadAllTextAsync(file.FullName, cancellationToken)
        : throw new WeirException("WEIR1006", $"There is no file {file.FullName}. Name the file that holds the SELECT.");

    private static IEnumerable<IReadOnlyList<object?>> Read(GuardedQuery query)
    {
        while (query.Read())
        {
            var row = new object?[query.Columns.Count];
            for (var i = 0; i < row.Length; i++) row[i] = query[i];
            yield return row;
        }
    }
}
