using Weir.Land.Contracts;
using Weir.Land.Contracts.Migrations;
using Weir.Land.Evaluate;
using Weir.Land.Fast.Columns;
using Weir.Land.Fast.Contracts;
using Weir.Sources;

namespace Weir.Land.Fast.Reading;

/// <summary>
/// Makes an event surely what its contract makes of it: <see cref="ContractRun"/> on the fast path, by the same compiled rules. What breaks one, cannot be migrated, or would not surely be written
/// alike goes to the plain path. For one thread.
/// </summary>
internal sealed class FastContract(ContractSet contracts, SourceDefinition source)
{
    private static readonly byte[][] Objects = [[.. "context"u8], [.. "properties"u8]];
    private readonly EventTree tree = new();
    private readonly ImputedFields imputed = new();
    private readonly Dictionary<string, Known> all = Known.Of(contracts);
    private readonly KnownTexts<string> versions = new(v => v);

    /// <summary>The fields of the last event whose values were made up.</summary>
    public IReadOnlyList<string> Imputed => imputed.All;

    /// <summary>Whether it is sure; then the row is as the newest version has it.</summary>
    public bool TryApply(EventBlock block, int row)
    {
        imputed.Clear();
        var name = block.Name(row);
        if (!all.TryGetValue(name, out var own)) return source.UnknownEvents == UnknownEvents.Allow;
        var place = own.VersionOf(VersionOf(block, row) ?? source.SchemaVersion);
        if (place < 0) return false;
        own.Columns.Read(block, row, tree);
        var isOld = place < own.Versions.Length - 1;
        var isChanged = isOld || Defaults.AreNeeded(own.Versions[place], tree);
        if (isChanged) Defaults.Fill(own.Versions[place], tree, imputed);
        if (!own.Versions[place].Schema.Holds(tree, EventTree.Root)) return false;
        if ((isOld && !TryMigrate(own, place)) || !tree.IsSure) return false;
        if (isChanged && !own.Columns.TryWrite(tree, block, row)) return false;
        if (isOld) SetMigrated(own.Contract, block, row);
        return true;
    }

    private bool TryMigrate(Known own, int first)
    {
        for (var i = first; i < own.Versions.Length - 1; i++)
        {
            if (!own.Contract.Migrations[i].TryApply(tree, imputed)) return false;
            Defaults.Fill(own.Versions[i + 1], tree, imputed);
        }
        // As the row has it: an object that nothing is left in is none.
        foreach (var column in Objects)
            if (tree.Find(EventTree.Root, column) is var at and not EventTree.None && tree.Count(at) == 0) tree.Remove(EventTree.Root, at);
        return own.Versions[^1].Schema.Holds(tree, EventTree.Root);
    }

    private static void SetMigrated(Contract contract, EventBlock block, int row)
    {
        block.Set(EventText.Flags, row, block.Memory.Add(EventFlags.Migrated));
        if (contract.Newest.Names.Contains(block.Name(row))) return;
        block.Name(row) = contract.Newest.Names[0];
        block.Set(EventText.Event, row, block.Memory.Add(block.Name(row)));
    }

    private string? VersionOf(EventBlock block, int row) => block.Has(EventText.SchemaVersion, row) ? versions.Of(block.Text(EventText.SchemaVersion, row)) : null;

    /// <summary>An event that has a contract.</summary>
    private sealed class Known(string name, Contract contract, RowColumns columns)
    {
        private (string? Version, int Place) last = ("", contract.VersionOf(name, ""));

        public Contract Contract => contract;

        public RowColumns Columns => columns;

        public ContractVersion[] Versions { get; } = [.. contract.Versions];

        /// <summary><see cref="Contract.VersionOf"/>; mostly the same as the last time.</summary>
        public int VersionOf(string? version)
        {
            if (!ReferenceEquals(version, last.Version)) last = (version, contract.VersionOf(name, version));
            return last.Place;
        }

        public static Dictionary<string, Known> Of(ContractSet contracts)
        {
            var all = new Dictionary<string, Known>(StringComparer.Ordinal);
            foreach (var contract in contracts.All)
            {
                var columns = new RowColumns(contract);
                foreach (var name in contract.Versions.SelectMany(v => v.Names)) all[name] = new Known(name, contract, columns);
            }
            return all;
        }
    }
}
