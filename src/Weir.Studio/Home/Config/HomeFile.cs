using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Weir.Studio.Home.Config;

/// <summary>Reads <c>dashboards/home.yml</c>; all its mistakes are told at once.</summary>
internal static class HomeFile
{
    /// <summary>The file's content; null if there is none.</summary>
    /// <exception cref="WeirException">WEIR9001 names every mistake with its path, its line and what is allowed; WEIR9002 says where the text stops being YAML.</exception>
    public static HomeConfig? Read(string projectFolder)
    {
        var path = Path.Combine(projectFolder, "dashboards", "home.yml");
        if (!File.Exists(path)) return null;
        return Parse(File.ReadAllText(path), "dashboards/home.yml");
    }

    internal static HomeConfig Parse(string text, string name) => PageFile.Parse(text, name, HomeSchema.Read) ?? new HomeConfig();
}

/// <summary>Reads a page's YAML; all its mistakes are told at once.</summary>
internal static class PageFile
{
    /// <summary>The file's content; null when it is empty.</summary>
    /// <exception cref="WeirException">WEIR9001 names every mistake; WEIR9002 says where the text stops being YAML.</exception>
    public static T? Parse<T>(string text, string name, Func<YamlNode, Mistakes, T> read) where T : class
    {
        var stream = new YamlStream();
        try
        {
            stream.Load(new StringReader(text));
        }
        catch (YamlException broken)
        {
            throw new WeirException("WEIR9002", $"{name} is not YAML: line {broken.Start.Line}, column {broken.Start.Column}: {broken.Message}", broken);
        }

        if (stream.Documents.Count == 0) return null;
        var mistakes = new Mistakes();
        var config = read(stream.Documents[0].RootNode, mistakes);
        if (mistakes.List.Count == 0) return config;
        var head = mistakes.List.Count == 1 ? "has a mistake" : $"has {mistakes.List.Count} mistakes";
        throw new WeirException("WEIR9001", $"{name} {head}:\n" + string.Join('\n', mistakes.List));
    }
}

/// <summary>What is wrong in a file, collected so that one run tells all.</summary>
internal sealed class Mistakes
{
    public List<string> List { get; } = [];

    public void Add(string path, YamlNode node, string what) => List.Add($"{path} (line {node.Start.Line}): {what}");
}
