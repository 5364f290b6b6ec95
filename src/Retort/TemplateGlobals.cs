using Retort.Jinja.Runtime;
using Retort.Jinja.Values;

namespace Retort;

/// <summary>The functions that Flask gives to every template, under their Python names.</summary>
internal static class TemplateGlobals
{
    /// <summary>The function that builds URLs.</summary>
    public const string UrlForName = "url_for";

    /// <summary>What its first argument is called.</summary>
    public const string EndpointName = "endpoint";

    public static void AddTo(GlobalsTable globals)
    {
        globals[UrlForName] = (JinjaFunction)UrlFor;
        globals["get_flashed_messages"] = (bool with_categories = false, IEnumerable<string>? category_filter = null) => GetFlashedMessages(with_categories, category_filter);
    }

    /// <summary><c>url_for('blog.show', id=3, _anchor='top')</c>: names with an underscore are Flask's options, the rest are values.</summary>
    private static Value UrlFor(EvalContext eval, Arguments arguments)
    {
        var context = Context.Require("url_for");
        var endpoint = Endpoint(arguments);
        var values = new Dictionary<string, object?>(StringComparer.Ordinal);
        var options = default(UrlOptions);
        for (var i = 0; i < arguments.Names.Length; i++)
        {
            var value = arguments.Named[i].ToObject();
            switch (arguments.Names[i])
            {
                case EndpointName:
                    break;
                case "_anchor":
                    options = options with { Anchor = value?.ToString() };
                    break;
                case "_method":
                    options = options with { Method = value?.ToString() };
                    break;
                case "_scheme":
                    options = options with { Scheme = value?.ToString() };
                    break;
                case "_external":
                    options = options with { External = value is true };
                    break;
                default:
                    values[arguments.Names[i]] = value;
                    break;
            }
        }
        return Value.From(context.App.Urls.For(context, endpoint, values, options));
    }

    /// <summary>The endpoint, which Python lets be named too: <c>url_for(endpoint='index')</c>.</summary>
    private static string Endpoint(Arguments arguments)
    {
        var named = arguments.Names.IndexOf(EndpointName);
        if (arguments.Positional.Length + (named < 0 ? 0 : 1) != 1)
        {
            throw new ArgumentException(named < 0
                ? $"url_for takes the endpoint alone without a name; it was given {arguments.Positional.Length} such values. Write url_for('endpoint', id=3)."
                : "url_for was given the endpoint twice, with and without a name. Write url_for('endpoint', id=3).");
        }
        return (named < 0 ? arguments.Positional[0] : arguments.Named[named]).ToObject()?.ToString()
            ?? throw new ArgumentException("url_for was given none as the endpoint. Write url_for('endpoint', id=3).");
    }

    private static object GetFlashedMessages(bool withCategories, IEnumerable<string>? categories)
    {
        var flashes = Flashes.Take(Context.RequireRequest("get_flashed_messages"), categories?.ToArray() ?? []);
        return withCategories ? flashes.Select(flash => (flash.Category, flash.Message)).ToList() : flashes.Select(flash => flash.Message).ToList();
    }
}
