using System.CommandLine;
using System.Text;
using System.Text.Json;
using Retort.Jinja;
using Retort.Jinja.Loaders;
using Retort.Jinja.Values;
using Retort.Json;
using Retort.Yaml;

namespace Retort.Cli;

/// <summary><c>retort render</c>: a template and its data to text, without an app.</summary>
internal sealed class RenderCommand : Command
{
    private readonly Argument<string> _template = new("TEMPLATE") { Description = "The template's file, or '-' for the standard input." };
    private readonly Argument<string?> _data = new("DATA") { Description = "A JSON or YAML file with the variables, or '-' for the standard input.", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string[]> _variables = new("--set", "-D") { Description = "A variable: name=value. May be given more than once.", HelpName = "NAME=VALUE" };
    private readonly Option<string?> _output = new("--output", "-o") { Description = "The file to write instead of the standard output.", HelpName = "FILE" };
    private readonly Option<bool> _strict = new("--strict") { Description = "A variable that is not there is an error." };
    private readonly Option<bool> _autoescape = new("--autoescape") { Description = "Escape HTML. [default: for templates that end in .html, .htm, .xml, .xhtml and .svg]" };

    /// <summary>The command.</summary>
    public RenderCommand(TextWriter output)
        : base("render", "Render a Jinja template with data from a JSON or YAML file. Templates beside it can be included and extended.")
    {
        Arguments.Add(_template);
        Arguments.Add(_data);
        foreach (var option in new Option[] { _variables, _output, _strict, _autoescape })
            Options.Add(option);
        SetAction(parsed => Render(parsed, output));
    }

    private int Render(ParseResult parsed, TextWriter output)
    {
        var name = parsed.GetValue(_template)!;
        if (name == "-" && parsed.GetValue(_data) == "-")
            throw new CliError("the template and its data cannot both come from the standard input.", 2);
        try
        {
            var text = Make(parsed, name).Render(Values(parsed));
            if (parsed.GetValue(_output) is { } file)
                File.WriteAllText(file, text);
            else
                output.Write(text);
            return 0;
        }
        catch (TemplateError wrong)
        {
            throw new CliError($"{wrong.PythonName}: {wrong.Message}");
        }
        catch (IOException wrong)
        {
            throw new CliError(wrong.Message);
        }
    }

    private Template Make(ParseResult parsed, string name)
    {
        var environment = new JinjaEnvironment
        {
            KeepTrailingNewline = true,
            Autoescape = parsed.GetValue(_autoescape) ? _ => true : JinjaEnvironment.SelectAutoescape(["html", "htm", "xml", "xhtml", "svg"]),
        };
        if (parsed.GetValue(_strict))
            environment.Undefined = origin => new StrictUndefined(origin);
        if (name == "-")
            return environment.FromString(Console.In.ReadToEnd());
        var full = Path.GetFullPath(name);
        if (!File.Exists(full))
            throw new CliError($"the template '{name}' is not there.");
        environment.Loader = new FileSystemLoader(Path.GetDirectoryName(full)!);
        return environment.GetTemplate(Path.GetFileName(full));
    }

    private Dictionary<string, object?> Values(ParseResult parsed)
    {
        var values = new Dictionary<string, object?>(StringComparer.Ordinal);
        if (parsed.GetValue(_data) is { } file)
        {
            foreach (var (key, value) in Read(file))
                values[key] = value;
        }
        foreach (var pair in parsed.GetValue(_variables) ?? [])
        {
            if (pair.Split('=', 2) is not [{ Length: > 0 } key, var value])
                throw new CliError($"'{pair}' is not a value for --set: give name=value.", 2);
            values[key] = value;
        }
        return values;
    }

    private static IDictionary<string, object?> Read(string file)
    {
        if (file != "-" && !File.Exists(file))
            throw new CliError($"the data '{file}' is not there.");
        var text = file == "-" ? Console.In.ReadToEnd() : File.ReadAllText(file);
        // JSON is YAML, but is read by its own rules: a name such as "on" is text there.
        var isJson = Path.GetExtension(file) == ".json" || (file == "-" && text.TrimStart().StartsWith('{'));
        try
        {
            return (isJson ? new JsonProvider().Loads(Encoding.UTF8.GetBytes(text)) : YamlDocument.Load(text)) switch
            {
                null => new Dictionary<string, object?>(StringComparer.Ordinal),
                IDictionary<string, object?> values => values,
                _ => throw new CliError($"the data '{file}' has to be an object of names and values."),
            };
        }
        catch (Exception wrong) when (wrong is YamlError or JsonException)
        {
            throw new CliError($"the data '{file}' cannot be read: {wrong.Message}");
        }
    }
}
