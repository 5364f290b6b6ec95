using System.Text.RegularExpressions;
using Retort.Tests.Shared;

namespace Retort.Documentation.Tests;

/// <summary>A Markdown page of the repository, taken apart into what can be checked.</summary>
internal sealed partial class Page
{
    private readonly List<(int Number, string Text)> _prose = [];
    private readonly List<CodeBlock> _blocks = [];

    private Page(string path, string text)
    {
        Path = path;
        Read(text.ReplaceLineEndings("\n").Split('\n'));
    }

    /// <summary>From the repository's root, with slashes.</summary>
    public string Path { get; }

    /// <summary>The fenced blocks.</summary>
    public IReadOnlyList<CodeBlock> Blocks => _blocks;

    /// <summary>The targets of links and images, with their lines.</summary>
    public IEnumerable<(int Line, string Target)> Links =>
        from line in _prose
        from Match link in LinkTarget().Matches(InlineCode().Replace(line.Text, "``"))
        select (line.Number, link.Groups["target"].Value);

    /// <summary>The texts between backticks, with their lines.</summary>
    public IEnumerable<(int Line, string Code)> Inline =>
        from line in _prose
        from Match code in InlineCode().Matches(line.Text)
        select (line.Number, code.Groups["code"].Value.Trim());

    /// <summary>What a link may name after <c>#</c>: the headings, as GitHub writes them.</summary>
    public IReadOnlySet<string> Anchors
    {
        get
        {
            var anchors = new HashSet<string>(StringComparer.Ordinal);
            foreach (var heading in _prose.Select(line => Heading().Match(line.Text)).Where(match => match.Success))
            {
                var anchor = Anchor(heading.Groups["text"].Value);
                for (var number = 1; !anchors.Add(anchor); number++)
                    anchor = $"{Anchor(heading.Groups["text"].Value)}-{number}";
            }
            return anchors;
        }
    }

    /// <summary>Every page under version control, wherever it lies.</summary>
    public static IReadOnlyList<Page> All { get; } =
    [
        .. Files(Repository.Root).Select(file => System.IO.Path.GetRelativePath(Repository.Root, file).Replace('\\', '/')).Order(StringComparer.Ordinal)
            .Select(path => new Page(path, File.ReadAllText(System.IO.Path.Combine(Repository.Root, path)))),
    ];

    public static Page Of(string path, string text) => new(path, text);

    private static IEnumerable<string> Files(string folder) =>
        Directory.EnumerateFiles(folder, "*.md").Concat(
            Directory.EnumerateDirectories(folder)
                .Where(inner => System.IO.Path.GetFileName(inner) is var name && !name.StartsWith('.') && name is not ("bin" or "obj" or "artifacts" or "node_modules"))
                .SelectMany(Files));

    private void Read(string[] lines)
    {
        for (var i = 0; i < lines.Length; i++)
        {
            var fence = Fence().Match(lines[i]);
            if (!fence.Success)
            {
                _prose.Add((i + 1, lines[i]));
                continue;
            }
            var start = i + 1;
            var indent = fence.Groups["indent"].Length;
            for (i++; i < lines.Length && lines[i].Trim() != fence.Groups["marks"].Value; i++)
                continue;
            var code = lines[start..Math.Min(i, lines.Length)].Select(line => line.Length >= indent ? line[indent..] : line.TrimStart());
            _blocks.Add(new CodeBlock(Path, start, fence.Groups["info"].Value.Trim(), string.Join('\n', code)));
        }
    }

    private static string Anchor(string heading) =>
        NotInAnchor().Replace(heading.Trim().ToLowerInvariant(), "").Replace(' ', '-');

    [GeneratedRegex("^(?<indent> *)(?<marks>```+|~~~+)(?<info>.*)$")]
    private static partial Regex Fence();

    [GeneratedRegex(@"!?\[[^\]]*\]\((?<target>[^)\s]+)[^)]*\)|^\[[^\]]+\]:\s*(?<target>\S+)")]
    private static partial Regex LinkTarget();

    [GeneratedRegex("(?<marks>`+)(?<code>.+?)\\k<marks>")]
    private static partial Regex InlineCode();

    [GeneratedRegex("^#{1,6} +(?<text>.*?)( +#+)?$")]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\p{L}\p{N}\p{M}_\- ]")]
    private static partial Regex NotInAnchor();
}
