using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Retort.Hosting;

/// <summary>What is logged unless the app says otherwise: warnings, to standard error. It stands before the app's own settings, so that each of them counts and <c>AddLogging</c> alone changes nothing.</summary>
internal static class DefaultLogging
{
    /// <summary>Adds it to services.</summary>
    /// <returns>The services.</returns>
    public static IServiceCollection AddTo(IServiceCollection services) => services.AddLogging(logging => logging
        .SetMinimumLevel(LogLevel.Warning)
        // An app that lowers the level wants its own entries; the platform's would repeat each line of the access log.
        .AddFilter("Microsoft.AspNetCore", LogLevel.Warning)
        // What keeps the server from starting is told by who asked for it, in one line.
        .AddFilter("Microsoft.Extensions.Hosting", LogLevel.Critical)
        .AddProvider(new StandardErrorLoggerProvider()));
}
