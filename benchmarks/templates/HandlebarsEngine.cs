using System.Globalization;
using System.Text;
using HandlebarsDotNet;

namespace Retort.Benchmarks.Templates;

/// <summary>
/// Handlebars.Net on the cases that its language can say, made to escape as Jinja does, so that outputs are equal. It has no inheritance (a layout is a partial block
/// here), macros or filters: there is no page and no chat template.
/// </summary>
internal static class HandlebarsEngine
{
    private static readonly IHandlebars Handlebars = Make();

    public static Dictionary<string, Func<object, string>> Templates { get; } = new()
    {
        ["products"] = Compile("<ul>\n{{#each products}}<li id=\"p{{Id}}\"><a href=\"/product/{{Id}}\">{{Name}}</a> {{Price}}{{#if InStock}} in stock{{/if}}{{#each Tags}} <i>{{this}}</i>{{/each}}</li>\n{{/each}}</ul>"),
        ["fortunes"] = Compile("{{#> layout title='Fortunes'}}<table><tr><th>id</th><th>message</th></tr>{{#each fortunes}}<tr><td>{{Id}}</td><td>{{Message}}</td></tr>{{/each}}</table>{{/layout}}"),
        ["table"] = Compile("<table>{{#each table}}<tr>{{#each this}}<td>{{this}}</td>{{/each}}</tr>{{/each}}</table>"),
        ["tiny"] = Compile("Hello {{name}}!"),
    };

    private static Func<object, string> Compile(string source)
    {
        var template = Handlebars.Compile(source);
        return model => template(model);
    }

    private static IHandlebars Make()
    {
        var handlebars = HandlebarsDotNet.Handlebars.Create(new HandlebarsConfiguration { TextEncoder = new JinjaEncoder(), FormatProvider = CultureInfo.InvariantCulture });
        handlebars.RegisterTemplate("layout", "<!DOCTYPE html>\n<html>\n<head><title>{{title}}</title></head>\n<body>{{> @partial-block}}</body>\n</html>");
        return handlebars;
    }

    private sealed class JinjaEncoder : ITextEncoder
    {
        public void Encode(StringBuilder? text, TextWriter target)
        {
            foreach (var chunk in text!.GetChunks())
                Encode(chunk.Span, target);
        }

        public void Encode(string? text, TextWriter target) => Encode(text.AsSpan(), target);

        public void Encode<T>(T? text, TextWriter target)
            where T : IEnumerator<char>
        {
            while (text!.MoveNext())
                Encode([text.Current], target);
        }

        private static void Encode(ReadOnlySpan<char> text, TextWriter target)
        {
            foreach (var character in text)
            {
                switch (character)
                {
                    case '<': target.Write("&lt;"); break;
                    case '>': target.Write("&gt;"); break;
                    case '&': target.Write("&amp;"); break;
                    case '"': target.Write("&#34;"); break;
                    case '\'': target.Write("&#39;"); break;
                    default: target.Write(character); break;
                }
            }
        }
    }
}
