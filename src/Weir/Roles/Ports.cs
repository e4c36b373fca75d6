using System.Net;
using System.Net.Sockets;

namespace Weir.Roles;

/// <summary>Loopback ports.</summary>
internal static class Ports
{
    /// <summary>The port, if it is free; otherwise a sentence that says who wanted it.</summary>
    public static int Require(int port, string what, string option) => IsFree(port) ? port : throw new WeirException("WEIR1010",
        $"The port {port} for {what} on 127.0.0.1 is in use by another program. Stop that program, or choose another port with {option} N.");

    /// <summary>The port, or the next free one of the 100 after it.</summary>
    public static int FirstFree(int port) => Enumerable.Range(port, 100).FirstOrDefault(IsFree) is var free and > 0 ? free : throw new WeirException("WEIR1010",
        $"No port from {port} to {port + 99} on 127.0.0.1 is free. Stop a program that listens there.");

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
