namespace Retort.Toolbar;

/// <summary>One query of a request. Source: flask_sqlalchemy.record_queries, _QueryInfo.</summary>
/// <param name="Statement">The statement as it was sent.</param>
/// <param name="Parameters">Its parameters as they are shown: text in quotes, secrets hidden.</param>
/// <param name="Duration">How long it took.</param>
/// <param name="Location">The line of the app it came from, <c>Notes.cs:12 Index()</c>; null when that is not known.</param>
/// <param name="Error">Why it failed; null when it did not.</param>
public sealed record RecordedQuery(string Statement, IReadOnlyList<KeyValuePair<string, string>> Parameters, TimeSpan Duration, string? Location = null, string? Error = null)
{
    /// <summary>When it began, as an offset from the request's beginning.</summary>
    public TimeSpan Start { get; internal init; }
}
