using Weir.Studio.Home.Config;

namespace Weir.Studio.Dashboards.Config;

/// <summary>The files of <c>dashboards/</c>, all but home.yml.</summary>
internal static class DashboardFile
{
    private const string Folder = "dashboards";

    /// <summary>The pages that there are, in their order; a file that cannot be read stands there by its name.</summary>
    public static IReadOnlyList<DashboardLink> List(string projectFolder)
    {
        var folder = Path.Combine(projectFolder, Folder);
        if (!Directory.Exists(folder)) return [];
        return
        [
            .. Directory.EnumerateFiles(folder, "*.yml").Select(f => Path.GetFileNameWithoutExtension(f)).Where(IsName).Select(name => Link(projectFolder, name))
                .OrderBy(l => l.Order).ThenBy(l => l.Name, StringComparer.Ordinal),
        ];
    }

    /// <summary>A page's file; null if there is none.</summary>
    /// <exception cref="WeirException">WEIR9001: its mistakes. WEIR9002: it is not YAML.</exception>
    public static DashboardConfig? Read(string projectFolder, string name)
    {
        var path = Path.Combine(projectFolder, Folder, name + ".yml");
        if (!IsName(name) || !File.Exists(path)) return null;
        var shown = $"{Folder}/{name}.yml";
        return PageFile.Parse(File.ReadAllText(path), shown, (root, mistakes) => DashboardSchema.Read(root, mistakes, shown))
            ?? throw new WeirException("WEIR9001", $"{shown} is empty. Write at least `title:` and `figures:`; docs/guides/dashboards.md says what may stand there.");
    }

    // A name comes from the address: nothing but a name may reach the disk.
    private static bool IsName(string name) => name is { Length: > 0 and <= 64 } and not "home" && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    private static DashboardLink Link(string projectFolder, string name)
    {
        try
        {
            var config = Read(projectFolder, name);
            return new DashboardLink(name, config!.Title, config.Icon, config.Order);
        }
        catch (WeirException)
        {
            return new DashboardLink(name, name, "file-alert", 100);
        }
    }
}

/// <summary>A page in the side bar.</summary>
/// <param name="Name">In the address.</param>
/// <param name="Title">For people.</param>
/// <param name="Icon">Its icon's name.</param>
/// <param name="Order">Where it stands.</param>
public sealed record DashboardLink(string Name, string Title, string Icon, int Order);
