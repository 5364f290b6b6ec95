using System.Text;

namespace Retort.Configuration;

/// <summary>
/// Environment variables kept in files: <c>.env</c> for what belongs to one machine (keys, passwords; never committed), <c>.retortenv</c> (or Flask's <c>.flaskenv</c>)
/// for what belongs to the project. They have python-dotenv's syntax. A program that makes an <see cref="App"/> has them loaded then; call <see cref="Load"/> where
/// something is needed earlier. Source: flask.cli.load_dotenv.
/// </summary>
public static class DotEnv
{
    private const string Skip = "RETORT_SKIP_DOTENV";

    // Later ones win. Where a project has both names for the same thing, ours is meant for us.
    private static readonly string[] Defaults = [".flaskenv", ".retortenv", ".env"];
    private static readonly Lock Environment = new();
    private static readonly Dictionary<string, string> Loaded = new(StringComparer.Ordinal);

    /// <summary>
    /// Sets the environment variables that files hold and the environment does not: what was set outside of files is never replaced. The names <c>.flaskenv</c>,
    /// <c>.retortenv</c> and <c>.env</c> are looked for in the working folder and those above it, then from <paramref name="root"/> upwards; of each the nearest is read, and
    /// where several set a variable the last of these names wins. <paramref name="fileName"/> wins over all of them. <c>RETORT_SKIP_DOTENV=1</c> leaves out those that are
    /// looked for. Statements that cannot be read are left out, and named on standard error.
    /// </summary>
    /// <param name="fileName">One more file. Throws <see cref="ConfigError"/> when it is not there.</param>
    /// <param name="loadDefaults">Whether files are looked for.</param>
    /// <param name="root">A second folder to look in, such as that of the app; null for none.</param>
    /// <returns>Whether any file held a variable.</returns>
    public static bool Load(string? fileName = null, bool loadDefaults = true, string? root = null)
    {
        var values = new Dictionary<string, string?>(StringComparer.Ordinal);
        if (loadDefaults && !IsOn(System.Environment.GetEnvironmentVariable(Skip)))
        {
            foreach (var file in Defaults.Select(name => Find(name, Directory.GetCurrentDirectory()) ?? (root is null ? null : Find(name, root))).OfType<string>())
                AddTo(values, Read(file, Warn));
        }
        if (fileName is not null)
            AddTo(values, Read(fileName, Warn));
        lock (Environment)
            Set(values);
        return values.Count > 0;
    }

    /// <summary>
    /// The variables of one file, expanded, without touching the environment; null for a name without a value. <c>${NAME}</c> is what stands above it in the file, else
    /// the environment's. Throws <see cref="ConfigError"/> when the file cannot be read or is not UTF-8.
    /// </summary>
    public static IReadOnlyDictionary<string, string?> Read(string fileName) => Read(fileName, _ => { });

    private static Dictionary<string, string?> Read(string fileName, Action<string> warn)
    {
        var (entries, unreadable) = DotEnvParser.Parse(TextOf(fileName));
        foreach (var line in unreadable)
            warn($"{fileName}, line {line}, cannot be read and is left out. Write NAME=value, with quotes around a value that holds blanks before '#' or line breaks.");
        return Expand(entries, System.Environment.GetEnvironmentVariable);
    }

    /// <summary>The entries by their names; a later one may use an earlier one, and replaces it.</summary>
    internal static Dictionary<string, string?> Expand(IEnumerable<DotEnvEntry> entries, Func<string, string?> environment)
    {
        var values = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var (name, value) in entries)
        {
            values[name] = value is null ? null : DotEnvVariables.Expand(value, asked =>
                values.TryGetValue(asked, out var above) ? (true, above) : CanBeName(asked) && environment(asked) is { } set ? (true, set) : (false, null));
        }
        return values;
    }

    /// <summary>The nearest file of that name in a folder or one above it; null when there is none.</summary>
    internal static string? Find(string name, string folder)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
        {
            var file = Path.Combine(at.FullName, name);
            if (File.Exists(file))
                return file;
        }
        return null;
    }

    /// <summary>Whether a switch of the environment is on: anything but nothing and a word for no. Source: flask.helpers.get_debug_flag, get_load_dotenv.</summary>
    internal static bool IsOn(string? value) => !string.IsNullOrEmpty(value) && value.ToLowerInvariant() is not ("0" or "false" or "no");

    private static string TextOf(string fileName)
    {
        try
        {
            var text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(File.ReadAllBytes(fileName));
            return text.TrimStart('\uFEFF').Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            var found = error is ArgumentException ? "it is not UTF-8 text" : error.Message;
            throw new ConfigError($"cannot load the environment file {fileName}: {found}. Name a readable text file of lines NAME=value.", error);
        }
    }

    private static void AddTo(Dictionary<string, string?> all, IReadOnlyDictionary<string, string?> values)
    {
        foreach (var (name, value) in values)
            all[name] = value;
    }

    private static void Set(Dictionary<string, string?> values)
    {
        foreach (var (name, value) in values)
        {
            if (value is null)
                continue;
            if (!CanBeName(name) || value.Contains('\0', StringComparison.Ordinal))
            {
                Warn($"the variable '{name}' of an environment file is left out: an environment holds no name with '=' and no null character.");
                continue;
            }
            // What a file has set another file may set anew: one that was named wins over those that were found.
            var current = System.Environment.GetEnvironmentVariable(name);
            if (current is null || (Loaded.TryGetValue(name, out var ours) && ours == current))
                System.Environment.SetEnvironmentVariable(name, Loaded[name] = value);
        }
    }

    private static bool CanBeName(string name) => name.Length > 0 && !name.Contains('=', StringComparison.Ordinal) && !name.Contains('\0', StringComparison.Ordinal);

    private static void Warn(string message) => Console.Error.WriteLine("Warning: " + message);
}
