using Retort.Jinja;

namespace Retort.Templating;

/// <summary>A template's macro as a function. What it prints is HTML. See <see cref="Globals.GetTemplateAttribute"/>.</summary>
public delegate Markup TemplateMacro(params object?[] arguments);
