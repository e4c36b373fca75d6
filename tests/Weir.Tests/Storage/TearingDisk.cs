using Weir.Storage;

namespace Weir.Tests.Storage;

/// <summary>
/// A file system over a real folder whose power fails: at the operation a test chooses it stops, and <see cref="PowerOn"/> leaves on the real
/// disk what a crash might: synced contents and names, and of everything else nothing, a part, or all, as the seed has it. Before that any
/// operation may fail, as on a full or failing disk. Files and folders that others made beside it (DuckDB) count as not synced until they are.
/// </summary>
public sealed partial class TearingDisk(string root, int seed, TearingOptions? options = null) : IDisk
{
    private readonly TearingOptions options = options ?? new();
    private readonly Random random = new(seed);
    private readonly Lock gate = new();
    private readonly Dictionary<string, TornFile> names = new(StringComparer.Ordinal);
    private readonly TornNames durableNames = new();
    private readonly HashSet<string> durableFolders = new(StringComparer.Ordinal) { root };

    public IDiskFile Create(string path) => Do(() =>
    {
        Fault("creation");
        var real = LocalDisk.Instance.Create(path);
        var file = names[path] = new();
        durableNames.Note(new(FolderOf(path), null, n => n[path] = file));
        return (IDiskFile)new TornHandle(this, real, file);
    });

    public IDiskFile OpenAppend(string path) => Do(() =>
    {
        Fault("opening");
        return (IDiskFile)new TornHandle(this, LocalDisk.Instance.OpenAppend(path), Known(path));
    });

    public FileStream OpenRead(string path) => Do(() =>
    {
        ReadFault();
        return LocalDisk.Instance.OpenRead(path);
    });

    public bool Exists(string path) => Do(() => LocalDisk.Instance.Exists(path));

    public IReadOnlyList<string> List(string folder, string pattern = "*") => Do(() =>
    {
        ReadFault();
        return LocalDisk.Instance.List(folder, pattern);
    });

    public void CreateFolder(string path) => Do(() =>
    {
        Fault("creation");
        Directory.CreateDirectory(path);
        if (options.IgnoreSync) return true;
        for (var at = path; at is not null && durableFolders.Add(at); at = Path.GetDirectoryName(at)) { }
        return true;
    });

    public bool TryLink(string path, string newPath) => Do(() =>
    {
        var file = Known(path);
        var fault = Faulty();
        if (fault is not null && random.Next(2) == 0) throw fault;
        if (!LocalDisk.Instance.TryLink(path, newPath)) return false;
        names[newPath] = file;
        durableNames.Note(new(FolderOf(newPath), null, n => n[newPath] = file));
        return fault is null ? true : throw fault; // it says no, and has done it
    });

    public void Replace(string path, string newPath) => Do(() =>
    {
        var file = Known(path);
        var fault = Faulty();
        if (fault is not null && random.Next(2) == 0) throw fault;
        LocalDisk.Instance.Replace(path, newPath);
        names.Remove(path);
        names[newPath] = file;
        durableNames.Note(new(FolderOf(newPath), FolderOf(path), n =>
        {
            n.Remove(path);
            n[newPath] = file;
        }));
        return fault is null ? true : throw fault;
    });

    public void Delete(string path) => Do(() =>
    {
        if (!File.Exists(path)) return true;
        Fault("removal");
        Known(path);
        File.Delete(path);
        names.Remove(path);
        durableNames.Note(new(FolderOf(path), null, n => n.Remove(path)));
        return true;
    });

    public void SyncFile(string path) => Do(() =>
    {
        Sync(Known(path));
        return true;
    });

    public void SyncFolder(string path) => Do(() =>
    {
        Fault("sync");
        if (options.IgnoreSync) return true;
        foreach (var file in Directory.EnumerateFiles(path)) Known(file);
        durableFolders.UnionWith(Directory.EnumerateDirectories(path));
        durableNames.Sync(path);
        return true;
    });

    /// <summary>The file of a name; one that somebody else wrote becomes known, with nothing of it synced.</summary>
    private TornFile Known(string path)
    {
        if (names.TryGetValue(path, out var file))
        {
            if (file is { IsForeign: true, IsClean: false }) file.Show(File.ReadAllBytes(path));
            return file;
        }
        file = names[path] = new(isForeign: true);
        file.Show(File.ReadAllBytes(path));
        durableNames.Note(new(FolderOf(path), null, n => n[path] = file));
        return file;
    }

    private void Sync(TornFile file)
    {
        if (Faulty() is { } fault)
        {
            if (random.Next(2) == 0) file.LosePages();
            throw fault;
        }
        if (!options.IgnoreSync) file.Sync();
    }

    private static string FolderOf(string path) => Path.GetDirectoryName(path)!;
}
