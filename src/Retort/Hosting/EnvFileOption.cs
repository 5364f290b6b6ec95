namespace Retort.Hosting;

/// <summary>
/// <c>-e FILE</c> and <c>--env-file FILE</c>, which belong to the command line as a whole: they stand before the command, or among the options of <c>run</c>, whether it is named or not.
/// Source: flask.cli, --env-file.
/// </summary>
internal static class EnvFileOption
{
    public const string Form = "-e, --env-file FILE";
    public const string Help = "Load environment variables from this file, taking precedence over those set by '.env' and '.retortenv'.";

    /// <summary>The file and the words without it; null when it is not asked for. Throws <see cref="UsageError"/> when the name of the file is missing.</summary>
    public static (string? File, IReadOnlyList<string> Others) Take(IReadOnlyList<string> words)
    {
        string? file = null;
        var rest = new List<string>(words.Count);
        var isOurs = true;
        for (var i = 0; i < words.Count; i++)
        {
            var word = words[i];
            // What follows another command, or two dashes, is none of ours.
            isOurs &= word != "--" && (rest.Count > 0 || word.StartsWith('-') || word == "run");
            if (isOurs && word is ("-e" or "--env-file"))
                file = ++i < words.Count ? words[i] : throw new UsageError($"the option {word} needs a value: the name of a file of lines NAME=value.");
            else if (isOurs && word.StartsWith("--env-file=", StringComparison.Ordinal))
                file = word["--env-file=".Length..];
            else
                rest.Add(word);
        }
        return (file, rest);
    }
}
