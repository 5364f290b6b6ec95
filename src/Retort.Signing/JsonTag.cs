namespace Retort.Signing;

/// <summary>
/// A type that JSON lacks, written by <see cref="TaggedJson"/> as an object with one key. Derive from it and register it.
/// Flask's own keys start with a space, so that they meet no key of an app.
/// </summary>
public abstract class JsonTag
{
    /// <summary>The one key of the object.</summary>
    public abstract string Key { get; }

    /// <summary>Whether this tag writes the value.</summary>
    public abstract bool Check(object value);

    /// <summary>What stands behind the key. Items and members of it are tagged in turn.</summary>
    public abstract object? ToJson(object value);

    /// <summary>The value for what stands behind the key. Throws <see cref="FormatException"/> if that is malformed.</summary>
    public abstract object? FromJson(object? value);
}
