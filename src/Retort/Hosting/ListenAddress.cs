using System.Globalization;

namespace Retort.Hosting;

/// <summary>
/// Where to listen when nobody says it: on this machine alone, unless the environment names a port as platforms and containers do, which stand in front of the app and reach it from outside.
/// Source: gunicorn, settings, bind; ASP.NET Core, HTTP_PORTS.
/// </summary>
internal static class ListenAddress
{
    /// <summary>For the help of <c>--host</c>.</summary>
    public const string HostDefault = "[default: 127.0.0.1; PORT: 0.0.0.0]";

    /// <summary>For the help of <c>--port</c>.</summary>
    public const string PortDefault = "[default: the variable PORT, or 5000]";

    private static readonly string[] Variables = ["PORT", "ASPNETCORE_HTTP_PORTS"];

    /// <summary>The address and the port.</summary>
    /// <param name="host">As it was asked for; null for the default.</param>
    /// <param name="port">As it was asked for; null for that of the environment, or 5000.</param>
    /// <param name="debug">Whether the app shows its errors, which are for this machine alone whatever the environment says.</param>
    /// <param name="variables">The environment. Default: that of the process.</param>
    /// <exception cref="UsageError">The port is none.</exception>
    public static (string Host, int Port) Of(string? host, int? port, bool debug, Func<string, string?>? variables = null)
    {
        if (port is < 0 or > 65535)
            throw new UsageError($"'{port}' is not a value for --port: give a number from 0 to 65535.");
        var fromEnvironment = port is null ? FromEnvironment(variables ?? Environment.GetEnvironmentVariable) : null;
        return (string.IsNullOrEmpty(host) ? fromEnvironment is null || debug ? "127.0.0.1" : "0.0.0.0" : host, port ?? fromEnvironment ?? 5000);
    }

    private static int? FromEnvironment(Func<string, string?> variables)
    {
        foreach (var variable in Variables)
        {
            // Of several ports of ASP.NET Core the first counts.
            if (variables(variable)?.Split(';')[0].Trim() is not { Length: > 0 } text)
                continue;
            return ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port)
                ? port
                : throw new UsageError($"the environment variable {variable} cannot be used: '{text}' is no port. Give a number from 0 to 65535, or --port.");
        }
        return null;
    }
}
