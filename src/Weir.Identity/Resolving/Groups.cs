namespace Weir.Identity.Resolving;

/// <summary>Union-find in which a group is named by its smallest id, with pairs that must stay apart.</summary>
internal sealed class Groups
{
    private readonly IdKey[] keys;
    private readonly int[] parents;
    private readonly int[] sizes;
    private readonly int[] heads;
    private readonly Dictionary<int, List<int>> apart = [];

    public Groups(IdKey[] keys)
    {
        this.keys = keys;
        (parents, sizes, heads) = (new int[keys.Length], new int[keys.Length], new int[keys.Length]);
        for (var i = 0; i < parents.Length; i++) (parents[i], sizes[i], heads[i]) = (i, 1, i);
    }

    /// <summary>The smallest id of the group that an id is in.</summary>
    public int HeadOf(int id) => heads[Root(id)];

    /// <summary>From now on two ids, which are not in one group, never will be.</summary>
    public void KeepApart(int one, int other)
    {
        AddApart(Root(one), [other]);
        AddApart(Root(other), [one]);
    }

    /// <summary>Unites the groups of two ids.</summary>
    /// <param name="one">The one.</param>
    /// <param name="other">The other.</param>
    /// <param name="retired">The head that is one no more.</param>
    /// <param name="survivor">The head of both.</param>
    /// <returns>False: they are one group already, or must stay apart.</returns>
    public bool Unite(int one, int other, out int retired, out int survivor)
    {
        (retired, survivor) = (-1, -1);
        var (large, small) = (Root(one), Root(other));
        if (large == small || MustStayApart(large, small)) return false;
        if (sizes[large] < sizes[small]) (large, small) = (small, large);
        (survivor, retired) = keys[heads[large]].CompareTo(keys[heads[small]]) < 0 ? (heads[large], heads[small]) : (heads[small], heads[large]);
        parents[small] = large;
        sizes[large] += sizes[small];
        heads[large] = survivor;
        if (apart.Remove(small, out var others)) AddApart(large, others);
        return true;
    }

    private bool MustStayApart(int one, int other)
    {
        if (!apart.TryGetValue(one, out var ofOne) || !apart.TryGetValue(other, out var ofOther)) return false;
        return ofOne.Count <= ofOther.Count ? ofOne.Exists(id => Root(id) == other) : ofOther.Exists(id => Root(id) == one);
    }

    private void AddApart(int root, List<int> others)
    {
        if (!apart.TryGetValue(root, out var list)) apart[root] = [.. others];
        else if (list.Count >= others.Count) list.AddRange(others);
        else apart[root] = [.. others, .. list];
    }

    private int Root(int id)
    {
        while (parents[id] != id) id = parents[id] = parents[parents[id]];
        return id;
    }
}
