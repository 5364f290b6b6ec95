namespace Retort.Toolbar;

/// <summary>
/// One panel of the toolbar. Derive from it and add it: <c>toolbar.Panels.Add(new MailPanel())</c>. One panel serves all requests, so what belongs to a request is kept in
/// <c>context.G</c>. Source: flask_debugtoolbar.panels.DebugPanel.
/// </summary>
/// <example><code>
/// internal sealed class MailPanel : DebugPanel
/// {
///     public override string Title => "Mail";
///     public override string? Subtitle(Context context) => $"{Outbox.Of(context).Count} sent";
///     public override void Write(Context context, PanelWriter page) => page.Table(["To", "Subject"], Outbox.Of(context).Select(mail => new object?[] { mail.To, mail.Subject }));
/// }
/// </code></example>
public abstract class DebugPanel
{
    /// <summary>What stands on the bar and above the panel.</summary>
    public abstract string Title { get; }

    /// <summary>The short fact beside the title, such as <c>3 queries</c>; null for none. Asked when the response is made.</summary>
    public virtual string? Subtitle(Context context) => null;

    /// <summary>
    /// Whether <see cref="Write"/> is called when the panel is opened, with the context of the request that asks for it: for what does not belong to one request. Default false: it is
    /// called once the response is made, before it is sent, and what it wrote is kept.
    /// </summary>
    public virtual bool IsLive => false;

    /// <summary>Writes the panel. An exception is shown in its place, and the page is sent all the same.</summary>
    public abstract void Write(Context context, PanelWriter page);
}
