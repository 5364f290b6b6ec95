using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Retort.Development;

namespace Retort.Scripting.Tests;

public sealed class ScriptConsoleTests
{
    [Fact]
    public void An_expression_gives_its_value_as_text()
    {
        using var console = Open(("id", 7), ("tags", new List<string> { "a", "b" }));
        Assert.Equal(new Evaluation("", "8", null), Run(console, "id + 1"));
        AssertValue("[\"a\", \"b\"]", console, "tags");
        AssertValue("null", console, "(string)null");
    }

    [Fact]
    public void What_is_declared_stays()
    {
        using var console = Open();
        Assert.Equal(new Evaluation("", null, null), Run(console, "int twice(int n) => n * 2; var x = 20;"));
        Run(console, "x++;");
        Run(console, "record Point(int X, int Y);");
        AssertValue("Point { X = 42, Y = 1 }", console, "new Point(twice(x), 1)");
        for (var i = 0; i < 40; i++)
            Run(console, $"var v{i} = {i};");
        AssertValue("39", console, "v39");
    }

    [Fact]
    public void Internal_types_and_private_members_of_the_app_can_be_used()
    {
        using var console = Open(("note", new Hidden("milk")), ("all", new List<Hidden> { new("milk") }));
        AssertValue("\"milk\"", console, "note._title");
        AssertValue("\"milk\"", console, "all.Select(note => note._title).First()");
        Run(console, "var other = note; Retort.Scripting.Tests.Hidden same(Retort.Scripting.Tests.Hidden it) => it;");
        AssertValue("\"milk\"", console, "same(other)._title");
        AssertValue("\"bread\"", console, "new Retort.Scripting.Tests.Hidden(\"bread\")._title");
    }

    [Fact]
    public void Values_of_anonymous_and_generated_types_can_be_used()
    {
        using var console = Open(("row", new { Id = 3, Inner = new { Name = "x" } }), ("lazy", Enumerable.Range(0, 3).Where(n => n > 0)), ("@class", 1), ("not a name", 2), ("nothing", null));
        AssertValue("\"x3\"", console, "row.Inner.Name + row.Id");
        AssertValue("3", console, "lazy.Sum()");
        AssertValue("true", console, "nothing == null");
    }

    [Fact]
    public void Usings_come_first_and_go_on_to_hold()
    {
        using var console = Open();
        AssertValue("\"a&amp;b\"", console, "using System.Net;\nWebUtility.HtmlEncode(\"a&b\")");
        AssertValue("\"&lt;\"", console, "WebUtility.HtmlEncode(\"<\")");
        Assert.StartsWith("(2,4): CS0103", Run(console, "using System.Net;\n   none").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Await_and_several_lines_are_understood()
    {
        using var console = Open();
        AssertValue("3", console, "var n = await Task.FromResult(1);\nforeach (var i in new[] { 1, 1 })\n    n += i;\nn");
        Assert.False(console.IsComplete("if (true) {"));
        Assert.True(console.IsComplete("1 + 1"));
    }

    [Fact]
    public void What_is_written_to_the_console_is_captured_and_only_here()
    {
        using var console = Open();
        Assert.Equal(new Evaluation("a\nb\n", "1", null), Run(console, "Console.Write(\"a\\n\"); Console.Error.Write(\"b\\n\"); 1"));
    }

    [Fact]
    public void What_a_run_has_started_may_go_on_to_write_when_it_has_ended()
    {
        using var console = Open();
        Run(console, "var go = new TaskCompletionSource();");
        Run(console, "var left = Task.Run(async () => { await go.Task; Console.WriteLine(\"late\"); return 7; });");
        Run(console, "go.SetResult();");
        AssertValue("7", console, "await left");
    }

    [Fact]
    public void Output_without_end_is_cut_while_it_is_written()
    {
        using var console = Open();
        var before = GC.GetTotalAllocatedBytes();
        var output = Run(console, "var line = new string('x', 1000); for (var i = 0; i < 300_000; i++) Console.Write(line);").Output;
        Assert.Equal(new string('x', 64 * 1024) + "\n… (cut)", output);
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 200_000_000);
    }

    [Fact]
    public void Internal_types_of_an_assembly_that_was_loaded_after_the_first_console_can_be_used()
    {
        using (var first = Open())
            AssertValue("1", first, "1");
        var folder = Directory.CreateTempSubdirectory("retort-test-");
        try
        {
            var file = Path.Combine(folder.FullName, "LoadedLate.dll");
            var core = MetadataReference.CreateFromFile(typeof(object).Assembly.Location);
            var code = CSharpSyntaxTree.ParseText("internal static class Late { internal static int Seven() => 7; }", cancellationToken: TestContext.Current.CancellationToken);
            Assert.True(CSharpCompilation.Create("LoadedLate", [code], [core], new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary)).Emit(file, cancellationToken: TestContext.Current.CancellationToken).Success);
            System.Reflection.Assembly.LoadFrom(file);
            using var console = Open();
            AssertValue("7", console, "Late.Seven()");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Errors_of_the_compiler_point_at_their_place()
    {
        using var console = Open(("id", 7));
        Assert.Equal("(1,1): CS0103: The name 'idd' does not exist in the current context\n    idd + 1\n    ^^^", Run(console, "idd + 1").Error);
        Assert.StartsWith("(2,9): CS0029", Run(console, "var a = 1;\nint b = \"x\";").Error, StringComparison.Ordinal);
        AssertValue("7", console, "id");
    }

    [Fact]
    public void Exceptions_are_told_and_leave_the_console_usable()
    {
        using var console = Open();
        var thrown = Run(console, "int[] none = []; none[0]");
        Assert.StartsWith("System.IndexOutOfRangeException: ", thrown.Error, StringComparison.Ordinal);
        Assert.Null(thrown.Value);
        AssertValue("2", console, "1 + 1");
    }

    [Theory]
    [InlineData("while (true) { }")]
    [InlineData("Thread.Sleep(-1);")]
    [InlineData("await Task.Delay(-1);")]
    [InlineData("try { while (true) { } } catch { } while (true) { }")]
    public void A_run_that_does_not_end_is_cut_off(string code)
    {
        using var console = Open();
        Assert.StartsWith("Cut off after 0.3 s.", console.Evaluate(code, TimeSpan.FromSeconds(0.3), () => { }).Error, StringComparison.Ordinal);
        AssertValue("2", console, "1 + 1");
    }

    [Fact]
    public void It_runs_where_it_was_told_to_enter()
    {
        using var console = Open();
        var where = new AsyncLocal<string>();
        Current = () => where.Value;
        Assert.Equal("\"here\"", console.Evaluate("Retort.Scripting.Tests.ScriptConsoleTests.Current()", TimeSpan.FromSeconds(30), () => where.Value = "here").Value);
    }

    internal static Func<string?> Current { get; set; } = () => null;

    private static Evaluation Run(EvaluationConsole console, string code) => console.Evaluate(code, TimeSpan.FromSeconds(60), () => { });

    private static void AssertValue(string expected, EvaluationConsole console, string code) => Assert.Equal(new Evaluation("", expected, null), Run(console, code));

    private static EvaluationConsole Open(params (string Name, object? Value)[] variables) => new ScriptConsoles().Open([.. variables.Select(pair => new ConsoleVariable(pair.Name, pair.Value))], []);
}

internal sealed class Hidden(string title)
{
    private readonly string _title = title;

    public override string ToString() => _title;
}
