using System.Globalization;

namespace Retort.Jinja.Values;

/// <summary>Tables of characters, text files in the assembly: <c>key=41+301</c> for each key the code points that it stands for.</summary>
internal static class CharacterTable
{
    public static IEnumerable<KeyValuePair<string, string>> Read(string name)
    {
        using var reader = new StreamReader(typeof(CharacterTable).Assembly.GetManifestResourceStream(typeof(CharacterTable), name)!);
        foreach (var entry in reader.ReadToEnd().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = entry.IndexOf('=', StringComparison.Ordinal);
            yield return new(entry[..equals], string.Concat(entry[(equals + 1)..].Split('+').Select(code => char.ConvertFromUtf32(Code(code)))));
        }
    }

    /// <summary>A code point as the tables write it.</summary>
    public static int Code(string text) => int.Parse(text, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
