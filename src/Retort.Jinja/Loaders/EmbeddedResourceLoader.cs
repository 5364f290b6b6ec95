using System.Reflection;
using System.Text;

namespace Retort.Jinja.Loaders;

/// <summary>
/// Templates embedded in an assembly. The name <c>mail/hello.txt</c> is the resource <c>prefix.mail.hello.txt</c>, or one whose logical name is
/// <c>prefix/mail/hello.txt</c>.
/// </summary>
public sealed class EmbeddedResourceLoader(Assembly assembly, string prefix) : Loader
{
    private readonly HashSet<string> _resources = new(assembly.GetManifestResourceNames(), StringComparer.Ordinal);

    /// <inheritdoc/>
    public override TemplateSource? Load(JinjaEnvironment environment, string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var slashed = $"{prefix}/{name}";
        var dotted = $"{prefix}.{name.Replace('/', '.')}";
        var resource = _resources.Contains(slashed) ? slashed : _resources.Contains(dotted) ? dotted : null;
        if (resource is null)
            return null;
        using var stream = assembly.GetManifestResourceStream(resource)!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return new TemplateSource(reader.ReadToEnd());
    }

    /// <summary>The resources' names after the prefix; where folders end is not known of dotted names.</summary>
    public override IEnumerable<string> ListTemplates() => _resources
        .Where(name => name.Length > prefix.Length && name.StartsWith(prefix, StringComparison.Ordinal) && name[prefix.Length] is '.' or '/')
        .Select(name => name[(prefix.Length + 1)..]).Order(StringComparer.Ordinal);
}
