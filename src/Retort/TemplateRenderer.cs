using System.Buffers;
using Retort.Jinja;
using Retort.Jinja.Loaders;
using Retort.Jinja.Values;
using Retort.Json;
using Retort.Templating;

namespace Retort;

/// <summary>Renders an app's templates with what Flask puts into their context. Source: flask.templating.</summary>
internal sealed class TemplateRenderer
{
    private readonly App _app;
    private readonly Lazy<JinjaEnvironment> _environment;
    private object? _urlFor;
    private bool _started;
    private int _lastSize = 1024;

    public TemplateRenderer(App app)
    {
        _app = app;
        _environment = new Lazy<JinjaEnvironment>(MakeEnvironment);
    }

    /// <summary>The engine, made when it is first asked for: an app that renders no template starts without it.</summary>
    public JinjaEnvironment Environment => _environment.Value;

    /// <summary>Whether templates see Flask's <c>url_for</c>, and not one that the app put in its place.</summary>
    public bool HasOwnUrlFor => Environment.Globals is var globals && globals.Contains(TemplateGlobals.UrlForName) && ReferenceEquals(globals[TemplateGlobals.UrlForName], _urlFor);

    /// <summary>Takes the folders and the reload setting as they are once the app is set up. A loader that the app has set itself stays.</summary>
    public void Start()
    {
        _started = true;
        if (_environment.IsValueCreated)
            Prepare(Environment);
    }

    /// <summary>A macro of a template, which runs without a request's variables, as an import without context does.</summary>
    public TemplateMacro Macro(string name, string macro)
    {
        var module = Environment.GetTemplate(name).Module;
        return module.Names.Contains(macro)
            ? arguments => new Markup(module.Call(macro, arguments))
            : throw new ArgumentException($"the template '{name}' exports no macro '{macro}'. It has: {string.Join(", ", module.Names)}.", nameof(macro));
    }

    public RenderedTemplate Render(Context context, Template template, object? values)
    {
        var output = new ArrayBufferWriter<byte>(_lastSize);
        var variables = new TemplateVariables(context);
        try
        {
            if (context.App.Signals.WatchesTemplates)
                RenderWatched(context, template, values, variables, output);
            else
                template.Render(output, values, variables);
        }
        catch (Exception error) when (AppDebugger.NoteValues(context, error, values))
        {
            throw;
        }
        // The next page is probably about as long.
        _lastSize = Math.Clamp(output.WrittenCount + (output.WrittenCount / 4), 256, 64 * 1024);
        return new RenderedTemplate(output.WrittenMemory);
    }

    private static void RenderWatched(Context context, Template template, object? values, TemplateVariables variables, ArrayBufferWriter<byte> output)
    {
        var seen = variables.With(values);
        context.App.Signals.RaiseBeforeRender(context, template, seen);
        template.Render(output, values, variables);
        context.App.Signals.RaiseRendered(context, template, seen);
    }

    /// <summary>The pieces of a page, rendered as they are asked for, with the signals around them: the template counts as rendered when its last piece is made. No more are made for a client that is gone.</summary>
    public static async IAsyncEnumerable<string> Stream(Context context, Template template, object? values)
    {
        var variables = new TemplateVariables(context);
        var seen = context.App.Signals.WatchesTemplates ? variables.With(values) : null;
        if (seen is not null)
            context.App.Signals.RaiseBeforeRender(context, template, seen);
        await foreach (var piece in template.GenerateAsync(values, variables, context.HasRequest ? context.Http.RequestAborted : CancellationToken.None))
            yield return piece;
        if (seen is not null)
            context.App.Signals.RaiseRendered(context, template, seen);
    }

    private JinjaEnvironment MakeEnvironment()
    {
        var environment = new JinjaEnvironment { Autoescape = TemplateFolders.Escapes, Policies = new Policies { JsonDefault = JsonFormats.TextOf } };
        TemplateGlobals.AddTo(environment.Globals);
        _urlFor = environment.Globals[TemplateGlobals.UrlForName];
        if (_started)
            Prepare(environment);
        return environment;
    }

    private void Prepare(JinjaEnvironment environment)
    {
        var scaffolds = _app.Blueprints.Values.Cast<Scaffold>().Prepend(_app).ToList();
        environment.Loader ??= TemplateFolders.LoaderFor(scaffolds.Select(scaffold => scaffold.TemplatePath).OfType<string>(), scaffolds.Select(scaffold => scaffold.TemplateLoader).OfType<Loader>());
        if (_app.Config.Get("EXPLAIN_TEMPLATE_LOADING", false) && environment.Loader is not ExplainingLoader)
            environment.Loader = AppDebugger.Explain(_app, environment.Loader);
        environment.AutoReload = _app.Config.Get<bool?>("TEMPLATES_AUTO_RELOAD") ?? _app.Debug;
    }
}
