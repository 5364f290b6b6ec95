using System.Globalization;
using Retort.Configuration;
using Retort.Routing;

namespace Retort;

/// <summary>
/// The hosts an app answers for, <c>TRUSTED_HOSTS</c>: a name alone, or with a dot before it for the name and all its subdomains. Ports do not count.
/// Source: werkzeug.sansio.utils.host_is_trusted.
/// </summary>
internal sealed class TrustedHosts
{
    private static readonly IdnMapping Idn = new() { AllowUnassigned = true };
    private readonly (string Name, bool WithSubdomains)[] _names;

    private TrustedHosts(IEnumerable<string> names) =>
        _names = [.. names.Select(name => name.StartsWith('.') ? (Normal(name[1..]) ?? "", true) : (Normal(name) ?? "", false)).Where(entry => entry.Item1.Length > 0)];

    /// <summary>Null when every host is trusted. Throws <see cref="ConfigError"/> when the setting is no list of texts.</summary>
    public static TrustedHosts? From(Config config) => config.GetTexts("TRUSTED_HOSTS") is { } names ? new TrustedHosts(names) : null;

    public bool Contains(string host)
    {
        if (Normal(host) is not { Length: > 0 } name)
            return false;
        foreach (var (trusted, withSubdomains) in _names)
        {
            if (name == trusted || (withSubdomains && name.EndsWith(trusted, StringComparison.Ordinal) && name[^(trusted.Length + 1)] == '.'))
                return true;
        }
        return false;
    }

    private static string? Normal(string host)
    {
        var name = host[..HostName.PortAt(host)].ToLowerInvariant();
        try
        {
            return name.Length == 0 || System.Text.Ascii.IsValid(name) ? name : Idn.GetAscii(name);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
