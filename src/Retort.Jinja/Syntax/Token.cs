namespace Retort.Jinja.Syntax;

/// <summary>What a token is.</summary>
public enum TokenKind
{
    /// <summary>End of the template.</summary>
    Eof,

    /// <summary>Text outside all tags.</summary>
    Data,

    /// <summary>Start of a statement.</summary>
    BlockBegin,

    /// <summary>End of a statement.</summary>
    BlockEnd,

    /// <summary>Start of a print.</summary>
    VariableBegin,

    /// <summary>End of a print.</summary>
    VariableEnd,

    /// <summary>An identifier or keyword.</summary>
    Name,

    /// <summary>A string literal; the value is unescaped.</summary>
    String,

    /// <summary>An integer literal; the value is a long or a BigInteger.</summary>
    Integer,

    /// <summary>A float literal.</summary>
    Float,

    /// <summary><c>+</c></summary>
    Add,

    /// <summary><c>-</c></summary>
    Sub,

    /// <summary><c>/</c></summary>
    Div,

    /// <summary><c>//</c></summary>
    FloorDiv,

    /// <summary><c>*</c></summary>
    Mul,

    /// <summary><c>%</c></summary>
    Mod,

    /// <summary><c>**</c></summary>
    Pow,

    /// <summary><c>~</c></summary>
    Tilde,

    /// <summary><c>[</c></summary>
    LeftBracket,

    /// <summary><c>]</c></summary>
    RightBracket,

    /// <summary><c>(</c></summary>
    LeftParen,

    /// <summary><c>)</c></summary>
    RightParen,

    /// <summary><c>{</c></summary>
    LeftBrace,

    /// <summary><c>}</c></summary>
    RightBrace,

    /// <summary><c>==</c></summary>
    Eq,

    /// <summary><c>!=</c></summary>
    Ne,

    /// <summary><c>&gt;</c></summary>
    Gt,

    /// <summary><c>&gt;=</c></summary>
    GtEq,

    /// <summary><c>&lt;</c></summary>
    Lt,

    /// <summary><c>&lt;=</c></summary>
    LtEq,

    /// <summary><c>=</c></summary>
    Assign,

    /// <summary><c>.</c></summary>
    Dot,

    /// <summary><c>:</c></summary>
    Colon,

    /// <summary><c>|</c></summary>
    Pipe,

    /// <summary><c>,</c></summary>
    Comma,

    /// <summary><c>;</c></summary>
    Semicolon,

    /// <summary>A place where the text is not valid; the stream throws when it gets here, so that earlier errors come first.</summary>
    Error,
}

/// <summary>One token: what it is, its text if it is a name, a string or data, its value if it is a literal, and where it starts.</summary>
public readonly record struct Token(TokenKind Kind, string Text, SourcePosition At, object? Value = null)
{
    // In the order of the kinds.
    private static readonly string[] Descriptions =
    [
        "end of template", "template data / text", "begin of statement block", "end of statement block", "begin of print statement", "end of print statement",
        "name", "string", "integer", "float",
        "+", "-", "/", "//", "*", "%", "**", "~", "[", "]", "(", ")", "{", "}", "==", "!=", ">", ">=", "<", "<=", "=", ".", ":", "|", ",", ";", "?",
    ];

    /// <summary>Number of characters it takes in the template.</summary>
    public int Length { get; init; }

    /// <summary>Whether this is the given name or keyword.</summary>
    public bool IsName(string name) => Kind == TokenKind.Name && Text == name;

    /// <summary>How an error message calls this token.</summary>
    public override string ToString() => Kind == TokenKind.Name ? Text : Describe(Kind);

    internal static string Describe(TokenKind kind) => Descriptions[(int)kind];
}
