using Retort.Http;
using Retort.Http.Exceptions;

namespace Retort.Tests.Http;

public class MultiDictTests
{
    private static MultiDict Sample() => new() { { "b", "1" }, { "a", "2" }, { "b", "3" } };

    [Fact]
    public void Keys_keep_the_order_of_their_first_appearance() => Assert.Equal(["b", "a"], Sample().Keys);

    [Fact]
    public void As_a_dictionary_it_shows_first_values()
    {
        Assert.Equal([new("b", "1"), new("a", "2")], Sample().ToList());
        Assert.Equal(["1", "2"], Sample().Values);
        Assert.Equal("1", Sample().ToDict()["b"]);
    }

    [Fact]
    public void Items_keep_the_values_of_a_key_together() =>
        Assert.Equal([new("b", "1"), new("b", "3"), new("a", "2")], Sample().Items());

    [Fact]
    public void A_missing_key_is_a_400_that_names_it()
    {
        var error = Assert.Throws<BadRequestKeyError>(() => Sample()["nme"]);
        Assert.Equal(400, error.Code);
        Assert.Equal("400 Bad Request: the request has no 'nme'. Read it with Get(\"nme\") or a default if it may be missing.", error.Message);
    }

    [Fact]
    public void Get_takes_a_default_for_what_is_missing()
    {
        Assert.Null(Sample().Get("x"));
        Assert.Equal("y", Sample().Get("x", "y"));
        Assert.Equal("2", Sample().Get("a", "y"));
    }

    [Theory]
    [InlineData("42", 42)]
    [InlineData(" -7 ", -7)]
    [InlineData("4.2", 1)]
    [InlineData("", 1)]
    [InlineData("99999999999", 1)]
    public void Get_converts_and_falls_back_to_the_default(string text, int expected) =>
        Assert.Equal(expected, new MultiDict { { "n", text } }.Get("n", 1));

    [Fact]
    public void A_comma_is_no_part_of_a_number()
    {
        var values = new MultiDict { { "n", "1,5" } };
        Assert.Equal(0.5, values.Get("n", 0.5));
        Assert.Equal(7m, values.Get("n", 7m));
    }

    [Fact]
    public void A_conversion_of_ones_own_falls_back_when_it_fails()
    {
        var values = new MultiDict { { "d", "tuesday" }, { "e", "2" } };
        Assert.Equal(DayOfWeek.Sunday, values.Get("e2", DayOfWeek.Sunday, Enum.Parse<DayOfWeek>));
        Assert.Equal(DayOfWeek.Monday, values.Get("d", DayOfWeek.Monday, Enum.Parse<DayOfWeek>));
        Assert.Equal(DayOfWeek.Tuesday, values.Get("e", DayOfWeek.Monday, Enum.Parse<DayOfWeek>));
    }

    [Fact]
    public void GetList_leaves_out_what_does_not_convert() =>
        Assert.Equal([1, 3], new MultiDict { { "n", "1" }, { "n", "x" }, { "n", "3" } }.GetList<int>("n"));

    [Fact]
    public void Setting_replaces_all_values_in_place()
    {
        var values = Sample();
        values["b"] = "9";
        Assert.Equal([new("b", "9"), new("a", "2")], values.Items());
    }

    [Fact]
    public void SetList_without_values_removes_the_key()
    {
        var values = Sample();
        values.SetList("b", []);
        Assert.Equal(["a"], values.Keys);
    }

    [Fact]
    public void Many_keys_are_found_after_adding_and_removing()
    {
        var values = new MultiDict(Enumerable.Range(0, 100).Select(n => KeyValuePair.Create($"k{n}", $"{n}")));
        Assert.Equal("57", values["k57"]);
        Assert.True(values.Remove("k3"));
        values.Add("k200", "200");
        Assert.Equal("57", values["k57"]);
        Assert.Equal("200", values["k200"]);
        Assert.False(values.Contains("k3"));
        Assert.Equal(100, values.Count);
    }

    [Fact]
    public void What_belongs_to_a_request_cannot_be_changed_but_its_copy_can()
    {
        var args = UrlEncoded.Parse("a=1");
        var error = Assert.Throws<InvalidOperationException>(() => args.Add("b", "2"));
        Assert.Equal("This MultiDict belongs to the request and cannot be changed. Change a copy: request.Form.Copy().", error.Message);
        Assert.Throws<InvalidOperationException>(() => args["a"] = "2");
        Assert.Throws<InvalidOperationException>(() => args.Remove("a"));
        Assert.Throws<InvalidOperationException>(args.Clear);

        var copy = args.Copy();
        copy.Add("a", "2");
        Assert.Equal(["1", "2"], copy.GetList("a"));
        Assert.Equal(["1"], args.GetList("a"));
    }
}
