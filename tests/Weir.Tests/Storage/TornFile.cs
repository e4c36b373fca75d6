namespace Weir.Tests.Storage;

/// <summary>What of a file is durable, and what was done to it since its last sync.</summary>
internal sealed class TornFile
{
    private const int Sector = 64; // smaller than a disk's, so that small files tear too
    private readonly List<Change> pending = [];
    private byte[] durable = [];

    private abstract record Change;
    private sealed record Appended(byte[] Bytes) : Change;
    private sealed record Cut(long Length) : Change;

    public void Append(ReadOnlySpan<byte> bytes) => pending.Add(new Appended(bytes.ToArray()));

    public void Truncate(long length) => pending.Add(new Cut(length));

    public void Sync()
    {
        durable = Apply(durable, pending);
        pending.Clear();
    }

    /// <summary>All of it is durable as it is.</summary>
    public void Settle(byte[] content)
    {
        durable = content;
        pending.Clear();
    }

    /// <summary>A sync that failed: the system may take the pages for clean and never write them, though a later sync succeeds.</summary>
    public void LosePages()
    {
        for (var i = 0; i < pending.Count; i++)
            if (pending[i] is Appended a) pending[i] = new Appended(new byte[a.Bytes.Length]);
    }

    /// <summary>What a power failure leaves: nothing, a part, all, or all with holes of what was not synced.</summary>
    public byte[] AfterPowerFailure(Random random)
    {
        switch (random.Next(4))
        {
            case 0: return durable;
            case 1: return Apply(durable, pending);
            case 2:
                var kept = pending.Take(random.Next(pending.Count + 1)).ToList();
                if (kept.LastOrDefault() is Appended last) kept[^1] = new Appended(last.Bytes[..random.Next(last.Bytes.Length + 1)]);
                return Apply(durable, kept);
            default:
                var all = Apply(durable, pending).ToArray();
                for (long at = durable.Length; at < all.Length; at += Sector)
                    if (random.Next(3) == 0) all.AsSpan((int)at, (int)Math.Min(Sector, all.Length - at)).Clear();
                return all;
        }
    }

    private static byte[] Apply(byte[] content, IReadOnlyList<Change> changes)
    {
        if (changes.Count == 0) return content;
        using var result = new MemoryStream();
        result.Write(content);
        foreach (var change in changes)
        {
            if (change is Appended a) result.Write(a.Bytes);
            else if (change is Cut c) result.SetLength(c.Length);
            result.Seek(0, SeekOrigin.End);
        }
        return result.ToArray();
    }
}
