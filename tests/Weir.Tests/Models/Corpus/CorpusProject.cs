using System.Runtime.CompilerServices;

namespace Weir.Tests.Models.Corpus;

/// <summary>A copy of one recorded dbt project, and what dbt made of it.</summary>
internal sealed class CorpusProject : IDisposable
{
    static CorpusProject() => Environment.SetEnvironmentVariable("CORPUS_ENV", "from-env");

    public CorpusProject(string name)
    {
        Name = name;
        Recorded = Path.Combine(Root, name);
        Folder = Directory.CreateTempSubdirectory("weir-corpus-").FullName;
        Copy(Recorded, Folder, file => !file.StartsWith("expected", StringComparison.Ordinal) && !file.StartsWith("changes", StringComparison.Ordinal) && file != "steps.txt");
    }

    public static string Root { get; } = RootFolder();

    public static IReadOnlyList<string> Names { get; } = [.. Directory.EnumerateDirectories(Root).Select(folder => Path.GetFileName(folder)).Order(StringComparer.Ordinal)];

    public string Name { get; }

    public string Folder { get; }

    public string Recorded { get; }

    public string Warehouse => Path.Combine(Folder, "corpus.duckdb");

    /// <summary>The lines of steps.txt that are not notes.</summary>
    public IReadOnlyList<string> Steps => [.. File.ReadAllLines(Path.Combine(Recorded, "steps.txt")).Where(line => line.Length > 0).Select(line => line.Split(" #")[0].Trim()).Where(line => !line.StartsWith('#'))];

    public string Expected(int step, string file) => Path.Combine(Recorded, "expected", step.ToString(), file);

    public void Overlay(string change) => Copy(Path.Combine(Recorded, "changes", change), Folder, _ => true);

    public void SaveState(string to) => Copy(Path.Combine(Folder, "target"), Path.Combine(Folder, to), _ => true);

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private static void Copy(string from, string to, Func<string, bool> wanted)
    {
        foreach (var file in Directory.Exists(from) ? Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories) : [])
        {
            var inside = Path.GetRelativePath(from, file);
            if (!wanted(inside))
                continue;
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(to, inside))!);
            File.Copy(file, Path.Combine(to, inside), overwrite: true);
        }
    }

    private static string RootFolder([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "corpus", "dbt"));
}
