using System.Collections.Immutable;

namespace Weir.Lake;

/// <summary>The lake at one version of its ledger: what the ledger decided counts, copied into the tables or not.</summary>
/// <param name="LedgerVersion">The ledger's version; −1 for a lake that does not exist yet.</param>
/// <param name="Tables">By name: events, quarantine, ledger (always, perhaps without files) and the entities.</param>
/// <param name="Positions">By stream id: the next position to land.</param>
public sealed record Snapshot(long LedgerVersion, IReadOnlyDictionary<string, TableSnapshot> Tables, IReadOnlyDictionary<string, long> Positions)
{
    /// <summary>By table: the last version of the ledger that changed its rows otherwise than by landing or expiry. A table that is not listed only ever got what landed.</summary>
    internal IReadOnlyDictionary<string, long> Restated { get; init; } = new Dictionary<string, long>();

    /// <summary>The table of a name.</summary>
    public TableSnapshot this[string table] => Tables[table];

    /// <summary>The same with one table only.</summary>
    /// <param name="table">The table.</param>
    /// <param name="files">Only these of its files; null: all.</param>
    public Snapshot Only(TableDefinition table, IEnumerable<AddFile>? files = null) => Only((table, files));

    /// <summary>The same with some tables only, and of each only these files; null: all.</summary>
    public Snapshot Only(params (TableDefinition Table, IEnumerable<AddFile>? Files)[] tables) => this with
    {
        Tables = tables.ToDictionary(t => t.Table.Name, t => t.Files is null ? Tables[t.Table.Name] : Tables[t.Table.Name] with { Files = t.Files.ToImmutableDictionary(f => f.Path, StringComparer.Ordinal) }),
    };
}

/// <summary>One table of a <see cref="Snapshot"/>.</summary>
/// <param name="Folder">Its folder.</param>
/// <param name="Definition">Its columns and key, as its log says (<see cref="LakeColumn.HasStats"/> is not known from there).</param>
/// <param name="Files">Its data files, by path.</param>
public sealed record TableSnapshot(string Folder, TableDefinition Definition, ImmutableDictionary<string, AddFile> Files)
{
    /// <summary>What its folder is on; null: whoever made it knows that the files are there.</summary>
    internal ILakeDisk? Disk { get; init; }
}
