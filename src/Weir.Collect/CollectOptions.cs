using System.Net;

namespace Weir.Collect;

/// <summary>What the collector lets requests cost, and whom it believes.</summary>
public sealed record CollectOptions
{
    public static CollectOptions Default { get; } = new();

    /// <summary>Bytes of all bodies that are being received or wait to be durable, decompressed; beyond it requests are answered 503.</summary>
    public long BodyBytes { get; init; } = 256L << 20;

    /// <summary>How long a body may take to arrive.</summary>
    public TimeSpan BodyTime { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Whose <c>X-Forwarded-For</c> is believed: the proxies before the collector.</summary>
    public IReadOnlyList<IPNetwork> TrustedProxies { get; init; } = [];
}
