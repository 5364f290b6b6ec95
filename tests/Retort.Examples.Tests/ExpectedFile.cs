using Retort.Tests.Shared;

namespace Retort.Examples.Tests;

/// <summary>An example's <c>expected.http</c>: the commands that start it, and requests with the answers they must get. The format is described in examples/README.md.</summary>
internal sealed record ExpectedFile(string Path, IReadOnlyList<ExpectedCommand> Commands, IReadOnlyList<Exchange> Exchanges)
{
    public static ExpectedFile Read(string path) => Parse(path, File.ReadAllText(System.IO.Path.Combine(Repository.Root, path)));

    public static ExpectedFile Parse(string path, string text)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        var starts = Enumerable.Range(0, lines.Length).Where(index => lines[index].StartsWith("###", StringComparison.Ordinal)).Append(lines.Length).ToList();
        var exchanges = starts.Zip(starts.Skip(1), (start, end) => ParseExchange(path, start + 1, lines[start..end])).ToList();
        return new ExpectedFile(path, ParseCommands(lines[..starts[0]]), exchanges);
    }

    private static List<ExpectedCommand> ParseCommands(string[] lines)
    {
        var commands = new List<ExpectedCommand>();
        foreach (var line in lines.Where(line => line.Length > 0 && line[0] != '#'))
        {
            if (line.StartsWith("$ ", StringComparison.Ordinal))
                commands.Add(new ExpectedCommand(line[2..].Trim(), ""));
            else
                commands[^1] = commands[^1] with { Output = commands[^1].Output + line + "\n" };
        }
        return commands;
    }

    private static Exchange ParseExchange(string path, int number, string[] lines)
    {
        var title = lines[0].TrimStart('#').Trim();
        var begin = Array.FindIndex(lines, 1, line => line.Length > 0 && line[0] != '#');
        var answer = Array.FindIndex(lines, 1, line => line.StartsWith("HTTP/1.1 ", StringComparison.Ordinal));
        if (begin < 0 || answer <= begin)
            throw new FormatException($"{path}:{number}: '{title}' needs a request, such as 'GET /', and the answer to it, which begins with 'HTTP/1.1 200 OK'");
        var request = lines[begin].Split(' ', 2);
        var (headers, body) = ParseMessage(lines[(begin + 1)..answer]);
        var (expectedHeaders, expectedBody) = ParseMessage(lines[(answer + 1)..]);
        return new Exchange(number, title, request[0], request[1], headers, body, lines[answer]["HTTP/1.1 ".Length..], expectedHeaders, expectedBody);
    }

    private static (List<(string Name, string Value)> Headers, string? Body) ParseMessage(string[] lines)
    {
        var headers = lines.TakeWhile(line => line.Length > 0).Select(line => line.Split(':', 2)).Select(parts => (parts[0], parts[1].Trim())).ToList();
        var body = string.Join('\n', lines.Skip(headers.Count)).Trim('\n');
        return (headers, body.Length == 0 ? null : body);
    }
}

/// <summary>A line that is typed, and what it prints; the last one of a file starts the server.</summary>
internal sealed record ExpectedCommand(string Line, string Output);

/// <summary>A request and the answer that is expected.</summary>
internal sealed record Exchange(
    int Line,
    string Title,
    string Method,
    string Target,
    IReadOnlyList<(string Name, string Value)> Headers,
    string? Body,
    string Status,
    IReadOnlyList<(string Name, string Value)> ExpectedHeaders,
    string? ExpectedBody);
