using Weir.Lake.Delta;

namespace Weir.Lake.Ledgers;

/// <summary>Reads every table as of one ledger version, though tables are copied into one after the other while it reads.</summary>
internal sealed class SnapshotReader(TableSet tables, LedgerLog ledger, ILakeDisk disk)
{
    private static readonly TableDefinition[] Always = [LakeTables.Events, LakeTables.Quarantine, LakeTables.Ledger];

    public Snapshot Read()
    {
        while (true)
            if (TryRead() is { } snapshot) return snapshot;
    }

    /// <summary>Null if the log was cleaned while it was read, so that a commit is missing between the two looks at the ledger: by then there is a newer state to begin from.</summary>
    private Snapshot? TryRead()
    {
        // Before a ledger commit all earlier ones are copied. So what the tables may lack lies between the ledger as it was
        // before they were read and as it is now.
        var before = ledger.Refresh();
        var names = tables.Names().Where(n => n != LakeTables.Ledger.Name).ToList();
        var states = names.ToDictionary(n => n, n => tables.Get(n).Refresh(), StringComparer.Ordinal);
        var now = ledger.Refresh();
        for (var version = Math.Max(before.Version, 0); version <= now.Version; version++)
            if (!TryOverlay(states, version) && before.Version < now.Version) return null;
        states[LakeTables.Ledger.Name] = now;

        var read = states.Where(s => s.Value.Version >= 0).ToDictionary(
            s => s.Key, s => new TableSnapshot(tables.Get(s.Key).Folder, Schemas.Read(s.Key, s.Value.Metadata!), s.Value.Files) { Disk = disk }, StringComparer.Ordinal);
        foreach (var table in Always)
            if (!read.ContainsKey(table.Name)) read[table.Name] = new TableSnapshot(tables.Get(table.Name).Folder, table, TableState.Empty.Files) { Disk = disk };
        return new Snapshot(now.Version, read, LedgerLog.PositionsOf(now)) { Restated = LedgerLog.RestatedOf(now) };
    }

    public Snapshot ReadLedger()
    {
        var now = ledger.Refresh();
        var table = tables.Get(LakeTables.Ledger.Name);
        var definition = now.Metadata is { } metadata ? Schemas.Read(LakeTables.Ledger.Name, metadata) : LakeTables.Ledger;
        return new Snapshot(
            now.Version, new Dictionary<string, TableSnapshot> { [LakeTables.Ledger.Name] = new(table.Folder, definition, now.Files) { Disk = disk } }, LedgerLog.PositionsOf(now));
    }

    private bool TryOverlay(Dictionary<string, TableState> states, long version)
    {
        if (tables.Get(LakeTables.Ledger.Name).ReadCommit(version) is not { } commit) return false; // a log is only cleaned up to where all is copied
        foreach (var (name, actions) in LedgerLog.TableActions(commit))
        {
            var state = states.TryGetValue(name, out var known) ? known : tables.Get(name).Refresh(); // made since the names were read
            if (state.Version < 0) throw Copying.TableMissing(tables.Get(name), name, version);
            if (state.Txns.TryGetValue(Copying.LedgerApp, out var last) && last.Version >= version) { states[name] = state; continue; }
            states[name] = state.Apply(state.Version, [.. actions, new DeltaAction { Txn = new Txn(Copying.LedgerApp, version) }]);
        }
        return true;
    }
}
