using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace MyriadSync.DevStack.Azurite;

/// <summary>Questions about TCP ports of 127.0.0.1.</summary>
public static class Ports
{
    // Below the ranges that Linux, macOS and Windows hand out to outgoing connections: a server that is stopped and
    // started again on its port does not find it taken by somebody's client socket.
    private const int First = 20_000;
    private const int Last = 32_000;

    /// <summary>True when a server could listen on the port now.</summary>
    public static bool IsFree(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <summary>Different ports, free at the moment of asking; another process may still be faster.</summary>
    public static IReadOnlyList<int> TakeFree(int count)
    {
        var ports = new HashSet<int>();
        while (ports.Count < count)
        {
            var port = RandomNumberGenerator.GetInt32(First, Last);
            if (IsFree(port))
                ports.Add(port);
        }

        return [.. ports];
    }
}
