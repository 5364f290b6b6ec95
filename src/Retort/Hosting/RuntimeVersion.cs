using System.Reflection;
using Microsoft.AspNetCore.Builder;

namespace Retort.Hosting;

/// <summary>
/// Whether the ASP.NET Core that runs has a published hole that a later version has closed: with CVE-2025-55315 (requests are smuggled in chunk extensions) nothing is served, others are warned of.
/// </summary>
/// <param name="Refusal">Why nothing is served; null if it is.</param>
/// <param name="Warning">What to say at the start; null for nothing.</param>
internal sealed record RuntimeVersion(string? Refusal, string? Warning)
{
    // By major version: the first that does not let requests be smuggled, and the first without any hole that is known here.
    // 10: CVE-2026-40372. 9 and 8: CVE-2025-55315 came after CVE-2024-43483, -43484 and -43485, CVE-2024-21386 and -21404, CVE-2023-38171 and -38180.
    private static readonly Dictionary<int, (Version Required, Version Patched, string Cve)> Fixed = new()
    {
        [8] = (new Version(8, 0, 21), new Version(8, 0, 21), "CVE-2025-55315"),
        [9] = (new Version(9, 0, 10), new Version(9, 0, 10), "CVE-2025-55315"),
        [10] = (new Version(10, 0, 0), new Version(10, 0, 7), "CVE-2026-40372"),
    };

    /// <summary>The version of the ASP.NET Core that runs, such as <c>10.0.12</c> or <c>10.0.0-rc.1.25451.107</c>.</summary>
    public static string Running =>
        typeof(WebApplication).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? Environment.Version.ToString(3);

    /// <summary>What is to be said of a version. Nothing of one that cannot be read, and of majors that are not known.</summary>
    public static RuntimeVersion Judge(string version)
    {
        var dash = version.IndexOf('-', StringComparison.Ordinal);
        if (!Version.TryParse(dash < 0 ? version : version[..dash], out var number) || !Fixed.TryGetValue(number.Major, out var known))
            return new RuntimeVersion(null, null);
        // A preview comes before the release whose number it bears.
        var isOlder = (Version than) => number < than || (number == than && dash >= 0);
        var upgrade = $"Install ASP.NET Core {known.Patched} or later: https://dotnet.microsoft.com/download/dotnet/{number.Major}.0";
        if (isOlder(known.Required))
            return new RuntimeVersion($"cannot serve on ASP.NET Core {version}: a client can smuggle requests past it (CVE-2025-55315). {upgrade}", null);
        return new RuntimeVersion(null, isOlder(known.Patched) ? $"Warning: ASP.NET Core {version} has a published vulnerability ({known.Cve}). {upgrade}" : null);
    }

    /// <summary>Throws <see cref="HostError"/> when the running version must not serve, and writes the warning if there is one.</summary>
    public static void Check(string version, TextWriter output)
    {
        var verdict = Judge(version);
        if (verdict.Refusal is { } refusal)
            throw new HostError(refusal);
        if (verdict.Warning is { } warning)
            output.WriteLine(warning);
    }
}
