namespace Retort.Yaml;

/// <summary>
/// Reads YAML documents into plain values, as PyYAML's <c>safe_load</c> does: YAML 1.1, in which <c>yes</c>, <c>no</c>, <c>on</c> and <c>off</c> are truth values, <c>0755</c> is an octal
/// number, <c>1:30</c> is ninety and <c>2024-02-29</c> is a date. No tag makes an object of any other type.
/// </summary>
public static class YamlDocument
{
    /// <summary>The values a document may hold once its aliases are written out: 1,000,000. A few lines of aliases can stand for more than fits in any memory.</summary>
    public const int MaxValues = 1_000_000;

    /// <summary>How deep collections may lie in each other: 512.</summary>
    public const int MaxDepth = 512;

    /// <summary>Reads a document.</summary>
    /// <param name="text">One document. No document, or an empty one, is null.</param>
    /// <returns>
    /// Null, <see cref="bool"/>, <see cref="long"/> (a <see cref="System.Numerics.BigInteger"/> beyond its range), <see cref="double"/>, <see cref="string"/>, <see cref="DateOnly"/>,
    /// <see cref="DateTime"/> (without a zone), <see cref="DateTimeOffset"/> (with one), an array of bytes (<c>!!binary</c>), a <see cref="List{T}"/> of these, or a dictionary with its entries
    /// in their order: from <see cref="string"/> when all keys are text, else from <see cref="object"/>. What an alias stands for is the same object.
    /// </returns>
    /// <exception cref="YamlError">
    /// It is no YAML, holds several documents, a tag of another type, a value that is not what its tag says, a key that is null or a collection, an alias to a collection around
    /// it, or passes <see cref="MaxValues"/> or <see cref="MaxDepth"/>.
    /// </exception>
    public static object? Load(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        using var reader = new StringReader(text);
        return Load(reader);
    }

    /// <summary>Reads a document from a file or a body: UTF-8, or UTF-16 with its byte order mark. The stream is left open.</summary>
    /// <inheritdoc cref="Load(string)"/>
    public static object? Load(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using var reader = new StreamReader(stream, leaveOpen: true);
        return Load(reader);
    }

    /// <summary>Reads a document from a reader, to its end.</summary>
    /// <inheritdoc cref="Load(string)"/>
    public static object? Load(TextReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        return DocumentReader.Read(reader);
    }
}
