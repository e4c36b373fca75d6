namespace Weir.Identity.Resolving;

/// <summary>Two ids that were seen together.</summary>
/// <param name="Left">The smaller one, as a number of the graph.</param>
/// <param name="Right">The other one.</param>
/// <param name="At">When first: microseconds since 1970, UTC.</param>
internal readonly record struct Edge(int Left, int Right, long At);

/// <summary>Strong ids, and which of them were seen together. What was added first, or twice, makes no difference.</summary>
internal sealed class EvidenceGraph
{
    private readonly Dictionary<IdKey, int> numbers = [];
    private readonly Dictionary<long, int> pairs = [];
    private readonly List<IdKey> keys = [];
    private readonly List<Edge> edges = [];

    /// <summary>The ids by number.</summary>
    public IReadOnlyList<IdKey> Keys => keys;

    /// <summary>Each pair once, with the earliest time.</summary>
    public IReadOnlyList<Edge> Edges => edges;

    public int Add(IdKey key)
    {
        if (numbers.TryGetValue(key, out var number)) return number;
        numbers.Add(key, keys.Count);
        keys.Add(key);
        return keys.Count - 1;
    }

    public void Add(IdKey one, IdKey other, long at)
    {
        var (left, right) = one.CompareTo(other) <= 0 ? (Add(one), Add(other)) : (Add(other), Add(one));
        if (left == right) return;
        var pair = (long)left << 32 | (uint)right;
        if (!pairs.TryGetValue(pair, out var known))
        {
            pairs.Add(pair, edges.Count);
            edges.Add(new Edge(left, right, at));
        }
        else if (at < edges[known].At)
        {
            edges[known] = new Edge(left, right, at);
        }
    }

    /// <summary>The number of an id; null: it was never seen.</summary>
    public int? Find(IdKey key) => numbers.TryGetValue(key, out var number) ? number : null;

    /// <summary>Of each id: with how many others it was seen.</summary>
    public int[] CountPartners()
    {
        var partners = new int[keys.Count];
        foreach (var edge in edges)
        {
            partners[edge.Left]++;
            partners[edge.Right]++;
        }
        return partners;
    }

    /// <summary>The edges by time, and of one time by their ids: an order that does not hang on how they came.</summary>
    public Edge[] InOrder()
    {
        var sorted = edges.ToArray();
        Array.Sort(sorted, (a, b) => a.At != b.At ? a.At.CompareTo(b.At) : keys[a.Left].CompareTo(keys[b.Left]) is var left and not 0 ? left : keys[a.Right].CompareTo(keys[b.Right]));
        return sorted;
    }
}
