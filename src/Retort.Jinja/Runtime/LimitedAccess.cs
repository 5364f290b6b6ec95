using Retort.Jinja.Values;

namespace Retort.Jinja.Runtime;

/// <summary>No sandbox; but a range is no longer, and a repetition no larger, than what the render may use up.</summary>
internal sealed class LimitedAccess(Engine engine) : AccessPolicy
{
    public override long MaxRange => engine.Fuel ?? long.MaxValue;

    public override long MaxRepeat => Math.Min(base.MaxRepeat, engine.MaxOutput ?? long.MaxValue);
}
