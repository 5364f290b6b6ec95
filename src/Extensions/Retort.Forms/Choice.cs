using System.Collections;
using Retort.Jinja;

namespace Retort.Forms;

/// <summary>One choice: the value that is sent, the text that is shown, attributes of its element. A pair converts to it, and a value alone, which is then shown itself.</summary>
/// <typeparam name="T">The type of the value.</typeparam>
/// <param name="Value">The value.</param>
/// <param name="Label">The text.</param>
/// <param name="RenderKw">Attributes of the <c>&lt;option&gt;</c>: <c>new { disabled = true }</c>.</param>
public readonly record struct Choice<T>(T Value, string Label, object? RenderKw = null)
{
    /// <summary>The text as HTML, in place of <see cref="Label"/>: an <c>&lt;option&gt;</c> takes entities alone, the label of a <see cref="RadioField"/> any HTML.</summary>
    public Markup? LabelMarkup { get; init; }

    /// <summary>A choice that is shown as its value.</summary>
    public static implicit operator Choice<T>(T value) => new(value, Coercion.Text(value));

    /// <summary>A choice with its text.</summary>
    public static implicit operator Choice<T>((T Value, string Label) pair) => new(pair.Value, pair.Label);

    /// <summary>A choice with its text as HTML.</summary>
    public static implicit operator Choice<T>((T Value, Markup Label) pair) => new(pair.Value, pair.Label.StripTags()) { LabelMarkup = pair.Label };
}

/// <summary>Choices in groups: <c>new() { { "Fruit", ("a", "Apple"), ("b", "Banana") } }</c>.</summary>
/// <typeparam name="T">The type of the values.</typeparam>
public sealed class ChoiceGroups<T> : IEnumerable<KeyValuePair<string, IReadOnlyList<Choice<T>>>>
{
    private readonly List<KeyValuePair<string, IReadOnlyList<Choice<T>>>> _groups = [];

    /// <summary>Adds a group.</summary>
    public void Add(string label, params Choice<T>[] choices) => _groups.Add(new(label, choices));

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, IReadOnlyList<Choice<T>>>> GetEnumerator() => _groups.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

/// <summary>A choice as it is shown: whether it is the one chosen is known.</summary>
internal readonly record struct ShownChoice(object? Value, string Label, Markup? LabelMarkup, bool IsSelected, object? RenderKw)
{
    public Markup Html => LabelMarkup ?? Markup.Escape(Label);
}

/// <summary>A field with choices, for the widgets that write them.</summary>
internal interface IChoosing
{
    /// <summary>The groups with their choices; one without a name if there are no groups.</summary>
    IEnumerable<(string? Group, IEnumerable<ShownChoice> Choices)> ShownGroups { get; }
}
