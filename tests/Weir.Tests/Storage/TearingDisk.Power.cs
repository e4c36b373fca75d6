namespace Weir.Tests.Storage;

public sealed partial class TearingDisk
{
    private int generation;
    private long operationsLeft = long.MaxValue;

    /// <summary>Whether the power is off: every operation fails until <see cref="PowerOn"/>.</summary>
    public bool IsOff { get; private set; }

    /// <summary>Lets the power fail at the n-th operation from now.</summary>
    public void FailPowerAfter(int operations)
    {
        lock (gate) operationsLeft = operations;
    }

    /// <summary>Lets the power fail now.</summary>
    public void FailPower()
    {
        lock (gate) IsOff = true;
    }

    /// <summary>The process died and the machine did not: everything is as it was last, though not synced, and who had files open has them no more.</summary>
    public void Restart()
    {
        lock (gate) TurnOn();
    }

    /// <summary>Leaves what the crash left, and works again. Nobody may have a file open for reading.</summary>
    public void PowerOn()
    {
        lock (gate)
        {
            var real = Directory.GetFiles(root, "*", SearchOption.AllDirectories).ToHashSet(StringComparer.Ordinal);
            foreach (var path in real) Known(path);
            var left = durableNames.AfterPowerFailure(random);
            foreach (var folder in LoseFolders())
                foreach (var path in left.Keys.Where(p => p.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal)).ToList()) left.Remove(path);

            var files = left.GroupBy(n => n.Value).Select(g => (File: g.Key, Paths: g.Select(n => n.Key).ToList())).ToList();
            bool IsAsShown((TornFile File, List<string> Paths) f) =>
                f.File.IsClean && f.Paths.All(p => real.Contains(p) && names.TryGetValue(p, out var shown) && shown == f.File);
            var asShown = files.Where(IsAsShown).SelectMany(f => f.Paths).ToHashSet(StringComparer.Ordinal);
            foreach (var path in real.Where(p => !asShown.Contains(p) && File.Exists(p))) File.Delete(path);
            names.Clear();
            durableNames.Clear();
            foreach (var (file, paths) in files)
            {
                if (!asShown.Contains(paths[0])) Materialise(file, paths);
                foreach (var path in paths)
                {
                    names[path] = file;
                    durableNames.Settle(path, file);
                }
            }
            TurnOn();
        }
    }

    /// <summary>Of the folders whose names were never synced, some are gone with all that was in them.</summary>
    private List<string> LoseFolders()
    {
        var lost = new List<string>();
        foreach (var folder in Directory.GetDirectories(root, "*", SearchOption.AllDirectories).Where(f => !durableFolders.Contains(f)).Order(StringComparer.Ordinal))
        {
            if (random.Next(2) == 0)
            {
                durableFolders.Add(folder); // what the crash left is on the disk
                continue;
            }
            lost.Add(folder);
            if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        }
        foreach (var folder in lost) durableFolders.RemoveWhere(f => f.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal));
        return lost;
    }

    private void Materialise(TornFile file, List<string> paths)
    {
        var content = file.AfterPowerFailure(random);
        foreach (var path in paths) Directory.CreateDirectory(FolderOf(path));
        File.WriteAllBytes(paths[0], content);
        foreach (var other in paths.Skip(1)) Weir.Storage.LocalDisk.Instance.TryLink(paths[0], other);
        file.Settle(content);
    }

    private void TurnOn()
    {
        generation++;
        operationsLeft = long.MaxValue;
        IsOff = false;
    }
}
