using System.Globalization;
using Retort.Development;

namespace Retort.Toolbar.Profiling;

/// <summary>Writes a profile as the panel shows it.</summary>
internal static class ProfileText
{
    private const int MostMethods = 25;
    private const int MostStacks = 12;

    public static string Of(Profile profile)
    {
        var html = new HtmlWriter();
        if (profile.Samples == 0)
        {
            html.Add($"<p class=\"empty\">No sample: the request took less than the millisecond between two of them, or it waited all the time without a thread.</p>\n");
            return html.ToString();
        }
        html.Add($"<p>{profile.Samples} samples of the request's threads in {Milliseconds(profile.Duration)}. A wait that holds no thread is in none of them. To be sampled takes time itself: compare the shares, not the times.</p>\n");
        html.Add($"<h3>Methods</h3>\n<div class=\"scroll\"><table><thead><tr><th scope=\"col\">Own</th><th scope=\"col\">With calls</th><th scope=\"col\">Method</th></tr></thead><tbody>\n");
        foreach (var (method, own, total) in profile.Methods.Take(MostMethods))
            html.Add($"<tr><td class=\"number\">{Share(own, profile)}</td><td class=\"number\">{Share(total, profile)}</td><td><code>{method}</code></td></tr>\n");
        html.Add($"</tbody></table></div>\n<h3>Stacks</h3>\n");
        foreach (var stack in profile.Stacks.Take(MostStacks))
            html.Add($"<details><summary>{Share(stack.Count, profile)} <code>{stack.Methods[0]}</code></summary>\n<pre tabindex=\"0\">{string.Join('\n', stack.Methods)}</pre></details>\n");
        return html.ToString();
    }

    private static string Share(int count, Profile profile) => string.Create(CultureInfo.InvariantCulture, $"{100.0 * count / profile.Samples:0.0} %");

    private static string Milliseconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0.0} ms");
}
