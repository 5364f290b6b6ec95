using System.Text;

namespace Retort.Templating;

/// <summary>A rendered template: UTF-8 that is sent as it is. Converts to text and to a response where either is asked for.</summary>
public sealed class RenderedTemplate
{
    internal RenderedTemplate(ReadOnlyMemory<byte> utf8) => Utf8 = utf8;

    /// <summary>The page as UTF-8.</summary>
    public ReadOnlyMemory<byte> Utf8 { get; }

    /// <summary>The page as text.</summary>
    public override string ToString() => Encoding.UTF8.GetString(Utf8.Span);

    /// <summary>The page as text.</summary>
    public static implicit operator string(RenderedTemplate page) => page.ToString();
}
