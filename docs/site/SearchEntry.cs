using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace Retort.Site;

/// <summary>Something that the search finds.</summary>
/// <param name="Title">What it is called.</param>
/// <param name="Address">From the site's root.</param>
/// <param name="Kind">page, heading, namespace, member, or the kind of a type such as class.</param>
/// <param name="Place">Where it stands, such as the page of a heading.</param>
/// <param name="Text">What it says.</param>
internal sealed record SearchEntry(string Title, string Address, string Kind, string Place, string Text)
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    /// <summary>The index as a script: pages that are opened as files may load a script, but no data.</summary>
    public static string Script(IEnumerable<SearchEntry> entries)
    {
        var script = new StringBuilder("globalThis.retortIndex = [\n");
        foreach (var entry in entries)
            script.Append(JsonSerializer.Serialize(new[] { entry.Title, entry.Address, entry.Kind, entry.Place, entry.Text }, Json)).Append(",\n");
        return script.Append("];\n").ToString();
    }
}
