using System.Globalization;
using Microsoft.Extensions.Logging;

namespace Retort.Hosting;

/// <summary>Writes log entries to standard error, as Flask's default handler does: time, level, category, message and the trace of an exception.</summary>
internal sealed class StandardErrorLoggerProvider : ILoggerProvider
{
    public ILogger CreateLogger(string categoryName) => new Logger(categoryName);

    public void Dispose()
    {
    }

    private sealed class Logger(string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var time = DateTime.Now.ToString("yyyy-MM-dd HH:mm:ss,fff", CultureInfo.InvariantCulture);
            var entry = $"[{time}] {Name(logLevel)} in {category}: {formatter(state, exception)}";
            Console.Error.WriteLine(exception is null ? entry : entry + Environment.NewLine + exception);
        }

        private static string Name(LogLevel level) => level switch
        {
            LogLevel.Information => "INFO",
            LogLevel.Warning => "WARNING",
            LogLevel.Error => "ERROR",
            LogLevel.Critical => "CRITICAL",
            _ => "DEBUG",
        };
    }
}
