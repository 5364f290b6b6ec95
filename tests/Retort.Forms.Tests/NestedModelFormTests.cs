using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Retort.Testing;
using static Retort.Globals;

namespace Retort.Forms.Tests;

/// <summary>Forms of records that hold records, lists, enumerations and uploads.</summary>
public sealed class NestedModelFormTests
{
    internal enum Size
    {
        Small,
        Large,
    }

    internal sealed record Address([Required, StringLength(20)] string Street, [RegularExpression("[0-9]+")] string? Zip);

    internal sealed record Line([StringLength(10)] string Article, [Range(1, 9)] int Count, Size? Size) : IValidatableObject
    {
        public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) => Article == "none" && Count > 1 ? [new ValidationResult("None of nothing.")] : [];
    }

    internal sealed record Order(Address Ship, Address? Bill, [MaxLength(2, ErrorMessage = "At most two.")] IReadOnlyList<Line> Lines, string[] Notes, List<int> Codes)
    {
        [ScaffoldColumn(false)]
        public object? Whatever { get; init; }
    }

    internal sealed class Shirt
    {
        public List<Size> Sizes { get; set; } = [];

        public Size Main { get; set; }

        public Size? Other { get; set; }

        public Guid Id { get; set; }

        public byte Rank { get; set; }

        public short? Rest { get; set; }

        public float Weight { get; set; }

        public IFormFile? Photo { get; set; }

        public List<IFormFile> More { get; set; } = [];
    }

    internal sealed record Endless(string Name, Endless? Next);

    internal sealed record Ring(Bead Bead);

    internal sealed record Bead(string Name, Ring Ring);

    internal sealed record Tree(string Name, List<Tree> Branches);

    internal sealed record Odd(Uri Link);

    internal sealed record Odds(List<Uri> Links);

    internal sealed record Deep(Odds Odds);

    internal sealed class Unmakable
    {
        private Unmakable()
        {
        }
    }

    private static App Make<T>(Func<T, string> show)
        where T : class
    {
        var app = Apps.Make();
        app.Config["WTF_CSRF_ENABLED"] = false;
        app.Get("/", () => RenderTemplateString("{% for field in form %}{{ field }}\n{% endfor %}", new { form = Form.Of<T>() }));
        app.Post("/", () => Form.Of<T>() is var form && form.ValidateOnSubmit() ? show(form.Model) : Jsonify(form.Errors));
        return app;
    }

    private static async Task<string> Post<T>(Func<T, string> show, params (string Name, object? Value)[] form)
        where T : class => (await Make(show).TestClient().Post("/", form: form.GroupBy(pair => pair.Name).ToDictionary(pairs => pairs.Key, pairs => pairs.Last().Value))).Text.Trim();

    private static string Show(Order order) => string.Join(" / ", order.Ship, order.Bill?.ToString() ?? "no bill", string.Join(", ", order.Lines), string.Join(",", order.Notes), string.Join(",", order.Codes));

    [Fact]
    public async Task A_record_inside_is_a_form_inside_and_a_list_is_a_list_of_fields() => Assert.Equal(
        """
        <table id="ship"><tr><th><label for="ship-street">Street</label></th><td><input id="ship-street" maxlength="20" name="ship-street" required type="text" value=""></td></tr><tr><th><label for="ship-zip">Zip</label></th><td><input id="ship-zip" name="ship-zip" pattern="[0-9]+" type="text" value=""></td></tr></table>
        <table id="bill"><tr><th><label for="bill-street">Street</label></th><td><input id="bill-street" maxlength="20" name="bill-street" type="text" value=""></td></tr><tr><th><label for="bill-zip">Zip</label></th><td><input id="bill-zip" name="bill-zip" pattern="[0-9]+" type="text" value=""></td></tr></table>
        <ul id="lines"><li><label for="lines-0">Lines</label> <table id="lines-0"><tr><th><label for="lines-0-article">Article</label></th><td><input id="lines-0-article" maxlength="10" name="lines-0-article" type="text" value=""></td></tr><tr><th><label for="lines-0-count">Count</label></th><td><input id="lines-0-count" max="9" min="1" name="lines-0-count" type="number" value=""></td></tr><tr><th><label for="lines-0-size">Size</label></th><td><select id="lines-0-size" name="lines-0-size"><option value=""></option><option value="Small">Small</option><option value="Large">Large</option></select></td></tr></table></li></ul>
        <ul id="notes"><li><label for="notes-0">Notes</label> <input id="notes-0" name="notes-0" type="text" value=""></li></ul>
        <ul id="codes"><li><label for="codes-0">Codes</label> <input id="codes-0" name="codes-0" type="number" value=""></li></ul>
        """, (await Make<Order>(Show).TestClient().Get("/")).Text.Trim());

    [Fact]
    public async Task Good_values_make_all_of_it_and_what_was_left_empty_is_not_there() => Assert.Equal(
        "Address { Street = Elm 1, Zip = 123 } / no bill / Line { Article = tea, Count = 2, Size = Large }, Line { Article = cup, Count = 1, Size =  } / a,b / 7",
        await Post<Order>(
            Show,
            ("ship-street", "Elm 1"), ("ship-zip", "123"), ("bill-street", ""), ("bill-zip", ""),
            ("lines-0-article", "tea"), ("lines-0-count", "2"), ("lines-0-size", "Large"), ("lines-3-article", "cup"), ("lines-3-count", "1"), ("lines-3-size", ""), ("lines-4-article", ""), ("lines-4-count", ""), ("lines-4-size", ""),
            ("notes-0", "a"), ("notes-1", ""), ("notes-2", "b"), ("codes-0", "7"), ("codes-1", "")));

    [Fact]
    public async Task An_optional_record_that_was_begun_has_to_be_whole()
    {
        Assert.Equal("""{"bill":{"street":["This field is required."]}}""", await Post<Order>(Show, ("ship-street", "x"), ("bill-zip", "1")));
        Assert.Contains("/ Address { Street = y, Zip =  } /", await Post<Order>(Show, ("ship-street", "x"), ("bill-street", "y")), StringComparison.Ordinal);
    }

    internal sealed class NotInTown : ValidationAttribute
    {
        public override bool IsValid(object? value) => value is not Address { Street: "Town square" };
    }

    internal sealed record Parcel([Required] Address? To, [property: NotInTown(ErrorMessage = "{0} is in town.")] Address? From);

    [Fact]
    public async Task Annotations_of_the_record_inside_are_asked_too()
    {
        Assert.Equal("""{"to":{"street":["This field is required."]}}""", await Post<Parcel>(parcel => parcel.ToString(), ("from-street", "")));
        Assert.Equal("""{"from":{"null":["From is in town."]}}""", await Post<Parcel>(parcel => parcel.ToString(), ("to-street", "x"), ("from-street", "Town square")));
        Assert.Equal("Parcel { To = Address { Street = x, Zip =  }, From =  }", await Post<Parcel>(parcel => parcel.ToString(), ("to-street", "x"), ("from-street", "")));
    }

    [Fact]
    public async Task Errors_stand_where_they_belong() => Assert.Equal(
        """{"ship":{"street":["This field is required."],"zip":["Invalid input."]},"lines":[{"article":["Field cannot be longer than 10 characters."],"count":["Number must be between 1 and 9."]},{"null":["None of nothing."]},{"count":["This field is required."]},"At most two."],"codes":[["Not a valid integer value."]]}""",
        await Post<Order>(
            Show,
            ("ship-zip", "x"), ("lines-0-article", "elevenchars"), ("lines-0-count", "10"), ("lines-1-article", "none"), ("lines-1-count", "2"), ("lines-2-article", "x"), ("codes-0", "x")));

    [Fact]
    public async Task Enumerations_numbers_and_uploads_are_bound()
    {
        static string Show(Shirt shirt)
        {
            using var reader = new StreamReader(shirt.Photo!.OpenReadStream());
            return $"{string.Join('+', shirt.Sizes)} {shirt.Main} {shirt.Other?.ToString() ?? "-"} {shirt.Id.ToString()[..4]} {shirt.Rank} {shirt.Rest} {shirt.Weight} {shirt.Photo.FileName} {shirt.Photo.ContentType} {shirt.Photo.Length} {reader.ReadToEnd()} {string.Join('+', shirt.More.Select(file => file.FileName))}";
        }

        (string, object?)[] form =
        [
            ("sizes", new[] { "Small", "Large" }), ("main", "Large"), ("other", ""), ("id", "01234567-89ab-cdef-0123-456789abcdef"), ("rank", "255"), ("weight", "1.5"),
            ("photo", new Retort.Http.FileStorage(new MemoryStream("pixels"u8.ToArray()), "a.png", "photo", "image/png")),
            ("more", new[] { new Retort.Http.FileStorage(new MemoryStream([1]), "b.png"), new Retort.Http.FileStorage(new MemoryStream([2]), "c.png") }),
        ];
        Assert.Equal("Small+Large Large - 0123 255  1.5 a.png image/png 6 pixels b.png+c.png", await Post<Shirt>(Show, form));
        form = [.. form, ("rank", "256"), ("rest", "40000"), ("id", "x"), ("main", "Huge")];
        Assert.Equal("""{"main":["Not a valid choice."],"id":["Invalid UUID."],"rank":["Number must be between 0 and 255."],"rest":["Number must be between -32768 and 32767."]}""", await Post<Shirt>(Show, form));
    }

    [Fact]
    public void Values_to_begin_with_come_from_the_object_all_the_way_down()
    {
        using var context = Apps.Make().TestRequestContext();
        var form = Form.Of(new Order(new Address("Elm 1", null), null, [new Line("tea", 2, Size.Large), new Line("cup", 1, null)], ["a"], [1, 2]));
        Assert.Equal("Elm 1", ((FormField<ModelForm<Address>>)form["ship"]).Form["street"].Data);
        var lines = (IReadOnlyList<Field>)form["lines"];
        Assert.Equal(["tea", "cup"], lines.Select(line => ((FormField<ModelForm<Line>>)line).Form["article"].Data));
        Assert.Equal("Large", ((FormField<ModelForm<Line>>)lines[0]).Form["size"].Data);
        Assert.Equal(new List<object?> { 1, 2 }, form["codes"].Data);
    }

    [Fact]
    public void A_class_that_holds_itself_is_refused_but_may_hold_a_list_of_itself()
    {
        using var context = Apps.Make().TestRequestContext();
        Assert.Equal("no form can be made of Endless: Endless.Next is a Endless again, and the forms inside forms would never end. Put [ScaffoldColumn(false)] on it, or make it a list.", Refusal<Endless>());
        Assert.Contains("Bead.Ring is a Ring again", Refusal<Ring>(), StringComparison.Ordinal);
        Assert.Empty((IReadOnlyList<Field>)Form.Of<Tree>()["branches"]);
        var tree = Form.Of(new Tree("oak", [new Tree("left", []), new Tree("right", [new Tree("twig", [])])]));
        Assert.Contains("name=\"branches-1-branches-0-name\" type=\"text\" value=\"twig\"", tree["branches"].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_of_itself_is_read_as_deep_as_people_go_and_no_deeper()
    {
        static int Depth(Tree tree) => 1 + (tree.Branches.Count == 0 ? 0 : tree.Branches.Max(Depth));
        static string Show(Tree tree) => Depth(tree).ToString(System.Globalization.CultureInfo.InvariantCulture);
        static string Name(int depth) => string.Concat(Enumerable.Repeat("branches-0-", depth)) + "name";
        Assert.Equal("3", await Post<Tree>(Show, (Name(0), "trunk"), (Name(1), "branch"), (Name(2), "twig")));
        Assert.Equal("""{"branches":[{"name":["This field is required."]}]}""", await Post<Tree>(Show, (Name(0), "trunk"), (Name(2), "twig")));
        Assert.Equal("21", await Post<Tree>(Show, [.. Enumerable.Range(0, 40).Select(depth => (Name(depth), (object?)"x"))]));
        Assert.Equal("1", await Post<Tree>(Show, (Name(0), "trunk"), (Name(9000), "x")));
    }

    private sealed class Endlessly : FlaskForm
    {
        public StringField Name = new();
        public FieldList<FormField<Endlessly>> More = new(() => new FormField<Endlessly>());
    }

    [Fact]
    public async Task A_form_that_holds_a_list_of_itself_is_read_too()
    {
        var app = Apps.Make();
        app.Config["WTF_CSRF_ENABLED"] = false;
        app.Post("/", () => string.Join(' ', new Endlessly().More.Select(entry => $"{entry.Form.Name.Name}={entry.Form.Name.Data}:{entry.Form.More.Count}")));
        Assert.Equal("more-0-name=a:0 more-1-name=b:1", (await app.TestClient().Post("/", form: new Dictionary<string, object?> { ["name"] = "x", ["more-0-name"] = "a", ["more-1-name"] = "b", ["more-1-more-0-name"] = "c" })).Text);
    }

    [Fact]
    public void What_cannot_be_bound_is_told_directly_and_each_time()
    {
        using var context = Apps.Make().TestRequestContext();
        const string fix = "Put [ScaffoldColumn(false)] on it, or write the form as a class derived from FlaskForm.";
        Assert.Equal($"no form can be made of Odd: there is no field for its property Link of type Uri. {fix}", Refusal<Odd>());
        Assert.Equal($"no form can be made of Odd: there is no field for its property Link of type Uri. {fix}", Refusal<Odd>());
        Assert.Equal($"no form can be made of Odds: there is no field for its property Links of type List`1 of Uri. {fix}", Refusal<Odds>());
        Assert.Equal(Refusal<Odds>(), Refusal<Deep>());
        Assert.Equal("no form can be made of Unmakable: it has no public constructor.", Refusal<Unmakable>());
    }

    private static string Refusal<T>()
        where T : class => Assert.Throws<InvalidOperationException>(() => Form.Of<T>()).Message;
}
