using Weir.Storage;

namespace Weir.Tests.Storage;

/// <summary>The machine's disk, with something that happens just before or after a folder is listed, and a note of every listing and reading.</summary>
public sealed class HookedDisk : IDisk
{
    private readonly LocalDisk real = LocalDisk.Instance;

    /// <summary>Runs once, before the next listing by <see cref="Pattern"/>.</summary>
    public Action? BeforeList { get; set; }

    /// <summary>Runs once, after it.</summary>
    public Action? AfterList { get; set; }

    /// <summary>Which listings are meant; null: any.</summary>
    public string? Pattern { get; init; }

    public List<string> Listed { get; } = [];
    public List<string> Read { get; } = [];

    public IReadOnlyList<string> List(string folder, string pattern = "*")
    {
        Listed.Add(folder);
        if (Pattern is not null && pattern != Pattern) return real.List(folder, pattern);
        var (before, after, _, _) = (BeforeList, AfterList, BeforeList = null, AfterList = null);
        before?.Invoke();
        var listed = real.List(folder, pattern);
        after?.Invoke();
        return listed;
    }

    public FileStream OpenRead(string path)
    {
        Read.Add(path);
        return real.OpenRead(path);
    }

    public IDiskFile Create(string path) => real.Create(path);
    public IDiskFile OpenAppend(string path) => real.OpenAppend(path);
    public bool Exists(string path) => real.Exists(path);
    public void CreateFolder(string path) => real.CreateFolder(path);
    public bool TryLink(string path, string newPath) => real.TryLink(path, newPath);
    public void Replace(string path, string newPath) => real.Replace(path, newPath);
    public void Delete(string path) => real.Delete(path);
    public void SyncFile(string path) => real.SyncFile(path);
    public void SyncFolder(string path) => real.SyncFolder(path);
}
