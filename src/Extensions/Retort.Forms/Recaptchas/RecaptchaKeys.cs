using System.Collections;
using Retort.Configuration;

namespace Retort.Forms.Recaptchas;

/// <summary>What an app's configuration says of reCAPTCHA, by Flask-WTF's keys.</summary>
internal static class RecaptchaKeys
{
    private const string Server = "https://www.google.com/recaptcha";

    public static string PublicKeyOf(Config config) => Required(config, "RECAPTCHA_PUBLIC_KEY");

    public static string PrivateKeyOf(Config config) => Required(config, "RECAPTCHA_PRIVATE_KEY");

    /// <summary>Where an answer is checked.</summary>
    public static Uri VerifyServerOf(Config config)
    {
        var address = Text(config, "RECAPTCHA_VERIFY_SERVER") ?? ServerOf(config) + "/api/siteverify";
        return Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http" ? uri
            : throw new ConfigError($"config['RECAPTCHA_VERIFY_SERVER'] cannot be used: '{address}' is no address with http or https. Leave it out for Google's.");
    }

    /// <summary>The address of the script, with the parameters for it.</summary>
    public static string ScriptOf(Config config)
    {
        var script = Text(config, "RECAPTCHA_SCRIPT") ?? ServerOf(config) + "/api.js";
        var parameters = Pairs(config, "RECAPTCHA_PARAMETERS").ToList();
        return parameters.Count == 0 ? script : $"{script}?{string.Join('&', parameters.Select(pair => $"{Uri.EscapeDataString(pair.Key)}={Uri.EscapeDataString(pair.Value)}"))}";
    }

    public static string? HtmlOf(Config config) => Text(config, "RECAPTCHA_HTML");

    public static string DivClassOf(Config config) => Text(config, "RECAPTCHA_DIV_CLASS") ?? "g-recaptcha";

    public static IEnumerable<KeyValuePair<string, string>> DataAttributesOf(Config config) => Pairs(config, "RECAPTCHA_DATA_ATTRS").Where(pair => pair.Key != "sitekey");

    private static string ServerOf(Config config) => (Text(config, "RECAPTCHA_API_SERVER") ?? Server).TrimEnd('/');

    private static string Required(Config config, string key) => Text(config, key)
        ?? throw new ConfigError($"a RecaptchaField needs config['{key}'], which is not set. Google gives both keys for a site: https://www.google.com/recaptcha/admin.");

    private static string? Text(Config config, string key) => config.Get<object>(key) switch { null => null, string { Length: 0 } => null, var value => value.ToString() };

    private static IEnumerable<KeyValuePair<string, string>> Pairs(Config config, string key) => config.Get<object>(key) switch
    {
        null => [],
        IDictionary pairs => pairs.Keys.Cast<object>().Select(name => KeyValuePair.Create(Coercion.Text(name), Coercion.Text(pairs[name]))),
        var other => throw new ConfigError($"config['{key}'] cannot be used: the value is a {other.GetType().Name}. Set it to a dictionary: new Dictionary<string, string> {{ [\"theme\"] = \"dark\" }}."),
    };
}
