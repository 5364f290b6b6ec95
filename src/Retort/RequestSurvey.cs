using System.Reflection;
using System.Runtime.CompilerServices;
using Retort.Development;
using Retort.Views;

namespace Retort;

/// <summary>Gathers what the debugger shows of a request that failed, and keeps it for the consoles once the request is gone.</summary>
internal sealed class RequestSurvey(Context context)
{
    private static readonly string[] Credentials = ["Cookie", "Set-Cookie", "Authorization", "Proxy-Authorization"];

    private readonly Delegate? _view = context.Route?.Function;

    // Of a view class the method that answers the request's method.
    private readonly MethodInfo? _method = context.Route?.FunctionOf(context.Http.Request.Method);

    /// <summary>All of it.</summary>
    public FailedRequest Make()
    {
        var preserved = context.Preserve();
        var arguments = new ValueTable("Arguments", Arguments());
        var captured = new ValueTable("Captured variables", CapturedVariables.Of(_view?.Target));
        return new FailedRequest
        {
            Method = context.Request.Method,
            Url = context.Request.Url,
            RootPath = context.App.RootPath,
            Tables = Tables(),
            ValuesOf = (traceback, frame) => ValuesOf(traceback, frame, arguments, captured),
            Variables = [.. captured.Rows, new("app", context.App), new("context", preserved)],
            Usings = ["Retort", "static Retort.Globals"],
            Enter = preserved.Push,
        };
    }

    /// <summary>Whether a header proves who someone is.</summary>
    public static bool IsCredential(string header) => Credentials.Contains(header, StringComparer.OrdinalIgnoreCase);

    /// <summary>What the request brought, and what it has by now.</summary>
    public IReadOnlyList<ValueTable> Tables()
    {
        var request = context.Request;
        return
        [
            new("Request",
            [
                new("Method", request.Method), new("Path", request.Path), new("Endpoint", request.Endpoint), new("Rule", request.UrlRule?.Text), new("Blueprint", request.Blueprint),
                new("View", _method is null ? null : MethodNames.Of(_method)), new("RemoteAddr", request.RemoteAddr),
            ]),
            new("URL variables", [.. request.ViewArgs.Select(pair => new ConsoleVariable(pair.Key, pair.Value))]),
            new("Query", [.. request.Args.Lists().Select(Row)]),
            new("Form", Read(() => request.Form.Lists().Select(Row))),
            new("Files", Read(() => request.Files.Items().Select(pair => new ConsoleVariable(pair.Key, pair.Value.FileName)))),
            new("Session", context.HasSession ? [.. context.Session.Entries.Select(pair => new ConsoleVariable(pair.Key, pair.Value))] : []),
            new("G", [.. context.G.Select(pair => new ConsoleVariable(pair.Key, pair.Value))]),
            new("Headers", [.. request.Headers.Select(header => new ConsoleVariable(header.Key, IsCredential(header.Key) ? SecretNames.Mask : header.Value.ToString()))]),
            new("Cookies", [.. request.Cookies.Select(cookie => new ConsoleVariable(cookie.Key, IsCredentialCookie(cookie.Key) ? SecretNames.Mask : cookie.Value))]),
            new("Config", [.. context.App.Config.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => new ConsoleVariable(pair.Key, pair.Value))]),
        ];
    }

    private bool IsCredentialCookie(string cookie) => cookie == context.App.Config.Get("SESSION_COOKIE_NAME", "session") || cookie.StartsWith("__retort_debugger", StringComparison.Ordinal);

    private static ConsoleVariable Row(KeyValuePair<string, IReadOnlyList<string>> field) => new(field.Key, field.Value.Count == 1 ? field.Value[0] : field.Value);

    /// <summary>What is wrong with a body shows where it is read, and may be what is being shown.</summary>
    private static IReadOnlyList<ConsoleVariable> Read(Func<IEnumerable<ConsoleVariable>> read)
    {
        try
        {
            return [.. read()];
        }
        catch (Exception wrong)
        {
            return [new("(not readable)", wrong.Message)];
        }
    }

    private IReadOnlyList<ValueTable> ValuesOf(Traceback traceback, TracebackFrame frame, ValueTable arguments, ValueTable captured)
    {
        if (frame.Kind == FrameKind.Template)
            return AppDebugger.ValuesOf(traceback.Error) is { } values ? [new("Given to the template", [.. ObjectValues.Of(values).Select(pair => new ConsoleVariable(pair.Key, pair.Value))])] : [];
        return frame.Method is { } method && method == _method ? [arguments, captured] : [];
    }

    /// <summary>The view's parameters, bound as they were: a running method's own variables cannot be read.</summary>
    private List<ConsoleVariable> Arguments()
    {
        if (_method is null || context.Request.UrlRule is not { } rule)
            return [];
        var parameters = _view is null ? _method.GetParameters() : CallPlanner.ParametersOf(_view);
        return [.. parameters.Select(parameter => new ConsoleVariable(parameter.Name ?? "", Bind(rule, parameter)))];
    }

    private object? Bind(Routing.Rule rule, ParameterInfo parameter)
    {
        try
        {
            return ((Delegate)ViewPlanner.SourceOf(context.App, context.Route!.ViewName, rule, parameter)).DynamicInvoke(context);
        }
        catch (Exception failed)
        {
            return new UnboundArgument((failed as TargetInvocationException)?.InnerException ?? failed);
        }
    }

    /// <summary>Stands for a parameter that could not be bound, which is then what failed.</summary>
    private sealed record UnboundArgument(Exception Reason)
    {
        public override string ToString() => $"(not bound: {Reason.Message})";
    }
}

/// <summary>The variables that a lambda or local function uses of the functions around it: the compiler keeps them in an object of its own.</summary>
internal static class CapturedVariables
{
    private const BindingFlags Instance = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance;
    private const int Deepest = 8;

    /// <summary>The variables in a delegate's object, or that object itself when it is one of the app's.</summary>
    public static IReadOnlyList<ConsoleVariable> Of(object? target)
    {
        if (target is null)
            return [];
        if (!IsClosure(target.GetType()))
            return [new("self", target)];
        var found = new List<ConsoleVariable>();
        Add(found, target, 0);
        return [.. found.DistinctBy(variable => variable.Name, StringComparer.Ordinal)];
    }

    private static void Add(List<ConsoleVariable> found, object closure, int depth)
    {
        foreach (var field in closure.GetType().GetFields(Instance))
        {
            var value = field.GetValue(closure);
            // Closures hold those around them, and the object of the method they were written in.
            if (field.Name.StartsWith("CS$<>8__locals", StringComparison.Ordinal) && value is not null && depth < Deepest)
                Add(found, value, depth + 1);
            else if (field.Name is "<>4__this")
                found.Add(new("self", value));
            else if (!field.Name.Contains('<', StringComparison.Ordinal))
                found.Add(new(field.Name, value));
        }
    }

    private static bool IsClosure(Type type) => type.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false) && type.Name.StartsWith("<>c", StringComparison.Ordinal);
}
