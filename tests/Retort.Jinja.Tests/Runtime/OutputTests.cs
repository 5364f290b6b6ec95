using System.Text;

namespace Retort.Jinja.Tests.Runtime;

public sealed class OutputTests
{
    private static readonly Template Printed = new JinjaEnvironment { Autoescape = _ => true }.FromString("{{ text }}");

    [Theory]
    [InlineData('&')]
    [InlineData('<')]
    [InlineData('>')]
    [InlineData('"')]
    [InlineData('\'')]
    [InlineData('\0')]
    [InlineData('\x7f')]
    [InlineData('\x80')]
    [InlineData('ÿ')]
    [InlineData('\u0126')]
    [InlineData('\u3c3e')]
    [InlineData('\u8026')]
    [InlineData('\uff3c')]
    [InlineData('\ud83d')]
    [InlineData('\ude00')]
    public void Text_of_any_length_is_escaped_whatever_stands_at_any_place(char special)
    {
        for (var length = 1; length <= 40; length++)
        {
            for (var at = 0; at < length; at++)
            {
                var text = new string([.. Enumerable.Range(0, length).Select(i => i == at ? special : (char)('a' + (i % 26)))]);
                Assert.Equal(Escaped(text), Printed.Render(new { text }));
                // And twice in one text, a little apart.
                text = text.Insert(at + Math.Min(3, length - at), "<" + special);
                Assert.Equal(Escaped(text), Printed.Render(new { text }));
            }
        }
    }

    [Fact]
    public void Every_character_is_escaped_as_it_is_alone_and_in_the_midst_of_others()
    {
        foreach (var character in Enumerable.Range(0, 0x10000).Select(each => (char)each))
        {
            var (alone, among) = (character.ToString(), $"ab{character}defghij");
            if (Escaped(alone) != Printed.Render(new { text = alone }) || Escaped(among) != Printed.Render(new { text = among }))
                Assert.Fail($"U+{(int)character:X4} is not escaped as it should be");
        }
    }

    [Fact]
    public void A_pair_of_surrogates_stays_one_character_wherever_the_text_is_divided()
    {
        for (var before = 1015; before <= 1030; before++)
        {
            var text = new string('x', before) + "😀" + new string('<', 2000) + "😀";
            Assert.Equal(Escaped(text), Printed.Render(new { text }));
        }
    }

    // One character after the other; half a pair is U+FFFD in UTF-8.
    private static string Escaped(string text)
    {
        var escaped = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            _ = rune.Value switch
            {
                '&' => escaped.Append("&amp;"),
                '<' => escaped.Append("&lt;"),
                '>' => escaped.Append("&gt;"),
                '"' => escaped.Append("&#34;"),
                '\'' => escaped.Append("&#39;"),
                _ => escaped.Append(rune),
            };
        }
        return escaped.ToString();
    }
}
