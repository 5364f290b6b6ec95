using System.Net;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Retort.Site.Highlighting;
using Retort.Site.Reference;

namespace Retort.Site.Tests;

/// <summary>The reference, made of small sources.</summary>
public sealed partial class ReferenceTests
{
    [Theory]
    [InlineData("public static T? First<T>(IEnumerable<T> from, string? name = null) where T : class => null;",
        "public static T? First<T>(IEnumerable<T> from, string? name = null) where T : class")]
    [InlineData("public string this[int index, params string[] more] => \"\";", "public string this[int index, params string[] more] { get; }")]
    [InlineData("public required string? Name { get; init; }", "public required string? Name { get; init; }")]
    [InlineData("public (int Line, string? Text) Place { get; protected set; }", "public (int Line, string? Text) Place { get; protected set; }")]
    [InlineData("public event EventHandler<string>? Done { add { } remove { } }", "public event EventHandler<string>? Done")]
    [InlineData("public static implicit operator Sample(string text) => new();", "public static implicit operator Sample(string text)")]
    [InlineData("public const char Mark = '<';", "public const char Mark = '<'")]
    [InlineData("protected virtual ref readonly int At(in int place, out bool found) => throw new Exception();", "protected virtual ref readonly int At(in int place, out bool found)")]
    [InlineData("[Obsolete(\"Use Other.\")] public void Old() { }", "[Obsolete(\"Use Other.\")]\npublic void Old()")]
    [InlineData("public void Long(string first, Dictionary<string, Func<int, (bool, bool)>>? second = null, CancellationToken third = default) { }",
        "public void Long(\n    string first,\n    Dictionary<string, Func<int, (bool, bool)>>? second = null,\n    CancellationToken third = default)")]
    public void Members_are_shown_as_CSharp_declares_them(string member, string expected)
    {
        var type = Reference($"/// <summary>A sample.</summary>\npublic class Sample {{ /// <summary>A member.</summary>\n{member} }}").Types.Single();
        Assert.Equal(expected, Plain(type.Groups.SelectMany(group => group.Members).Single(each => each.Declaration.ToHtml().Contains(expected.Contains("this[", StringComparison.Ordinal) ? "this" : NameIn().Match(member).Value, StringComparison.Ordinal)
            && each.Name != "new Sample").Declaration.ToHtml()));
    }

    [Theory]
    [InlineData("public abstract class Sample<TKey, TValue> : List<TKey>, IComparable<TValue> where TKey : notnull { /// <summary>m</summary>\npublic abstract int CompareTo(TValue? other); }",
        "public abstract class Sample<TKey, TValue> : List<TKey>, IComparable<TValue> where TKey : notnull")]
    [InlineData("public readonly record struct Sample(int A);", "public readonly record struct Sample")]
    [InlineData("public sealed record Sample(int A);", "public sealed record Sample")]
    [InlineData("public static class Sample;", "public static class Sample")]
    [InlineData("public delegate T Sample<out T>(string? name = null) where T : new();", "public delegate T Sample<out T>(string? name = null) where T : new()")]
    [InlineData("[Flags] public enum Sample;", "[Flags]\npublic enum Sample")]
    public void Types_are_shown_as_CSharp_declares_them(string source, string expected) =>
        Assert.Equal(expected, Plain(Reference("/// <summary>A sample.</summary>\n" + source).Types.Single().Declaration.ToHtml()));

    [Fact]
    public void Types_of_the_packages_are_links_and_others_are_not()
    {
        var type = Reference("/// <summary>A <see cref=\"B{T}\"/>, a <see cref=\"String\"/>, <see cref=\"B{T}.Run\"/>.</summary>\npublic class A : B<int>;\n/// <summary>b</summary>\npublic class B<T> { /// <summary>r</summary>\npublic void Run() { } }").Types[0];
        Assert.Contains("<a class=\"t\" href=\"Demo.B-1.html\">B</a>&lt;<span class=\"k\">int</span>&gt;", type.Declaration.ToHtml(), StringComparison.Ordinal);
        Assert.Equal("<p>A <a href=\"Demo.B-1.html\"><code>B&lt;T&gt;</code></a>, a <code>string</code>, <a href=\"Demo.B-1.html#Run\"><code>B&lt;T&gt;.Run</code></a>.</p>\n", type.Comment.Summary.ToHtml());
        Assert.Equal("<a href=\"Demo.B-1.html#Run\"><code>Run</code></a>", type.Inherited.Single().Members.Single().ToHtml());
    }

