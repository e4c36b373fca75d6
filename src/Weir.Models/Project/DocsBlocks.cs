using System.Text.RegularExpressions;
using Weir.Models.Context;
using Weir.Models.Jinja;

namespace Weir.Models.Project;

/// <summary>A <c>{% docs name %}…{% enddocs %}</c> block of a Markdown file.</summary>
internal sealed record DocsBlock(string Package, string Name, string File, string Text);

/// <summary>The documentation blocks of a project and its packages.</summary>
internal sealed partial class DocsBlocks
{
    private readonly Dictionary<(string Package, string Name), DocsBlock> blocks = [];

    public IEnumerable<DocsBlock> All => blocks.Values;

    public static DocsBlocks Read(IReadOnlyList<Package> packages)
    {
        var docs = new DocsBlocks();
        foreach (var package in packages)
        {
            foreach (var (_, file) in package.Files(package.AllPaths, ".md"))
            {
                foreach (Match match in Block().Matches(File.ReadAllText(Path.Combine(package.RootFolder, file))))
                    docs.blocks[(package.Name, match.Groups["name"].Value)] = new DocsBlock(package.Name, match.Groups["name"].Value, package.Inside(file), match.Groups["text"].Value.Trim());
            }
        }

        return docs;
    }

    /// <summary><c>doc('x')</c> or <c>doc('package', 'x')</c> in a text of <paramref name="package"/>.</summary>
    public string Find(Arguments arguments, string package)
    {
        arguments.Limit("doc", 2);
        var (owner, name) = arguments.Positional.Count == 2 ? (arguments.GetText(0, "package"), arguments.GetText(1, "name")) : (null, arguments.GetText(0, "name"));
        var found = owner is null
            ? blocks.GetValueOrDefault((package, name)) ?? blocks.Values.FirstOrDefault(block => block.Name == name)
            : blocks.GetValueOrDefault((owner, name));
        return found?.Text
            ?? throw Refuse.With("WEIR7006", $"doc('{name}'): no Markdown file has that block.{Suggest.Near(name, blocks.Values.Select(block => block.Name))} Write `{{% docs {name} %}}…{{% enddocs %}}` in a .md file beside the models.");
    }

    [GeneratedRegex(@"\{%-?\s*docs\s+(?<name>\w+)\s*-?%\}(?<text>.*?)\{%-?\s*enddocs\s*-?%\}", RegexOptions.Singleline)]
    private static partial Regex Block();
}
