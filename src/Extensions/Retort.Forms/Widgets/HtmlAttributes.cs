using System.Buffers;
using System.Text;
using Retort.Forms.Text;
using Retort.Jinja;
using Retort.Jinja.Values;

namespace Retort.Forms.Widgets;

/// <summary>
/// Attributes of an element, written as WTForms writes them: in alphabetical order, true as the bare name, false not at all, values escaped; <c>class_</c> is <c>class</c> and
/// <c>data_x</c> is <c>data-x</c>. Source: wtforms.widgets.html_params.
/// </summary>
public sealed class HtmlAttributes
{
    private static readonly SearchValues<char> NotInNames = SearchValues.Create(" \t\r\n\f\0\"'<>/=");

    private readonly List<KeyValuePair<string, object?>> _attributes = [];

    /// <summary>An attribute, or null.</summary>
    public object? this[string name]
    {
        get => Find(Clean(name)) is var at and >= 0 ? _attributes[at].Value : null;
        set
        {
            name = Clean(name);
            if (Find(name) is var at and >= 0)
                _attributes[at] = new(name, value);
            else
                _attributes.Add(new(name, value));
        }
    }

    /// <summary>Attributes of a dictionary, or of an object's properties: <c>new { size = 32, @class = "x" }</c>.</summary>
    public static HtmlAttributes Of(object? attributes)
    {
        var made = new HtmlAttributes();
        made.Update(attributes);
        return made;
    }

    /// <summary>Whether there is one of this name.</summary>
    public bool Contains(string name) => Find(Clean(name)) >= 0;

    /// <summary>Sets an attribute unless it is set.</summary>
    public void SetDefault(string name, object? value)
    {
        if (!Contains(name))
            this[name] = value;
    }

    /// <summary>Takes an attribute away.</summary>
    public void Remove(string name)
    {
        if (Find(Clean(name)) is var at and >= 0)
            _attributes.RemoveAt(at);
    }

    /// <summary>Sets those of a dictionary, or of an object's properties.</summary>
    public void Update(object? attributes)
    {
        switch (attributes)
        {
            case null:
                break;
            case HtmlAttributes others:
                foreach (var (name, value) in others._attributes)
                    this[name] = value;
                break;
            case IEnumerable<KeyValuePair<string, object?>> pairs:
                foreach (var (name, value) in pairs)
                    this[name] = value;
                break;
            case IEnumerable<KeyValuePair<string, string>> pairs:
                foreach (var (name, value) in pairs)
                    this[name] = value;
                break;
            default:
                foreach (var property in attributes.GetType().GetProperties())
                    this[property.Name] = property.GetValue(attributes);
                break;
        }
    }

    internal void Update(Arguments arguments)
    {
        for (var i = 0; i < arguments.Names.Length; i++)
            this[arguments.Names[i]] = arguments.Named[i].ToObject();
    }

    /// <summary>The attributes as they stand in a tag, each after a space.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var (name, value) in _attributes.OrderBy(attribute => attribute.Key, StringComparer.Ordinal))
        {
            if (value is false)
                continue;
            CheckName(name);
            text.Append(' ').Append(name);
            if (value is not true)
                text.Append("=\"").Append(Escape(value)).Append('"');
        }
        return text.ToString();
    }

    // What is safe between tags may hold the quote that ends an attribute.
    private static string Escape(object? value) => value is Markup markup ? markup.ToString().Replace("\"", "&#34;", StringComparison.Ordinal) : Html.Escape(Coercion.Text(value));

    // A name goes into the page as it is, so one that would end the attribute or the tag is the mistake of whoever passed a user's text as a name.
    private static void CheckName(string name)
    {
        if (name.Length == 0 || name.AsSpan().IndexOfAny(NotInNames) >= 0)
            throw new ArgumentException($"cannot write the attribute '{name}': the name of an HTML attribute holds no space, quote, '<', '>', '/' or '='.", nameof(name));
    }

    private int Find(string name) => _attributes.FindIndex(attribute => attribute.Key.Equals(name, StringComparison.Ordinal));

    private static string Clean(string name)
    {
        name = name.TrimEnd('_');
        return name.StartsWith("data_", StringComparison.Ordinal) || name.StartsWith("aria_", StringComparison.Ordinal) ? name.Replace('_', '-') : name;
    }
}
