using Weir.Journal;

namespace Weir.Land.Rounds;

/// <summary>Seals bytes as received under the key of their source and receive day.</summary>
internal sealed class Sealers(KeyStore keys) : IDisposable
{
    private readonly Dictionary<(string Source, DateOnly Day), Sealer> open = [];

    public byte[] Seal(string source, DateTime receivedAt, ReadOnlySpan<byte> plain)
    {
        var of = (source, DateOnly.FromDateTime(receivedAt));
        if (!open.TryGetValue(of, out var sealer)) open[of] = sealer = new Sealer(keys.GetOrCreate(source, of.Item2));
        return sealer.Seal(plain);
    }

    /// <summary>Forgets the keys: a round asks for them anew, so that a destroyed one is not used for long.</summary>
    public void Dispose()
    {
        foreach (var sealer in open.Values) sealer.Dispose();
        open.Clear();
    }
}
