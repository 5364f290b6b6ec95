namespace Retort.Configuration;

/// <summary>Something computed from a configuration, kept until the configuration changes.</summary>
internal sealed class ConfigSnapshot<T>(Func<Config, T> compute)
    where T : class
{
    private volatile Entry? _entry;

    public T Of(Config config)
    {
        var entry = _entry;
        if (entry is null || entry.Version != config.Version || !ReferenceEquals(entry.Config, config))
            _entry = entry = new Entry(config, config.Version, compute(config));
        return entry.Value;
    }

    private sealed record Entry(Config Config, int Version, T Value);
}
