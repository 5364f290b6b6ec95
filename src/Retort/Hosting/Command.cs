using System.ComponentModel;
using System.Globalization;
using System.Reflection;

namespace Retort.Hosting;

/// <summary>What a word on the command line can stand for.</summary>
internal abstract record CommandEntry(string Name, string Help);

/// <summary>A word that is followed by another.</summary>
internal sealed record CommandGroup(string Name, string Help, AppGroup Commands) : CommandEntry(Name, Help);

/// <summary>A delegate and what its parameters are called on the command line.</summary>
internal sealed record Command : CommandEntry
{
    private readonly Delegate _run;

    public Command(string name, Delegate run, string help, IReadOnlyDictionary<string, string>? aliases = null)
        : base(name, help)
    {
        _run = run;
        Aliases = aliases ?? new Dictionary<string, string>();
        Parameters = [.. run.Method.GetParameters().Select(parameter => CommandParameter.Of(name, parameter))];
    }

    public IReadOnlyList<CommandParameter> Parameters { get; }

    /// <summary>Short forms, such as <c>-p</c> for <c>--port</c>.</summary>
    public IReadOnlyDictionary<string, string> Aliases { get; }

    /// <summary>Whether it runs in the app's context, for which the app starts. Default true.</summary>
    public bool NeedsContext { get; init; } = true;

    public int Invoke(object?[] arguments)
    {
        try
        {
            return _run.DynamicInvoke(arguments) switch
            {
                int code => code,
                Task<int> task => task.GetAwaiter().GetResult(),
                Task task => Finish(task),
                _ => 0,
            };
        }
        catch (TargetInvocationException error) when (error.InnerException is not null)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(error.InnerException);
            throw;
        }
    }

    private static int Finish(Task task)
    {
        task.GetAwaiter().GetResult();
        return 0;
    }
}

/// <summary>One argument (no default) or option (with a default) of a command.</summary>
internal sealed record CommandParameter(string Name, Type Type, bool IsOption, object? Default, string Help)
{
    /// <summary>What is typed: <c>--max-age</c> for an option, <c>NAME</c> for an argument.</summary>
    public string Shown => IsOption ? "--" + Name : Name.ToUpperInvariant();

    public bool IsFlag => IsOption && Type == typeof(bool);

    public static CommandParameter Of(string command, ParameterInfo parameter)
    {
        var type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
        if (type != typeof(string) && !type.IsEnum && !typeof(IConvertible).IsAssignableFrom(type))
            throw new ArgumentException($"cannot add the command '{command}': its parameter '{parameter.Name}' is a {type.Name}. Use text, a number, a bool or an enum.");
        var name = string.Concat(parameter.Name!.Select((c, i) => char.IsUpper(c) && i > 0 ? "-" + char.ToLowerInvariant(c) : char.ToLowerInvariant(c).ToString()));
        return new CommandParameter(name, type, parameter.HasDefaultValue, parameter.HasDefaultValue ? parameter.DefaultValue : null,
            parameter.GetCustomAttribute<DescriptionAttribute>()?.Description ?? "");
    }

    public object Parse(string text)
    {
        if (Type == typeof(bool))
            return Truth(text) ?? throw new UsageError($"'{text}' is not a value for {Shown}: give true or false.");
        try
        {
            return Type.IsEnum ? Enum.Parse(Type, text, ignoreCase: true) : Convert.ChangeType(text, Type, CultureInfo.InvariantCulture);
        }
        catch (Exception error) when (error is FormatException or OverflowException or ArgumentException)
        {
            var wanted = Type.IsEnum ? "one of " + string.Join(", ", Enum.GetNames(Type)).ToLowerInvariant() : Type == typeof(int) || Type == typeof(long) ? "a whole number" : "a " + Type.Name;
            throw new UsageError($"'{text}' is not a value for {Shown}: give {wanted}.");
        }
    }

    private static bool? Truth(string text) => text.ToLowerInvariant() switch
    {
        "true" or "t" or "1" or "yes" or "y" or "on" => true,
        "false" or "f" or "0" or "no" or "n" or "off" => false,
        _ => null,
    };
}

/// <summary>What was typed cannot be understood.</summary>
internal sealed class UsageError(string message) : Exception(message);
