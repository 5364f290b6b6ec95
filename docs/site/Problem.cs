namespace Retort.Site;

/// <summary>Something that must be mended before the site can be built.</summary>
/// <param name="File">From the repository's root, or the name of an assembly's member.</param>
/// <param name="Line">Counted from 1; 0 when the place is no line of a file.</param>
/// <param name="Text">What was found and what to do.</param>
internal sealed record Problem(string File, int Line, string Text)
{
    public override string ToString() => Line > 0 ? $"{File}:{Line}: {Text}" : $"{File}: {Text}";
}
