using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Retort.Development;
using Retort.Development.Reloading;
using Retort.Hosting;
using Retort.Http.Exceptions;
using Retort.Jinja.Loaders;
using Retort.Templating;

namespace Retort;

/// <summary>What debug mode adds to an app: the debugger's pages in the place of the plain ones, and errors that tell what a beginner cannot know.</summary>
internal sealed class AppDebugger(App app)
{
    private static readonly string[] Platform = ["Retort", "System", "Microsoft", "mscorlib", "netstandard"];
    private const string ValuesKey = "Retort.Template.Values";
    private readonly Lazy<Debugger> _debugger = new(() => Make(app));

    /// <summary>Whether errors are shown in the browser, in debug mode. <c>--no-debugger</c> turns it off.</summary>
    public bool IsWanted { get; set; } = true;

    /// <summary>Whether it may be active on an address that others can reach. <c>--i-know</c> allows it.</summary>
    public bool IsPublic { get; set; }

    private bool IsActive => IsWanted && app.RequestOptions.Debug && app.Config.Get<bool?>("PROPAGATE_EXCEPTIONS") != false;

    /// <summary>Whether a request is for the debugger and not for the app. Notes the host it came under, before anything of the app can change that.</summary>
    public bool Takes(HttpContext http)
    {
        DebuggerHosts.Remember(http);
        if (!IsWanted)
            return false;
        return Debugger.IsCall(http) || ReloadedApp.Current is { Errors.Count: > 0 };
    }

    /// <summary>Whether a request came under a name of this machine or one of DEBUGGER_TRUSTED_HOSTS.</summary>
    public bool IsTrusted(HttpContext http) => DebuggerHosts.IsTrusted(http, TrustedHosts(app));

    /// <summary>Answers a request for the debugger; any other with what does not compile.</summary>
    public Task Answer(HttpContext http) => Debugger.IsCall(http) ? _debugger.Value.Answer(http)
        : BuildErrorPage.Write(http, ReloadedApp.Current!.Errors, _debugger.Value.IsTrusted(http));

    /// <summary>The PIN, or null when there is none or no debugger.</summary>
    public string? Pin => IsActive ? _debugger.Value.Pin.Text : null;

    /// <summary>What is printed when the server is up.</summary>
    /// <exception cref="HostError">The console would be open to everybody who reaches the address.</exception>
    public IReadOnlyList<string> Prepare(HostOptions options)
    {
        if (!IsActive)
            return [];
        var isOpen = !options.IsLoopback;
        if (isOpen && _debugger.Value.Pin.Text is null)
        {
            throw new HostError($"cannot serve on '{options.Host}' with RETORT_DEBUG_PIN=off: everybody who reaches that address could run code here. "
                + "Set a PIN, serve on 127.0.0.1, or use --no-debugger.");
        }
        if (isOpen && !IsPublic)
        {
            throw new HostError($"cannot serve on '{options.Host}' in debug mode: everybody who reaches that address would see the app's errors and could try its debugger's PIN. "
                + "Serve on 127.0.0.1, use --no-debugger, or add --i-know if nobody else can reach it, as in a container.");
        }
        return
        [
            " * Debugger is active!",
            _debugger.Value.Pin.Text is { } pin ? $" * Debugger PIN: {pin}" : " * Debugger PIN disabled. DEBUGGER UNSECURED!",
            .. !isOpen ? Array.Empty<string>() : [$" * WARNING: debug mode on {options.Host}: others can reach this server and see its errors. Use 127.0.0.1."],
        ];
    }

    /// <summary>The debugger's page for an error that nobody handled; null outside of debug mode, in tests, and for requests under a foreign name.</summary>
    public Response? PageOf(Context context, Exception error)
    {
        if (!IsActive || app.Testing || !_debugger.Value.IsTrusted(context.Http))
            return null;
        app.Logger.LogError(error, "Exception on {Path} [{Method}]", AccessLog.Escape(context.Path), context.Http.Request.Method);
        return ResponseOf(_debugger.Value.Show(error, new RequestSurvey(context).Make(), DebugFormats.Of(context.Request)));
    }

