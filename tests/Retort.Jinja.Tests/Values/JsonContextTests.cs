using System.Text.Json;
using System.Text.Json.Nodes;

namespace Retort.Jinja.Tests.Values;

/// <summary>Any JSON is data for a template.</summary>
public sealed class JsonContextTests
{
    private static string Render(string source, object model) => new JinjaEnvironment().FromString(source).Render(model);

    [Fact]
    public void A_document_an_element_and_a_node_are_models()
    {
        const string json = """{"name": "Ada", "tags": ["a", "b"]}""";
        const string source = "{{ name }}: {{ tags|join(' ') }}{{ missing }}";
        using var document = JsonDocument.Parse(json);
        Assert.Equal("Ada: a b", Render(source, document));
        Assert.Equal("Ada: a b", Render(source, document.RootElement));
        Assert.Equal("Ada: a b", Render(source, JsonNode.Parse(json)!));
        Assert.Throws<ArgumentException>(() => Render(source, document.RootElement.GetProperty("tags")));
    }

    // As json.loads does: half a pair is a character of its own, which UTF-8 has no bytes for.
    [Theory]
    [InlineData("""{"x": "a\ud800\n\u0041\\b"}""", "{{ x|length }} {{ x[2:] }}", "6 \nA\\b")]
    [InlineData("""{"x": "\ud800\"\/\b\f\r\t\\u0041 #x"}""", "{{ x[1:] }}", "\"/\b\f\r\t\\u0041 #x")]
    [InlineData("""{"x": "\udc00\ud800"}""", "{{ x|length }}{{ x|list|length }}", "22")]
    [InlineData("""{"x": {"\ud800": 1, "k": 2}}""", "{{ x|length }} {{ x.k }} {{ x.values()|sum }} {{ x['\\ud800'] }} {{ x.none }}", "2 2 3 1 ")]
    [InlineData("""{"x": {"k": 2}}""", "{{ x['\\ud800'] }}{{ x.k }}", "2")]
    [InlineData("""{"x": "\ud83d\ude00"}""", "{{ x|length }}", "1")]
    public void Strings_of_json_may_hold_half_a_surrogate_pair(string json, string source, string output)
    {
        using var document = JsonDocument.Parse(json);
        Assert.Equal(output, Render(source, document.RootElement));
    }

    [Theory]
    [InlineData("1e400", "{{ x }} {{ -x }}", "inf -inf")]
    [InlineData("-0.0", "{{ x }}", "-0.0")]
    [InlineData("123456789012345678901234567890", "{{ x + 1 }}", "123456789012345678901234567891")]
    [InlineData("null", "{{ x }} {{ x is none }}", "None True")]
    public void Numbers_of_json_are_those_of_python(string json, string source, string output)
    {
        using var document = JsonDocument.Parse($"{{\"x\": {json}}}");
        Assert.Equal(output, Render(source, document));
    }
}
