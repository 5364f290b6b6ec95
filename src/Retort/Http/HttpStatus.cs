using Microsoft.AspNetCore.WebUtilities;

namespace Retort.Http;

/// <summary>Reason phrases as Werkzeug writes them, because error pages show them.</summary>
public static class HttpStatus
{
    /// <summary>The phrase of a status code, or null for a code nobody has registered.</summary>
    public static string? Reason(int code) => code switch
    {
        // Where the platform has another wording, or another opinion on what is registered.
        103 => "Early Hints",
        203 => "Non Authoritative Information",
        207 => "Multi Status",
        413 => "Request Entity Too Large",
        414 => "Request URI Too Long",
        416 => "Requested Range Not Satisfiable",
        425 => "Too Early",
        449 => "Retry With",
        511 => "Network Authentication Failed",
        419 or 499 => null,
        _ => ReasonPhrases.GetReasonPhrase(code) is { Length: > 0 } phrase ? phrase : null,
    };
}
