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
    private readonly Dictionary<string, (Contract Contract, RowColumns Columns)> known = Known(contracts);
    private readonly KnownTexts versions = new();

    /// <summary>The fields of the last event whose values were made up.</summary>
    public IReadOnlyList<string> Imputed => imputed.All;

    /// <summary>Whether it is sure; then the row is as the newest version has it.</summary>
    public bool TryApply(EventBlock block, int row)
    {
        imputed.Clear();
        var name = block.Name(row);
        if (!known.TryGetValue(name, out var own)) return source.UnknownEvents == UnknownEvents.Allow;
        var (contract, newest) = (own.Contract, own.Contract.Versions.Count - 1);
        var place = contract.VersionOf(name, VersionOf(block, row) ?? source.SchemaVersion);
        if (place < 0) return false;
        own.Columns.Read(block, row, tree);
        var isChanged = place < newest || Defaults.AreNeeded(contract.Newest, tree);
        if (!TryRun(contract, place, isChanged) || !tree.IsSure) return false;
        if (isChanged && !own.Columns.TryWrite(tree, block, row)) return false;
        if (place < newest) SetMigrated(contract, block, row);
        return true;
    }

    private bool TryRun(Contract contract, int first, bool isChanged)
    {
        if (isChanged) Defaults.Fill(contract.Versions[first], tree, imputed);
        if (!contract.Versions[first].Schema.Holds(tree, EventTree.Root)) return false;
        if (first == contract.Versions.Count - 1) return true;
        for (var i = first; i < contract.Versions.Count - 1; i++)
        {
            if (!contract.Migrations[i].TryApply(tree, imputed)) return false;
            Defaults.Fill(contract.Versions[i + 1], tree, imputed);
        }
        // As the row has it: an object that nothing is left in is none.
        foreach (var column in Objects)
            if (tree.Find(EventTree.Root, column) is var at and not EventTree.None && tree.Count(at) == 0) tree.Remove(EventTree.Root, at);
        return contract.Newest.Schema.Holds(tree, EventTree.Root);
    }

    private static void SetMigrated(Contract contract, EventBlock block, int row)
    {
        block.Set(EventText.Flags, row, block.Memory.Add(EventFlags.Migrated));
        if (contract.Newest.Names.Contains(block.Name(row))) return;
        block.Name(row) = contract.Newest.Names[0];
        block.Set(EventText.Event, row, block.Memory.Add(block.Name(row)));
    }

    private static Dictionary<string, (Contract, RowColumns)> Known(ContractSet contracts)
    {
        var known = new Dictionary<string, (Contract, RowColumns)>(StringComparer.Ordinal);
        foreach (var contract in contracts.All)
        {
            var columns = new RowColumns(contract);
            foreach (var name in contract.Versions.SelectMany(v => v.Names)) known[name] = (contract, columns);
        }
        return known;
    }

    private string? VersionOf(EventBlock block, int row) => block.Has(EventText.SchemaVersion, row) ? versions.Of(block.Text(EventText.SchemaVersion, row)) : null;
}
