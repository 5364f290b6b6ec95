using Retort.Views;

namespace Retort;

/// <summary>The functions around the requests of one blueprint, or of the app alone, in the order they run. Fixed when the first request comes.</summary>
internal sealed class RequestHooks
{
    /// <param name="chain">The app first, then the blueprints from the outermost to the innermost.</param>
    public RequestHooks(IReadOnlyList<Scaffold> chain)
    {
        UrlValuePreprocessors = [.. chain.SelectMany(scaffold => scaffold.UrlValuePreprocessors)];
        Before = [.. chain.SelectMany(scaffold => scaffold.BeforeRequestHooks)];
        After = [.. chain.Reverse().SelectMany(scaffold => scaffold.AfterRequestHooks.AsEnumerable().Reverse())];
        Teardown = [.. chain.Reverse().SelectMany(scaffold => scaffold.TeardownRequestHooks.AsEnumerable().Reverse())];
        UrlDefaults = [.. chain.SelectMany(scaffold => scaffold.UrlDefaultFunctions)];
        ContextProcessors = [.. chain.SelectMany(scaffold => scaffold.ContextProcessors)];
        ErrorHandlers = [.. chain.Reverse().Select(scaffold => scaffold.ErrorHandlers)];
        HasNone = UrlValuePreprocessors.Length == 0 && Before.Length == 0 && After.Length == 0 && Teardown.Length == 0;
    }

    public static RequestHooks None { get; } = new([]);

    public Action<string?, IDictionary<string, object?>>[] UrlValuePreprocessors { get; }

    public Hook[] Before { get; }

    public Hook[] After { get; }

    public Hook[] Teardown { get; }

    public Action<string, IDictionary<string, object?>>[] UrlDefaults { get; }

    public Func<Context, object?>[] ContextProcessors { get; }

    public ErrorHandlers[] ErrorHandlers { get; }

    /// <summary>Whether nothing runs around the view, so that what it returns can be written as it is.</summary>
    public bool HasNone { get; }
}
