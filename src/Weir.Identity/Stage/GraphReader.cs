using Weir.DuckDb;
using Weir.Identity.Resolving;

namespace Weir.Identity.Stage;

/// <summary>Reads ids and evidence for the resolver.</summary>
internal static class GraphReader
{
    /// <param name="connection">Where from.</param>
    /// <param name="kinds">How keys are written.</param>
    /// <param name="ids">A SELECT of keys.</param>
    /// <param name="pairs">A SELECT of two keys and microseconds since 1970.</param>
    public static EvidenceGraph Read(DuckDBConnection connection, IdKinds kinds, string ids, string pairs)
    {
        var graph = new EvidenceGraph();
        using (var nodes = connection.Query(ids))
            while (nodes.Read()) graph.Add(kinds.Read(nodes.GetString(0)));
        using var edges = connection.Query(pairs);
        while (edges.Read()) graph.Add(kinds.Read(edges.GetString(0)), kinds.Read(edges.GetString(1)), edges.GetInt64(2));
        return graph;
    }
}
