using Retort.Http.Exceptions;

namespace Retort;

/// <summary>The error handlers of an app or a blueprint, by status code and exception class. Source: Flask._find_error_handler.</summary>
internal sealed class ErrorHandlers
{
    private readonly Dictionary<(int? Code, Type Class), Func<Exception, ValueTask<Response>>> _handlers = [];

    /// <summary>A handler for a code answers any HTTP error of that code; one for a class of HTTP errors only those of the class's code.</summary>
    public void Add(Type type, int? code, Func<Exception, ValueTask<Response>> handler) => _handlers[(code, type)] = handler;

    /// <summary>
    /// The handler for an error among those of the blueprints (innermost first) and the app: a handler for its code before one for any code, in each the most specific class.
    /// </summary>
    public static Func<Exception, ValueTask<Response>>? Find(IReadOnlyList<ErrorHandlers> innermostFirst, Exception error)
    {
        int? code = error is HttpException http ? http.Code : null;
        if (code is not null)
        {
            foreach (var handlers in innermostFirst)
            {
                if (handlers.Find(code, error.GetType()) is { } found)
                    return found;
            }
        }
        foreach (var handlers in innermostFirst)
        {
            if (handlers.Find(null, error.GetType()) is { } found)
                return found;
        }
        return null;
    }

    private Func<Exception, ValueTask<Response>>? Find(int? code, Type type)
    {
        if (_handlers.Count == 0)
            return null;
        for (var each = type; each is not null; each = each.BaseType)
        {
            if (_handlers.TryGetValue((code, each), out var handler))
                return handler;
        }
        return null;
    }
}
