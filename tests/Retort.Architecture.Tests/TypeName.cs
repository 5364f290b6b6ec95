namespace Retort.Architecture.Tests;

/// <summary>A type as an assembly's metadata names it; a nested type is named by the outermost one, which is where its code is written.</summary>
internal sealed record TypeName(string Assembly, string Namespace, string Name)
{
    public string FullName => Namespace.Length == 0 ? Name : $"{Namespace}.{Name}";

    /// <summary>Whether the compiler made the type for the whole assembly, so that it belongs to no namespace.</summary>
    public bool IsCompilerMade => Name.StartsWith('<');

    public override string ToString() => FullName;
}
