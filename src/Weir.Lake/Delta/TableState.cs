using System.Collections.Immutable;

namespace Weir.Lake.Delta;

/// <summary>What a table's log adds up to at one version. Immutable: the next version shares what did not change.</summary>
internal sealed record TableState(
    long Version,
    Protocol? Protocol,
    Metadata? Metadata,
    ImmutableDictionary<string, AddFile> Files,
    ImmutableDictionary<string, RemoveFile> Removed,
    ImmutableDictionary<string, Txn> Txns)
{
    /// <summary>For how long a removed file stays named: for readers of older versions, and for the vacuum.</summary>
    public static TimeSpan KeepRemoved { get; } = TimeSpan.FromDays(1);

    /// <summary>A table of which no commit was read.</summary>
    public static TableState Empty { get; } = new(
        -1, null, null,
        ImmutableDictionary.Create<string, AddFile>(StringComparer.Ordinal),
        ImmutableDictionary.Create<string, RemoveFile>(StringComparer.Ordinal),
        ImmutableDictionary.Create<string, Txn>(StringComparer.Ordinal));

    /// <summary>The state after some more actions.</summary>
    public TableState Apply(long version, IEnumerable<DeltaAction> actions)
    {
        var files = Files.ToBuilder();
        var removed = Removed.ToBuilder();
        var txns = Txns.ToBuilder();
        var (protocol, metadata) = (Protocol, Metadata);
        var newest = long.MinValue;
        foreach (var action in actions)
        {
            if (action.Add is { } add) { files[add.Path] = add; removed.Remove(add.Path); }
            else if (action.Remove is { } remove) { files.Remove(remove.Path); removed[remove.Path] = remove; newest = Math.Max(newest, remove.DeletionTimestamp); }
            else if (action.Txn is { } txn) txns[txn.AppId] = txn;
            else if (action.Metadata is { } m) metadata = m;
            else if (action.Protocol is { } p) protocol = p;
        }
        // Once removed, files would be remembered for as long as the process lives.
        var forgotten = newest - (long)KeepRemoved.TotalMilliseconds;
        if (newest > 0 && removed.Count > 0) removed.RemoveRange([.. removed.Values.Where(r => r.DeletionTimestamp < forgotten).Select(r => r.Path)]);
        return new TableState(version, protocol, metadata, files.ToImmutable(), removed.ToImmutable(), txns.ToImmutable());
    }
}
