using System.CommandLine;
using Weir.DuckDb;
using Weir.Lake;
using Weir.Output;
using Weir.Roles;

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
        return command.Does(async (result, cancellationToken) =>
        {
            var text = result.GetValue(sql) ?? await ReadAsync(result.GetValue(file)!, cancellationToken);
            using var workspace = new Workspace(result.Settings(), TimeProvider.System);
            using var warehouse = workspace.OpenWarehouse();
            LakeViews.Create(warehouse, workspace.ReadWholeSnapshot());
            using var query = await Task.Run(() => GuardedQuery.Run(warehouse, text, workspace.Settings.Query, cancellationToken), cancellationToken);
            var format = result.GetValue(CommonOptions.Format);
            var rows = Read(query);
            new Rows(query.Columns, format == OutputFormat.Table ? [.. rows] : rows).Write(Console.Out, format);
            return ExitCodes.Ok;
        });
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
