using Retort.Configuration;

namespace Retort.Hosting;

/// <summary>Fills a command's parameters from the words after its name.</summary>
internal sealed class CommandArguments(Command command, IReadOnlyList<string> words)
{
    private readonly Dictionary<string, object?> _values = command.Parameters.Where(p => p.IsOption).ToDictionary(p => p.Name, p => p.Default);
    private readonly Queue<CommandParameter> _arguments = new(command.Parameters.Where(p => !p.IsOption));
    private int _next;

    public object?[] Parse()
    {
        var onlyArguments = false;
        while (_next < words.Count)
        {
            var word = words[_next++];
            if (onlyArguments || !word.StartsWith('-') || word == "-")
                TakeArgument(word);
            else if (word == "--")
                onlyArguments = true;
            else
                TakeOption(word);
        }
        if (_arguments.TryPeek(out var missing))
            throw new UsageError($"the argument {missing.Shown} is missing. See '{command.Name} --help'.");
        return [.. command.Parameters.Select(parameter => _values[parameter.Name])];
    }

    private void TakeArgument(string word)
    {
        if (!_arguments.TryDequeue(out var parameter))
            throw new UsageError($"unexpected argument '{word}'. See '{command.Name} --help'.");
        _values[parameter.Name] = parameter.Parse(word);
    }

    private void TakeOption(string word)
    {
        var equals = word.IndexOf('=', StringComparison.Ordinal);
        var typed = equals < 0 ? word : word[..equals];
        var name = command.Aliases.TryGetValue(typed, out var full) ? full : typed.TrimStart('-');
        if (Find(name) is { } option)
            _values[option.Name] = option.IsFlag ? equals < 0 || (bool)option.Parse(word[(equals + 1)..]) : option.Parse(equals < 0 ? Following(typed) : word[(equals + 1)..]);
        else if (name.StartsWith("no-", StringComparison.Ordinal) && Find(name[3..]) is { IsFlag: true } flag && equals < 0)
            _values[flag.Name] = false;
        else
            throw new UsageError($"no such option '{typed}'.{Nearest.Suggest(typed, command.Parameters.Where(p => p.IsOption).Select(p => p.Shown))} See '{command.Name} --help'.");
    }

    private CommandParameter? Find(string name) => command.Parameters.FirstOrDefault(p => p.IsOption && p.Name == name);

    private string Following(string option) =>
        _next < words.Count ? words[_next++] : throw new UsageError($"the option {option} needs a value. See '{command.Name} --help'.");
}
