using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Retort.Documentation.Tests;

/// <summary>
/// A C# block as a program. A block is a whole file-based app, unless its fence says <c>csharp fragment (App app, string name)</c>: then it is the body of a
/// method with those parameters, after the usings it begins with.
/// </summary>
internal static partial class Sample
{
    // What the SDK gives every app.
    private const string ImplicitUsings =
        """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    private const string FragmentUsings =
        """
        global using Retort;
        global using static Retort.Globals;
        """;

    private static readonly CSharpParseOptions Parsing = CSharpParseOptions.Default.WithFeatures([new("FileBasedProgram", "true")]);

    private static readonly IReadOnlyList<MetadataReference> References = [.. Assemblies().Select(file => MetadataReference.CreateFromFile(file))];

    /// <summary>What the compiler has against the block, with the page's lines; empty when it compiles without a warning.</summary>
    public static IReadOnlyList<string> Problems(CodeBlock block)
    {
        var fragment = Fragment().Match(block.Info);
        var isProgram = !fragment.Success;
        var trees = new List<SyntaxTree> { CSharpSyntaxTree.ParseText(isProgram ? ImplicitUsings : ImplicitUsings + "\n" + FragmentUsings, Parsing) };
        trees.Add(CSharpSyntaxTree.ParseText(isProgram ? block.Code : Wrap(block.Code, fragment.Groups["parameters"].Value), Parsing, block.Page));
        var options = new CSharpCompilationOptions(
            isProgram && HasStatements(trees[1]) ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable);
        using var stream = new MemoryStream();
        return
        [
            .. CSharpCompilation.Create("Sample", trees, References, options).Emit(stream).Diagnostics
                .Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning)
                .Select(diagnostic => Shown(block, diagnostic)),
        ];
    }

    /// <summary>Runs a block that is a program and returns what it prints.</summary>
    public static string Run(CodeBlock block)
    {
        SyntaxTree[] trees = [CSharpSyntaxTree.ParseText(ImplicitUsings, Parsing), CSharpSyntaxTree.ParseText(block.Code, Parsing, block.Page)];
        using var stream = new MemoryStream();
        var compiled = CSharpCompilation.Create($"Sample{block.Line}", trees, References, new CSharpCompilationOptions(OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable)).Emit(stream);
        Assert.True(compiled.Success, string.Join('\n', compiled.Diagnostics));
        var (entry, output) = (System.Reflection.Assembly.Load(stream.ToArray()).EntryPoint!, System.Console.Out);
        using var printed = new StringWriter();
        System.Console.SetOut(printed);
        try
        {
            entry.Invoke(null, entry.GetParameters().Length == 0 ? [] : [Array.Empty<string>()]);
        }
        finally
        {
            System.Console.SetOut(output);
        }
        return printed.ToString();
    }

    private static bool HasStatements(SyntaxTree tree) =>
        tree.GetRoot().ChildNodes().Any(node => node.IsKind(SyntaxKind.GlobalStatement));

    private static string Wrap(string code, string parameters)
    {
        var usings = Usings().Match(code).Value;
        return $$"""
            {{usings}}
            static class Fragment
            {
                static void Run({{parameters}})
                {
            #line 1
            {{code[usings.Length..]}}
            #line hidden
                }
            }
            """;
    }

    private static string Shown(CodeBlock block, Diagnostic diagnostic)
    {
        var line = block.Line + diagnostic.Location.GetMappedLineSpan().StartLinePosition.Line + 1;
        return $"{block.Page}:{line}: {diagnostic.Id}: {diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture)}";
    }

    private static IEnumerable<string> Assemblies()
    {
        var frameworks = new[] { typeof(object), typeof(HttpContext) }.Select(type => Path.GetDirectoryName(type.Assembly.Location)!);
        var trusted = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator);
        return trusted.Where(file => frameworks.Contains(Path.GetDirectoryName(file)) || IsProduct(Path.GetFileNameWithoutExtension(file)));
    }

    private static bool IsProduct(string assembly) =>
        (assembly == "Retort" || assembly.StartsWith("Retort.", StringComparison.Ordinal)) && !assembly.EndsWith(".Tests", StringComparison.Ordinal);

    [GeneratedRegex(@"^csharp fragment(?: \((?<parameters>.*)\))?$")]
    private static partial Regex Fragment();

    [GeneratedRegex(@"\A(?:\s*using [\w.=<> ]+;\n)*")]
    private static partial Regex Usings();
}
