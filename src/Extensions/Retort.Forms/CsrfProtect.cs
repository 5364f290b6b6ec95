using System.Collections;
using System.Reflection;
using Microsoft.Extensions.Logging;
using Retort.Configuration;
using Retort.Forms.Csrf;
using Retort.Forms.Text;
using Retort.Http;
using Retort.Jinja;

namespace Retort.Forms;

/// <summary>
/// Refuses each request that would change something and does not show that one of the app's own pages made it: <c>new CsrfProtect(app);</c>. Pages show it by the form's hidden field, or
/// by a header for scripts. Gives templates <c>csrf_token()</c> and <c>csrf_meta_tag()</c>, and the macros of <c>retort/forms.html</c>. See docs/forms.md. Source: flask_wtf.csrf.CSRFProtect.
/// </summary>
public sealed class CsrfProtect
{
    private static readonly string[] Methods = ["POST", "PUT", "PATCH", "DELETE"];
    private static readonly string[] TokenHeaders = ["X-CSRFToken", "X-CSRF-Token"];

    private readonly HashSet<object> _exempt = [];

    /// <summary>Protects an app, or none yet.</summary>
    public CsrfProtect(App? app = null)
    {
        if (app is not null)
            InitApp(app);
    }

    /// <summary>Protects an app. Its settings are the keys <c>WTF_CSRF_*</c>.</summary>
    public void InitApp(App app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.Extensions["csrf"] = this;
        var config = app.Config;
        SetDefault(config, "WTF_CSRF_ENABLED", true);
        SetDefault(config, "WTF_CSRF_CHECK_DEFAULT", true);
        SetDefault(config, "WTF_CSRF_METHODS", Methods);
        SetDefault(config, "WTF_CSRF_FIELD_NAME", "csrf_token");
        SetDefault(config, "WTF_CSRF_HEADERS", TokenHeaders);
        SetDefault(config, "WTF_CSRF_META_NAME", "csrf-token");
        SetDefault(config, "WTF_CSRF_TIME_LIMIT", 3600);
        SetDefault(config, "WTF_CSRF_SSL_STRICT", true);
        SetDefault(config, "WTF_CSRF_FETCH_METADATA", true);
        app.TemplateGlobal("csrf_token", (Func<string>)GenerateCsrf);
        app.TemplateGlobal("csrf_meta_tag", (Func<Markup>)MetaTag);
        FormTemplates.AddTo(app);
        app.BeforeRequest((Context context) => Check(context));
    }

    /// <summary>The running request's token, for a form or a header. Throws <see cref="ContextError"/> outside a request. Source: flask_wtf.csrf.generate_csrf.</summary>
    public static string GenerateCsrf() => CsrfState.Of(Running(nameof(GenerateCsrf))).Token();

    /// <summary>What is wrong with a token for the running request, or null. Source: flask_wtf.csrf.validate_csrf.</summary>
    public static string? ValidateCsrf(string? token) => CsrfState.Validate(Running(nameof(ValidateCsrf)), token);

    /// <summary>Lets a view take requests without a token, by the method that it was registered with; <c>[CsrfExempt]</c> on the view says the same.</summary>
    public void Exempt(Delegate view)
    {
        ArgumentNullException.ThrowIfNull(view);
        _exempt.Add(view.Method);
    }

    /// <summary>Lets all views of a blueprint take requests without a token, those of blueprints inside it not.</summary>
    public void Exempt(Blueprint blueprint)
    {
        ArgumentNullException.ThrowIfNull(blueprint);
        _exempt.Add(blueprint);
    }

