using Retort.Http;
using Retort.Jinja;
using static Retort.Forms.Validators;

namespace Retort.Forms.Tests;

public sealed class FormTests
{
    private class LoginForm(FormData? formData = null, object? obj = null, string prefix = "", object? data = null) : Form(formData, obj, prefix, data)
    {
        public StringField Username = new("User", DataRequired(), Length(max: 8)) { Filters = [text => text?.Trim()] };
        public StringField Email { get; } = new(null, Optional(), Email());
        public IntegerField Age = new("Age", Optional(), NumberRange(18, 99)) { Default = 30 };

        public string? ValidateUsername(StringField field) => field.Data == "root" ? "Choose another name." : null;
    }

    private sealed class Shorter : LoginForm
    {
        public BooleanField Remember = new();
        public new IntegerField? Age { get; }
    }

    private sealed class Person
    {
        public string? Username { get; set; }
        public string Email { get; set; } = "";
        public int Age { get; set; }
    }

    private sealed class AsyncForm(FormData? data = null) : Form(data)
    {
        public StringField Name = new("Name");

        public async Task<string?> ValidateName(StringField field)
        {
            await Task.Yield();
            return field.Data == "taken" ? "Taken." : null;
        }
    }

    private sealed class Address : Form
    {
        public StringField Street = new("Street", DataRequired());
    }

    private sealed class Order(FormData? data = null, object? obj = null) : Form(data, obj)
    {
        public FormField<Address> To = new("To");
        public FieldList<StringField> Tags = new(() => new("Tag", Length(max: 3)), "Tags") { MinEntries = 1, MaxEntries = 3 };
        public FieldList<FormField<Address>> Others = new(() => new());
    }

    private sealed class Place
    {
        public string? Street { get; set; }
    }

    private sealed class Purchase
    {
        public Place? To { get; set; }
        public List<string> Tags { get; set; } = [];
        public List<Place> Others { get; set; } = [];
    }

    private sealed class Misspelt : Form
    {
        public StringField Name = new();

        public string? ValidateNmae(StringField field) => field.Name;
    }

    private sealed class French : Translations
    {
        public override string Gettext(string text) => text == "This field is required." ? "Ce champ est requis." : text;
    }

    private sealed class FrenchForm(FormData? data) : Form(data)
    {
        public StringField Name = new("Nom", DataRequired());

        protected override Translations Translations => new French();
    }

    private static FormData Sent(params (string Name, object? Value)[] values) => new(values.Select(value => KeyValuePair.Create(value.Name, value.Value)));

    [Fact]
    public void Fields_and_properties_stand_in_the_order_they_are_written() => Assert.Equal(["username", "email", "age"], new LoginForm().Select(field => field.Name));

    [Fact]
    public void A_derived_form_adds_fields_and_takes_one_away_with_null() => Assert.Equal(["username", "email", "remember"], new Shorter().Select(field => field.Name));

    [Fact]
    public void What_was_submitted_goes_before_the_object_the_data_and_the_default()
    {
        var form = new LoginForm(Sent(("username", " ann ")), new { email = "o@x.co" }, data: new { username = "d", age = 40 });
        Assert.Equal(("ann", "o@x.co", 40), (form.Username.Data, form.Email.Data, form.Age.Data));
        Assert.Equal(30, new LoginForm().Age.Data);
        Assert.Equal("d", new LoginForm(data: new { username = "d" }).Username.Data);
    }

    [Fact]
    public void Errors_are_lists_of_texts_by_field_and_those_of_the_form_under_null()
    {
        var form = new LoginForm(Sent(("username", "much too long"), ("age", "7x")));
        Assert.False(form.Validate());
        form.FormErrors.Add("All wrong.");
        Assert.Equal(["username", "age", null], form.Errors.Keys);
        Assert.Equal(["Field cannot be longer than 8 characters."], (IEnumerable<string>)form.Errors["username"]);
        Assert.Equal(["Not a valid integer value.", "Number must be between 18 and 99."], form.Age.Errors);
        Assert.Equal(["All wrong."], (IEnumerable<string>)form.Errors[null]);
    }

