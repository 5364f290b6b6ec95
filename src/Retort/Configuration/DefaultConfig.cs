namespace Retort.Configuration;

/// <summary>Flask's keys with their defaults. Source: Flask configuration page, builtin configuration values.</summary>
internal static class DefaultConfig
{
    /// <summary>Kestrel's limit of a request body, where Flask has none: an unlimited body is a way to fill a disk.</summary>
    private const long MaxContentLength = 30_000_000;

    public static IReadOnlyDictionary<string, object?> Values { get; } = new Dictionary<string, object?>
    {
        ["DEBUG"] = false,
        ["TESTING"] = false,
        ["PROPAGATE_EXCEPTIONS"] = null,
        ["SECRET_KEY"] = null,
        ["SECRET_KEY_FALLBACKS"] = null,
        ["PERMANENT_SESSION_LIFETIME"] = TimeSpan.FromDays(31),
        ["USE_X_SENDFILE"] = false,
        ["TRUSTED_HOSTS"] = null,
        ["SERVER_NAME"] = null,
        ["APPLICATION_ROOT"] = "/",
        ["SESSION_COOKIE_NAME"] = "session",
        ["SESSION_COOKIE_DOMAIN"] = null,
        ["SESSION_COOKIE_PATH"] = null,
        ["SESSION_COOKIE_HTTPONLY"] = true,
        ["SESSION_COOKIE_SECURE"] = false,
        ["SESSION_COOKIE_PARTITIONED"] = false,
        ["SESSION_COOKIE_SAMESITE"] = null,
        ["SESSION_REFRESH_EACH_REQUEST"] = true,
        ["MAX_CONTENT_LENGTH"] = MaxContentLength,
        ["MAX_FORM_MEMORY_SIZE"] = 500_000L,
        ["MAX_FORM_PARTS"] = 1_000,
        ["SEND_FILE_MAX_AGE_DEFAULT"] = null,
        ["TRAP_BAD_REQUEST_ERRORS"] = null,
        ["TRAP_HTTP_EXCEPTIONS"] = false,
        ["EXPLAIN_TEMPLATE_LOADING"] = false,
        ["PREFERRED_URL_SCHEME"] = "http",
        ["TEMPLATES_AUTO_RELOAD"] = null,
        ["MAX_COOKIE_SIZE"] = 4093,
        ["PROVIDE_AUTOMATIC_OPTIONS"] = true,
    };
}
