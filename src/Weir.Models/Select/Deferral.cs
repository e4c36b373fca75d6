using System.Text.Json;
using Weir.Models.Context;
using Weir.Models.Project;

namespace Weir.Models.Select;

/// <summary><c>--defer</c>: nodes that are neither built now nor in the warehouse are read where an earlier run's manifest says they lie.</summary>
internal sealed class Deferral(PreviousRun previous)
{
    /// <exception cref="WeirException">WEIR7043: there is no earlier run to defer to.</exception>
    public static Deferral? Of(BuildRequest request)
    {
        if (!request.Defer)
            return null;
        var previous = new PreviousRun(request.State ?? throw new WeirException("WEIR7043", "--defer reads from what an earlier run made: name the folder of its artifacts with --state."));
        _ = previous.Nodes; // now, and not in the middle of a build
        return new Deferral(previous);
    }

    public RelationValue? Find(Node node)
    {
        if (!previous.Nodes.TryGetValue(node.UniqueId, out var old) || !old.TryGetProperty("relation_name", out var relation) || relation.ValueKind != JsonValueKind.String)
            return null;
        return new RelationValue(old.GetProperty("database").GetString(), old.GetProperty("schema").GetString(), old.GetProperty("alias").GetString());
    }
}
