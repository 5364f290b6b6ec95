using Retort.Jinja.Extensions;

namespace Retort.Jinja;

/// <summary>A sandbox in which templates cannot change lists, dictionaries and sets either.</summary>
public class ImmutableSandboxedEnvironment : SandboxedEnvironment
{
    /// <summary>An immutable sandbox with some extensions.</summary>
    public ImmutableSandboxedEnvironment(params IEnumerable<Extension> extensions) : base(immutable: true, extensions)
    {
    }
}
