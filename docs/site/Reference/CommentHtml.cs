using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Retort.Jinja;
using Retort.Site.Highlighting;

namespace Retort.Site.Reference;

/// <summary>The elements of XML comments as HTML.</summary>
internal sealed partial class CommentHtml(PackageSymbols symbols, Addresses addresses, Highlighter highlighter, ICollection<Problem> problems)
{
    /// <summary>Paragraphs, code and lists.</summary>
    /// <param name="element">Such as <c>summary</c>; nothing for null.</param>
    /// <param name="owner">Whose comment it is.</param>
    public Markup Blocks(XElement? element, ISymbol owner)
    {
        var (html, paragraph) = (new StringBuilder(), new StringBuilder());
        foreach (var node in element?.Nodes() ?? [])
        {
            if (node is XElement { Name.LocalName: "para" or "code" or "list" } block)
            {
                Flush();
                html.Append(Block(block, owner));
            }
            else
            {
                paragraph.Append(Inline(node, owner));
            }
        }
        Flush();
        return new Markup(html.ToString());

        void Flush()
        {
            var text = Blanks().Replace(paragraph.ToString(), " ").Trim();
            if (text.Length > 0)
                html.Append("<p>").Append(text).Append("</p>\n");
            paragraph.Clear();
        }
    }

    /// <summary>The first paragraph, for a table or a list.</summary>
    public Markup Line(XElement? element, ISymbol owner)
    {
        var nodes = (element?.Elements("para").FirstOrDefault() ?? element)?.Nodes().TakeWhile(node => node is not XElement { Name.LocalName: "para" or "code" or "list" });
        return new Markup(Blanks().Replace(string.Concat((nodes ?? []).Select(node => Inline(node, owner))), " ").Trim());
    }

    /// <summary>What an element says, without markup.</summary>
    public string Text(XElement? element, ISymbol owner) => Line(element, owner).StripTags();

    /// <summary>The name of what a <c>cref</c> leads to, linked where it has a page.</summary>
    public Markup Name(ISymbol target, ISymbol owner, string? text = null)
    {
        var name = text ?? NameOf(target, owner);
        return addresses.From(target) is { } address ? Markup.Format("<a href=\"{0}\"><code>{1}</code></a>", address, name) : Markup.Format("<code>{0}</code>", name);
    }

    private string Block(XElement block, ISymbol owner) => block.Name.LocalName switch
    {
        "code" => CodeFigure.Html(highlighter, block.Attribute("lang")?.Value ?? "csharp", Dedent(block.Value)).ToHtml() + "\n",
        "list" => block.Attribute("type")?.Value == "number" ? $"<ol>{Items(block, owner)}</ol>\n" : $"<ul>{Items(block, owner)}</ul>\n",
        _ => Blocks(block, owner).ToHtml(),
    };

    private string Items(XElement list, ISymbol owner) => string.Concat(list.Elements("item").Select(item =>
    {
        var (term, description) = (item.Element("term"), item.Element("description"));
        var content = term is null ? Line(description ?? item, owner) : Markup.Format("<strong>{0}</strong>: {1}", Line(term, owner), Line(description, owner));
        return $"<li>{content}</li>";
    }));

    private string Inline(XNode node, ISymbol owner) => node switch
    {
        XText text => Markup.Escape(text.Value).ToHtml(),
        XElement { Name.LocalName: "c" or "paramref" or "typeparamref" } code => Markup.Format("<code>{0}</code>", code.Attribute("name")?.Value ?? code.Value).ToHtml(),
        XElement { Name.LocalName: "see" or "seealso" } see => See(see, owner).ToHtml(),
        XElement { Name.LocalName: "b" or "i" or "em" or "strong" or "u" } style => $"<{style.Name}>{Children(style, owner)}</{style.Name}>",
        XElement { Name.LocalName: "br" } => "<br>",
        XElement other => Children(other, owner),
        _ => "",
    };

    private string Children(XElement element, ISymbol owner) => string.Concat(element.Nodes().Select(node => Inline(node, owner)));

    private Markup See(XElement see, ISymbol owner)
    {
        var text = see.Value.Length > 0 ? see.Value : null;
        if (see.Attribute("langword") is { } word)
            return Markup.Format("<code>{0}</code>", word.Value);
        if (see.Attribute("href") is { } link)
            return Markup.Format("<a href=\"{0}\">{1}</a>", link.Value, text ?? link.Value);
        var cref = see.Attribute("cref")?.Value ?? "";
        if (symbols.Find(cref) is { } target)
            return Name(target, owner, text);
        problems.Add(new Problem(owner.ToDisplayString(), 0, $"<see cref=\"{cref}\"> in its comment leads nowhere"));
        return Markup.Escape(text ?? cref);
    }

    private static string NameOf(ISymbol target, ISymbol owner)
    {
        if (target is INamedTypeSymbol or INamespaceSymbol)
            return Declaration.NameOf(target);
        var type = target.ContainingType;
        var name = target switch
        {
            IMethodSymbol { MethodKind: MethodKind.Constructor } => $"new {type.Name}",
            IPropertySymbol { IsIndexer: true } => $"{Declaration.NameOf(type)}[]",
            _ => target.Name,
        };
        var isNear = SymbolEqualityComparer.Default.Equals(type, owner) || SymbolEqualityComparer.Default.Equals(type, owner.ContainingType) || name.Contains(type.Name, StringComparison.Ordinal);
        return isNear ? name : $"{Declaration.NameOf(type)}.{name}";
    }

    // A line that stands right behind the opening tag says nothing about the indentation of the others.
    private static string Dedent(string code)
    {
        var lines = code.ReplaceLineEndings("\n").TrimEnd().Split('\n');
        var rest = lines[0].Trim().Length == 0 ? 0 : 1;
        var indent = lines.Skip(rest).Where(line => line.Trim().Length > 0).Select(line => line.Length - line.TrimStart().Length).DefaultIfEmpty(0).Min();
        return string.Join('\n', lines.Take(rest).Concat(lines.Skip(rest).Select(line => line.Length > indent ? line[indent..] : ""))).Trim('\n');
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
