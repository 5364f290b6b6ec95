namespace Retort.Signing.Tests;

/// <summary>A clock that stands at a Unix time until told otherwise.</summary>
internal sealed class FixedClock(long now = 1_700_000_000) : TimeProvider
{
    public long Now { get; set; } = now;

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeSeconds(Now);
}
