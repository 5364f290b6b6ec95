namespace Retort.Toolbar.Panels;

/// <summary>A text that is shown without quotes among values.</summary>
internal sealed class Word(string text)
{
    public override string ToString() => text;
}
