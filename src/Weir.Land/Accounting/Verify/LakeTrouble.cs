using Weir.Accounting;
using Weir.DuckDb;
using Weir.Lake;

namespace Weir.Land.Accounting.Verify;

/// <summary>The lake's files changed while they were read: what was found is thrown away, and all is read anew from a newer snapshot.</summary>
internal sealed class LakeMovedException(bool isFault, Exception? cause) : Exception("The lake's files changed while they were read.", cause)
{
    /// <summary>Whether the cause was told as a fault: reading anew leaves that file out.</summary>
    public bool IsFault => isFault;
}

/// <summary>
/// Tells a file that is gone because the lake no longer names it (compaction, vacuum) from one that is lost. What it finds stands when all is read anew.
/// </summary>
internal sealed class LakeTrouble(LakeStore lake)
{
    private const string Restore = "Restore the file from a copy; what it held is still in raw while raw is kept";
    private readonly Dictionary<string, (FileFacts File, string Table, string What)> lost = new(StringComparer.Ordinal), miscounted = new(StringComparer.Ordinal); // by path

    /// <summary>Whether a file can be read; one that cannot is a fault if the lake still names it.</summary>
    public bool IsThere(TableSnapshot table, FileFacts file)
    {
        if (lost.ContainsKey(file.Path)) return false;
        var found = LakeFiles.LengthOf(table, file.Add);
        if (found == file.Add.Size) return true;
        Lose(table, file, found is not null ? $"has {found} bytes, but the lake's log says {file.Add.Size}" : "is missing", null);
        return false;
    }

    public void CompareRows(DuckDBConnection connection, TableSnapshot table, FileFacts[] files)
    {
        var rows = LakeFiles.CountRows(connection, table, files.Select(f => f.Add));
        foreach (var file in files)
            if (file.Rows is { } said && rows[file.Path] != said )
                miscounted[file.Path] = (file, table.Definition.Name, $"has {rows[file.Path]} rows, but the lake's log says {said}");
    }

    /// <summary>Why a batch of files could not be read: finds the file, so that the next reading can leave it out.</summary>
    public LakeMovedException Explain(DuckDBConnection connection, TableSnapshot table, FileFacts[] files, DuckDBException cause)
    {
        foreach (var file in files)
        {
            if (!IsThere(table, file)) return new(isFault: true, cause);
            try
            {
                var all = System.Collections.Immutable.ImmutableDictionary<string, AddFile>.Empty.Add(file.Add.Path, file.Add);
                LakeViews.Create(connection, new Snapshot(0, new Dictionary<string, TableSnapshot> { [table.Definition.Name] = table with { Files = all } }, new Dictionary<string, long>()));
                connection.Execute($"SELECT count(_stream), sum(_position) FROM lake.\"{table.Definition.Name}{(table.Definition.IsEntity ? "_history" : "")}\"");
            }
            catch (DuckDBException e)
            {
                Lose(table, file, $"cannot be read: {e.Message.Split('\n')[0]}", e);
                return new(isFault: true, e);
            }
        }
        return new(isFault: false, cause);
    }

    /// <summary>The lost file that may have held some ordinals of a stream.</summary>
    public string? LostFile(LedgerStream stream, long from, long to) => lost.Values
        .Where(l => (l.File.Source is null || l.File.Source == stream.Source) && l.File.First < to && l.File.Last >= from).Select(l => l.File.Path).FirstOrDefault();

    public IEnumerable<VerifyFault> Faults() => lost.Values.Concat(miscounted.Values).OrderBy(l => l.File.Path, StringComparer.Ordinal).Select(l =>
        new VerifyFault("", l.File.Source ?? "", l.File.First, l.File.Last + 1, l.File.Path, $"a file of the lake's table '{l.Table}' {l.What}", Restore));

    private void Lose(TableSnapshot table, FileFacts file, string what, Exception? cause)
    {
        var now = lake.ReadSnapshot();
        if (!now.Tables.TryGetValue(table.Definition.Name, out var named) || !named.Files.ContainsKey(file.Add.Path)) throw new LakeMovedException(isFault: false, cause);
        lost[file.Path] = (file, table.Definition.Name, what);
    }
}
