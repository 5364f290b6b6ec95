using System.Reflection;
using System.Runtime.InteropServices;
using Retort.Hosting;

namespace Retort.Toolbar.Panels;

/// <summary>What runs here: the runtime, the framework, the packages.</summary>
internal sealed class VersionDebugPanel : DebugPanel
{
    public override string Title => "Versions";

    public override bool IsLive => true;

    public override string? Subtitle(Context context) => $"Retort {Retort.GetName().Version?.ToString(3)}";

    public override void Write(Context context, PanelWriter page)
    {
        page.Values(new Dictionary<string, object?>
        {
            ["Retort"] = new Word(VersionOf(Retort)),
            [".NET"] = new Word(Environment.Version.ToString()),
            ["ASP.NET Core"] = new Word(RuntimeVersion.Running),
            ["System"] = new Word($"{RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture}"),
            ["Process"] = new Word($"{Environment.ProcessId}, {Environment.ProcessorCount} processors, {(System.Runtime.GCSettings.IsServerGC ? "server" : "workstation")} garbage collector"),
        });
        page.Heading("Packages");
        page.Table(["Name", "Version"], Packages().Select(package => new object?[] { package.GetName().Name, VersionOf(package) }));
    }

    private static Assembly Retort => typeof(App).Assembly;

    private static IEnumerable<Assembly> Packages()
    {
        var platform = new[] { typeof(object), typeof(Microsoft.AspNetCore.Http.HttpContext) }.Select(type => Path.GetDirectoryName(type.Assembly.Location)).ToList();
        return AppDomain.CurrentDomain.GetAssemblies().Where(assembly => !assembly.IsDynamic && assembly.Location.Length > 0 && !platform.Contains(Path.GetDirectoryName(assembly.Location)))
            .OrderBy(assembly => assembly.GetName().Name, StringComparer.OrdinalIgnoreCase);
    }

    private static string VersionOf(Assembly assembly) =>
        assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? assembly.GetName().Version?.ToString() ?? "";
}