    [Fact]
    public void Optional_ends_the_chain_and_drops_what_was_wrong()
    {
        var form = new LoginForm(Sent(("username", "a"), ("age", "  "), ("email", "")));
        Assert.True(form.Validate(), string.Join(";", form.Errors.Keys));
    }

    [Fact]
    public void An_inline_check_runs_after_the_validators_and_extra_ones_after_it()
    {
        Assert.False(new LoginForm(Sent(("username", "root"))).Validate());
        var form = new LoginForm(Sent(("username", "root")));
        Assert.False(form.Validate(new Dictionary<string, Validator[]> { ["username"] = [Check((_, _) => "Extra.")] }));
        Assert.Equal(["Choose another name.", "Extra."], form.Username.Errors);
    }

    [Fact]
    public async Task An_asynchronous_check_needs_ValidateAsync()
    {
        Assert.False(await new AsyncForm(Sent(("name", "taken"))).ValidateAsync(null, TestContext.Current.CancellationToken));
        Assert.True(await new AsyncForm(Sent(("name", "free"))).ValidateAsync(null, TestContext.Current.CancellationToken));
        var error = Assert.Throws<InvalidOperationException>(() => new AsyncForm().Validate());
        Assert.Equal("AsyncForm.ValidateName checks asynchronously, but the form was validated with Validate(). Use await form.ValidateAsync() or await form.ValidateOnSubmitAsync().", error.Message);
    }

    [Fact]
    public void A_check_of_a_field_that_does_not_exist_is_an_error() => Assert.Contains("'nmae'", Assert.Throws<InvalidOperationException>(() => new Misspelt()).Message, StringComparison.Ordinal);

    [Fact]
    public void A_prefix_stands_before_the_names_and_ids()
    {
        var form = new LoginForm(Sent(("p-username", "x"), ("username", "y")), prefix: "p");
        Assert.Equal("x", form.Username.Data);
        Assert.Equal("<input id=\"p-username\" maxlength=\"8\" name=\"p-username\" required type=\"text\" value=\"x\">", form.Username.ToString());
        Assert.Equal("p_username", new LoginForm(prefix: "p_").Username.Name);
    }

    [Fact]
    public void PopulateObj_writes_the_members_that_there_are()
    {
        var person = new Person { Age = 1 };
        new LoginForm(Sent(("username", "ann"), ("email", "a@b.co"), ("age", "44"))).PopulateObj(person);
        Assert.Equal(("ann", "a@b.co", 44), (person.Username, person.Email, person.Age));
        var dictionary = new Dictionary<string, object?>();
        new LoginForm(Sent(("age", "5"))).PopulateObj(dictionary);
        Assert.Equal(5, dictionary["age"]);
    }

    [Fact]
    public void Forms_and_lists_inside_a_form_are_read_validated_and_written()
    {
        var form = new Order(Sent(("to-street", "Elm"), ("tags-0", "ab"), ("tags-7", "long"), ("tags-x", "no"), ("others-2-street", "")));
        Assert.False(form.Validate());
        Assert.Equal(["ab", "long"], form.Tags.Select<StringField, string?>(tag => tag.Data));
        Assert.Equal(["tags-0", "tags-7"], form.Tags.Parts.Select(part => part.Name));
        Assert.Equal("Field cannot be longer than 3 characters.", ((IReadOnlyList<string>)((IReadOnlyList<object>)form.Tags.ErrorTree)[1])[0]);
        var purchase = new Purchase { To = new Place { Street = "old" }, Others = [new Place { Street = "x" }] };
        form.PopulateObj(purchase);
        Assert.Equal(("Elm", "ab long", ""), (purchase.To.Street, string.Join(' ', purchase.Tags), purchase.Others[0].Street));
        Assert.Equal("<ul id=\"tags\"><li><label for=\"tags-0\">Tag</label> <input id=\"tags-0\" maxlength=\"3\" name=\"tags-0\" type=\"text\" value=\"\"></li></ul>", new Order().Tags.ToString());
    }