    /// <summary>The debugger's page for an address without a rule; null for any other error and where <see cref="PageOf"/> gives none.</summary>
    public Response? PageOfMissing(Context context, HttpException error)
    {
        if (error is not NotFound || !ReferenceEquals(error, context.RoutingError) || !IsActive || app.Testing || !_debugger.Value.IsTrusted(context.Http))
            return null;
        var routes = app.UrlMap.Where(rule => !rule.BuildOnly)
            .Select(rule => new ListedRoute(rule.Text, rule.Endpoint ?? "", string.Join(", ", (rule.Methods ?? []).Where(method => method is not ("HEAD" or "OPTIONS")))));
        return Debugger.ShowMissing(context.Request.Method, context.Path, [.. routes], DebugFormats.Of(context.Request)) is { } answer ? ResponseOf(answer) : null;
    }

    /// <summary>Throws for a redirect after which the browser would drop the form.</summary>
    public static void CheckRedirect(Context context, Response redirect)
    {
        if (FormDataRoutingRedirect.For(context, redirect) is { } error)
            throw error;
    }

    /// <summary>In debug mode keeps with an error what the template was given that it came out of. Always false: the error is not caught.</summary>
    public static bool NoteValues(Context context, Exception error, object? values)
    {
        if (context.App.RequestOptions.Debug && values is not null && !error.Data.Contains(ValuesKey))
            error.Data[ValuesKey] = values;
        return false;
    }

    /// <summary>What the template was given that an error came out of, or null.</summary>
    public static object? ValuesOf(Exception error) => error.Data[ValuesKey];

    /// <summary>A loader that tells where it looks. For <c>EXPLAIN_TEMPLATE_LOADING</c>.</summary>
    public static Loader Explain(App app, Loader loader)
    {
        var folders = app.Blueprints.Select(entry => ($"blueprint '{entry.Key}'", (Scaffold)entry.Value)).Prepend(($"application '{app.Name}'", app))
            .Where(owner => owner.Item2.TemplatePath is not null)
            .Select(owner => new OwnedFolder(owner.Item1, owner.Item2.TemplatePath!)).DistinctBy(owned => owned.Folder);
        // Warnings are what the log shows by default, and who sets the key wants to see this.
        return new ExplainingLoader(loader, loader is ChoiceLoader ? [.. folders] : [], text => app.Logger.LogWarning("{Explanation}", text),
            () => Context.Current is { HasRequest: true } context ? context.Request.Blueprint : null);
    }

    private static Debugger Make(App app)
    {
        var pin = Environment.GetEnvironmentVariable("RETORT_DEBUG_PIN") ?? app.Config.Get<object>("DEBUG_PIN")?.ToString();
        try
        {
            return new Debugger(new DebuggerOptions
            {
                Pin = new DebuggerPin(pin),
                TrustedHosts = () => TrustedHosts(app),
                Reader = new TracebackReader(name => TemplateText(app, name), IsAppCode),
            });
        }
        catch (FormatException wrong)
        {
            throw new HostError(wrong.Message);
        }
    }

    private static IEnumerable<string> TrustedHosts(App app) => app.Config.Get<object>("DEBUGGER_TRUSTED_HOSTS") switch
    {
        string one => [one],
        IEnumerable<object?> many => many.OfType<string>(),
        _ => [],
    };

    private static string? TemplateText(App app, string name)
    {
        try
        {
            return (app.Jinja.Loader is ExplainingLoader explaining ? explaining.Inner : app.Jinja.Loader)?.Load(app.Jinja, name)?.Text;
        }
        catch (Exception)
        {
            // A loader of the app's own may do anything; the page shows what it has without it.
            return null;
        }
    }

    /// <summary>Code is the app's own unless it belongs to the platform or to this framework and its extensions; packages show by having no source.</summary>
    public static bool IsAppCode(Assembly assembly)
    {
        var name = assembly.GetName().Name ?? "";
        return assembly == Assembly.GetEntryAssembly() || !Platform.Any(space => name == space || name.StartsWith(space + ".", StringComparison.Ordinal));
    }

    private static Response ResponseOf(DebugAnswer answer)
    {
        var response = new Response(answer.Text, answer.Status, contentType: answer.ContentType);
        foreach (var (name, value) in answer.Headers)
            response.Headers[name] = value;
        return response;
    }
}
