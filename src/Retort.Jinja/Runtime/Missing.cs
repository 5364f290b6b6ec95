using Retort.Jinja.Values;

namespace Retort.Jinja.Runtime;

/// <summary>What a slot holds before anything is stored in it. Never leaves the engine.</summary>
internal sealed class Missing : TemplateObject
{
    private static readonly Missing Instance = new();

    private Missing()
    {
    }

    public static Value Value { get; } = Value.From(Instance);

    public static bool Is(in Value value) => ReferenceEquals(value.Reference, Instance);
}
