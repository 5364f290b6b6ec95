using System.Diagnostics.CodeAnalysis;
using Retort.Routing;

namespace Retort.Twin;

/// <summary>Several items in one part of a path, joined by plus signs.</summary>
internal sealed class ListConverter : Converter<IReadOnlyList<string>>
{
    public override bool TryConvert(ReadOnlySpan<char> text, [MaybeNullWhen(false)] out IReadOnlyList<string> value)
    {
        value = text.ToString().Split('+');
        return true;
    }

    public override string ToUrl(object value) => string.Join('+', ((IEnumerable<object>)value).Select(base.ToUrl));
}
