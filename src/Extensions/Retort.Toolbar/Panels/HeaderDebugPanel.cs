using Retort.Development;

namespace Retort.Toolbar.Panels;

/// <summary>The headers of the request and of the response, without what they prove someone's identity with.</summary>
internal sealed class HeaderDebugPanel : DebugPanel
{
    public override string Title => "Headers";

    public override void Write(Context context, PanelWriter page)
    {
        page.Heading("Request");
        page.Values(context.Request.Headers.SelectMany(header => header.Value.Select(value => Shown(header.Key, value ?? ""))));
        page.Heading("Response");
        page.Values((Recording.Of(context)?.Response ?? context.Response)?.Headers.Select(header => Shown(header.Key, header.Value)) ?? []);
        page.Text("Those of the response are the app's own: the server and what is around the app may add others. Credentials are hidden.");
    }

    private static KeyValuePair<string, object?> Shown(string name, string value) => KeyValuePair.Create(name, (object?)new Word(SecretNames.InText(RequestSurvey.IsCredential(name) ? Hidden(name, value) : value)));

    /// <summary>The names and attributes of cookies tell much and prove nothing.</summary>
    private static string Hidden(string name, string value)
    {
        if (name.Equals("Set-Cookie", StringComparison.OrdinalIgnoreCase))
            return $"{value.Split('=')[0]}={SecretNames.Mask}{(value.IndexOf(';', StringComparison.Ordinal) is >= 0 and var end ? value[end..] : "")}";
        return name.Equals("Cookie", StringComparison.OrdinalIgnoreCase) ? string.Join("; ", value.Split(';', StringSplitOptions.TrimEntries).Select(cookie => $"{cookie.Split('=')[0]}={SecretNames.Mask}")) : SecretNames.Mask;
    }
}
