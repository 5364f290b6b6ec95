using System.Reflection;
using System.Runtime.CompilerServices;
using Retort.Development;
using Retort.Jinja;
using Retort.Jinja.Loaders;

namespace Retort.Tests.Development;

public sealed class TracebackTests
{
    private static readonly Dictionary<string, string> Templates = new()
    {
        ["page.html"] = "<h1>\n{% include 'row.html' %}\n",
        ["row.html"] = "{% from 'macros.html' import cell %}\n\n  {{ cell(3) }}\n",
        ["macros.html"] = "{% macro cell(n) %}\n  <td>{{ n / 0 }}</td>\n{% endmacro %}",
        ["broken.html"] = "<p>\n{{ 1 + }}\n",
    };

    [Fact]
    public void Frames_have_the_names_their_author_wrote()
    {
        var traceback = Read(Record.Exception(() => Outer(3))!);
        var names = traceback.Frames.Where(frame => frame.Kind == FrameKind.App).Select(frame => frame.Name).ToList();
        Assert.Equal(["TracebackTests.Outer(int count)", "Inner(string text)", "lambda in TracebackTests.Outer"], names[^3..]);
        Assert.Equal("throw new InvalidOperationException(text);", traceback.Frames[^1].Source!.Text.Trim());
        Assert.Equal("System.InvalidOperationException: in 3", traceback.Title);
    }

    [Fact]
    public async Task Async_frames_are_shown_without_their_machinery()
    {
        var error = await Record.ExceptionAsync(() => First());
        var names = Read(error!).Frames.Select(frame => frame.Name).ToList();
        Assert.Equal(["TracebackTests.First()", "Second(int n)", "TracebackTests.Third<T>(T value)"], names.Where(name => !name.StartsWith("Record", StringComparison.Ordinal) && !name.Contains("Async_frames")).Select(Plain).ToList()[^3..]);
        Assert.DoesNotContain(names, name => name.Contains("MoveNext", StringComparison.Ordinal) || name.Contains('|', StringComparison.Ordinal) || name.Contains("Throw", StringComparison.Ordinal));

        static string Plain(string name) => name.Replace("Third(T value)", "Third<T>(T value)", StringComparison.Ordinal);
    }

    [Fact]
    public void Template_frames_stand_between_the_view_and_what_they_call()
    {
        var environment = new JinjaEnvironment { Loader = new DictionaryLoader(Templates) };
        var traceback = Read(Record.Exception(() => environment.GetTemplate("page.html").Render())!);
        var steps = traceback.Frames.Where(frame => frame.Kind == FrameKind.Template).ToList();
        Assert.Equal([("page.html", 2, "included from here"), ("row.html", 3, "in macro 'cell', called from here"), ("macros.html", 2, null)], steps.Select(frame => (frame.File, frame.Line, frame.Note)));
        Assert.Equal("  <td>{{ n / 0 }}</td>", steps[^1].Source!.Text);
        Assert.Equal("ZeroDivisionError: division by zero", traceback.Title);
    }

    [Fact]
    public void A_function_that_a_template_calls_has_the_template_before_it()
    {
        var environment = new JinjaEnvironment { Loader = new DictionaryLoader(new Dictionary<string, string> { ["page.html"] = "\n{{ fail(1) }}" }) };
        environment.Globals["fail"] = (Func<int, string>)Fail;
        var frames = Read(Record.Exception(() => environment.GetTemplate("page.html").Render())!).Frames;
        var template = frames.ToList().FindIndex(frame => frame.Kind == FrameKind.Template);
        Assert.Equal(("page.html", 2), (frames[template].File, frames[template].Line));
        Assert.Contains(frames.Take(template), frame => frame.Kind == FrameKind.App);
        Assert.Equal("Fail(int n)", frames[^1].Name);

        static string Fail(int n) => throw new InvalidOperationException($"no {n}");
    }

    [Fact]
    public void A_syntax_error_of_a_template_points_with_a_caret()
    {
        var environment = new JinjaEnvironment { Loader = new DictionaryLoader(Templates) };
        var traceback = Read(Record.Exception(() => environment.GetTemplate("broken.html"))!);
        var text = TracebackText.Of(traceback);
        Assert.Contains("  Template \"broken.html\", line 2\n    {{ 1 + }}\n           ^", text, StringComparison.Ordinal);
        Assert.Contains("TemplateSyntaxError: ", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Causes_come_first_as_in_Python()
    {
        var error = Record.Exception((Action)(() =>
        {
            try
            {
                throw new FormatException("first");
            }
            catch (FormatException cause)
            {
                throw new InvalidOperationException("second", cause);
            }
        }));
        var text = TracebackText.Of(Read(error!));
        Assert.Matches("(?s)^Traceback .*System.FormatException: first\n\nThe above exception was the direct cause of the following exception:\n\nTraceback .*System.InvalidOperationException: second\n$", text);
    }

    private static Traceback Read(Exception error) =>
        new TracebackReader(name => Templates.GetValueOrDefault(name) ?? (name == "page.html" ? "\n{{ fail(1) }}" : null), assembly => assembly == Assembly.GetExecutingAssembly()).Read(error);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Outer(int count)
    {
        Inner($"in {count}");

        [MethodImpl(MethodImplOptions.NoInlining)]
        void Inner(string text)
        {
            Action fail = () =>
            {
                throw new InvalidOperationException(text);
            };
            fail();
        }
    }

    private static async Task First()
    {
        await Task.Yield();
        await Second(1);

        async Task<int> Second(int n)
        {
            await Task.Yield();
            await Third(n);
            return n;
        }
    }

    private static async Task Third<T>(T value)
    {
        await Task.Yield();
        throw new InvalidOperationException(value?.ToString());
    }
}
