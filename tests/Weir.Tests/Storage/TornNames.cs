namespace Weir.Tests.Storage;

/// <summary>A change of names in a folder; a rename between two is durable when either was synced, as on a journaling file system.</summary>
internal sealed record NameChange(string Folder, string? OtherFolder, Action<Dictionary<string, TornFile>> Apply);

/// <summary>Which names are durable, and what was done to them since their folder's last sync.</summary>
internal sealed class TornNames
{
    private readonly Dictionary<string, TornFile> durable = [];
    private readonly List<NameChange> pending = [];

    public void Note(NameChange change) => pending.Add(change);

    public void Settle(string path, TornFile file) => durable[path] = file;

    public void Sync(string folder)
    {
        bool Touches(NameChange c) => c.Folder == folder || c.OtherFolder == folder;
        foreach (var change in pending.Where(Touches)) change.Apply(durable);
        pending.RemoveAll(Touches);
    }

    /// <summary>The durable names and any of the changes, in their order.</summary>
    public Dictionary<string, TornFile> AfterPowerFailure(Random random)
    {
        var left = new Dictionary<string, TornFile>(durable);
        foreach (var change in pending)
            if (random.Next(2) == 0) change.Apply(left);
        return left;
    }

    public void Clear()
    {
        durable.Clear();
        pending.Clear();
    }
}