    [Fact]
    public void A_list_takes_no_more_entries_than_allowed()
    {
        var form = new Order(Sent([.. Enumerable.Range(0, 50).Select(i => ($"tags-{i}", (object?)"t"))]));
        Assert.Equal(3, form.Tags.Count);
        Assert.Throws<InvalidOperationException>(() => form.Tags.AppendEntry("x"));
        form.Tags.PopEntry();
        Assert.Equal("tags-2", form.Tags.AppendEntry("x").Name);
    }

    [Fact]
    public void A_list_ignores_indices_that_are_no_numbers_or_too_large() =>
        Assert.Equal(["tags-0"], new Order(Sent(("tags-99999999999999999999", "a"), ("tags-2147483647", "b"), ("tags--1", "c"), ("tags-\u0663", "d"))).Tags.Select<StringField, string>(tag => tag.Name));

    [Fact]
    public void Texts_are_translated_by_the_forms_translations()
    {
        var form = new FrenchForm(Sent(("name", "")));
        form.Validate();
        Assert.Equal(["Ce champ est requis."], form.Name.Errors);
    }

    [Fact]
    public void A_field_that_comes_twice_gives_its_first_value() =>
        Assert.Equal("a", new LoginForm(new MultiDict([new("username", "a"), new("username", "b")])).Username.Data);

    [Fact]
    public void A_template_reads_a_form_as_one_of_WTForms()
    {
        const string source = """
            {{ form.username.label }} {{ form.username(size=32, class="x") }}
            {% for field in form %}{{ field.name }}:{{ field.type }}:{{ field.errors|join }}{{ ' req' if field.flags.required }} {% endfor %}
            {{ form.errors.age[0] }}|{{ form.age.data }}|{{ form['email'].id }}|{{ form.data.username }}|{{ form.nothing is defined }}|{% for name, errors in form.errors.items() %}{{ name }}={{ errors }} {% endfor %}
            """;
        var form = new LoginForm(Sent(("username", "<ann>"), ("age", "x")));
        form.Validate();
        form.FormErrors.Add("f");
        Assert.Equal("""
            <label for="username">User</label> <input class="x" id="username" maxlength="8" name="username" required size="32" type="text" value="&lt;ann&gt;">
            username:StringField: req email:StringField: age:IntegerField:Not a valid integer value.Number must be between 18 and 99. 
            Not a valid integer value.|None|email|&lt;ann&gt;|False|age=[&#39;Not a valid integer value.&#39;, &#39;Number must be between 18 and 99.&#39;] None=[&#39;f&#39;] 
            """, new JinjaEnvironment { Autoescape = _ => true }.FromString(source).Render(new { form }));
    }

    [Fact]
    public void A_template_reaches_the_fields_of_inner_forms_and_lists() =>
        Assert.Equal("to-street|1|tags-0|<label for=\"tags-0\">Tag</label>", new JinjaEnvironment { Autoescape = _ => true }
            .FromString("{{ form.to.street.name }}|{{ form.tags|length }}|{{ form.tags[0].name }}|{{ form.tags.entries[0].label }}").Render(new { form = new Order() }));

    [Fact]
    public async Task Requests_at_the_same_time_see_their_own_values()
    {
        // Row 68 of the security specification, for forms.
        var answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => Task.Run(() =>
        {
            var form = new LoginForm(Sent(("username", $"u{i}"), ("age", (i % 150).ToString(System.Globalization.CultureInfo.InvariantCulture))));
            return (form.Validate() == (i % 150 is >= 18 and <= 99), form.Username.Data == $"u{i}");
        }, TestContext.Current.CancellationToken)));
        Assert.All(answers, answer => Assert.Equal((true, true), answer));
    }

    [Fact]
    public void Texts_of_absurd_length_and_odd_characters_are_kept_and_escaped()
    {
        var text = new string('<', 1_000_000) + "\0\u202e";
        var form = new Order(Sent(("to-street", text)));
        Assert.True(form.Validate());
        Assert.Equal(text, form.To.Form.Street.Data);
        Assert.DoesNotContain("<<", form.To.Form.Street.ToString(), StringComparison.Ordinal);
    }
}
