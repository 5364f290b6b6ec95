namespace Retort.Architecture.Tests;

/// <summary>The check of the arrows must be able to fail: each way in which C# can use a type is one that it sees.</summary>
public sealed class DirectionCheckTests
{
    private static readonly Directions HighOnLow = new("Sample.High -> Sample.Middle", "Sample.Middle -> Sample.Low");

    public static TheoryData<string> UsesOfHigh =>
    [
        "class Bad : Sample.High.Top { }",
        "class Bad : Sample.High.ITop { }",
        "class Bad : System.Collections.Generic.List<Sample.High.Top> { }",
        "class Bad<T> where T : Sample.High.Top { }",
        "class Bad { void M<T>() where T : Sample.High.Top { } }",
        "class Bad { object F = new Sample.High.Top(); }",
        "class Bad { Sample.High.Top F; }",
        "class Bad { Sample.High.Top[] F; }",
        "class Bad { Sample.High.Top P { get; set; } }",
        "class Bad { event System.Action<Sample.High.Top> E; }",
        "class Bad { void M(System.Collections.Generic.Dictionary<string, Sample.High.Top> p) { } }",
        "class Bad { (int, Sample.High.Top) M() => default; }",
        "unsafe class Bad { delegate*<Sample.High.Top, void> F; }",
        "class Bad { object M() => Sample.High.Top.Make(); }",
        "class Bad { int M() => Sample.High.Top.Number; }",
        "class Bad { object M() => typeof(Sample.High.Top); }",
        "class Bad { string M(object o) => o is Sample.High.Top ? \"\" : null; }",
        "class Bad { void M() { try { } catch (Sample.High.TopError) { } } }",
        "class Bad { System.Func<object> M() => () => new Sample.High.Top(); }",
        "class Bad { async System.Threading.Tasks.Task M() { await System.Threading.Tasks.Task.Yield(); new Sample.High.Top(); } }",
        "class Bad { System.Collections.Generic.IEnumerable<int> M() { yield return Sample.High.Top.Number; } }",
        "class Bad { object M() => System.Array.Empty<Sample.High.Top>(); }",
        "class Bad { class Inner { Sample.High.Top F; } }",
        "[Sample.High.Mark] class Bad { }",
        "class Bad { [Sample.High.Mark] int P => 1; }",
        "class Bad { void M([Sample.High.Mark] int p) { } }",
        "[System.ComponentModel.TypeConverter(typeof(Sample.High.Top))] class Bad { }",
        "[System.ComponentModel.TypeConverter(typeof(System.Collections.Generic.List<Sample.High.Top>))] class Bad { }",
    ];

    [Theory]
    [MemberData(nameof(UsesOfHigh))]
    public void An_upward_use_is_found(string declaration)
    {
        using var assembly = Compile("Low/Bad.cs", $"namespace Sample.Low {{ {declaration} }}");
        var broken = Layering.BrokenIn(assembly, HighOnLow);
        Assert.NotEmpty(broken);
        Assert.All(broken, line => Assert.StartsWith("Sample.Low.Bad", line, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(UsesOfHigh))]
    public void The_same_use_downwards_is_none(string declaration)
    {
        using var assembly = Compile("High/Bad.cs", $"namespace Sample.High {{ {declaration} }}");
        Assert.Empty(Layering.BrokenIn(assembly, HighOnLow));
    }

    [Fact]
    public void The_message_names_the_member_the_use_and_the_rule()
    {
        using var assembly = Compile("Low/Bad.cs", "namespace Sample.Low { class Bad { object M() => Sample.High.Top.Make(); } }");
        Assert.Contains("Sample.Low.Bad.M uses Sample.High.Top.Make of Sample.High, but Sample.Low uses no other of them", Layering.BrokenIn(assembly, HighOnLow));
    }

    [Fact]
    public void Arrows_lead_on_but_not_back()
    {
        Assert.True(HighOnLow.Allow("Sample.High", "Sample.Low"));
        Assert.False(HighOnLow.Allow("Sample.Low", "Sample.High"));
        Assert.False(HighOnLow.Allow("Sample.Middle", "Sample.High"));
        Assert.Equal("Sample.High may use Sample.Low, Sample.Middle", HighOnLow.Describe("Sample.High"));
    }

    [Fact]
    public void A_folder_without_arrows_is_reported()
    {
        using var assembly = Compile("Elsewhere/Stray.cs", "namespace Sample.Elsewhere { enum Stray { Lost } }");
        Assert.Equal(["Sample.Elsewhere.Stray: Sample.Elsewhere has no place in the directions; move the type or draw its arrows"], Layering.BrokenIn(assembly, HighOnLow));
    }

    [Fact]
    public void A_type_belongs_to_the_folder_it_is_written_in()
    {
        using var assembly = Compile("Low/Face.cs", "namespace Sample { public class Face { public object M() => Sample.High.Top.Make(); } }");
        Assert.Contains("Sample.Face.M uses Sample.High.Top.Make of Sample.High, but Sample.Low uses no other of them", Layering.BrokenIn(assembly, HighOnLow));
        Assert.Empty(Layering.MisnamedIn(assembly));
    }

    [Fact]
    public void A_namespace_that_hides_where_a_type_belongs_is_reported()
    {
        using var assembly = Compile("Low/Seen.cs", "namespace Sample.High { interface Seen { } }");
        Assert.Equal(["Sample.High.Seen is written in the folder of Sample.Low; its namespace is that one or that of the package"], Layering.MisnamedIn(assembly));
    }

    [Fact]
    public void The_framework_breaks_arrows_that_are_turned_round()
    {
        using var assembly = Products.Open("Retort");
        var broken = Layering.BrokenIn(assembly, new Directions("Retort.Http -> Retort", "Retort -> Retort.Views"));
        Assert.Contains(broken, line => line.StartsWith("Retort.App", StringComparison.Ordinal) && line.Contains("uses Retort.Http.", StringComparison.Ordinal));
    }

    private static CompiledAssembly Compile(string path, string source) => CSharp.Compile("Sample", (path, source),
        ("Middle/Way.cs", "namespace Sample.Middle { class Way { } }"),
        ("High/Top.cs",
        """
        namespace Sample.High
        {
            class Top { public static int Number = System.Environment.TickCount; public static Top Make() => new Top(); }
            interface ITop { }
            class TopError : System.Exception { }
            [System.AttributeUsage(System.AttributeTargets.All)] class MarkAttribute : System.Attribute { }
        }
        """));
}
