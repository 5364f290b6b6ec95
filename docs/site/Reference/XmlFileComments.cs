using System.Globalization;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;

namespace Retort.Site.Reference;

/// <summary>Gives the compiler the comments that stand in an XML file beside an assembly.</summary>
internal sealed class XmlFileComments(string file) : DocumentationProvider
{
    private readonly Lazy<Dictionary<string, string>> _comments = new(() => XDocument.Load(file, LoadOptions.PreserveWhitespace).Descendants("member")
        .ToDictionary(member => member.Attribute("name")!.Value, member => member.ToString(SaveOptions.DisableFormatting), StringComparer.Ordinal));

    protected override string GetDocumentationForSymbol(string documentationMemberID, CultureInfo preferredCulture, CancellationToken cancellationToken = default) =>
        _comments.Value.GetValueOrDefault(documentationMemberID, "");

    public override bool Equals(object? obj) => ReferenceEquals(this, obj);

    public override int GetHashCode() => file.GetHashCode(StringComparison.Ordinal);
}
