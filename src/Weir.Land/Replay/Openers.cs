using Weir.Journal;

namespace Weir.Land.Replay;

/// <summary>Opens sealed bytes with the key of their source and receive day, as long as it exists.</summary>
internal sealed class Openers(KeyStore keys) : IDisposable
{
    private readonly Dictionary<(string Source, DateOnly Day), Sealer?> open = [];

    public Sealer? Find(string source, DateTime receivedAt)
    {
        var of = (source, DateOnly.FromDateTime(receivedAt));
        if (!open.TryGetValue(of, out var sealer)) open[of] = sealer = keys.TryGet(source, of.Item2) is { } key ? new Sealer(key) : null;
        return sealer;
    }

    public void Dispose()
    {
        foreach (var sealer in open.Values) sealer?.Dispose();
    }
}
