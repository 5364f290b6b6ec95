using System.Text;

namespace Retort.Jinja.Tests.Values;

/// <summary>The results are those of Python.</summary>
public class BytesMethodsTests
{
    [Theory]
    [InlineData("b.split()", "[[b'a', b'b']]")]
    [InlineData("'a,b,,c'.encode().split(','.encode(), 1)", "[[b'a', b'b,,c']]")]
    [InlineData("b.strip()", "[b'a b']")]
    [InlineData("b.upper()", "[b' A B\\n']")]
    [InlineData("b.title()", "[b' A B\\n']")]
    [InlineData("b.swapcase()", "[b' A B\\n']")]
    [InlineData("b.find(98)", "[3]")]
    [InlineData("b.find('b'.encode())", "[3]")]
    [InlineData("b.count('a'.encode())", "[1]")]
    [InlineData("b.replace('a'.encode(), 'xy'.encode())", "[b' xy b\\n']")]
    [InlineData("b.partition(' '.encode())", "[(b'', b' ', b'a b\\n')]")]
    [InlineData("b.startswith(('z'.encode(), ' a'.encode()))", "[True]")]
    [InlineData("b.center(9, '*'.encode())", "[b'** a b\\n**']")]
    [InlineData("b.zfill(9)", "[b'0000 a b\\n']")]
    [InlineData("'a\\nb\\r\\nc\\x0bd'.encode().splitlines()", "[[b'a', b'b', b'c\\x0bd']]")]
    [InlineData("'a\\x1cb'.encode().split()", "[[b'a\\x1cb']]")]
    [InlineData("'é'.encode('latin-1').isalpha()", "[False]")]
    [InlineData("'é'.encode('latin-1').upper()", "[b'\\xe9']")]
    [InlineData("'-'.encode().join(['a'.encode(), 'b'.encode()])", "[b'a-b']")]
    [InlineData("'abcde'.encode().hex('-', 2)", "['61-6263-6465']")]
    [InlineData("'abcde'.encode().hex(':', -2)", "['6162:6364:65']")]
    [InlineData("'12'.encode().isdigit()", "[True]")]
    [InlineData("''.encode().decode('nope')", "['']")]
    [InlineData("'a\\xff'.encode('latin-1').decode('utf-8', 'replace')", "['a\ufffd']")]
    public void Bytes_have_the_methods_of_text_but_know_ASCII_alone(string expression, string expected) => Assert.Equal(expected, Render(expression));

    [Theory]
    [InlineData("'%s|%d|%5.1f|%r|%c%%'.encode() % ('a'.encode(), 5, 2.5, 'x', 65)", "[b\"a|5|  2.5|'x'|A%\"]")]
    [InlineData("'%(a)s'.encode() % {'a'.encode(): 'z'.encode()}", "[b'z']")]
    [InlineData("'x'.encode() % {}", "[b'x']")]
    [InlineData("'x'.encode() % missing", "[b'x']")]
    public void Bytes_are_formatted_like_text(string expression, string expected) => Assert.Equal(expected, Render(expression));

    [Theory]
    [InlineData("b.find('a')", PythonErrorKind.TypeError)]
    [InlineData("b.find(256)", PythonErrorKind.ValueError)]
    [InlineData("b.index('z'.encode())", PythonErrorKind.ValueError)]
    [InlineData("b.split('')", PythonErrorKind.TypeError)]
    [InlineData("b.join(['a'])", PythonErrorKind.TypeError)]
    [InlineData("b.hex('--')", PythonErrorKind.ValueError)]
    [InlineData("''.encode().hex(none, 1)", PythonErrorKind.TypeError)]
    [InlineData("'%s'.encode() % 'a'", PythonErrorKind.TypeError)]
    [InlineData("'%(a)s'.encode() % {'a': 1}", PythonErrorKind.KeyError)]
    [InlineData("'%c'.encode() % 256", PythonErrorKind.OverflowError)]
    [InlineData("'x'.encode() % 1", PythonErrorKind.TypeError)]
    public void Text_among_bytes_is_an_error(string expression, PythonErrorKind kind) => Assert.Equal(kind, Assert.Throws<PythonError>(() => Render(expression)).Kind);

    private static string Render(string expression) => Rendering.Render($"{{{{ [{expression}] }}}}", new { b = Encoding.ASCII.GetBytes(" a b\n") });
}
