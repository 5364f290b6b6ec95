using Retort.Development;
using Retort.Toolbar.Panels;
using Retort.Toolbar.Profiling;

namespace Retort.Toolbar;

/// <summary>What one request does, while it does it. Lies with the request itself, so that requests that are answered side by side do not mix.</summary>
internal sealed class Recording(ToolbarOfApp toolbar, RequestProfile? profile)
{
    private const int MostMessages = 1_000;
    private const int MostQueries = 1_000;

    private bool _isKept;

    /// <summary>The name the panels are asked for by.</summary>
    public string Id { get; } = Secrets.Token();

    public PhaseTimer Timer { get; } = new();

    public TemplateRecords Templates { get; } = new();

    public BoundedList<LogMessage> Messages { get; } = new(MostMessages);

    public BoundedList<RecordedQuery> Queries { get; } = new(MostQueries);

    public QueryMatching Matching { get; } = new();

    public RequestProfile? Profile => profile;

    /// <summary>Whether queries are recorded.</summary>
    public bool RecordsQueries => toolbar.Options.RecordsQueries;

    /// <summary>Whether profiles are wanted, even if this request has none.</summary>
    public bool IsProfiled => toolbar.Options.Profiles;

    /// <summary>The response as it is sent, for the panels.</summary>
    public Response? Response { get; private set; }

    /// <summary>The app's status, where a redirect is shown as a page.</summary>
    public string? InterceptedStatus { get; set; }

    /// <summary>Whether the bar is in the page.</summary>
    public bool IsShown { get; set; }

    /// <summary>The recording of a request, or null.</summary>
    public static Recording? Of(Context context) => context.HasRequest ? context.Http.Features.Get<Recording>() : null;

    /// <summary>The recording of the request that this code works for, or null.</summary>
    public static Recording? Current => Context.Current is { } context ? Of(context) : null;

    /// <summary>Lets the panels write down what they have of a page that is about to be sent.</summary>
    public void Keep(Context context, Response response)
    {
        if (!IsShown || _isKept)
            return;
        _isKept = true;
        Timer.Mark(Moment.End);
        Response = response;
        var panels = toolbar.Options.Panels.Select(panel => Keep(context, panel)).ToList();
        toolbar.Records.Add(new RequestRecord(Id, context.Request.Method, SecretNames.InText(context.Request.Path + context.Http.Request.QueryString.Value), InterceptedStatus ?? response.Status, panels));
    }

    /// <summary>What is still running for the request ends. Nobody will ask for the profile of a request without a page.</summary>
    public void End() => profile?.Stop(isWanted: _isKept);

    private PanelRecord Keep(Context context, DebugPanel panel)
    {
        var later = panel is ProfilerDebugPanel && profile is not null ? profile.Result : null;
        return new PanelRecord(panel, PanelText.Subtitle(panel, context), panel.IsLive || later is not null ? "" : PanelText.Write(panel, context), later);
    }
}
