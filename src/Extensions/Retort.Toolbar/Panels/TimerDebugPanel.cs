using System.Globalization;

namespace Retort.Toolbar.Panels;

/// <summary>How long the request took, by phase, and what it cost.</summary>
internal sealed class TimerDebugPanel : DebugPanel
{
    public override string Title => "Time";

    public override string? Subtitle(Context context) => Recording.Of(context) is { } recording ? Milliseconds(recording.Timer.Elapsed) : null;

    public override void Write(Context context, PanelWriter page)
    {
        if (Recording.Of(context) is not { } recording)
            return;
        var (timer, cost) = (recording.Timer, recording.Timer.Cost());
        page.Html.Add($"<div class=\"scroll\"><table class=\"timeline\"><thead><tr><th scope=\"col\">Phase</th><th scope=\"col\">Begins at</th><th scope=\"col\">Takes</th><th scope=\"col\"></th></tr></thead><tbody>\n");
        Phase(page, timer, "Functions before the request", Moment.Before);
        Phase(page, timer, "View", Moment.View);
        foreach (var template in recording.Templates.Items.Where(template => template.Length is not null))
            Row(page, timer, $"Template {template.Template.Name ?? "of a string"}", System.Diagnostics.Stopwatch.GetElapsedTime(timer.Start, template.Start), template.Length!.Value, "inner");
        foreach (var query in recording.Queries.Items)
            Row(page, timer, $"Query {Short(query.Statement)}", query.Start, query.Duration, "inner");
        Phase(page, timer, "Functions after the request", Moment.After);
        page.Html.Add($"</tbody></table></div>\n");
        page.Heading("The process meanwhile");
        page.Values(new Dictionary<string, object?>
        {
            ["Total"] = new Word(Milliseconds(timer.Elapsed)),
            ["Processor, user"] = new Word(Milliseconds(cost.User)),
            ["Processor, system"] = new Word(Milliseconds(cost.System)),
            ["Allocated"] = new Word(string.Create(CultureInfo.InvariantCulture, $"{cost.AllocatedBytes / 1024.0:#,0} KiB")),
            ["Garbage collections"] = cost.Collections,
        });
        page.Text("Processor time and memory are those of the whole process, which may have served other requests too. Sending the response is not in it.");
    }

    /// <summary>A length in milliseconds.</summary>
    public static string Milliseconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0.0#} ms");

    private static void Phase(PanelWriter page, PhaseTimer timer, string name, Moment moment)
    {
        if (timer.PhaseFrom(moment) is var (offset, length))
            Row(page, timer, name, offset, length, "phase");
    }

    private static void Row(PanelWriter page, PhaseTimer timer, string name, TimeSpan offset, TimeSpan length, string kind)
    {
        page.Html.Add($"<tr class=\"{kind}\"><th scope=\"row\">{name}</th><td class=\"number\">{Milliseconds(offset)}</td><td class=\"number\">{Milliseconds(length)}</td>");
        // Drawn by attributes: a page's policy may forbid inline styles.
        page.Html.Add($"<td class=\"track\"><svg width=\"100%\" height=\"10\" aria-hidden=\"true\"><rect x=\"{Percent(offset, timer)}\" width=\"{Percent(length, timer)}\" height=\"10\" rx=\"2\"/></svg></td></tr>\n");
    }

    private static string Percent(TimeSpan part, PhaseTimer timer) => string.Create(CultureInfo.InvariantCulture, $"{Math.Clamp(100 * part / timer.Elapsed, 0.2, 100):0.0}%");

    private static string Short(string statement) => statement.Length > 60 ? statement[..60] + "…" : statement;
}
