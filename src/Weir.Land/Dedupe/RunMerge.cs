namespace Weir.Land.Dedupe;

/// <summary>Several runs as one sorted sequence. A key that two hold (an interrupted catch-up) comes once.</summary>
internal static class RunMerge
{
    public static IEnumerable<DedupeEntry> Of(IReadOnlyList<Run> runs)
    {
        var heads = new PriorityQueue<IEnumerator<DedupeEntry>, DedupeKey>();
        foreach (var run in runs) Push(run.ReadAll().GetEnumerator());
        DedupeKey? last = null;
        while (heads.TryDequeue(out var head, out var key))
        {
            if (key != last) yield return head.Current;
            last = key;
            Push(head);
        }

        void Push(IEnumerator<DedupeEntry> entries)
        {
            if (entries.MoveNext()) heads.Enqueue(entries, entries.Current.Key);
        }
    }
}
