using System.Globalization;
using System.Text.Json;
using Retort.Development;
using Retort.Signing;

namespace Retort.Toolbar;

/// <summary>
/// The toolbar's own addresses: its files, and the panels of a request. A panel is found by the request's random name, with a signature that holds for the address alone which that request
/// came from.
/// </summary>
internal sealed class ToolbarViews(ToolbarOptions options, RecordStore records, Signer signer)
{
    private const string StaticEndpoint = "_debug_toolbar.static";
    private const string PanelEndpoint = "_debug_toolbar.panel";
    private const string Root = "/_debug_toolbar";

    /// <summary>Whether a request is for one of these addresses.</summary>
    public static bool IsOwn(Context context) => context.Route?.Endpoint is StaticEndpoint or PanelEndpoint;

    /// <summary>What the addresses look like to who may not see them: like nothing.</summary>
    public static Response Refuse() => new("Not Found\n", 404, contentType: "text/plain; charset=utf-8");

    /// <summary>Adds the rules to an app that starts.</summary>
    /// <param name="app">The app.</param>
    /// <param name="view">Answers whom it may.</param>
    public void AddTo(App app, Func<Context, Task<Response?>> view)
    {
        // With host matching a rule belongs to a host; by default to each of them.
        var host = !app.HostMatching ? null : options.RoutesHost is null or "*" ? "<_debug_toolbar_host>" : options.RoutesHost;
        app.AddUrlRule(Root + "/static/<path:filename>", StaticEndpoint, view, ["GET"], new RouteOptions { Host = host });
        app.AddUrlRule(Root + "/views/<token>/<int:panel>", PanelEndpoint, view, ["GET"], new RouteOptions { Host = host });
    }

    /// <summary>Answers a request for one of these addresses.</summary>
    public async Task<Response> Answer(Context context)
    {
        var values = context.Request.ViewArgs;
        var response = context.Route?.Endpoint == StaticEndpoint ? File((string)values["filename"]!) : await Panel(context, (string)values["token"]!, (int)values["panel"]!);
        foreach (var (name, value) in DebugShell.PlainHeaders)
            response.Headers[name] = value;
        if (response.StatusCode == 200 && context.Route?.Endpoint == StaticEndpoint)
            response.Headers["Cache-Control"] = "private, max-age=31536000, immutable";
        return response;
    }

    /// <summary>What is put into a page: a link to the panels, of which the script makes the bar. ASCII alone, and as valid in XHTML as in HTML.</summary>
    public string BarOf(Context context, Recording recording, string? nonce)
    {
        var root = RootFor(context);
        var views = $"{root}/views/{TokenOf(context, recording.Id)}/";
        var panels = options.Panels.Select(panel => new { title = panel.Title, subtitle = PanelText.Subtitle(panel, context) });
        var first = options.Panels.TakeWhile(panel => panel is not Panels.TimerDebugPanel).Count() % Math.Max(options.Panels.Count, 1);
        var html = new HtmlWriter();
        html.Add($"<div id=\"retort-debug-toolbar\" data-views=\"{views}\" data-panels=\"{JsonSerializer.Serialize(panels)}\"><a href=\"{views}{first}\">Debug toolbar</a></div>");
        html.Add($"<script src=\"{root}/static/{ToolbarAssets.Script.Name}?v={ToolbarAssets.Script.Version}\" defer=\"defer\"");
        if ((nonce ?? ContentNonce.Of(context.Response)) is { } own)
            html.Add($" nonce=\"{own}\"");
        html.Add($"></script>");
        return Ascii(html.ToString());
    }

    private static Response File(string name) =>
        ToolbarAssets.Find(name) is { } asset ? new Response(asset.Text, contentType: asset.ContentType) : Refuse();

    private async Task<Response> Panel(Context context, string token, int number)
    {
        if (RecordOf(context, token) is not { } record || number >= record.Panels.Count)
            return new Response(ToolbarPage.Gone(StyleFor(context)), 404);
        var panel = record.Panels[number];
        var html = panel.Panel.IsLive ? PanelText.Write(panel.Panel, context) : panel.Later is { } later ? await later : panel.Html;
        var response = new Response(ToolbarPage.Of(record, number, html, StyleFor(context)));
        response.Headers["Content-Security-Policy"] = "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
        response.Headers["X-Frame-Options"] = "DENY";
        return response;
    }

    private RequestRecord? RecordOf(Context context, string token)
    {
        var dot = token.IndexOf('.', StringComparison.Ordinal);
        return dot > 0 && signer.VerifySignature(Signed(context, token[..dot]), token.AsSpan(dot + 1)) ? records.Find(token[..dot]) : null;
    }

    private string TokenOf(Context context, string id) => $"{id}.{signer.GetSignature(Signed(context, id))}";

    private static string Signed(Context context, string id) => $"{id} {context.Request.RemoteAddr}";

    private string RootFor(Context context)
    {
        var prefix = context.Http.Request.PathBase.ToUriComponent();
        return context.App.HostMatching && options.RoutesHost is { } host and not "*" ? $"//{host}{prefix}{Root}" : prefix + Root;
    }

    private string StyleFor(Context context) => $"{RootFor(context)}/static/{ToolbarAssets.Style.Name}?v={ToolbarAssets.Style.Version}";

    private static string Ascii(string html) =>
        System.Text.Ascii.IsValid(html) ? html
            : string.Concat(html.EnumerateRunes().Select(rune => rune.IsAscii ? rune.ToString() : string.Create(CultureInfo.InvariantCulture, $"&#x{rune.Value:x};")));
}
