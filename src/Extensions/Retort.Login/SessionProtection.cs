using Retort.Configuration;

namespace Retort.Login;

/// <summary>What happens to a session that turns up from another address or browser than it was made for. Source: Flask-Login, "Session Protection".</summary>
public enum SessionProtection
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The login is no longer fresh: views with <c>[FreshLoginRequired]</c> ask for the password again.</summary>
    Basic,

    /// <summary>The user is logged out and no longer remembered. A permanent session is treated as under <see cref="Basic"/>.</summary>
    Strong,
}

internal static class SessionProtectionSetting
{
    /// <summary>SESSION_PROTECTION where it is set, which wins over the manager's; null switches it off.</summary>
    public static SessionProtection Of(Config config, SessionProtection own)
    {
        if (!config.TryGetValue("SESSION_PROTECTION", out var set))
            return own;
        return set switch
        {
            null or "" or false => SessionProtection.None,
            SessionProtection mode => mode,
            "basic" => SessionProtection.Basic,
            "strong" => SessionProtection.Strong,
            _ => throw new ConfigError($"config['SESSION_PROTECTION'] cannot be used: it is '{set}'. Set it to \"basic\", \"strong\" or null."),
        };
    }
}