    [Fact]
    public void A_comment_is_shown_in_all_its_parts()
    {
        var member = Reference(
            """
            /// <summary>A sample.</summary>
            public static class Sample
            {
                /// <summary>Finds it.<para>Slowly, for <typeparamref name="T"/>; <see langword="null"/> &lt; 1.</para></summary>
                /// <typeparam name="T">What it is.</typeparam>
                /// <param name="key">The <c>key</c>.</param>
                /// <returns>It, or <paramref name="key"/>.</returns>
                /// <exception cref="ArgumentException">There is none.</exception>
                /// <remarks><list type="bullet"><item><term>one</term><description>1</description></item></list></remarks>
                /// <example>
                /// <code>
                /// if (a)
                ///     Find("b");
                /// </code>
                /// </example>
                public static T? Find<T>(this string key) => default;
            }
            """).Types.Single().Groups.Single().Members.Single();
        Assert.Equal("Find<T>", member.Name);
        Assert.Equal("Find", member.Anchor);
        Assert.Equal("public static T? Find<T>(this string key)", Plain(member.Declaration.ToHtml()));
        Assert.Equal("<p>Finds it.</p>\n<p>Slowly, for <code>T</code>; <code>null</code> &lt; 1.</p>\n", member.Comment.Summary.ToHtml());
        Assert.Equal("<code>T</code>: <p>What it is.</p>\n", $"{member.Comment.TypeParameters.Single().Name}: {member.Comment.TypeParameters.Single().Text}");
        Assert.Equal("<code>key</code>: <p>The <code>key</code>.</p>\n", $"{member.Comment.Parameters.Single().Name}: {member.Comment.Parameters.Single().Text}");
        Assert.Equal("<p>It, or <code>key</code>.</p>\n", member.Comment.Returns.ToHtml());
        Assert.Equal("<code>ArgumentException</code>: <p>There is none.</p>\n", $"{member.Comment.Exceptions.Single().Name}: {member.Comment.Exceptions.Single().Text}");
        Assert.Equal("<ul><li><strong>one</strong>: 1</li></ul>\n", member.Comment.Remarks.ToHtml());
        Assert.Equal("if (a)\n    Find(\"b\");", Plain(member.Comment.Example.ToHtml()).Trim());
    }

    [Fact]
    public void What_is_inherited_is_looked_up()
    {
        var reference = Reference(
            """
            /// <summary>A base.</summary>
            public abstract class Base { /// <summary>Runs it.</summary>
                public abstract void Run(); }
            /// <inheritdoc/>
            public sealed class Derived : Base, IDisposable
            {
                /// <inheritdoc/>
                public override void Run() { }
                /// <inheritdoc/>
                public void Dispose() { }
                /// <inheritdoc cref="Run"/>
                public void Again() { }
            }
            /// <summary>A point.</summary>
            /// <param name="X">From the left.</param>
            public sealed record Point(int X, int Y);
            """);
        Assert.Empty(reference.Problems);
        Assert.Equal("<p>A base.</p>\n", reference.Types[1].Comment.Summary.ToHtml());
        Assert.Equal(["Again: Runs it.", "Dispose: Implements IDisposable.Dispose.", "Run: Runs it."], Summaries(reference.Types[1], "Methods"));
        Assert.Equal(["X: From the left.", "Y: The value Y that Point is made with."], Summaries(reference.Types[2], "Properties"));
        Assert.Equal("<a href=\"Demo.Derived.html\"><code>Derived</code></a>", reference.Types[0].Derived.Single().ToHtml());
    }

    [Fact]
    public void A_member_without_a_summary_is_a_problem() =>
        Assert.Equal(["Demo.Sample.Run(): is public and has no summary: say in /// <summary> what it is"],
            Reference("/// <summary>A sample.</summary>\npublic class Sample { public void Run() { } private void Hidden() { } }").Problems.Select(problem => problem.ToString()));

    [Fact]
    public void A_reference_to_nothing_is_a_problem() =>
        Assert.Equal(["Demo.Sample: <see cref=\"!:Nothing\"> in its comment leads nowhere"],
            Reference("/// <summary>As <see cref=\"Nothing\"/>.</summary>\npublic static class Sample;").Problems.Select(problem => problem.ToString()).Distinct());

    [Fact]
    public void What_is_obsolete_says_so()
    {
        var type = Reference("/// <summary>A sample.</summary>\n[Obsolete(\"Use <Other>.\")] public static class Sample;").Types.Single();
        Assert.Equal("Use <Other>.", type.Comment.Obsolete);
    }

    [Fact]
    public void Overloads_have_anchors_of_their_own()
    {
        var type = Reference("/// <summary>A sample.</summary>\npublic static class Sample { /// <summary>1</summary>\npublic static void Run() { } /// <summary>2</summary>\npublic static void Run(int a) { } }").Types.Single();
        Assert.Equal(["Run", "Run-1"], type.Groups.Single().Members.Select(member => member.Anchor));
    }

    private static IEnumerable<string> Summaries(TypeView type, string group) =>
        type.Groups.Single(each => each.Title == group).Members.Select(member => $"{member.Name}: {Plain(member.Comment.Summary.ToHtml()).Trim()}");

    private static ApiReference Reference(string source)
    {
        var platform = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Where(file => Path.GetFileName(file).StartsWith("System.", StringComparison.Ordinal));
        var code = "using System; using System.Collections.Generic; using System.Threading;\nnamespace Demo;\n" + source;
        var compilation = CSharpCompilation.Create("Demo", [CSharpSyntaxTree.ParseText(code, new CSharpParseOptions(LanguageVersion.Preview, DocumentationMode.Diagnose))],
            platform.Select(file => MetadataReference.CreateFromFile(file)), new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        // What an assembly holds is what counts: read it back.
        using var image = new MemoryStream();
        using var comments = new MemoryStream();
        var emitted = compilation.Emit(image, xmlDocumentationStream: comments);
        Assert.True(emitted.Success, string.Join('\n', emitted.Diagnostics));
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(file, comments.ToArray());
            var reference = MetadataReference.CreateFromImage(image.ToArray(), documentation: new XmlFileComments(file));
            var reader = CSharpCompilation.Create("reader", references: compilation.References.Append(reference));
            return new ApiReference(new PackageSymbols(reader, [(IAssemblySymbol)reader.GetAssemblyOrModuleSymbol(reference)!]), new Highlighter());
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static string Plain(string html) => WebUtility.HtmlDecode(Tags().Replace(html, ""));

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tags();

    [GeneratedRegex(@"\b(First|Name|Place|Done|implicit|Mark|At|Old|Long)\b")]
    private static partial Regex NameIn();
}
