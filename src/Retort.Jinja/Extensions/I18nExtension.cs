using Retort.Jinja.Syntax;
using Retort.Jinja.Values;

namespace Retort.Jinja.Extensions;

/// <summary>
/// <c>{% trans %}...{% pluralize %}...{% endtrans %}</c> and the <c>_</c> function. Install translations with
/// <see cref="JinjaEnvironment.InstallGettextCallables"/>. Source: Jinja extensions page, i18n.
/// </summary>
public sealed class I18nExtension : Extension
{
    /// <inheritdoc/>
    public override IReadOnlyCollection<string> Tags { get; } = ["trans"];

    /// <inheritdoc/>
    protected internal override void Install() =>
        Environment.Globals.SetValue("_", Value.From(new FunctionValue(static (context, arguments) => context.Call(context.ResolveVariable("gettext"), arguments), "_gettext_alias")));

    /// <inheritdoc/>
    public override IReadOnlyList<Statement> Parse(Parser parser)
    {
        ArgumentNullException.ThrowIfNull(parser);
        return new TransParser(parser, Environment.NewstyleGettext, Environment.Policies.I18nTrimmed).Parse();
    }
}
