namespace Weir.Tests.Acceptance;

/// <summary>A project in a folder of its own, deleted afterwards.</summary>
internal sealed class TemporaryProject : IDisposable
{
    public TemporaryProject(string? sample = null)
    {
        Folder = Directory.CreateTempSubdirectory("weir-acceptance-").FullName;
        if (sample is not null) Copy(Path.Combine(Repository.Root, "samples", sample), Folder);
    }

    public string Folder { get; }

    public string this[string file] => Path.Combine(Folder, file);

    public TemporaryProject With(string file, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(this[file])!);
        File.WriteAllText(this[file], text);
        return this;
    }

    /// <summary>Runs a command on this project.</summary>
    public Task<WeirProcess.Result> RunAsync(params string[] arguments) => WeirProcess.RunAsync([.. arguments, "--project", Folder]);

    /// <summary>The rows of a query, as CSV without its header.</summary>
    public async Task<string> QueryAsync(string sql)
    {
        var result = (await RunAsync("query", sql, "--format", "csv")).ShouldSucceed();
        return result.Output[(result.Output.IndexOf('\n') + 1)..].ReplaceLineEndings("\n").TrimEnd();
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories).Where(f => !Path.GetRelativePath(from, f).Split(Path.DirectorySeparatorChar).Contains(".weir")))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}
