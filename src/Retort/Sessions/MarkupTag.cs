using Retort.Jinja;
using Retort.Signing;

namespace Retort.Sessions;

/// <summary>Markup in a session stays markup. Source: flask.json.tag.TagMarkup.</summary>
internal sealed class MarkupTag : JsonTag
{
    public override string Key => " m";

    public override bool Check(object value) => value is Markup;

    public override object? ToJson(object value) => value.ToString();

    public override object? FromJson(object? value) => new Markup((string?)value ?? "");
}
