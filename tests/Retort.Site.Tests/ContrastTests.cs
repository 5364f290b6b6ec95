using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Retort.Site.Tests;

/// <summary>The colours of the style sheet, light and dark, can be read.</summary>
public sealed partial class ContrastTests
{
    private static readonly string[] Texts = ["text", "soft", "accent", "k", "s", "c", "n", "t", "f", "o"];

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Text_stands_out_from_what_is_behind_it(int scheme)
    {
        var palettes = Palette().Matches(Encoding.UTF8.GetString(BuiltSite.Site.Files["site.css"]));
        var colours = Colour().Matches(palettes[scheme].Value).ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Value);
        var pairs = Texts.SelectMany(text => new[] { (text, "page"), (text, "area") }).Concat([("soft", "hover"), ("text", "hover"), ("accent", "accent-area"), ("text", "accent-area"), ("soft", "accent-area"), ("text", "warn")]);
        var weak = pairs.Select(pair => (pair, Ratio: Contrast(colours[pair.Item1], colours[pair.Item2]))).Where(each => each.Ratio < 4.5).ToList();
        Assert.True(weak.Count == 0, string.Join('\n', weak));
    }

    // Source: WCAG 2.2, contrast ratio and relative luminance.
    private static double Contrast(string one, string other)
    {
        var (a, b) = (Luminance(one), Luminance(other));
        return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
    }

    private static double Luminance(string hex)
    {
        double Channel(int at)
        {
            var value = int.Parse(hex.AsSpan(at, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0;
            return value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
        }
        return 0.2126 * Channel(0) + 0.7152 * Channel(2) + 0.0722 * Channel(4);
    }

    [GeneratedRegex(@":root \{[^}]*\}")]
    private static partial Regex Palette();

    [GeneratedRegex("--([a-z-]+): #([0-9a-f]{6})")]
    private static partial Regex Colour();
}
