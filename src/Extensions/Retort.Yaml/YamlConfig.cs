using Retort.Configuration;

namespace Retort.Yaml;

/// <summary>Configuration from YAML files.</summary>
public static class YamlConfig
{
    /// <summary>
    /// Copies the upper-case keys of a YAML file: <c>app.Config.FromYaml("config.yaml")</c>. It is read as <see cref="YamlDocument"/> says. Throws <see cref="ConfigError"/>,
    /// with the line and column, when the file is missing (unless <paramref name="silent"/>) or is no mapping from names. Source: flask.Config.from_file with yaml.safe_load.
    /// </summary>
    /// <param name="config">The app's configuration.</param>
    /// <param name="fileName">Absolute, or relative to the app's root folder (to its instance folder with <c>instanceRelativeConfig</c>).</param>
    /// <param name="silent">Whether the file may be missing.</param>
    /// <returns>Whether the file was there.</returns>
    public static bool FromYaml(this Config config, string fileName, bool silent = false)
    {
        ArgumentNullException.ThrowIfNull(config);
        return config.FromFile(fileName, Settings, silent);
    }

    private static IEnumerable<KeyValuePair<string, object?>> Settings(Stream stream) => YamlDocument.Load(stream) switch
    {
        null => [],
        Dictionary<string, object?> settings => settings,
        Dictionary<object, object?> mixed => throw new FormatException($"the key {mixed.Keys.First(key => key is not string)} is no text. Write quotes around it."),
        _ => throw new FormatException("it must hold a mapping from names to values, such as 'DEBUG: true'."),
    };
}
