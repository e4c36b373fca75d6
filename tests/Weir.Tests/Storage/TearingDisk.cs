using Weir.Storage;

namespace Weir.Tests.Storage;

/// <summary>How a <see cref="TearingDisk"/> treats its users.</summary>
public sealed record TearingOptions
{
    /// <summary>Syncs do nothing: what relies on them must then be seen to fail.</summary>
    public bool IgnoreSync { get; init; }

    /// <summary>The share of writes and syncs that fail without a crash (disk full, input/output error).</summary>
    public double FaultRate { get; init; }
}

/// <summary>
/// A file system over a real folder whose power fails: at the operation a test chooses it stops, and <see cref="PowerOn"/> leaves on the real
/// disk what a crash might: synced contents and names, and of everything else nothing, a part, or all, as the seed has it. Files that others
/// wrote beside it (DuckDB) count as not synced until <see cref="SyncFile"/>.
/// </summary>
public sealed class TearingDisk(string root, int seed, TearingOptions? options = null) : IDisk
{
    private readonly TearingOptions options = options ?? new();
    private readonly Random random = new(seed);
    private readonly Lock gate = new();
    private readonly Dictionary<string, TornFile> names = [];
    private readonly TornNames durableNames = new();
    private int generation;
    private long operationsLeft = long.MaxValue;

    /// <summary>See <see cref="TearingOptions.FaultRate"/>; may be changed under way.</summary>
    public double FaultRate { get; set; } = options?.FaultRate ?? 0;

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
        lock (gate)
        {
            generation++;
            operationsLeft = long.MaxValue;
            IsOff = false;
        }
    }

    /// <summary>Leaves what the crash left, and works again. Nobody may have a file open for reading.</summary>
    public void PowerOn()
    {
        lock (gate)
        {
            var left = durableNames.AfterPowerFailure(random);
            foreach (var path in Directory.GetFiles(root, "*", SearchOption.AllDirectories))
            {
                if (names.ContainsKey(path) || left.ContainsKey(path)) continue;
                var foreign = new TornFile();
                foreign.Append(File.ReadAllBytes(path));
                if (random.Next(2) == 0) left[path] = foreign;
            }
            foreach (var path in Directory.GetFiles(root, "*", SearchOption.AllDirectories)) File.Delete(path);
            names.Clear();
            durableNames.Clear();
            foreach (var file in left.GroupBy(n => n.Value)) Materialise(file.Key, [.. file.Select(n => n.Key)]);
            generation++;
            operationsLeft = long.MaxValue;
            IsOff = false;
        }
    }

    public IDiskFile Create(string path)
    {
        lock (gate)
        {
            Step();
            var real = LocalDisk.Instance.Create(path);
            var file = names[path] = new();
            durableNames.Note(new(Path.GetDirectoryName(path)!, null, n => n[path] = file));
            return new TornHandle(this, real, file);
        }
    }

    public IDiskFile OpenAppend(string path)
    {
        lock (gate)
        {
            Step();
            return new TornHandle(this, LocalDisk.Instance.OpenAppend(path), Known(path));
        }
    }

    public FileStream OpenRead(string path)
    {
        lock (gate) Step();
        return LocalDisk.Instance.OpenRead(path);
    }

    public bool Exists(string path)
    {
        lock (gate) Step();
        return LocalDisk.Instance.Exists(path);
    }

    public IReadOnlyList<string> List(string folder, string pattern = "*")
    {
        lock (gate) Step();
        return LocalDisk.Instance.List(folder, pattern);
    }

    public void CreateFolder(string path)
    {
        lock (gate) Step();
        Directory.CreateDirectory(path);
    }

    public bool TryLink(string path, string newPath)
    {
        lock (gate)
        {
            Step();
            var file = Known(path);
            if (!LocalDisk.Instance.TryLink(path, newPath)) return false;
            names[newPath] = file;
            durableNames.Note(new(Path.GetDirectoryName(newPath)!, null, n => n[newPath] = file));
            return true;
        }
    }

    public void Replace(string path, string newPath)
    {
        lock (gate)
        {
            Step();
            var file = Known(path);
            LocalDisk.Instance.Replace(path, newPath);
            names.Remove(path);
            names[newPath] = file;
            durableNames.Note(new(Path.GetDirectoryName(newPath)!, Path.GetDirectoryName(path)!, n =>
            {
                n.Remove(path);
                n[newPath] = file;
            }));
        }
    }

    public void Delete(string path)
    {
        lock (gate)
        {
            Step();
            if (!File.Exists(path)) return;
            Known(path);
            File.Delete(path);
            names.Remove(path);
            durableNames.Note(new(Path.GetDirectoryName(path)!, null, n => n.Remove(path)));
        }
    }

    public void SyncFile(string path)
    {
        lock (gate)
        {
            Step();
            Fault("sync");
            if (!options.IgnoreSync) Known(path).Sync();
        }
    }

    public void SyncFolder(string path)
    {
        lock (gate)
        {
            Step();
            Fault("sync");
            if (!options.IgnoreSync) durableNames.Sync(path);
        }
    }

    private void Materialise(TornFile file, IReadOnlyList<string> paths)
    {
        var content = file.AfterPowerFailure(random);
        File.WriteAllBytes(paths[0], content);
        foreach (var other in paths.Skip(1)) LocalDisk.Instance.TryLink(paths[0], other);
        file.Settle(content);
        foreach (var path in paths)
        {
            names[path] = file;
            durableNames.Settle(path, file);
        }
    }

    /// <summary>The file of a name; one that somebody else wrote becomes known, with nothing of it synced.</summary>
    private TornFile Known(string path)
    {
        if (names.TryGetValue(path, out var file)) return file;
        file = names[path] = new();
        file.Append(File.ReadAllBytes(path));
        durableNames.Note(new(Path.GetDirectoryName(path)!, null, n => n[path] = file));
        return file;
    }

    private void Step()
    {
        if (!IsOff && --operationsLeft < 0) IsOff = true;
        if (IsOff) throw new IOException("The power is off.");
    }

    private void Fault(string what)
    {
        if (FaultRate > 0 && random.NextDouble() < FaultRate) throw new IOException($"A {what} failed.");
    }

    private sealed class TornHandle(TearingDisk disk, IDiskFile real, TornFile file) : IDiskFile
    {
        private readonly int generation = disk.generation;

        public long Length => real.Length;

        public void Append(ReadOnlySpan<byte> bytes)
        {
            lock (disk.gate)
            {
                CheckGeneration();
                try
                {
                    disk.Step();
                    disk.Fault("write");
                }
                catch (IOException)
                {
                    if (disk.operationsLeft >= -1) Write(bytes[..disk.random.Next(bytes.Length + 1)]); // it failed half-way
                    throw;
                }
                Write(bytes);
            }
        }

        public void Sync()
        {
            lock (disk.gate)
            {
                CheckGeneration();
                disk.Step();
                try
                {
                    disk.Fault("sync");
                }
                catch (IOException)
                {
                    if (disk.random.Next(2) == 0) file.LosePages();
                    throw;
                }
                if (!disk.options.IgnoreSync) file.Sync();
            }
        }

        public void Truncate(long length)
        {
            lock (disk.gate)
            {
                CheckGeneration();
                disk.Step();
                disk.Fault("cut");
                real.Truncate(length);
                file.Truncate(length);
            }
        }

        public void Dispose() => real.Dispose();

        private void Write(ReadOnlySpan<byte> bytes)
        {
            real.Append(bytes);
            file.Append(bytes);
        }

        private void CheckGeneration()
        {
            if (generation != disk.generation) throw new IOException("This file was open when the power failed.");
        }
    }
}
