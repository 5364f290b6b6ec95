using System.Collections.Concurrent;
using System.Data.Common;
using System.Diagnostics;
using System.Reflection;

namespace Retort.Toolbar;

/// <summary>
/// Hears what data layers tell by themselves: Entity Framework Core by its diagnostics, drivers by their activities. No package of theirs is needed for it. One for the process, because
/// theirs are; each query goes to the request that it runs for.
/// </summary>
internal sealed class QueryListener : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>
{
    private const string EntityFramework = "Microsoft.EntityFrameworkCore";
    private const string Executed = EntityFramework + ".Database.Command.CommandExecuted";
    private const string Failed = EntityFramework + ".Database.Command.CommandError";

    private static readonly string[] Drivers = ["Npgsql", "MySqlConnector"];
    private static readonly Lazy<QueryListener> Only = new(() => new QueryListener());

    private readonly ConcurrentDictionary<(Type, string), PropertyInfo?> _properties = new();

    private QueryListener()
    {
        DiagnosticListener.AllListeners.Subscribe(this);
        ActivitySource.AddActivityListener(new ActivityListener
        {
            ShouldListenTo = source => Drivers.Contains(source.Name, StringComparer.Ordinal),
            Sample = (ref _) => QueryRecorder.IsRecording ? ActivitySamplingResult.AllData : ActivitySamplingResult.None,
            ActivityStopped = Hear,
        });
    }

    /// <summary>Begins to listen, once.</summary>
    public static void Start() => _ = Only.Value;

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name == EntityFramework)
            value.Subscribe(this, name => name is Executed or Failed);
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (value.Value is not { } told || Recording.Current is not { RecordsQueries: true } recording || Read(told, "Command") is not DbCommand command || Read(told, "Duration") is not TimeSpan duration)
            return;
        if (!recording.Matching.IsKnown(command.CommandText, isDriver: false))
            QueryRecorder.Add(recording, command.CommandText, duration, QueryRecorder.ParametersOf(command), (Read(told, "Exception") as Exception)?.Message, null);
    }

    public void OnError(Exception error)
    {
    }

    public void OnCompleted()
    {
    }

    /// <summary>Source: OpenTelemetry semantic conventions for database clients, in their old and their stable names.</summary>
    private static void Hear(Activity activity)
    {
        if (Recording.Current is not { RecordsQueries: true } recording || (activity.GetTagItem("db.query.text") ?? activity.GetTagItem("db.statement")) is not string statement)
            return;
        if (!recording.Matching.IsKnown(statement, isDriver: true))
            QueryRecorder.Add(recording, statement, activity.Duration, [], activity.Status == ActivityStatusCode.Error ? activity.StatusDescription ?? "failed" : null, null);
    }

    private object? Read(object told, string property) => _properties.GetOrAdd((told.GetType(), property), key => key.Item1.GetProperty(key.Item2))?.GetValue(told);
}
