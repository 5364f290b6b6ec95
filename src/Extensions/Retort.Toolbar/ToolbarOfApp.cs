using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Retort.Hosting;
using Retort.Signing;
using Retort.Toolbar.Profiling;
using Retort.Views;

namespace Retort.Toolbar;

/// <summary>The toolbar of one app, which exists only where it is on: watches the requests, puts the bar into pages and answers the bar's own addresses.</summary>
internal sealed class ToolbarOfApp
{
    private const string Extension = "debugtoolbar";

    private readonly DebugToolbarExtension _extension;
    private readonly ToolbarViews _views;
    private int _logIsAdded;

    private ToolbarOfApp(App app, DebugToolbarExtension extension, SecretKeys keys)
    {
        _extension = extension;
        Options = ToolbarOptions.Of(app, extension.Panels);
        _views = new ToolbarViews(Options, Records, new Signer(keys, "retort.debug-toolbar"));
    }

    public ToolbarOptions Options { get; }

    public RecordStore Records { get; } = new();

    /// <summary>Adds the toolbar to an app that starts, if it is on there.</summary>
    public static void Start(App app, DebugToolbarExtension extension)
    {
        app.Config.TryAdd("DEBUG_TB_ENABLED", app.Debug);
        if (!ToolbarOptions.IsOn(app) || app.Extensions.ContainsKey(Extension))
            return;
        var toolbar = new ToolbarOfApp(app, extension, KeysOf(app));
        app.Extensions[Extension] = toolbar;
        toolbar.Watch(app);
        toolbar._views.AddTo(app, toolbar.AnswerOwn);
        // First before and last after the request: no function of the app's keeps the bar from its own addresses, and what is put into the page is the page as it is sent.
        app.BeforeRequestHooks.Insert(0, Hook.Plan((Context context) => toolbar.AnswerOwn(context), nameof(app.BeforeRequest)));
        app.AfterRequestHooks.Insert(0, Hook.Plan((Context context, Response response) => toolbar.Show(context, response), nameof(app.AfterRequest)));
    }

    private static SecretKeys KeysOf(App app) => app.Config.Get<object>("SECRET_KEY") switch
    {
        string { Length: > 0 } text => text,
        byte[] { Length: > 0 } bytes => bytes,
        _ => throw new InvalidOperationException(
            "cannot start the debug toolbar: the app has no SECRET_KEY, by which the addresses of its panels are signed. Set app.SecretKey, or DEBUG_TB_ENABLED to false."),
    };

    private void Watch(App app)
    {
        // Not by AddLogging, which would set the lowest level of all others anew.
        app.Services.AddSingleton<ILoggerProvider>(LogRecorder.Only);
        app.Services.Configure<LoggerFilterOptions>(filters => filters.AddFilter<LogRecorder>(null, LogLevel.Information).AddFilter<LogRecorder>(app.Name, LogLevel.Debug));
        app.Signals.RequestStarted += (_, started) => Begin(started.Context);
        app.Signals.BeforeView += (_, happened) => Recording.Of(happened.Context)?.Timer.Mark(Moment.View);
        app.Signals.ResponseMade += (_, happened) => Recording.Of(happened.Context)?.Timer.Mark(Moment.After);
        app.Signals.BeforeRenderTemplate += (_, rendering) => Recording.Of(rendering.Context)?.Templates.Begin(rendering.Template, rendering.Values);
        app.Signals.TemplateRendered += (_, rendered) => Recording.Of(rendered.Context)?.Templates.End(rendered.Template);
        app.Signals.RequestFinished += (_, finished) => Recording.Of(finished.Context)?.Keep(finished.Context, finished.Response);
        app.Signals.RequestTearingDown += (_, ending) => Recording.Of(ending.Context)?.End();
        if (Options.RecordsQueries)
            QueryListener.Start();
    }

    /// <summary>Begins to record a request that the toolbar may be shown for.</summary>
    private void Begin(Context context)
    {
        if (!ToolbarOptions.IsOn(context.App))
        {
            Records.Clear();
            return;
        }
        if (!PageRequest.IsOne(context.Request) || ToolbarViews.IsOwn(context) || !IsSeenFrom(context))
            return;
        if (Interlocked.Exchange(ref _logIsAdded, 1) == 0)
            LogRecorder.Only.AddTo(context.App.ServiceProvider);
        context.Http.Features.Set(new Recording(this, Options.Profiles ? RequestProfile.TryStart() : null));
    }

    /// <summary>Whether the toolbar is on and may be seen by who made the request: from here, and under a name of this machine, so that no other site's page can read it.</summary>
    private bool IsSeenFrom(Context context) => ToolbarOptions.IsOn(context.App) && Options.Hosts.Contain(context.Http) && context.App.Debugger.IsTrusted(context.Http);

    private async Task<Response?> AnswerOwn(Context context) => !ToolbarViews.IsOwn(context) ? null : IsSeenFrom(context) ? await _views.Answer(context) : ToolbarViews.Refuse();

    /// <summary>Puts the bar into a page, and a page into the place of a redirect.</summary>
    private async Task Show(Context context, Response response)
    {
        if (Recording.Of(context) is not { } recording)
            return;
        try
        {
            var status = response.Status;
            if (Options.InterceptRedirects && RedirectInterception.Apply(response))
                recording.InterceptedStatus = status;
            if (!PageInjection.IsPage(response))
                return;
            recording.IsShown = await PageInjection.Apply(response, () => _views.BarOf(context, recording, _extension.CspNonce?.Invoke(context)));
        }
        catch (Exception error)
        {
            context.App.Logger.LogError(error, "The debug toolbar failed on {Path}; the page is sent without it", AccessLog.Escape(context.Path));
        }
    }
}
