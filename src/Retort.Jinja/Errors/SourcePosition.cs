namespace Retort.Jinja;

/// <summary>Where something stands in a template. Both count from 1; the column counts UTF-16 units.</summary>
public readonly record struct SourcePosition(int Line, int Column);
