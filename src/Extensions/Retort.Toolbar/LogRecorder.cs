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

    private LogRecorder()
    {
    }

    /// <summary>The only one: the running request tells whose message it is.</summary>
    public static LogRecorder Only { get; } = new();

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
