using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Retort.Development;

namespace Retort.Toolbar;

/// <summary>Finds the line of the app that led to the running code.</summary>
internal static class CallPlace
{
    private static readonly ConcurrentDictionary<string, bool> Files = new(StringComparer.Ordinal);

    /// <summary>File, line and method: <c>Notes.cs:12 Index()</c>; null when none of the running methods is the app's, as after a wait.</summary>
    public static string? Find()
    {
        foreach (var frame in new StackTrace(fNeedFileInfo: true).GetFrames())
        {
            // Packages may name their source too, but it lies on another machine.
            if (frame.GetFileName() is { } file && frame.GetMethod() is { } method && AppDebugger.IsAppCode(method.Module.Assembly) && Files.GetOrAdd(file, File.Exists))
                return string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileName(file)}:{frame.GetFileLineNumber()} {MethodNames.Of(method)}");
        }
        return null;
    }
}
