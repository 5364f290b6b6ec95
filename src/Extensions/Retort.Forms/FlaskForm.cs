using Retort.Forms.Csrf;
using Retort.Jinja;

namespace Retort.Forms;

/// <summary>
/// A form of a web page: takes what the running request submitted by itself, and carries a token against forged requests. Source: flask_wtf.FlaskForm.
/// </summary>
/// <example>
/// <code>
/// var form = new LoginForm();
/// if (form.ValidateOnSubmit()) { ...; return Redirect(UrlFor("index")); }
/// return RenderTemplate("login.html", new { form });
/// </code>
/// </example>
public abstract class FlaskForm : Form
{
    /// <summary>Makes the form inside a request. Throws <see cref="ContextError"/> outside of one.</summary>
    /// <param name="obj">An object whose members are the values to begin with.</param>
    /// <param name="prefix">Stands before the names of all fields.</param>
    /// <param name="data">Further values to begin with: <c>new { username = "ann" }</c>.</param>
    /// <remarks>Take other data than the request's with <see cref="Form.Process"/>: <c>form.Process(request.Args)</c> for a form that is sent by GET, <c>form.Process(null)</c> for an empty one.</remarks>
    protected FlaskForm(object? obj = null, string prefix = "", object? data = null) : base(Submitted(), obj, prefix, data)
    {
    }

    /// <summary>The token's field; null if there is none. <see cref="HiddenTag"/> writes it.</summary>
    public Field? CsrfToken => Fields.OfType<CsrfTokenField>().FirstOrDefault();

    /// <summary>Whether the form carries a token. Default: <c>WTF_CSRF_ENABLED</c>, true. Override it for a form that changes nothing, or that other sites may send. Source: Meta.csrf.</summary>
    protected virtual bool CsrfEnabled => RequestContext.App.Config.Get("WTF_CSRF_ENABLED", true);

    /// <summary>Those of the app, unless <c>WTF_I18N_ENABLED</c> is false; see <see cref="Forms.Translations.Register(App, Translations)"/>. Without them as <see cref="Form.Locales"/> say.</summary>
    protected override Translations? Translations => (Context.Current is { } context ? Forms.Translations.Of(context) : null) ?? base.Translations;

    private static Context RequestContext => Context.Current is { HasRequest: true } context
        ? context
        : throw new ContextError("a FlaskForm was made outside a request, whose data and session it needs. Make it inside a view; elsewhere use app.TestRequestContext(), or derive the form from Form.");

    /// <summary>Whether the request submits something: its method is POST, PUT, PATCH or DELETE.</summary>
#pragma warning disable CA1822 // It is said of the form: form.is_submitted().
    public bool IsSubmitted() => Submits(RequestContext);
#pragma warning restore CA1822

    /// <summary>Whether the request submits the form and everything in it is good.</summary>
    public bool ValidateOnSubmit(IReadOnlyDictionary<string, Validator[]>? extraValidators = null) => IsSubmitted() && Validate(extraValidators);

    /// <summary>The same where checks may wait.</summary>
    public async ValueTask<bool> ValidateOnSubmitAsync(IReadOnlyDictionary<string, Validator[]>? extraValidators = null, CancellationToken cancellation = default) =>
        IsSubmitted() && await ValidateAsync(extraValidators, cancellation).ConfigureAwait(false);

    /// <summary>The hidden fields as HTML, the token among them; or those named.</summary>
    /// <param name="fields">Names of hidden fields. Default: all.</param>
    public Markup HiddenTag(params object[] fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        var chosen = fields.Length == 0 ? Fields : fields.Select(field => field as Field ?? (TryGetField(field.ToString()!, out var named) ? named : null)).OfType<Field>();
        return new Markup(string.Join('\n', chosen.Where(field => field.Flags.Contains("hidden")).Select(field => field.ToString())));
    }

    private protected override IEnumerable<KeyValuePair<string, Field>> AdditionalFields()
    {
        // The form around it has one.
        if (Depth == 0 && CsrfEnabled)
        {
            var state = CsrfState.Of(RequestContext);
            yield return new(state.FieldName, new CsrfTokenField(state));
        }
    }

    private static bool Submits(Context context) => context.Request.Method is "POST" or "PUT" or "PATCH" or "DELETE";

    private static FormData? Submitted()
    {
        var context = RequestContext;
        if (!Submits(context))
            return null;
        var request = context.Request;
        if (request.Files.Count > 0 || request.Form.Count > 0)
            return new FormData(request.Form, request.Files);
        return request.IsJson ? FormData.OfJson(request.Json) : new FormData(request.Form);
    }
}
