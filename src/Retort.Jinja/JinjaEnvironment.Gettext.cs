using Retort.Jinja.Runtime;
using Retort.Jinja.Values;

namespace Retort.Jinja;

public partial class JinjaEnvironment
{
    /// <summary>
    /// Sets the functions behind trans tags and <c>_</c>: <c>gettext(message)</c>, <c>ngettext(singular, plural, n)</c>, and with a context first
    /// <c>pgettext</c> and <c>npgettext</c>. In the newer style they fill in variables and escape them.
    /// </summary>
    public void InstallGettextCallables(Delegate gettext, Delegate ngettext, bool? newstyle = null, Delegate? pgettext = null, Delegate? npgettext = null)
    {
        ArgumentNullException.ThrowIfNull(gettext);
        ArgumentNullException.ThrowIfNull(ngettext);
        if (newstyle is { } wanted)
            NewstyleGettext = wanted;
        Install("gettext", gettext, 1, numIndex: -1);
        Install("ngettext", ngettext, 3, numIndex: 2);
        Install("pgettext", pgettext, 2, numIndex: -1);
        Install("npgettext", npgettext, 4, numIndex: 3);
    }

    /// <summary>Sets functions that look messages up in a catalogue.</summary>
    public void InstallGettextTranslations(GettextCatalog catalog, bool? newstyle = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        Install(new GettextFunctions(catalog), newstyle);
    }

    /// <summary>Sets functions that translate nothing.</summary>
    public void InstallNullTranslations(bool? newstyle = null) => Install(new GettextFunctions(null), newstyle);

    /// <summary>Takes the functions away again.</summary>
    public void UninstallGettextTranslations()
    {
        foreach (var name in new[] { "gettext", "ngettext", "pgettext", "npgettext" })
            Globals.Remove(name);
    }

    private void Install(GettextFunctions functions, bool? newstyle) =>
        InstallGettextCallables(functions.Gettext, functions.NGettext, newstyle, functions.PGettext, functions.NPGettext);

    private void Install(string name, Delegate? function, int positional, int numIndex)
    {
        if (function is null)
        {
            Globals.SetValue(name, Value.None);
            return;
        }
        var body = function as JinjaFunction ?? Calls.Wrap(function);
        Globals.SetValue(name, Value.From(new FunctionValue(NewstyleGettext ? Newstyle(name, body, positional, numIndex) : body, name)));
    }

    // Calls the function with the messages alone, then fills the named variables into what it returned.
    private static JinjaFunction Newstyle(string name, JinjaFunction body, int positional, int numIndex) => (context, arguments) =>
    {
        if (arguments.Positional.Length != positional)
            throw PythonError.Type($"{name}() takes {positional} positional arguments but {arguments.Positional.Length} were given");
        var variables = arguments.NamedAsDict();
        if (positional is 2 or 4 && !arguments.Names.Contains("context"))
            variables.Set(Value.From("context"), arguments.Positional[0]);
        if (numIndex >= 0 && !arguments.Names.Contains("num"))
            variables.Set(Value.From("num"), arguments.Positional[numIndex]);
        var text = body(context, new Arguments(arguments.Positional));
        return Operators.Modulo(context, context.Autoescape ? Renderable.MarkSafe(text) : text, Value.From(variables));
    };
}
