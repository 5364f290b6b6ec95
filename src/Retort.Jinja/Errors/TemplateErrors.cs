namespace Retort.Jinja;

// Jinja's exception classes, read as a table. Source: Jinja API page, Exceptions.

/// <summary>No loader knows the template.</summary>
public class TemplateNotFoundError(string? name, string? reason = null) : TemplateError(reason ?? name ?? "no template name was given")
{
    /// <inheritdoc/>
    public override string PythonName => "TemplateNotFound";

    /// <summary>The name that was asked for; of several, the last.</summary>
    public string? Name { get; } = name;

    /// <summary>All names that were tried.</summary>
    public virtual IReadOnlyList<string> Templates => Name is null ? [] : [Name];
}

/// <summary>None of several templates is known to the loader.</summary>
public sealed class TemplatesNotFoundError(IReadOnlyList<string> names, string? reason = null)
    : TemplateNotFoundError(names.Count > 0 ? names[^1] : null, reason ?? $"none of the templates given were found: {string.Join(", ", names)}")
{
    /// <inheritdoc/>
    public override string PythonName => "TemplatesNotFound";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Templates { get; } = names;
}

/// <summary>The template's text is not valid.</summary>
public class TemplateSyntaxError : TemplateError
{
    /// <summary>An error in the template's text at a known place.</summary>
    public TemplateSyntaxError(string reason, TemplatePosition position) : base(reason) => Locate(position);

    /// <inheritdoc/>
    public override string PythonName => "TemplateSyntaxError";
}

/// <summary>The template's text is well formed but asks for something that does not exist, such as an unknown filter.</summary>
public sealed class TemplateAssertionError(string reason, TemplatePosition position) : TemplateSyntaxError(reason, position)
{
    /// <inheritdoc/>
    public override string PythonName => "TemplateAssertionError";
}

/// <summary>Jinja reads it, but the code that it makes of it is not valid to Python, whose own error that is: a <c>break</c> outside of a loop, say.</summary>
internal sealed class PythonSyntaxError(string reason, TemplatePosition position) : TemplateSyntaxError(reason, position)
{
    public override string PythonName => "SyntaxError";
}

/// <summary>Rendering failed.</summary>
public class TemplateRuntimeError(string reason, Exception? inner = null) : TemplateError(reason, inner)
{
    /// <inheritdoc/>
    public override string PythonName => "TemplateRuntimeError";
}

/// <summary>Something was done with an undefined value that its kind of undefined does not allow.</summary>
public sealed class UndefinedError(string reason) : TemplateRuntimeError(reason)
{
    /// <inheritdoc/>
    public override string PythonName => "UndefinedError";

    /// <summary>The <c>UndefinedOrigin</c> of what was missing, for who knows the names that there are; null if it is not known. An object, as values stand above errors.</summary>
    internal object? Missing { get; init; }
}

/// <summary>The sandbox refused an access or a call.</summary>
public sealed class SecurityError(string reason) : TemplateRuntimeError(reason)
{
    /// <inheritdoc/>
    public override string PythonName => "SecurityError";
}

/// <summary>A filter was given arguments it cannot work with.</summary>
public sealed class FilterArgumentError(string reason) : TemplateRuntimeError(reason)
{
    /// <inheritdoc/>
    public override string PythonName => "FilterArgumentError";
}
