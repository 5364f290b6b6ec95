using Retort.Jinja.Values;

namespace Retort.Jinja.Runtime;

/// <summary>The name that was probably meant where a variable or a member is missing.</summary>
internal static class Hints
{
    /// <summary>Adds it to the error, if there is one that the template could have read itself.</summary>
    public static void Add(UndefinedError error, RenderContext context)
    {
        if (error.Missing is UndefinedOrigin { Hint: null, Name: { IsText: true } name } origin)
            error.Advise(origin.Target is { } target ? Hidden(target, name.AsText!, context) ?? NearestName.Advice(name.AsText!, Members(target, context)) : NearestName.Advice(name.AsText!, context.All().Keys));
    }

    private static string? Hidden(Value target, string name, RenderContext context) =>
        target.Kind == ValueKind.Host && !context.Access.IsSandbox && !HostType.Of(target.Reference).IsForbidden ? HostMembers.WhyHidden(target.Reference.GetType(), name) : null;

    // In a sandbox only what a dictionary holds: the members of host types are not for its templates to know.
    private static IEnumerable<string> Members(Value target, RenderContext context) => target.Kind switch
    {
        ValueKind.Dict => Mappings.Items(target).Select(item => item.Key.AsText).OfType<string>(),
        ValueKind.Host when !context.Access.IsSandbox => HostType.Of(target.Reference).Members.Keys.Order(StringComparer.Ordinal),
        ValueKind.Template when target.Reference is TemplateReference => context.Blocks.Names,
        _ => [],
    };
}
