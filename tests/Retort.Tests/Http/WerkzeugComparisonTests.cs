using System.Globalization;
using System.Text;
using System.Text.Json;
using Retort.Http;
using Retort.Http.Exceptions;
using Retort.Tests.Shared;

namespace Retort.Tests.Http;

/// <summary>The same inputs through the installed Werkzeug and through ours, where that version does what the newest does. One Python process answers all.</summary>
public class WerkzeugComparisonTests
{
    private static readonly Random Random = new(20);

    private static readonly string[] Names =
        Texts(400, "a", "B", ".", "_", "-", " ", "/", "\\", "é", "ﬁ", "½", "ß", "日", "①", "\u00a0", "\t", "..", "𝐀", "\u0301", "ﷺ", "℡", "\u001c", "ǅ", "㎏", "Ⅷ");

    private static readonly string[] Dates =
        Texts(500, "Thu, ", "29 ", "Feb ", "2024 ", "12:30:45 ", "GMT", "94 ", "-", "+0530", "24:00", "1 ", "EST ", "Nov-", "06-", "69 ", "Sun ", ".", ",");

    private static readonly string[] Files = Texts(500, "a", ".", ".txt", ".tar", ".gz", ".Z", ".tgz", ".svgz", ".HTML", ".br", ".xyz", "/", ".js", ".bz2", ":", ".json");

    private static readonly string[] Queries = Texts(500, "a", "b", "=", "&", "+", "%41", "%C3%BC", "%FF", "%E2%82", "%", "%4", "é", "%26", ";", " ", "%f0%9f%98%80");

    private static readonly string[] Tags = Texts(500, "W/", "w/", "\"", "foo", "b", ",", " ", "a", "\\", "  ,");

    private static readonly Lazy<JsonElement> Werkzeug = new(Ask);

    [Fact]
    public void Error_pages_are_the_same()
    {
        // Worded otherwise, or missing, in older versions.
        string[] reworded = ["408", "413", "416", "418", "421"];
        foreach (var page in Werkzeug.Value.GetProperty("pages").EnumerateArray().Where(page => !reworded.Contains(page[0].GetString())))
            Assert.Equal(page[1].GetString(), HttpException.For(int.Parse(page[0].GetString()!, CultureInfo.InvariantCulture)).GetBody());
    }

    [Fact]
    public void Secure_file_names_are_the_same() => Assert.Equal(Answers("names").Select(name => name.GetString()), Names.Select(FileNames.Secure));

    [Fact]
    public void Dates_are_the_same() => Assert.Equal(
        Answers("dates").Select(date => date.GetString()),
        Dates.Select(date => HttpDate.Parse(date)?.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture)));

    [Fact]
    public void Media_types_are_the_same() => Assert.Equal(Answers("files").Select(guess => (guess[0].GetString(), guess[1].GetString())), Files.Select(MimeTypes.Guess));

    [Fact]
    public void Queries_are_the_same() => Assert.Equal(
        Answers("queries").Select(pairs => Join(pairs.EnumerateArray().GroupBy(pair => pair[0].GetString()).SelectMany(group => group).Select(pair => $"{pair[0]}={pair[1]}"))),
        Queries.Select(query => Join(UrlEncoded.Parse(query).Items().Select(pair => $"{pair.Key}={pair.Value}"))));

    [Fact]
    public void Entity_tags_are_the_same() => Assert.Equal(
        Answers("tags").Select(tags => (Join(Sorted(tags[0])), Join(Sorted(tags[1])))),
        Tags.Select(ETags.Parse).Select(tags => (Join(Sorted(tags.Strong)), Join(Sorted(tags.Strong.Concat(tags.Weak))))));

    private static IEnumerable<JsonElement> Answers(string name) => Werkzeug.Value.GetProperty(name).EnumerateArray();

    private static string Join(IEnumerable<string> texts) => string.Join("|", texts);

    private static IEnumerable<string> Sorted(JsonElement texts) => Sorted(texts.EnumerateArray().Select(text => text.GetString()!));

    private static IEnumerable<string> Sorted(IEnumerable<string> texts) => texts.Distinct().Order(StringComparer.Ordinal);

    private static string[] Texts(int count, params string[] pieces) =>
        [.. Enumerable.Range(0, count).Select(_ => string.Concat(Enumerable.Range(0, Random.Next(10)).Select(_ => pieces[Random.Next(pieces.Length)])))];

    private static JsonElement Ask()
    {
        const string script = """
            import base64, datetime, json, mimetypes, sys, urllib.parse, werkzeug.exceptions, werkzeug.http, werkzeug.urls, werkzeug.utils
            data = json.loads(base64.b64decode(sys.argv[1]))
            types = mimetypes.MimeTypes(filenames=())
            utc = lambda date: date and date.astimezone(datetime.timezone.utc).isoformat()
            print(json.dumps({
                "pages": [[str(code), error().get_body()] for code, error in werkzeug.exceptions.default_exceptions.items()],
                "names": [werkzeug.utils.secure_filename(name) for name in data["names"]],
                "dates": [utc(werkzeug.http.parse_date(date)) for date in data["dates"]],
                "files": [list(types.guess_type(name)) for name in data["files"]],
                "queries": [urllib.parse.parse_qsl(query, keep_blank_values=True, errors="werkzeug.url_quote") for query in data["queries"]],
                "tags": [[[tag or "" for tag in tags.as_set()], [tag or "" for tag in tags.as_set(True)]] for tags in map(werkzeug.http.parse_etags, data["tags"])],
            }))
            """;
        var data = JsonSerializer.Serialize(new { names = Names, dates = Dates, files = Files, queries = Queries, tags = Tags });
        return JsonDocument.Parse(Repository.Python(script, ["werkzeug"], Convert.ToBase64String(Encoding.UTF8.GetBytes(data)))).RootElement;
    }
}
