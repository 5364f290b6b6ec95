using Microsoft.CodeAnalysis.CSharp;

namespace Retort.Architecture.Tests;

public sealed class SurfaceTests
{
    [Fact]
    public void A_surface_is_the_visible_declarations_in_order()
    {
        var text = SurfaceOf(
            """
            #nullable enable
            namespace Sample;
            public sealed record Point(int X, string? Label = null);
            public abstract class Shape : System.IDisposable
            {
                protected Shape(int sides) { }
                public required string Name { get; init; }
                public virtual int Sides { get; private set; }
                protected internal event System.Action<string?>? Changed { add { } remove { } }
                public abstract T Find<T>(System.Collections.Generic.IReadOnlyList<string?> names, params T[] others) where T : class?;
                public void Dispose() { }
                internal void Hidden() { }
                public enum Kind { Round = 1, Square = 4 }
                private class Inner { public int Unseen; }
            }
            public delegate bool Choice(in Point point, out string? why);
            public static class More { public static int Area(this Shape shape, double scale = 1.5) => 0; public const string Word = "w"; }
            class Unseen { public int Too; }
            """);
        Assert.Equal(
            """
            public delegate bool Sample.Choice(in Sample.Point point, out string? why)

            public static class Sample.More
                public static int Area(this Sample.Shape shape, double scale = 1.5)
                public const string Word = "w"

            public sealed record Sample.Point
                public Point(int X, string? Label = null)
                public void Deconstruct(out int X, out string? Label)
                public string? Label { get; init; }
                public int X { get; init; }

            public abstract class Sample.Shape : System.IDisposable
                protected Shape(int sides)
                event protected internal System.Action<string?>? Changed
                public void Dispose()
                public abstract T Find<T>(System.Collections.Generic.IReadOnlyList<string?> names, params T[] others) where T : class?
                public required string Name { get; init; }
                public virtual int Sides { get; }

            public enum Sample.Shape.Kind
                Round = 1
                Square = 4


            """.ReplaceLineEndings("\n"), text);
    }

    [Fact]
    public void A_difference_shows_what_came_and_went_under_its_type() =>
        Assert.Equal(
            ["  class A", "- int Gone()", "+ int Come()", "  class B", "+ class B"],
            SurfaceDifference.Between("class A\n    int Gone()\n    int Same()\n\n", "class A\n    int Come()\n    int Same()\n\nclass B\n\n"));

    [Fact]
    public void Equal_surfaces_have_no_difference() => Assert.Empty(SurfaceDifference.Between("class A\n    int Same()\n", "class A\n    int Same()\n"));

    private static string SurfaceOf(string source)
    {
        var compilation = CSharp.Compilation("Sample", CSharpSyntaxTree.ParseText(source));
        using var stream = new MemoryStream();
        Assert.True(compilation.Emit(stream).Success, string.Join('\n', compilation.GetDiagnostics()));
        var reference = Microsoft.CodeAnalysis.MetadataReference.CreateFromImage(stream.ToArray());
        var reader = CSharpCompilation.Create("reader", references: [.. compilation.References, reference]);
        return Surface.Of((Microsoft.CodeAnalysis.IAssemblySymbol)reader.GetAssemblyOrModuleSymbol(reference)!);
    }
}
