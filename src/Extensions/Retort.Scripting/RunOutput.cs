using System.Text;

namespace Retort.Scripting;

/// <summary>
/// The beginning of what a run writes; the rest is let go while it is written. It is never closed, because what the run has started may go on to write when the run has ended.
/// </summary>
internal sealed class RunOutput : TextWriter
{
    private const int Longest = 64 * 1024;

    private readonly StringBuilder _text = new();
    private bool _isCut;

    public override Encoding Encoding => Encoding.UTF8;

    public override void Write(char value) => Write([value]);

    public override void Write(string? value) => Write(value.AsSpan());

    public override void Write(char[] buffer, int index, int count) => Write(buffer.AsSpan(index, count));

    public override void Write(ReadOnlySpan<char> buffer)
    {
        var room = Longest - _text.Length;
        _text.Append(buffer[..Math.Min(room, buffer.Length)]);
        _isCut |= buffer.Length > room;
    }

    public override string ToString() => _isCut ? _text + "\n… (cut)" : _text.ToString();
}
