using System.Text;
using Retort.Jinja.Values;

namespace Retort.Jinja.Builtins;

/// <summary>Filler text.</summary>
internal static class LoremIpsum
{
    // Cicero, De finibus bonorum et malorum, in the printers' corruption of it.
    private static readonly string[] Words = ("""
        a ac accumsan ad adipiscing aenean aliquam aliquet amet ante aptent arcu at auctor augue bibendum blandit class commodo condimentum congue consectetuer
        consequat conubia convallis cras cubilia cum curabitur curae cursus dapibus diam dictum dictumst dignissim dis dolor donec dui duis egestas eget eleifend
        elementum elit enim erat eros est et etiam eu euismod facilisi facilisis fames faucibus felis fermentum feugiat fringilla fusce gravida habitant habitasse
        hac hendrerit hymenaeos iaculis id imperdiet in inceptos integer interdum ipsum justo lacinia lacus laoreet lectus leo libero ligula litora lobortis lorem
        luctus maecenas magna magnis malesuada massa mattis mauris metus mi molestie mollis montes morbi mus nam nascetur natoque nec neque netus nibh nisi nisl non
        nonummy nostra nulla nullam nunc odio orci ornare parturient pede pellentesque penatibus per pharetra phasellus placerat platea porta porttitor posuere
        potenti praesent pretium primis proin pulvinar purus quam quis quisque rhoncus ridiculus risus rutrum sagittis sapien scelerisque sed sem semper senectus sit
        sociis sociosqu sodales sollicitudin suscipit suspendisse taciti tellus tempor tempus tincidunt torquent tortor tristique turpis ullamcorper ultrices
        ultricies urna ut varius vehicula vel velit venenatis vestibulum vitae vivamus viverra volutpat vulputate
        """).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    /// <summary>How many characters a word and its space have, roughly.</summary>
    public const int WordLength = 7;

    /// <summary>Paragraphs of at least <paramref name="least"/> and fewer than <paramref name="most"/> words.</summary>
    public static string Generate(int paragraphs, bool html, int least, int most)
    {
        var result = new List<string>();
        for (var i = 0; i < paragraphs; i++)
            result.Add(Paragraph(Random.Shared.Next(least, most)));
        return html ? string.Join('\n', result.Select(paragraph => $"<p>{paragraph}</p>")) : string.Join("\n\n", result);
    }

    private static string Paragraph(int count)
    {
        var text = new StringBuilder();
        var (capital, comma, stop, last) = (true, 0, 0, string.Empty);
        for (var i = 0; i < count; i++)
        {
            var word = Words[Random.Shared.Next(Words.Length)];
            while (word == last)
                word = Words[Random.Shared.Next(Words.Length)];
            last = word;
            text.Append(i > 0 ? " " : string.Empty).Append(capital ? CaseMapping.Capitalize(word) : word);
            capital = false;
            if (i - Random.Shared.Next(3, 8) > comma)
            {
                comma = i;
                stop += 2;
                text.Append(',');
            }
            if (i - Random.Shared.Next(10, 20) > stop)
            {
                comma = stop = i;
                text.Append('.');
                capital = true;
            }
        }
        var paragraph = text.ToString();
        return paragraph.EndsWith(',') ? paragraph[..^1] + "." : paragraph.EndsWith('.') ? paragraph : paragraph + ".";
    }
}
