using System.CommandLine;
using Weir.Configuration;
using Weir.DuckDb;
using Weir.Models;

namespace Weir.Commands.Models;

/// <summary>A dbt project without <c>weir.yml</c>: it is built in the DuckDB file that its <c>profiles.yml</c> names.</summary>
internal sealed class DbtProject(ModelOptions options, ParseResult result)
{
    private readonly Lazy<ModelTarget> target = new(() => DbtProfiles.Read(FolderOf(result), result.GetValue(options.Profiles), result.GetValue(options.Profile), result.GetValue(options.Target), options.Given(result)));

    public string Folder => FolderOf(result);

    public string TargetFolder => result.GetValue(options.TargetPath) ?? Path.Combine(Folder, "target");

    public ProjectOptions Options => options.Options(result, target.Value);

    /// <summary>Null where the folder is a Weir project, or neither.</summary>
    public static DbtProject? Find(ModelOptions options, ParseResult result) =>
        !File.Exists(Path.Combine(FolderOf(result), ProjectFile.Name)) && File.Exists(Path.Combine(FolderOf(result), "dbt_project.yml")) ? new DbtProject(options, result) : null;

    public DuckDBConnection Open()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(target.Value.Path)!);
        var connection = new DuckDBConnection($"Data Source={target.Value.Path}");
        connection.Open();
        return connection;
    }

    private static string FolderOf(ParseResult result) => Path.GetFullPath(result.GetValue(CommonOptions.Project)!);
}
