namespace Weir.Models.Project;

/// <summary>A project that is read: the root one, or a package it uses.</summary>
/// <param name="Prefix">Where it lies in the root's folder, ending in a slash; empty for the root itself.</param>
internal sealed record Package(ProjectFile File, string RootFolder, string Prefix)
{
    public string Name => File.Name;

    public bool IsRoot => Prefix.Length == 0;

    /// <summary>How its dbt_project.yml is named in messages.</summary>
    public string ShownFile => Prefix + ProjectFile.FileName;

    /// <summary>The files below some of its folders, relative to the root's folder, each with the configured path it lies under.</summary>
    public IEnumerable<(string Root, string File)> Files(IEnumerable<string> paths, params string[] extensions) =>
        paths.SelectMany(path => ProjectFiles.Under(RootFolder, Prefix + path, extensions).Select(file => (Prefix + path, file))).DistinctBy(found => found.file);

    /// <summary>A file's name inside the package.</summary>
    public string Inside(string file) => file[Prefix.Length..];

    /// <summary>The package's name, the folders below the configured path, and the node's name.</summary>
    public IReadOnlyList<string> Fqn(string file, string name) => ProjectFiles.Fqn(Name, RootOf(file), file, name);

    /// <summary>The configured path a file lies under, from the root's folder.</summary>
    public string RootOf(string file) => Prefix + AllPaths.First(path => Inside(file).StartsWith(path + "/", StringComparison.Ordinal));

    public IEnumerable<string> AllPaths =>
        File.ModelPaths.Concat(File.SeedPaths).Concat(File.SnapshotPaths).Concat(File.TestPaths).Concat(File.MacroPaths).Concat(File.AnalysisPaths).Distinct();
}
