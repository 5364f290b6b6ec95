using System.Diagnostics;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Runtime.Loader;

namespace Retort.Testing;

/// <summary>
/// The app of a program that was written without tests in mind: the program is run up to <c>app.Run()</c>, which hands the app over instead of serving it. What follows <c>app.Run()</c> runs too.
/// Each call runs the program anew and gives an app of its own. Source: ASP.NET Core's WebApplicationFactory does the same with <c>Build()</c>.
/// </summary>
public static class ProgramApp
{
    private static readonly Dictionary<string, Assembly> Built = new(StringComparer.Ordinal);

    /// <summary>The app of a compiled program: <c>ProgramApp.Of(typeof(Program).Assembly)</c>.</summary>
    /// <param name="program">The program.</param>
    /// <param name="words">What it is given on its command line.</param>
    /// <exception cref="InvalidOperationException">It is no program, or ends without running an app. What the program itself throws is thrown as it is.</exception>
    public static App Of(Assembly program, params string[] words)
    {
        ArgumentNullException.ThrowIfNull(program);
        var main = program.EntryPoint ?? throw new InvalidOperationException($"cannot take the app of {program.GetName().Name}: it is no program. Name the assembly whose Main calls app.Run().");
        App? taken = null;
        using (ProgramEnvironment.TakeApp(app => taken ??= app))
        {
            try
            {
                main.Invoke(null, main.GetParameters().Length == 0 ? [] : [words]);
            }
            catch (TargetInvocationException error) when (error.InnerException is { } own)
            {
                ExceptionDispatchInfo.Throw(own);
            }
        }
        return taken ?? throw new InvalidOperationException($"cannot take the app of {program.GetName().Name}: it ended without app.Run(). Call it at the end of the program, whatever its command line says.");
    }

    /// <summary>The app of a program of one file, which is built first, once a process: <c>ProgramApp.OfFile("app.cs")</c>. Needs the .NET SDK.</summary>
    /// <param name="file">The file; a relative name is looked up beside the source that calls this.</param>
    /// <param name="words">What it is given on its command line.</param>
    /// <param name="sourceFile">Filled in by the compiler.</param>
    /// <exception cref="FileNotFoundException">The file is not there.</exception>
    /// <exception cref="InvalidOperationException">It does not compile, or ends without running an app. What the program itself throws is thrown as it is.</exception>
    public static App OfFile(string file, string[]? words = null, [CallerFilePath] string sourceFile = "")
    {
        ArgumentNullException.ThrowIfNull(file);
        var full = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(sourceFile) ?? "", file));
        if (!File.Exists(full))
            throw new FileNotFoundException($"cannot take the app of '{file}': there is no '{full}'. Give its path from the folder of the test's source, or the whole one.", full);
        Assembly program;
        lock (Built)
        {
            if (!Built.TryGetValue(full, out program!))
                Built[full] = program = new FileContext(Build(full)).Program;
        }
        return Of(program, words ?? []);
    }

    private static string Build(string file)
    {
        var dotnet = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } host ? host : "dotnet";
        using var build = Process.Start(new ProcessStartInfo(dotnet, ["build", file, "-v", "q", "-nologo", "-getProperty:TargetPath", "-target:Build"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetDirectoryName(file),
        })!;
        var error = build.StandardError.ReadToEndAsync();
        var output = build.StandardOutput.ReadToEnd().Trim();
        build.WaitForExit();
        return build.ExitCode == 0 && File.Exists(output) ? output : throw new InvalidOperationException($"cannot take the app of '{file}': it does not build.\n{output}\n{error.Result}".TrimEnd());
    }

    /// <summary>A program beside the running one, with its own packages; those that both have are the running one's, the framework among them.</summary>
    private sealed class FileContext : AssemblyLoadContext
    {
        private readonly AssemblyDependencyResolver _packages;

        public FileContext(string program)
            : base(Path.GetFileName(program))
        {
            _packages = new AssemblyDependencyResolver(program);
            Resolving += (_, name) => _packages.ResolveAssemblyToPath(name) is { } path ? LoadFromAssemblyPath(path) : null;
            Program = LoadFromAssemblyPath(program);
        }

        public Assembly Program { get; }

        protected override IntPtr LoadUnmanagedDll(string unmanagedDllName) =>
            _packages.ResolveUnmanagedDllToPath(unmanagedDllName) is { } path ? LoadUnmanagedDllFromPath(path) : IntPtr.Zero;
    }
}