    /// <summary>Lets an endpoint take requests without a token.</summary>
    public void Exempt(string endpoint)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        _exempt.Add(endpoint);
    }

    /// <summary>Checks the running request now, whatever is exempt: for apps with <c>WTF_CSRF_CHECK_DEFAULT = false</c>. Throws <see cref="CsrfError"/>. Source: CSRFProtect.protect.</summary>
    public void Protect() => Protect(Running(nameof(Protect)));

    private void Check(Context context)
    {
        var config = context.App.Config;
        if (config.Get("WTF_CSRF_ENABLED", true) && config.Get("WTF_CSRF_CHECK_DEFAULT", true) && context.Request.Endpoint is not null && IsWatched(context) && !IsExempt(context))
            Protect(context);
    }

    private static void Protect(Context context)
    {
        if (!IsWatched(context))
            return;
        var config = context.App.Config;
        if (CsrfState.Validate(context, SentToken(context.Request, config)) is { } wrong)
            Refuse(context, wrong);
        if (config.Get("WTF_CSRF_SSL_STRICT", true) && context.Request.IsSecure)
            CheckReferrer(context);
        // A second line that needs no token: browsers say themselves that another site made the request.
        if (config.Get("WTF_CSRF_FETCH_METADATA", true) && context.Request.Headers["Sec-Fetch-Site"] == "cross-site")
            Refuse(context, "The request was made by another site.");
        context.G["csrf_valid"] = true;
    }

    private static void CheckReferrer(Context context)
    {
        if (string.IsNullOrEmpty(context.Request.Referrer))
            Refuse(context, "The referrer header is missing.");
        if (!Uri.TryCreate(context.Request.Referrer, UriKind.Absolute, out var referrer) || !Uri.TryCreate($"https://{context.Request.Host}/", UriKind.Absolute, out var own)
            || referrer.Scheme != own.Scheme || !referrer.Host.Equals(own.Host, StringComparison.OrdinalIgnoreCase) || referrer.Port != own.Port)
            Refuse(context, "The referrer does not match the host.");
    }

    private static string? SentToken(Request request, Config config)
    {
        var name = config.Get("WTF_CSRF_FIELD_NAME", "csrf_token");
        if (request.Form.Get(name) is { Length: > 0 } token)
            return token;
        // A form with a prefix.
        foreach (var key in request.Form.Keys)
        {
            if (key.EndsWith(name, StringComparison.Ordinal) && request.Form.Get(key) is { Length: > 0 } prefixed)
                return prefixed;
        }
        foreach (var header in Listed(config, "WTF_CSRF_HEADERS"))
        {
            if (request.Headers[header].ToString() is { Length: > 0 } sent)
                return sent;
        }
        return null;
    }

    private bool IsExempt(Context context)
    {
        var metadata = context.ViewMetadata;
        if (metadata.GetMetadata<CsrfExemptAttribute>() is not null)
            return true;
        if (_exempt.Count == 0)
            return false;
        var request = context.Request;
        return _exempt.Contains(request.Endpoint!)
            || (metadata.GetMetadata<MethodInfo>() is { } method && _exempt.Contains(method))
            || (request.Blueprint is { } name && context.App.Blueprints.TryGetValue(name, out var blueprint) && _exempt.Contains(blueprint));
    }

    private static bool IsWatched(Context context)
    {
        foreach (var method in Listed(context.App.Config, "WTF_CSRF_METHODS"))
        {
            if (method.Equals(context.Request.Method, StringComparison.Ordinal))
                return true;
        }
        return false;
    }

    // A list in code; one text with commas from the environment.
    private static IEnumerable<string> Listed(Config config, string key) => config.Get<object>(key) switch
    {
        IEnumerable<string> texts => texts,
        string text => text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
        IEnumerable items => items.Cast<object?>().Select(item => item?.ToString() ?? string.Empty),
        var other => throw new ConfigError($"config['{key}'] cannot be used: the value is {(other is null ? "null" : "a " + other.GetType().Name)}. Set it to a list of texts."),
    };

    private static void Refuse(Context context, string reason)
    {
        context.App.Logger.LogInformation("{Reason}", reason);
        throw new CsrfError(reason);
    }

    private static Markup MetaTag()
    {
        var context = Running("csrf_meta_tag");
        return new Markup($"<meta name=\"{Html.Escape(context.App.Config.Get("WTF_CSRF_META_NAME", "csrf-token"))}\" content=\"{Html.Escape(GenerateCsrf())}\">");
    }

    private static Context Running(string name) => Context.Current is { HasRequest: true } context
        ? context
        : throw new ContextError($"{name} was used outside a request, whose session it needs. Inside a view it works; elsewhere use app.TestRequestContext().");

    private static void SetDefault(Config config, string key, object? value)
    {
        if (!config.ContainsKey(key))
            config[key] = value;
    }
}
