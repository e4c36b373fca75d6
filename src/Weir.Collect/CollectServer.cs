using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Weir.Collect;

/// <summary>The web server's own limits: what a connection may cost before and beside the bodies, which <see cref="CollectOptions"/> bounds.</summary>
public static class CollectServer
{
    /// <summary>Connections at a time; those beyond it are closed, and clients try again.</summary>
    public const int MaxConnections = 4096;

    /// <summary>Adds what the server takes its buffers from.</summary>
    public static void AddBuffers(IServiceCollection services) => services.AddSingleton<IMemoryPoolFactory<byte>, ReceiveBuffers>();

    /// <summary>Sets them.</summary>
    public static void Limit(KestrelServerOptions server)
    {
        var limits = server.Limits;
        limits.MaxConcurrentConnections = MaxConnections;
        limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        limits.MinRequestBodyDataRate = new MinDataRate(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(5));
        // Snowplow's GET has the whole event in its line.
        limits.MaxRequestLineSize = 64 << 10;
        // Read ahead of a connection, whether anyone has asked for it yet or not.
        limits.MaxRequestBufferSize = 128 << 10;
    }
}
