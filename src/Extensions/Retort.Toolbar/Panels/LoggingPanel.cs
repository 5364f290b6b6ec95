using System.Globalization;
using Microsoft.Extensions.Logging;

namespace Retort.Toolbar.Panels;

/// <summary>The messages that were logged for the request.</summary>
internal sealed class LoggingPanel : DebugPanel
{
    public override string Title => "Log";

    public override string? Subtitle(Context context) => Recording.Of(context) is { Messages.Count: > 0 and var count } ? $"{count} {(count == 1 ? "message" : "messages")}" : null;

    public override void Write(Context context, PanelWriter page)
    {
        var messages = Recording.Of(context)?.Messages;
        if (messages is null or { Count: 0 })
        {
            page.Html.Add($"<p class=\"empty\">Nothing was logged.</p>\n");
            return;
        }
        page.Html.Add($"<div class=\"scroll\"><table><thead><tr><th scope=\"col\">Time</th><th scope=\"col\">Level</th><th scope=\"col\">Category</th><th scope=\"col\">Message</th></tr></thead><tbody>\n");
        foreach (var message in messages.Items)
        {
            var kind = message.Level >= LogLevel.Error ? "error" : message.Level == LogLevel.Warning ? "warned" : "";
            page.Html.Add($"<tr class=\"{kind}\"><td>{message.Time.ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture)}</td><td>{message.Level.ToString()}</td><td>{message.Category}</td><td><pre class=\"message\">{message.Text}");
            page.Html.Add($"{(message.Exception is { } exception ? "\n" + exception : "")}</pre></td></tr>\n");
        }
        page.Html.Add($"</tbody></table></div>\n");
        if (messages.Count > messages.Items.Count)
            page.Text($"{messages.Count - messages.Items.Count} more are not kept.");
    }
}
