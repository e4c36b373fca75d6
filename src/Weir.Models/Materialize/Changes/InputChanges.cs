using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Weir.Models.Context;
using Weir.Models.Graph;
using Weir.Models.Project;
using Weir.Models.Run;

namespace Weir.Models.Materialize.Changes;

/// <summary>Finds what changed of a model's inputs since the model was last published.</summary>
internal sealed class InputChanges(NodeGraph graph, BuildRequest request, BuildState state, Compiler compiler)
{
    /// <param name="reads">Gets what was read, for the publishing transaction.</param>
    /// <returns>Null when it is not known, and the reader must read everything.</returns>
    /// <exception cref="WeirException">WEIR7090: the input is a view that looks at more than one row at a time.</exception>
    public SourceChange? Since(Node reader, Node input, Warehouse warehouse, ICollection<InputRead> reads) => input switch
    {
        { IsSource: true } => SinceOfSource(reader, input, reads),
        { IsView: true } => SinceOfView(reader, input, warehouse, reads),
        { HasRelation: true } => SinceOfTable(reader, input, warehouse, reads),
        _ => throw new WeirException("WEIR7090", $"weir_changed and weir_touched read tables, seeds, sources and simple views, and {input.Name} is {input.Materialized}. Name what it reads, or make it a table."),
    };

    private SourceChange? SinceOfSource(Node reader, Node input, ICollection<InputRead> reads)
    {
        if (request.SourceChanges?.VersionOf(input.Schema, input.Alias) is { } own)
        {
            var name = $"versions of {input.Schema}.{input.Alias}";
            reads.Add(new InputRead(name, own));
            return state.Log.LastRead(reader.UniqueId, name) is { } last ? request.SourceChanges.SinceVersion(input.Schema, input.Alias, last) : null;
        }
        if (request.LakeVersion is not { } now)
            return null;
        var key = $"source {input.Schema}.{input.Alias}";
        reads.Add(new InputRead(key, now));
        return state.Log.LastRead(reader.UniqueId, key) is { } before && state.Log.MarkOf(before) is { } mark ? request.SourceChanges?.Since(input.Schema, input.Alias, mark) : null;
    }

    private SourceChange? SinceOfTable(Node reader, Node input, Warehouse warehouse, ICollection<InputRead> reads)
    {
        var key = $"{input.Schema}.{input.Alias}";
        reads.Add(new InputRead(key, null));
        if (state.Log.LastRead(reader.UniqueId, key) is not { } before || state.Log.KnownSince(key, before) is not { } now)
            return null;
        var (added, removed) = (new List<string>(), new List<string>());
        var columns = string.Join(", ", warehouse.Columns(state.IsAside(input.UniqueId) ? warehouse.Aside(input) : warehouse.Published(input)).Select(column => RelationValue.Quoted(column.Name)));
        if (now > before)
            Add(ChangeLog.TableOf(key), $" and weir_version > {before}");
        switch (state.IsAside(input.UniqueId) ? state.Outcomes[input.UniqueId].Change : ChangeKind.None)
        {
            case ChangeKind.Rows:
                Add(warehouse.ChangesOf(input), "");
                break;
            case ChangeKind.Everything or ChangeKind.NotAsked:
                return null;
        }

        var none = $"select {columns} from {warehouse.Published(input)} where false";
        return new SourceChange(added.Count == 0 ? none : string.Join(" union all ", added), removed.Count == 0 ? none : string.Join(" union all ", removed));

        void Add(string table, string condition)
        {
            added.Add($"select {columns} from {table} where weir_added{condition}");
            removed.Add($"select {columns} from {table} where not weir_added{condition}");
        }
    }

    private SourceChange? SinceOfView(Node reader, Node view, Warehouse warehouse, ICollection<InputRead> reads)
    {
        var sql = compiler.Compile(view).Replace(Node.AsideSuffix, "", StringComparison.Ordinal);
        var inputs = view.DependsOn.Select(id => graph[id]).ToList();
        if (inputs is not [var input] || RowWise.Of(sql, warehouse) is not { } rowWise || rowWise.Schema != input.Schema || rowWise.Table != input.Alias)
        {
            throw new WeirException("WEIR7090", $"weir_changed and weir_touched see through a view only if each of its rows comes from one row of one input, and the view {view.Name} joins, groups, sorts out or looks at other rows. "
                + "Make it a table, or name what it reads.");
        }

        var key = $"view {view.Schema}.{view.Alias}";
        var text = BinaryPrimitives.ReadInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(sql)));
        reads.Add(new InputRead(key, text)); // another text may change any row
        var change = Since(reader, input, warehouse, reads);
        return change is null || state.Log.LastRead(reader.UniqueId, key) != text ? null : new SourceChange(rowWise.Over(change.Added, warehouse), rowWise.Over(change.Removed, warehouse));
    }
}
