using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Retort.Development;

namespace Retort.Toolbar;

/// <summary>A message of a request.</summary>
internal sealed record LogMessage(DateTime Time, LogLevel Level, string Category, string Text, string? Exception);

/// <summary>Keeps each message with the request that it was logged for, whichever thread that runs on.</summary>
[ProviderAlias("DebugToolbar")]
internal sealed class LogRecorder : ILoggerProvider
{
    private const int LongestText = 8_000;
    private static readonly ConditionalWeakTable<ILoggerFactory, LogRecorder> Factories = [];

    private LogRecorder()
    {
    }

    /// <summary>The only one: the running request tells whose message it is.</summary>
    public static LogRecorder Only { get; } = new();

    /// <summary>
    /// Adds it to the log of an app whose services were made before it started, or are those of the app that it is mounted in, and do not know it. Their filters hold for it then.
    /// </summary>
    public void AddTo(IServiceProvider services)
    {
        if (services.GetService<ILoggerFactory>() is { } factory && !services.GetServices<ILoggerProvider>().Contains(this) && Factories.TryAdd(factory, this))
            factory.AddProvider(this);
    }

    public ILogger CreateLogger(string categoryName) => new Logger(categoryName);

    public void Dispose()
    {
    }

    private sealed class Logger(string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None && Recording.Current is not null;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (logLevel != LogLevel.None && Recording.Current is { } recording)
                recording.Messages.Add(new LogMessage(DateTime.Now, logLevel, category, Short(formatter(state, exception)), exception is null ? null : Short(exception.ToString())));
        }

        private static string Short(string text) => SecretNames.InText(text.Length > LongestText ? text[..LongestText] + "…" : text);
    }
}
