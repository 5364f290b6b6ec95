using System.Data.Common;
using System.Diagnostics;
using Retort.Development;

namespace Retort.Toolbar;

/// <summary>
/// Tells the toolbar of queries. Entity Framework Core, Npgsql and MySqlConnector are heard without it; a connection of any other kind is wrapped by <see cref="Watch"/>, and what is no
/// ADO.NET calls <see cref="Record"/>. Where the toolbar does not record the running request, all of it does nothing.
/// Source: flask_sqlalchemy.record_queries.
/// </summary>
/// <example><code>using var connection = QueryRecorder.Watch(new SqliteConnection("Data Source=notes.db"));</code></example>
public static class QueryRecorder
{
    private const int LongestStatement = 20_000;
    private const int MostParameters = 100;

    /// <summary>Whether queries of the running request are recorded, so that it is worth to gather what <see cref="Record"/> takes.</summary>
    public static bool IsRecording => ToRecord is not null;

    /// <summary>The queries of the running request so far; none where the toolbar does not record it.</summary>
    public static IReadOnlyList<RecordedQuery> RecordedQueries => ToRecord?.Queries.Items ?? [];

    private static Recording? ToRecord => Recording.Current is { RecordsQueries: true } recording ? recording : null;

    /// <summary>Records a query of the running request that has just ended.</summary>
    /// <param name="statement">The statement.</param>
    /// <param name="duration">How long it took.</param>
    /// <param name="parameters">The names and values of its parameters. They are turned into text now, and not kept.</param>
    /// <param name="error">Why it failed; null when it did not.</param>
    /// <param name="location">Where in the app it came from. Default: the line of the app's code that led here.</param>
    public static void Record(string statement, TimeSpan duration, IEnumerable<KeyValuePair<string, object?>>? parameters = null, string? error = null, string? location = null)
    {
        ArgumentNullException.ThrowIfNull(statement);
        if (ToRecord is { } recording)
            Add(recording, statement, duration, parameters ?? [], error, location);
    }

    /// <summary>
    /// A connection whose commands are recorded: it does what the given one does, and closes it when it is disposed. Returns the given one itself where queries of the running request
    /// are not recorded.
    /// </summary>
    public static DbConnection Watch(DbConnection connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        return IsRecording ? new WatchedConnection(connection) : connection;
    }

    internal static void RecordCommand(DbCommand command, long began, Exception? error) => Record(command.CommandText, Stopwatch.GetElapsedTime(began), ParametersOf(command), error?.Message);

    internal static IEnumerable<KeyValuePair<string, object?>> ParametersOf(DbCommand command) =>
        command.Parameters.Cast<DbParameter>().Select(parameter => KeyValuePair.Create(parameter.ParameterName, parameter.Value is DBNull ? null : parameter.Value));

    internal static void Add(Recording recording, string statement, TimeSpan duration, IEnumerable<KeyValuePair<string, object?>> parameters, string? error, string? location) =>
        recording.Queries.Add(new RecordedQuery(
            SecretNames.InText(statement.Length > LongestStatement ? statement[..LongestStatement] + "…" : statement),
            [.. parameters.Take(MostParameters).Select(parameter => KeyValuePair.Create(parameter.Key, ValueText.Of(parameter.Key, parameter.Value)))],
            duration,
            location ?? CallPlace.Find(),
            error)
        {
            Start = Stopwatch.GetElapsedTime(recording.Timer.Start) - duration is var start && start > TimeSpan.Zero ? start : TimeSpan.Zero,
        });
}
