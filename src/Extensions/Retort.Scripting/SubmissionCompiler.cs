using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Retort.Scripting;

/// <summary>A compiled submission.</summary>
/// <param name="Number">Its place in the script.</param>
/// <param name="Image">The assembly.</param>
/// <param name="TypeName">The class in it that runs.</param>
/// <param name="MethodName">The method of that class that runs it.</param>
/// <param name="HasValue">Whether it ends with an expression whose value is its result.</param>
/// <param name="Compilation">What the next one goes on from.</param>
internal sealed record Submission(int Number, byte[] Image, string TypeName, string MethodName, bool HasValue, CSharpCompilation Compilation);

/// <summary>Compiles the submissions of one script, each after the last that was accepted.</summary>
internal sealed class SubmissionCompiler
{
    private static readonly CSharpParseOptions Parsing = CSharpParseOptions.Default.WithKind(SourceCodeKind.Script).WithLanguageVersion(LanguageVersion.Latest);

    private static readonly CSharpCompilationOptions Options = new(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true);

    private CSharpCompilation? _previous;
    private int _number;

    /// <summary>Whether the code is whole, or a further line belongs to it.</summary>
    public static bool IsComplete(string code) => SyntaxFactory.IsCompleteSubmission(CSharpSyntaxTree.ParseText(code, Parsing));

    /// <summary>Compiles the code, or says what is wrong with it.</summary>
    public (Submission? Submission, string? Error) Compile(string code)
    {
        var tree = CSharpSyntaxTree.ParseText(WithAccess(code), Parsing, path: "console", encoding: Encoding.UTF8);
        var compilation = CSharpCompilation.CreateScriptCompilation($"retort-console-{Guid.NewGuid():N}", tree, References.All(), Options, _previous, typeof(object), typeof(ConsoleValues));
        using var image = new MemoryStream();
        var result = compilation.Emit(image);
        if (!result.Success)
            return (null, Explain(code, result.Diagnostics));
        var entry = compilation.GetEntryPoint(CancellationToken.None)!;
        return (new Submission(_number, OpenAccess.Grant(image.ToArray()), entry.ContainingType.MetadataName, entry.MetadataName, HasValue(compilation, tree), compilation), null);
    }

    /// <summary>Makes a submission part of the script.</summary>
    public void Accept(Submission submission)
    {
        _previous = submission.Compilation;
        _number = submission.Number + 1;
    }

    /// <summary>The code with the class that gives it access after its usings, which have to come first; its lines and columns stay what they are.</summary>
    private static string WithAccess(string code)
    {
        var root = CSharpSyntaxTree.ParseText(code, Parsing).GetCompilationUnitRoot();
        var end = root.Usings.Count > 0 ? root.Usings.Last().Span.End : root.Externs.Count > 0 ? root.Externs.Last().Span.End : 0;
        var line = code.AsSpan(0, end).Count('\n');
        var column = end - (code.AsSpan(0, end).LastIndexOf('\n') + 1);
        return string.Create(CultureInfo.InvariantCulture, $"{code[..end]}\n{OpenAccess.AccessClass()}\n#line {line + 1} \"console\"\n{new string(' ', column)}{code[end..]}");
    }

    // The compiler's own answer counts the class before the code as a statement, and one without a value as null.
    private static bool HasValue(CSharpCompilation compilation, SyntaxTree tree) =>
        tree.GetCompilationUnitRoot().Members.LastOrDefault() is GlobalStatementSyntax { Statement: ExpressionStatementSyntax last }
        && last.SemicolonToken.IsMissing
        && compilation.GetSemanticModel(tree).GetTypeInfo(last.Expression).Type is { SpecialType: not SpecialType.System_Void };

    private static string Explain(string code, IEnumerable<Diagnostic> diagnostics)
    {
        var lines = code.Replace("\r\n", "\n", StringComparison.Ordinal).Split('\n');
        var text = new StringBuilder();
        foreach (var diagnostic in diagnostics.Where(each => each.Severity == DiagnosticSeverity.Error).Take(5))
        {
            var span = diagnostic.Location.GetMappedLineSpan();
            var (line, column) = (span.StartLinePosition.Line, span.StartLinePosition.Character);
            text.Append(CultureInfo.InvariantCulture, $"({line + 1},{column + 1}): {diagnostic.Id}: {diagnostic.GetMessage(CultureInfo.InvariantCulture)}\n");
            if (line < 0 || line >= lines.Length || column > lines[line].Length)
                continue;
            var length = span.EndLinePosition.Line == line ? span.EndLinePosition.Character - column : lines[line].Length - column;
            text.Append("    ").Append(lines[line]).Append("\n    ").Append(string.Concat(lines[line][..column].Select(c => c == '\t' ? '\t' : ' '))).Append('^', Math.Max(1, length)).Append('\n');
        }
        return text.ToString().TrimEnd('\n');
    }
}
