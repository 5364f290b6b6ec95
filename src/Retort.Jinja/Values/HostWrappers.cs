using System.Collections.Immutable;

namespace Retort.Jinja.Values;

/// <summary>Objects of the host that a template sees as something else.</summary>
internal abstract class HostWrapper
{
    public abstract Value Open(object wrapper);
}

/// <summary>A lazy value is what it comes to, once a template reads it.</summary>
internal sealed class HostLazy<T> : HostWrapper
{
    public override Value Open(object wrapper) => HostValues.FromTyped(((Lazy<T>)wrapper).Value);
}

/// <summary>An immutable array that was never set, of which every use throws, is an empty one.</summary>
internal sealed class HostImmutableArray<T> : HostWrapper
{
    public override Value Open(object wrapper) => Value.FromHost(((ImmutableArray<T>)wrapper).IsDefault ? ImmutableArray<T>.Empty : wrapper, ValueKind.List);
}
