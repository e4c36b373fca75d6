using System.CommandLine;
using Weir.Configuration;
using Weir.DuckDb;
using Weir.Models;

namespace Weir.Commands.Models;

/// <summary>A dbt project without <c>weir.yml</c>: it is built in the DuckDB file that its <c>profiles.yml</c> names.</summary>
/// <param name="last">The target of the run that is tried again.</param>
internal sealed class DbtProject(ModelOptions options, ParseResult result, string? last = null)
{
    private readonly Lazy<ModelTarget> target = new(() => DbtProfiles.Read(FolderOf(result), result.GetValue(options.Profiles), result.GetValue(options.Profile), result.GetValue(options.Target) ?? last, options.Given(result)));

    /// <summary>The same with another target, unless the command line names one.</summary>
    public DbtProject WithTarget(string? target) => new(options, result, target);

    public string Folder => FolderOf(result);

    public string TargetFolder => result.GetValue(options.TargetPath) ?? Path.Combine(Folder, "target");

    public ProjectOptions Options => options.Options(result, target.Value);

    /// <summary>Null where the folder is a Weir project, or neither.</summary>
    public static DbtProject? Find(ModelOptions options, ParseResult result) =>
        !File.Exists(Path.Combine(FolderOf(result), ProjectFile.Name)) && File.Exists(Path.Combine(FolderOf(result), "dbt_project.yml")) ? new DbtProject(options, result) : null;

    /// <exception cref="WeirException">WEIR7047: the file is no database that can be opened. WEIR8001: another process has it.</exception>
    public DuckDBConnection Open()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(target.Value.Path)!);
        var connection = new DuckDBConnection($"Data Source={target.Value.Path}");
        try
        {
            connection.Open();
        }
        catch (DuckDBException wrong)
        {
            connection.Dispose();
            throw new WeirException("WEIR7047", $"{target.Value.Path}, which profiles.yml names, cannot be opened: {wrong.Message}\nIf it is no database, move it away or name another file as `path`; if a newer DuckDB wrote it, use that.", wrong);
        }

        return connection;
    }

    private static string FolderOf(ParseResult result) => Path.GetFullPath(result.GetValue(CommonOptions.Project)!);
}
