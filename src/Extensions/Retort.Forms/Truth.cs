using System.Collections;
using Retort.Http;

namespace Retort.Forms;

/// <summary>Python's truth of a field's value: nothing, zero, false, and what is empty are false.</summary>
internal static class Truth
{
    public static bool Of(object? value) => value switch
    {
        null or false => false,
        string text => text.Length > 0,
        int number => number != 0,
        long number => number != 0,
        double number => number != 0,
        decimal number => number != 0,
        FileStorage file => IsSent(file),
        ICollection collection => collection.Count > 0,
        IConvertible number and not Enum and not DateTime and not char and not true => Convert.ToDouble(number, System.Globalization.CultureInfo.InvariantCulture) != 0,
        _ => true,
    };

    /// <summary>Whether a file was chosen: a browser sends an empty name otherwise.</summary>
    public static bool IsSent(FileStorage file) => !string.IsNullOrEmpty(file.FileName);
}
