using System.Text;
using Retort.Configuration;
using Retort.Forms.Recaptchas;
using Retort.Forms.Text;
using Retort.Jinja;

namespace Retort.Forms.Widgets;

/// <summary>The script of reCAPTCHA and the element that it fills, as the keys <c>RECAPTCHA_*</c> of the running app say. Source: flask_wtf.recaptcha.widgets.RecaptchaWidget.</summary>
public sealed class RecaptchaWidget : Widget
{
    /// <summary>The elements. The attributes of the call are not used. Throws <see cref="ConfigError"/> without <c>RECAPTCHA_PUBLIC_KEY</c>, and <see cref="ContextError"/> outside an app.</summary>
    public override Markup Render(Field field, HtmlAttributes attributes)
    {
        var config = (Context.Current ?? throw new ContextError("a RecaptchaField was rendered outside an app, whose keys it needs. Inside a view it works; elsewhere use app.TestRequestContext().")).App.Config;
        var publicKey = RecaptchaKeys.PublicKeyOf(config);
        if (RecaptchaKeys.HtmlOf(config) is { } html)
            return new Markup(html);
        var data = new StringBuilder();
        foreach (var (name, value) in RecaptchaKeys.DataAttributesOf(config).Append(new("sitekey", publicKey)))
            data.Append($" data-{Html.Escape(name)}=\"{Html.Escape(value)}\"");
        return new Markup($"\n<script src='{Html.Escape(RecaptchaKeys.ScriptOf(config))}' async defer></script>\n<div class=\"{Html.Escape(RecaptchaKeys.DivClassOf(config))}\"{data}></div>\n");
    }
}
