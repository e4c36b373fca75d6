using System.CommandLine;
using Weir.Roles;
using Weir.Sources;

namespace Weir.Commands;

/// <summary><c>weir load FILE… --source NAME</c>.</summary>
internal static class LoadCommand
{
    public static Command Create()
    {
        var files = new Argument<string[]>("FILE") { Description = "NDJSON or CSV files (also .gz), as the source declares", Arity = ArgumentArity.OneOrMore };
        var source = new Option<string>("--source") { Description = "The source they belong to", Required = true, HelpName = "NAME" };
        return new Command("load", "Load files once per content, and land them").With(files, source).Does(async (result, cancellationToken) =>
        {
            using var workspace = new Workspace(result.Settings(), TimeProvider.System);
            var definition = workspace.Settings.Source(result.GetValue(source)!);
            var paths = result.GetValue(files)!.Select(Path.GetFullPath).ToList();
            if (paths.Find(p => !File.Exists(p)) is { } missing)
                throw new WeirException("WEIR1006", $"There is no file {missing}. Check the path; nothing was loaded.");
            return await TakeFiles.RunAsync(workspace, [.. paths.Select(p => (definition with { Format = FormatOf(p) ?? definition.Format }, p))], TimeSpan.Zero, cancellationToken);
        });
    }

    /// <summary>What a file's name says of its format; null: nothing.</summary>
    private static FileFormat? FormatOf(string path)
    {
        var name = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? path[..^3] : path;
        return Path.GetExtension(name).ToLowerInvariant() switch
        {
            ".csv" => FileFormat.Csv,
            ".ndjson" or ".jsonl" or ".json" => FileFormat.Ndjson,
            _ => null,
        };
    }
}
