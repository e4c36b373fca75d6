namespace Weir.Models.Project;

/// <summary>Finds the files of a project, in a stable order, named relative to its folder with forward slashes.</summary>
internal static class ProjectFiles
{
    public static IEnumerable<string> Under(string folder, string path, params string[] extensions)
    {
        var root = Path.Combine(folder, path);
        if (!Directory.Exists(root))
            return [];
        return Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories)
            .Where(file => extensions.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase))
            .Select(file => Path.GetRelativePath(folder, file).Replace('\\', '/'))
            .Order(StringComparer.Ordinal);
    }

    /// <summary>The project's name, the folders below the path the file was found under, and the node's name.</summary>
    public static IReadOnlyList<string> Fqn(string project, string path, string file, string name)
    {
        var inside = file[(path.TrimEnd('/').Length + 1)..].Split('/');
        return [project, .. inside[..^1], name];
    }
}
