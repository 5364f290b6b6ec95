using Retort.Configuration;

namespace Retort;

/// <summary>What answers have to know of the configuration. Source: Flask configuration page.</summary>
/// <param name="Debug">DEBUG.</param>
/// <param name="TrapHttpErrors">TRAP_HTTP_EXCEPTIONS.</param>
/// <param name="TrapBadRequests">TRAP_BAD_REQUEST_ERRORS; null leaves it to debug mode.</param>
/// <param name="MaxCookieSize">MAX_COOKIE_SIZE in bytes; 0 for no warning.</param>
/// <param name="FileMaxAge">SEND_FILE_MAX_AGE_DEFAULT in seconds.</param>
/// <param name="UseXSendFile">USE_X_SENDFILE.</param>
internal sealed record AnswerOptions(bool Debug, bool TrapHttpErrors, bool? TrapBadRequests, int MaxCookieSize, int? FileMaxAge, bool UseXSendFile)
{
    public static AnswerOptions From(Config config) => new(
        config.Get("DEBUG", false),
        config.Get("TRAP_HTTP_EXCEPTIONS", false),
        config.Get<bool?>("TRAP_BAD_REQUEST_ERRORS"),
        config.Get("MAX_COOKIE_SIZE", 0),
        config.Get<TimeSpan?>("SEND_FILE_MAX_AGE_DEFAULT") is { } age ? (int)age.TotalSeconds : null,
        config.Get("USE_X_SENDFILE", false));
}
