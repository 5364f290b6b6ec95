using System.Buffers;
using System.Globalization;

namespace Retort.Routing;

/// <summary>Host names as they stand in the Host header and in URLs: a name or an address, and perhaps a port.</summary>
internal static class HostName
{
    private const int LongestLabel = 63;
    private static readonly SearchValues<char> NameCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-._");
    private static readonly SearchValues<char> AddressCharacters = SearchValues.Create("abcdef0123456789:.");

    /// <summary>Lower case, in ASCII. False for what is no host: then nothing of it may get into a URL. An empty one is none given.</summary>
    public static bool TryNormalize(string host, out string normal)
    {
        normal = "";
        var portAt = PortAt(host);
        var (name, port) = (host[..portAt].ToLowerInvariant(), host[portAt..]);
        if (port.Length > 0 && !(port.Length > 1 && port[0] == ':' && ushort.TryParse(port.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out _)))
            return false;
        if (name.StartsWith('[') ? name.Length < 4 || name.AsSpan(1..^1).ContainsAnyExcept(AddressCharacters) : !TryEncode(ref name))
            return false;
        normal = name + port;
        return true;
    }

    /// <summary>The host without the port that the scheme implies.</summary>
    public static string WithoutPort(string host, string scheme)
    {
        var port = scheme is "https" or "wss" ? ":443" : ":80";
        return host.EndsWith(port, StringComparison.Ordinal) ? host[..^port.Length] : host;
    }

    /// <summary>Where the port begins, with its colon; the end of a host without one.</summary>
    public static int PortAt(string host) =>
        host.StartsWith('[') ? host.IndexOf(']', StringComparison.Ordinal) + 1 : host.IndexOf(':', StringComparison.Ordinal) is var colon and >= 0 ? colon : host.Length;

    private static bool TryEncode(ref string name)
    {
        if (name.Length == 0)
            return true;
        try
        {
            if (!System.Text.Ascii.IsValid(name))
                name = new IdnMapping { AllowUnassigned = true }.GetAscii(name);
        }
        catch (ArgumentException)
        {
            return false;
        }
        return !name.AsSpan().ContainsAnyExcept(NameCharacters) && name.TrimEnd('.').Split('.').All(label => label.Length is > 0 and <= LongestLabel);
    }
}
