using System.Text.RegularExpressions;

namespace Weir.Roles.Ownership;

/// <summary>
/// The environment variables that a project names: in <c>env_var('NAME')</c> in any of its text files, and as <c>${NAME}</c> in <c>weir.yml</c>. Those
/// and no others are sent to the owner.
/// </summary>
internal static partial class ProjectVariables
{
    private static readonly string[] Types = [".sql", ".yml", ".yaml", ".md", ".csv", ".json", ".py"];

    public static IReadOnlyDictionary<string, string> Read(string project)
    {
        var options = new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true };
        var texts = Directory.EnumerateFiles(project, "*", options)
            .Where(file => Types.Contains(Path.GetExtension(file)) && !Path.GetRelativePath(project, file).StartsWith('.'))
            .Select(File.ReadAllText);
        return texts.SelectMany(text => Named().Matches(text)).Select(match => match.Groups["name"].Value).Distinct()
            .Select(name => (name, value: Environment.GetEnvironmentVariable(name))).Where(v => v.value is not null)
            .ToDictionary(v => v.name, v => v.value!, StringComparer.Ordinal);
    }

    [GeneratedRegex("""env_var\s*\(\s*['"](?<name>[^'"]+)['"]|\$\{(?<name>[A-Za-z_][A-Za-z0-9_]*)\}""")]
    private static partial Regex Named();
}
