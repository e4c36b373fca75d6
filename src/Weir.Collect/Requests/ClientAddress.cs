using System.Net;
using Microsoft.AspNetCore.Http;

namespace Weir.Collect.Requests;

/// <summary>
/// Where a request came from. A proxy adds whom it speaks for at the end of <c>X-Forwarded-For</c>; what stands there counts as far as those who wrote it are trusted, for anybody can
/// send the header.
/// </summary>
internal sealed class ClientAddress(IReadOnlyList<IPNetwork> proxies)
{
    public IPAddress? Of(HttpRequest request)
    {
        if (request.HttpContext.Connection.RemoteIpAddress is not { } address) return null;
        address = Plain(address);
        if (proxies.Count == 0 || !IsProxy(address)) return address;
        foreach (var hop in request.Headers["X-Forwarded-For"].ToString().Split(',').Reverse())
        {
            if (!IPAddress.TryParse(WithoutPort(hop.Trim()), out var before)) return address;
            address = Plain(before);
            if (!IsProxy(address)) break;
        }
        return address;
    }

    private bool IsProxy(IPAddress address)
    {
        foreach (var network in proxies)
            if (network.Contains(address)) return true;
        return false;
    }

    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

    /// <summary>Some proxies add the port: <c>192.0.2.1:4711</c>, <c>[2001:db8::1]:4711</c>.</summary>
    private static string WithoutPort(string text) => IPEndPoint.TryParse(text, out var end) ? end.Address.ToString() : text;
}
