using System.Text.RegularExpressions;

namespace Weir.Models.Project;

/// <summary>The <c>{% docs name %}…{% enddocs %}</c> blocks of the project's Markdown files.</summary>
internal static partial class DocsBlocks
{
    public static IReadOnlyDictionary<string, string> Read(string folder, ProjectFile project)
    {
        var blocks = new Dictionary<string, string>();
        var paths = project.ModelPaths.Concat(project.SeedPaths).Concat(project.MacroPaths).Concat(project.TestPaths).Distinct();
        foreach (var file in paths.SelectMany(path => ProjectFiles.Under(folder, path, ".md")))
        {
            foreach (Match match in Block().Matches(File.ReadAllText(Path.Combine(folder, file))))
                blocks[match.Groups["name"].Value] = match.Groups["text"].Value.Trim();
        }

        return blocks;
    }

    [GeneratedRegex(@"\{%-?\s*docs\s+(?<name>\w+)\s*-?%\}(?<text>.*?)\{%-?\s*enddocs\s*-?%\}", RegexOptions.Singleline)]
    private static partial Regex Block();
}
