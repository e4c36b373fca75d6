namespace Weir.Tests.Storage;

/// <summary>What of a file is durable, and what was done to it since its last sync.</summary>
/// <param name="isForeign">Whether somebody wrote it who does not use the layer (DuckDB): what is in it is what the folder shows, and not durable before a sync.</param>
internal sealed class TornFile(bool isForeign = false)
{
    private const int Sector = 64; // smaller than a disk's, so that small files tear too
    private readonly List<Change> pending = [];
    private byte[] durable = [];
    private bool lostPages;

    private abstract record Change;
    private sealed record Appended(byte[] Bytes) : Change;
    private sealed record Cut(long Length) : Change;

    public bool IsForeign => isForeign;

    /// <summary>Whether what is durable is what the system shows.</summary>
    public bool IsClean => pending.Count == 0 && !lostPages;

    public void Append(ReadOnlySpan<byte> bytes) => pending.Add(new Appended(bytes.ToArray()));

    public void Truncate(long length) => pending.Add(new Cut(length));

    /// <summary>Somebody else wrote it: this is all of it, and nothing of it durable.</summary>
    public void Show(byte[] content)
    {
        pending.Clear();
        pending.Add(new Appended(content));
    }

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
        lostPages = false;
    }

    /// <summary>A sync that failed: the system may take the pages for clean and never write them, though it shows them, and a later sync succeeds.</summary>
    public void LosePages()
    {
        for (var i = 0; i < pending.Count; i++)
        {
            if (pending[i] is not Appended a) continue;
            pending[i] = new Appended(new byte[a.Bytes.Length]);
            lostPages = true;
        }
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
