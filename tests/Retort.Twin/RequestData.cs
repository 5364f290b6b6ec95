using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using static Retort.Globals;

namespace Retort.Twin;

/// <summary>Everything a request says about itself.</summary>
internal static class RequestData
{
    public static void AddTo(App app)
    {
        app.Route("/req/info", Info, ["GET", "POST", "PUT", "PATCH", "DELETE"], "req_info");
        app.Route("/req/info/<path:rest>", Info, ["GET", "POST"], "req_info");
        app.Post("/req/form", Form);
        app.Post("/req/data", Data);
        app.Post("/req/upload", Upload);
        app.Post("/req/need", () => Request.Form["needed"]);
        app.Get("/req/args", Args);
        app.Post("/req/small", Small);
    }

    private static object Info(string? rest = null) => new
    {
        method = Request.Method,
        path = Request.Path,
        full_path = Request.FullPath,
        url = Request.Url,
        base_url = Request.BaseUrl,
        url_root = Request.UrlRoot,
        root_path = Request.ScriptRoot,
        host = Request.Host,
        scheme = Request.Scheme,
        is_secure = Request.IsSecure,
        query_string = Request.QueryString,
        args = Request.Args.Items().Select(item => (item.Key, item.Value)),
        endpoint = Request.Endpoint,
        view_args = Request.ViewArgs,
        blueprint = Request.Blueprint,
        rule = Request.UrlRule?.Text,
        content_type = Request.ContentType,
        mimetype = Request.MimeType,
        mimetype_params = Request.MimeTypeParams,
        content_length = Request.ContentLength,
        is_json = Request.IsJson,
        user_agent = Request.UserAgent,
        referrer = Request.Referrer,
        // A quality that was not sent is the whole number 1 in Python.
        accept = Request.AcceptMimeTypes.Select(item => (item.Value, item.Quality == 1 ? 1 : (object)item.Quality)),
        best = Request.AcceptMimeTypes.BestMatch(["application/json", "text/html"]),
        languages = Request.AcceptLanguages.Select(item => item.Value),
        auth = Request.Authorization is { } auth ? new { type = auth.Type, username = auth.Username, password = auth.Password, token = auth.Token } : null,
        x = Request.Headers["X-Thing"] is { Count: > 0 } x ? x.ToString() : null,
        if_none_match = Request.IfNoneMatch.ToString(),
        cookies = Request.Cookies.ToDict(),
        max_content_length = Request.MaxContentLength,
    };

    private static object Form() => new
    {
        form = Request.Form.Lists().ToDictionary(),
        files = Request.Files.Lists().ToDictionary(
            field => field.Key, field => field.Value.Select(file => new { name = file.FileName, type = file.Mimetype, size = file.Stream.Length })),
        values = Request.Values.Lists().ToDictionary(),
    };

    private static object Data()
    {
        var data = Request.GetData().Span;
        return new
        {
            length = data.Length,
            sha1 = Convert.ToHexStringLower(SHA1.HashData(data)),
            text = string.Concat(Encoding.UTF8.GetString(data).EnumerateRunes().Take(50)),
        };
    }

    private static string Upload()
    {
        var file = Request.Files["file"];
        return $"{file.FileName}:{file.ContentType ?? "None"}:{Convert.ToHexStringLower(SHA1.HashData(file.Stream))}";
    }

    private static object Args() => new
    {
        n = Request.Args.Get("n", (BigInteger)7),
        f = Request.Args.Get<double?>("f", null, ParseFloat),
        list = Request.Args.GetList<BigInteger>("l"),
        flat = Request.Args.ToDict(),
        lists = Request.Args.Lists().ToDictionary(),
        has = Request.Args.Contains("n"),
    };

    // Python's names for what is no number; .NET has others.
    private static double? ParseFloat(string text) => text.Trim().ToLowerInvariant() switch
    {
        "inf" or "+inf" or "infinity" or "+infinity" => double.PositiveInfinity,
        "-inf" or "-infinity" => double.NegativeInfinity,
        _ => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture),
    };

    private static object Small()
    {
        Request.MaxContentLength = 10;
        return new { length = Request.GetData().Length };
    }
}
