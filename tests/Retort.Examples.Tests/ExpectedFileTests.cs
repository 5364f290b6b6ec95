namespace Retort.Examples.Tests;

public sealed class ExpectedFileTests
{
    private const string Text =
        """
        # What the file is about.
        $ DATABASE={{temp}}/db dotnet run --project examples/some -- init
        Done.

        $ dotnet run examples/some/app.cs

        ### The first
        # Says why.
        POST /a b
        Content-Type: text/plain
        X-Empty:

        one

        two

        HTTP/1.1 201 Created
        Location: /a
        Set-Cookie:

        <p>
        made

        ### The second
        GET /

        HTTP/1.1 200 OK
        """;

    [Fact]
    public void A_file_is_commands_and_exchanges()
    {
        var file = ExpectedFile.Parse("expected.http", Text);
        Assert.Equal([new("DATABASE={{temp}}/db dotnet run --project examples/some -- init", "Done.\n"), new("dotnet run examples/some/app.cs", "")], file.Commands);
        Assert.Equal(2, file.Exchanges.Count);
        var first = file.Exchanges[0];
        Assert.Equal((7, "The first", "POST", "/a b", "one\n\ntwo", "201 Created", "<p>\nmade"),
            (first.Line, first.Title, first.Method, first.Target, first.Body, first.Status, first.ExpectedBody));
        Assert.Equal([("Content-Type", "text/plain"), ("X-Empty", "")], first.Headers);
        Assert.Equal([("Location", "/a"), ("Set-Cookie", "")], first.ExpectedHeaders);
        var second = file.Exchanges[1];
        Assert.Equal(("The second", "GET", null, "200 OK", null), (second.Title, second.Method, second.Body, second.Status, second.ExpectedBody));
        Assert.Empty(second.Headers);
        Assert.Empty(second.ExpectedHeaders);
    }

    [Fact]
    public void An_exchange_without_an_answer_is_an_error_with_its_line()
    {
        var error = Assert.Throws<FormatException>(() => ExpectedFile.Parse("expected.http", "$ dotnet run a.cs\n\n### Half\nGET /\n"));
        Assert.Equal("expected.http:3: 'Half' needs a request, such as 'GET /', and the answer to it, which begins with 'HTTP/1.1 200 OK'", error.Message);
    }

    [Fact]
    public void A_command_is_read_as_a_shell_reads_it()
    {
        var project = CommandLine.Parse("A=1 B=x=y dotnet run --project examples/some -- init --seed x");
        Assert.Equal([("A", "1"), ("B", "x=y")], project.Environment);
        Assert.Equal((true, "examples/some"), (project.IsProject, project.Target));
        Assert.Equal(["init", "--seed", "x"], project.Arguments);
        var file = CommandLine.Parse("dotnet run examples/some/app.cs");
        Assert.Equal((false, "examples/some/app.cs"), (file.IsProject, file.Target));
        Assert.Empty(file.Arguments);
        Assert.Throws<FormatException>(() => CommandLine.Parse("python app.py"));
    }
}
