using System.Buffers.Binary;
using Weir.DuckDb;
using Weir.Identity.Resolving;

namespace Weir.Identity.Stage;

/// <summary>
/// Reads ids and evidence for the resolver. DuckDB has numbered the ids, so that evidence is two small numbers and not two texts: a million pieces would be two million texts to read and to look up.
/// </summary>
internal static class GraphReader
{
    /// <summary>The number of a kind in the order of the rules, in SQL.</summary>
    public static string RankSql(IdentityRules rules, string kind) => $"list_position([{string.Join(", ", rules.Strong.Select(Sql.Text))}], {kind}) - 1";

    /// <summary>The hash of a key, in SQL.</summary>
    public static string HashSql(string id) => $"right({id}, 32)::UUID";

    /// <param name="connection">Where from.</param>
    /// <param name="ids">A SELECT of the kind's number and the hash (<see cref="RankSql"/>, <see cref="HashSql"/>), in the order of the ids' numbers, from 0 on.</param>
    /// <param name="pairs">A SELECT of two numbers of ids and microseconds since 1970, each pair once.</param>
    public static EvidenceGraph Read(DuckDBConnection connection, string ids, string pairs)
    {
        var keys = new List<IdKey>();
        using (var nodes = connection.Query(ids))
            while (nodes.Read()) keys.Add(new IdKey((byte)nodes.GetInt32(0), Number(nodes.GetGuid(1))));
        var edges = new List<Edge>();
        using var rows = connection.Query(pairs);
        while (rows.Read()) edges.Add(new Edge(rows.GetInt32(0), rows.GetInt32(1), rows.GetInt64(2)));
        return new EvidenceGraph([.. keys], [.. edges]);
    }

    private static UInt128 Number(Guid hash)
    {
        Span<byte> bytes = stackalloc byte[16];
        hash.TryWriteBytes(bytes, bigEndian: true, out _);
        return BinaryPrimitives.ReadUInt128BigEndian(bytes);
    }
}
