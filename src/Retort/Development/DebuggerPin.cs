using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Retort.Development;

/// <summary>What a try to unlock the debugger came to.</summary>
internal enum PinAnswer
{
    /// <summary>It was right.</summary>
    Right,

    /// <summary>It was wrong.</summary>
    Wrong,

    /// <summary>There were too many wrong ones: none is taken any more until the program starts again.</summary>
    Locked,
}

/// <summary>
/// The number that unlocks the debugger's console. Random for each process and told in the terminal alone, so that nothing outside of the machine can know it;
/// ten wrong tries lock the console for good. Source: werkzeug.debug, whose PIN is computed from facts about the machine; CVE-2019-14806.
/// </summary>
internal sealed class DebuggerPin
{
    private const int MostFailures = 10;
    private static readonly TimeSpan Life = TimeSpan.FromDays(7);

    private static readonly int[] GroupSizes = [5, 4, 3];

    private readonly Lock _lock = new();
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);
    private readonly TimeProvider _clock;
    private int _failures;

    /// <param name="setting">Null or empty for a random one, <c>off</c> for none, or the digits to use, with or without dashes.</param>
    /// <param name="clock">Tells how old a cookie is.</param>
    /// <exception cref="FormatException">The setting is none of these.</exception>
    public DebuggerPin(string? setting, TimeProvider? clock = null)
    {
        _clock = clock ?? TimeProvider.System;
        var wanted = setting?.Trim() ?? "";
        Text = wanted.Length == 0 ? Grouped(RandomNumberGenerator.GetInt32(1_000_000_000).ToString("D9", CultureInfo.InvariantCulture))
            : wanted.Equals("off", StringComparison.OrdinalIgnoreCase) ? null
            : IsPin(wanted) ? (wanted.Contains('-', StringComparison.Ordinal) ? wanted : Grouped(wanted))
            : throw new FormatException("cannot use RETORT_DEBUG_PIN: it is neither 'off' nor a number. Set it to digits, such as 123-456-789, or leave it away for a random one.");
    }

    /// <summary>The PIN as it is shown, or null when there is none and everybody may enter.</summary>
    public string? Text { get; }

    /// <summary>Whether too many wrong PINs were tried.</summary>
    public bool IsLocked
    {
        get
        {
            lock (_lock)
                return _failures >= MostFailures;
        }
    }

    /// <summary>Compares what was typed, however it is grouped, and counts the failures.</summary>
    public PinAnswer Try(string typed)
    {
        lock (_lock)
        {
            if (_failures >= MostFailures)
                return PinAnswer.Locked;
            if (Text is null || Secrets.Same(Digits(typed), Digits(Text)))
            {
                _failures = 0;
                return PinAnswer.Right;
            }
            _failures++;
            return _failures >= MostFailures ? PinAnswer.Locked : PinAnswer.Wrong;
        }
    }

    /// <summary>The value of a cookie that says the PIN was given now. It is signed with a key of this process.</summary>
    public string MakeCookie()
    {
        var time = _clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return $"{time}.{Sign(time)}";
    }

    /// <summary>Whether a cookie was made by this process for this PIN within the last week, or no PIN is needed.</summary>
    public bool Trusts(string? cookie)
    {
        if (Text is null)
            return true;
        if (cookie?.Split('.') is not [var time, var signature] || !Secrets.Same(signature, Sign(time)))
            return false;
        return long.TryParse(time, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && _clock.GetUtcNow().ToUnixTimeSeconds() - seconds is >= 0 and var age && age < Life.TotalSeconds;
    }

    private string Sign(string time) => Convert.ToHexStringLower(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes($"{time} {Text}")));

    private static bool IsPin(string text) => text.Any(char.IsAsciiDigit) && text.All(c => char.IsAsciiDigit(c) || c == '-');

    private static string Digits(string text) => string.Concat(text.Where(c => c != '-' && !char.IsWhiteSpace(c)));

    private static string Grouped(string digits)
    {
        var size = GroupSizes.FirstOrDefault(size => digits.Length % size == 0);
        return size == 0 ? digits : string.Join('-', digits.Chunk(size).Select(group => new string(group)));
    }
}
