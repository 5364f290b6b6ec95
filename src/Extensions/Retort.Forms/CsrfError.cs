using Retort.Http.Exceptions;

namespace Retort.Forms;

/// <summary>A request that changes something came without a good token: a 400 with what was wrong as its description. Answer it with <c>app.ErrorHandler&lt;CsrfError&gt;(...)</c>. Source: flask_wtf.csrf.CSRFError.</summary>
public sealed class CsrfError : BadRequest
{
    /// <summary>The error with what was wrong.</summary>
    public CsrfError(string description = "CSRF validation failed.") : base(description)
    {
    }
}
