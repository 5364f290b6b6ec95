using Retort.Configuration;

namespace Retort.Hosting;

/// <summary>Fills a command's parameters from the words after its name; options that are not typed from the environment, RETORT_RUN_PORT for <c>run --port</c>.</summary>
/// <param name="command">The command.</param>
/// <param name="words">What was typed after its name.</param>
/// <param name="variables">What the names of its environment variables begin with.</param>
internal sealed class CommandArguments(Command command, IReadOnlyList<string> words, string variables)
{
    private readonly Dictionary<string, object?> _values = new(StringComparer.Ordinal);
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
        foreach (var option in command.Parameters.Where(p => p.IsOption))
        {
            if (!_values.ContainsKey(option.Name))
                _values[option.Name] = FromEnvironment(option);
        }
        if (_arguments.TryPeek(out var missing))
            throw new UsageError($"the argument {missing.Shown} is missing. See '{command.Name} --help'.");
        return [.. command.Parameters.Select(parameter => _values[parameter.Name])];
    }

    private object? FromEnvironment(CommandParameter option)
    {
        var variable = variables + option.Name.Replace('-', '_').ToUpperInvariant();
        if (Environment.GetEnvironmentVariable(variable) is not { Length: > 0 } text)
            return option.Default;
        try
        {
            return option.Parse(text);
        }
        catch (UsageError wrong)
        {
            throw new UsageError($"the environment variable {variable} cannot be used: {wrong.Message}");
        }
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
