using System.Buffers;
using System.Text;
using Retort.Routing;

namespace Retort.Http;

/// <summary>Query strings and <c>application/x-www-form-urlencoded</c> bodies. Source: urllib.parse.parse_qsl with blank values kept.</summary>
public static class UrlEncoded
{
    /// <summary>The pairs of a query string, without its <c>?</c>. Bytes that are not valid UTF-8 stay percent-encoded.</summary>
    public static MultiDict Parse(ReadOnlySpan<char> query)
    {
        if (query.IsEmpty) return Form.Empty.Fields;
        var pairs = new MultiDict();
        var buffer = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(query.Length));
        TryParse(buffer.AsSpan(0, Encoding.UTF8.GetBytes(query, buffer)), pairs, maxFields: null);
        ArrayPool<byte>.Shared.Return(buffer);
        pairs.Freeze();
        return pairs;
    }

    /// <summary>Adds the pairs of a text that may be overwritten; false when there are more than the limit.</summary>
    internal static bool TryParse(Span<byte> text, MultiDict pairs, int? maxFields)
    {
        var fields = 0;
        while (text.Length > 0)
        {
            var end = text.IndexOf((byte)'&') is var found and >= 0 ? found : text.Length;
            var field = text[..end];
            text = text[Math.Min(end + 1, text.Length)..];
            if (field.Length == 0) continue;
            if (++fields > maxFields) return false;

            var equals = field.IndexOf((byte)'=');
            var name = equals < 0 ? field : field[..equals];
            var value = equals < 0 ? [] : field[(equals + 1)..];
            pairs.Add(PercentEncoding.UnquoteUtf8(name, plusIsSpace: true), PercentEncoding.UnquoteUtf8(value, plusIsSpace: true));
        }
        return true;
    }
}
