using System.Net;
using System.Net.Sockets;

namespace Weir.Land.Privacy;

/// <summary>Addresses without the part that is one household's: 24 bits of an IPv4 address are left, 48 of an IPv6 one.</summary>
internal static class IpAddresses
{
    /// <summary>The network, written as an address; null: it is no address.</summary>
    public static string? Truncate(string text)
    {
        if (!IPAddress.TryParse(text.Trim(), out var address)) return null;
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        var bytes = address.GetAddressBytes();
        bytes.AsSpan(address.AddressFamily == AddressFamily.InterNetwork ? 3 : 6).Clear();
        return new IPAddress(bytes).ToString();
    }
}
