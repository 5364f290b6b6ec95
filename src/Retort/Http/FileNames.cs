namespace Retort.Http;

/// <summary>File names that come from clients. Source: werkzeug.utils.secure_filename.</summary>
public static class FileNames
{
    // Names Windows gives to devices in every folder, whatever extension follows.
    private static readonly HashSet<string> Devices = new(
        ["AUX", "CON", "CONIN$", "CONOUT$", "NUL", "PRN", .. "0123456789¹²³".SelectMany(c => new[] { $"COM{c}", $"LPT{c}" })],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// A name that can be stored: ASCII letters, digits, <c>_ . -</c>, no path. It may be empty, and two names may become the same one.
    /// </summary>
    public static string Secure(string fileName) => Secure(fileName, OperatingSystem.IsWindows());

    internal static string Secure(string fileName, bool windows)
    {
        ArgumentNullException.ThrowIfNull(fileName);
        var words = AsciiFold.Apply(fileName).Replace('/', ' ');
        if (windows) words = words.Replace('\\', ' ');
        // Python's str.split() counts the ASCII separators 1C to 1F as blanks.
        var joined = string.Join('_', words.Split([' ', '\t', '\n', '\v', '\f', '\r', '\x1c', '\x1d', '\x1e', '\x1f'], StringSplitOptions.RemoveEmptyEntries));
        var name = string.Concat(joined.Where(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-')).Trim('.', '_');
        return windows && IsDevice(name) ? "_" + name : name;
    }

    /// <summary>Whether Windows would open a device in place of this file: <c>nul</c>, <c>con .txt</c>.</summary>
    internal static bool IsDevice(string name) => Devices.Contains(name.Split('.', 2)[0].Trim());
}
