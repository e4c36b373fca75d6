using Weir.Models.Yaml;

namespace Weir.Models.Project;

/// <summary>Finds the packages of a project: those under packages-install-path, and the <c>local:</c> ones of packages.yml where they are. Nothing is downloaded.</summary>
internal static class PackageFinder
{
    public static IReadOnlyList<Package> Find(string folder, ProjectFile project, Problems problems)
    {
        var found = new List<Package> { new(project, folder, "") };
        var install = Path.Combine(folder, project.PackagesPath);
        var places = Directory.Exists(install)
            ? Directory.EnumerateDirectories(install).Where(place => File.Exists(Path.Combine(place, ProjectFile.FileName)))
                .Order(StringComparer.Ordinal).Select(place => $"{project.PackagesPath.TrimEnd('/')}/{Path.GetFileName(place)}/").ToList()
            : [];
        foreach (var place in places.Concat(Declared(folder, project, places, problems)))
            Add(found, folder, place, problems);
        return found;
    }

    private static void Add(List<Package> found, string folder, string place, Problems problems)
    {
        if (ProjectFile.Read(Path.Combine(folder, place), problems, place + ProjectFile.FileName) is not { } file)
            return;
        if (found.Find(package => package.Name == file.Name) is not { } first)
            found.Add(new Package(file, folder, place));
        else if (Path.GetFullPath(Path.Combine(folder, first.Prefix)) != Path.GetFullPath(Path.Combine(folder, place)) && !place.StartsWith("..", StringComparison.Ordinal))
            problems.Add("WEIR7010", place + ProjectFile.FileName, 0, $"'{file.Name}' is the name of the project in '{(first.IsRoot ? "." : first.Prefix)}' too. Rename one of the two.");
    }

    private static IEnumerable<string> Declared(string folder, ProjectFile project, IReadOnlyList<string> installed, Problems problems)
    {
        foreach (var name in new[] { "packages.yml", "dependencies.yml" }.Where(name => File.Exists(Path.Combine(folder, name))))
        {
            foreach (var item in YamlFile.Read(Path.Combine(folder, name), name, problems)?.List("packages").OfType<YamlMap>() ?? [])
            {
                if (item.Text("local") is { } local)
                {
                    if (!File.Exists(Path.Combine(folder, local, ProjectFile.FileName)))
                        problems.Add("WEIR7036", name, item.Line, $"the package '{local}' has no {ProjectFile.FileName} in {Path.GetFullPath(Path.Combine(folder, local))}.");
                    else if (!installed.Any(place => Path.GetFileName(place.TrimEnd('/')) == Path.GetFileName(local.TrimEnd('/'))))
                        yield return Path.GetRelativePath(folder, Path.Combine(folder, local)).Replace('\\', '/') + "/";
                    continue;
                }

                var wanted = item.Text("package") ?? item.Text("git") ?? item.Text("tarball");
                var last = Path.GetFileName(wanted?.TrimEnd('/') ?? "").Replace(".git", "", StringComparison.Ordinal).Replace('-', '_');
                if (wanted is not null && !installed.Any(place => Path.GetFileName(place.TrimEnd('/')).Replace('-', '_') == last) && item.Text("tarball") is null)
                {
                    problems.Add("WEIR7036", name, item.Line, $"the package '{wanted}' is not in {project.PackagesPath}/{last}. Weir downloads nothing: run `dbt deps` once, or commit the package there.");
                }
            }
        }
    }
}
