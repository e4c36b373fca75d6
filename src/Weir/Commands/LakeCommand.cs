using System.CommandLine;
using Weir.Configuration;
using Weir.DuckDb;
using Weir.Lake;
using Weir.Output;
using Weir.Roles;

namespace Weir.Commands;

/// <summary><c>weir lake views --into FILE</c>.</summary>
internal static class LakeCommand
{
    public static Command Create() => new("lake", "What other programs need of the lake") { Views() };

    private static Command Views()
    {
        var into = new Option<string>("--into") { Description = "A DuckDB file; made if it is not there", HelpName = "FILE", Required = true };
        return new Command("views", "Write the views of schema lake, as the lake is now, and the tables of identity into a DuckDB file: then dbt and other programs read it").With(into).Does((result, _) =>
        {
            var path = Path.GetFullPath(result.GetValue(into)!);
            RequireOtherName(path);
            using var workspace = new Workspace(result.Settings(), TimeProvider.System);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            var snapshot = workspace.ReadWholeSnapshot();
            using var file = new DuckDBConnection($"Data Source={path}");
            file.Open();
            LakeViews.CreateForOthers(file, snapshot);
            if (IdentitySection.IsDeclared(workspace.Settings))
            {
                var report = Identities.Of(workspace).Run(file, workspace.Lake, snapshot);
                People.Good($"Schema identity is there, too: {report.Customers:N0} customers");
            }
            var views = file.Scalar<long>("select count(*) from duckdb_views() where schema_name = 'lake'");
            People.Good($"{views:N0} views of the lake at version {snapshot.LedgerVersion:N0} are in {path}");
            return Task.FromResult(ExitCodes.Ok);
        });
    }

    /// <summary>DuckDB calls a database by its file's name: of one named as a schema in it, nobody could say <c>lake.events</c>.</summary>
    private static void RequireOtherName(string path)
    {
        var name = Path.GetFileNameWithoutExtension(path);
        if (name.ToLowerInvariant() is "lake" or "identity")
            throw new WeirException("WEIR1024", $"--into {path}: DuckDB would name the database {name}, as the schema {name} in it, and refuse {name}.… as ambiguous. Give the file another name, such as views.duckdb.");
    }
}
