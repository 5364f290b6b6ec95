using System.Net;
using System.Net.Sockets;

namespace Retort.Tests.Shared;

/// <summary>
/// Ports for programs that cannot be told to let the system choose one, or that are started again on the one they had. They lie below those that Linux, macOS and Windows give out by
/// themselves: one of those may become another server's, or the near end of a connection, while the program is not there.
/// </summary>
internal static class FreePort
{
    private const int First = 20_000;
    private const int Count = 12_000;

    // Each is given once; where it begins differs, as two runs may go on side by side.
    private static int _given = Random.Shared.Next(Count);

    /// <summary>A port that nobody listens on, and that is given to nobody else here.</summary>
    public static int Take()
    {
        while (true)
        {
            var port = First + (Interlocked.Increment(ref _given) % Count);
            using var probe = new TcpListener(IPAddress.Loopback, port);
            try
            {
                probe.Start();
                return port;
            }
            catch (SocketException)
            {
                // Somebody is there.
            }
        }
    }
}
