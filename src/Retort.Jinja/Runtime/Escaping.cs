namespace Retort.Jinja.Runtime;

/// <summary>When printed values are escaped.</summary>
internal enum Escaping
{
    Never,
    Always,

    /// <summary>As the running context says.</summary>
    Volatile,
}

/// <summary>Asks a rule of escaping.</summary>
internal static class EscapingRules
{
    public static bool IsOn(this Escaping escaping, RenderContext context) => escaping == Escaping.Always || (escaping == Escaping.Volatile && context.Autoescape);
}
