using System.Globalization;
using Retort.Jinja;
using Retort.Templating;

namespace Retort;

/// <summary>The command <c>check</c>: finds what is wrong with the app's templates without rendering them.</summary>
internal static class TemplateCheck
{
    private static readonly string[] Endings = [".html", ".htm", ".xml", ".xhtml", ".svg", ".txt", ".jinja", ".jinja2", ".j2"];

    /// <summary>Writes what is wrong, and a line that sums it up.</summary>
    /// <returns>The exit code: 1 if there are errors, 0 if there are none or only warnings.</returns>
    public static int Run(App app, TextWriter output)
    {
        var environment = app.Jinja.Loader is ExplainingLoader explaining ? app.Jinja.Overlay(overlay => overlay.Loader = explaining.Inner) : app.Jinja;
        var seen = new HashSet<string?>(StringComparer.Ordinal);
        List<Action<TemplateInspection>> rules = [template => seen.Add(template.Name)];
        if (app.Templates.HasOwnUrlFor)
            rules.Add(new UrlForCheck(app).Check);
        var findings = Meta.Check(environment, Names(app, environment), rules);
        foreach (var finding in findings)
            output.WriteLine(finding.Describe(Shown(finding)));
        seen.UnionWith(findings.Select(finding => finding.Position.Template));
        var warnings = findings.Count(finding => finding.IsWarning);
        var errors = findings.Count - warnings;
        output.WriteLine($"{Counted(seen.Count, "template")} checked: {Counted(errors, "error")}, {Counted(warnings, "warning")}.");
        return errors > 0 ? 1 : 0;
    }

    /// <summary>The app's templates. A folder may hold other files too; what another loader lists is a template.</summary>
    private static IEnumerable<string> Names(App app, JinjaEnvironment environment)
    {
        var folders = app.Blueprints.Values.Cast<Scaffold>().Prepend(app).Select(scaffold => scaffold.TemplatePath).OfType<string>().ToList();
        return (environment.Loader?.ListTemplates() ?? [])
            .Where(name => Endings.Contains(Path.GetExtension(name).ToLowerInvariant()) || !folders.Exists(folder => File.Exists(Path.Combine(folder, name))));
    }

    /// <summary>The file's name as it is best opened: from the current folder if it lies in it.</summary>
    private static string Shown(TemplateFinding finding)
    {
        if (finding.FileName is not { } file)
            return finding.Position.Template ?? "<template>";
        var relative = Path.GetRelativePath(Environment.CurrentDirectory, file);
        return relative.StartsWith("..", StringComparison.Ordinal) ? file : relative;
    }

    private static string Counted(int count, string noun) => string.Create(CultureInfo.InvariantCulture, $"{count} {noun}{(count == 1 ? "" : "s")}");
}
