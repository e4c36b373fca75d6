using System.CommandLine;
using System.Text.RegularExpressions;
using Weir.Configuration;
using Weir.Output;
using Weir.Roles;
using Weir.Sources;

namespace Weir.Commands;

/// <summary><c>weir sync [source]</c>.</summary>
internal static partial class SyncCommand
{
    public static Command Create()
    {
        var source = new Argument<string?>("SOURCE") { Description = "A source with files [default: every one]", Arity = ArgumentArity.ZeroOrOne };
        return new Command("sync", "Take the new files of the declared folders, and land them").With(source).Does(async (result, cancellationToken) =>
        {
            using var workspace = new Workspace(result.Settings(), TimeProvider.System);
            var settings = workspace.Settings;
            var sources = result.GetValue(source) is { } name ? [WithFiles(settings, name)] : settings.Sources.Where(s => s.Files is not null).ToList();
            if (sources.Count == 0) throw new WeirException("WEIR1007", $"No source of {settings.Folder}/{ProjectFile.Name} declares 'files', so there is nothing to sync. Declare a glob, or load single files with 'weir load'.");
            var files = sources.SelectMany(s => Find(settings, s).Select(path => (s, path))).ToList();
            if (files.Count == 0) People.Warn($"No file matches {string.Join(", ", sources.Select(s => s.Files))}");
            return await TakeFiles.RunAsync(workspace, files, settings.IntakeStill, cancellationToken);
        });
    }

    private static SourceDefinition WithFiles(ProjectSettings settings, string name) => settings.Source(name) is { Files: not null } source
        ? source
        : throw new WeirException("WEIR1007", $"The source '{name}' declares no 'files', so there is nothing to sync. Declare a glob in weir.yml, or load single files with 'weir load'.");

    /// <summary>The files that a source's glob names, in order of name: the last part of the path may hold <c>*</c> and <c>?</c>.</summary>
    private static IEnumerable<string> Find(ProjectSettings settings, SourceDefinition source)
    {
        var glob = Variable().Replace(source.Files!, match => Environment.GetEnvironmentVariable(match.Groups[1].Value) is { Length: > 0 } value
            ? value
            : throw new WeirException("WEIR1008", $"The files of source '{source.Name}' are '{source.Files}', and the variable {match.Groups[1].Value} is not set. Set it to the folder, for example: export {match.Groups[1].Value}=/path/to/files"));
        var full = Path.GetFullPath(glob, settings.Folder);
        var folder = Path.GetDirectoryName(full)!;
        if (!Directory.Exists(folder))
        {
            // A folder inside the project may simply not have been delivered to yet; one elsewhere is a mistake.
            if (!Path.IsPathRooted(glob)) return [];
            throw new WeirException("WEIR1009", $"The files of source '{source.Name}' lie in {folder}, which does not exist. Check the path or the mount.");
        }
        return Directory.EnumerateFiles(folder, Path.GetFileName(full)).Where(f => !f.EndsWith(".tmp", StringComparison.Ordinal)).Order(StringComparer.Ordinal);
    }

    [GeneratedRegex(@"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")]
    private static partial Regex Variable();
}
