using Retort.Jinja.Loaders;

namespace Retort.Forms;

/// <summary>The macros that write whole forms with accessible markup: <c>{% from "retort/forms.html" import render_form %}</c>. <see cref="CsrfProtect"/> adds them too.</summary>
public static class FormTemplates
{
    private const string Name = "retort_forms";

    /// <summary>Adds the macros to an app; a second time does nothing. A template of the app's own called <c>retort/forms.html</c> goes before them.</summary>
    public static void AddTo(App app)
    {
        ArgumentNullException.ThrowIfNull(app);
        if (!app.Blueprints.ContainsKey(Name))
            app.RegisterBlueprint(new Blueprint(Name, AppContext.BaseDirectory) { TemplateLoader = new EmbeddedResourceLoader(typeof(FormTemplates).Assembly, "templates") });
    }
}
