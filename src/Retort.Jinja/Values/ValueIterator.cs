namespace Retort.Jinja.Values;

/// <summary>
/// Items one after the other, each given once. As a value it is a Python iterator: true, without a length, printing as an object.
/// Those over lists and dictionaries can be used again for another collection, so that a loop inside a loop allocates nothing.
/// </summary>
public abstract class ValueIterator : TemplateObject
{
    internal override ValueKind Kind => ValueKind.Iterator;

    /// <inheritdoc/>
    public override string TypeName => "generator";

    /// <inheritdoc/>
    public override bool IsTrue => true;

    /// <inheritdoc/>
    public override bool IsIterable => true;

    /// <inheritdoc/>
    public override ValueIterator GetIterator() => this;

    /// <summary>Gives the next item, or false at the end; after the end it stays false.</summary>
    public abstract bool MoveNext(out Value item);

    /// <summary>Starts again over another collection of the same kind; false if it cannot.</summary>
    internal virtual bool TryReset(object source) => false;

    /// <summary>Drops what it refers to, so that a kept iterator keeps no collection alive.</summary>
    internal virtual void Release()
    {
    }
}
