using Retort.Jinja.Values;

namespace Retort.Jinja.Tests;

public sealed class SandboxTests
{
    public sealed record Account(string Name, string Password);

    private static string Render(string source, object? model = null, SandboxedEnvironment? environment = null) => (environment ?? new SandboxedEnvironment()).FromString(source).Render(model);

    [Theory]
    [InlineData("{{ x.__class__ }}")]
    [InlineData("{{ x['__class__'] }}")]
    [InlineData("{{ x|attr('__class__') }}")]
    [InlineData("{{ [].__class__.__base__ }}")]
    [InlineData("{{ '{0.__class__}'.format(1) }}")]
    [InlineData("{{ ('{0.__class__}'|attr('format'))(1) }}")]
    [InlineData("{{ ['{0.__class__}'.format]|first|string and ['{0.__class__}']|map('format', 1)|list }}{{ ''.format.__self__ }}")]
    [InlineData("{{ '{x.__class__}'.format_map({'x': 1}) }}")]
    [InlineData("{% set f = '{0.__class__}'.format %}{{ f(1) }}")]
    [InlineData("{{ ''.join(['{0.__class__}']|map('attr', 'format')|list|first) }}{{ (['{0.__class__}'.format]|first)(1) }}")]
    public void CVE_2016_10745_CVE_2019_10906_CVE_2024_56326_CVE_2025_27516_underscores_are_out_of_reach(string source)
    {
        var text = "";
        var error = Record.Exception(() => text = Render(source, new { x = 1 }));
        Assert.True(error is SecurityError or PythonError || text == "", $"printed {text}, threw {error}");
    }

    [Theory]
    [InlineData("{{ d.GetType() }}")]
    [InlineData("{{ d.get_type() }}")]
    [InlineData("{{ account.GetType().Assembly }}")]
    [InlineData("{{ f.Method }}")]
    [InlineData("{{ f.method }}")]
    [InlineData("{{ f.Target }}")]
    [InlineData("{{ t.Assembly }}")]
    public void Reflection_is_out_of_reach_in_and_out_of_the_sandbox(string source)
    {
        var model = new { d = new { x = 1 }, account = new Account("n", "p"), f = new Func<int>(() => 1), t = typeof(string) };
        foreach (var environment in new[] { new JinjaEnvironment(), new SandboxedEnvironment() })
        {
            var text = "";
            var error = Record.Exception(() => text = environment.FromString(source).Render(model));
            Assert.True(error is UndefinedError or SecurityError || text == "", $"printed {text}, threw {error}");
        }
    }

    [Fact]
    public void Members_of_host_types_are_hidden_until_they_are_allowed()
    {
        var model = new { account = new Account("bob", "secret") };
        Assert.Equal("", Render("{{ account.name }}", model));
        Assert.Throws<SecurityError>(() => Render("{{ account.name ~ account.name.x }}", model));
        var environment = new SandboxedEnvironment();
        environment.AllowType(typeof(Account));
        Assert.Equal("bob", Render("{{ account.name }}", model, environment));
    }

    [Theory]
    [InlineData("{{ account|tojson }}")]
    [InlineData("{{ {'x': [account]}|tojson }}")]
    [InlineData("{{ [account]|map(attribute='password')|list }}")]
    [InlineData("{{ [account]|groupby('password')|map(attribute='grouper')|list }}")]
    [InlineData("{{ '{0.password}'.format(account) }}")]
    [InlineData("{{ account.password|default(account.nope)|attr('Password') }}")]
    [InlineData("{{ account.nope._undefined_obj|tojson }}")]
    public void No_filter_shows_members_that_are_hidden(string source)
    {
        var text = "";
        var error = Record.Exception(() => text = Render(source, new { account = new Account("bob", "secret") }));
        Assert.DoesNotContain("secret", text + error?.Message, StringComparison.Ordinal);
        Assert.True(error is null or SecurityError or UndefinedError or PythonError { Kind: PythonErrorKind.TypeError }, error?.ToString());
    }

    [Fact]
    public void Tojson_writes_the_members_that_are_allowed()
    {
        var environment = new NoPasswords();
        environment.AllowType(typeof(Account));
        Assert.Equal("""{"Name": "bob"}""", Render("{{ account|tojson }}", new { account = new Account("bob", "secret") }, environment).Replace("\n", "", StringComparison.Ordinal));
        Assert.Equal("""{"x": 1}""", Render("{{ m|tojson }}", new { m = new { x = 1 } }));
    }

    [Fact]
    public void What_an_undefined_keeps_is_out_of_reach() =>
        Assert.Throws<SecurityError>(() => Render("{{ (account.nope)._undefined_obj.name }}", new { account = new Account("bob", "secret") }));

    [Fact]
    public void A_subclass_may_hide_more()
    {
        var environment = new NoPasswords();
        environment.AllowType(typeof(Account));
        Assert.Equal("bob", Render("{{ account.name }}", new { account = new Account("bob", "secret") }, environment));
        Assert.Equal("", Render("{{ account.password }}", new { account = new Account("bob", "secret") }, environment));
    }

    private sealed class NoPasswords : SandboxedEnvironment
    {
        protected internal override bool IsSafeAttribute(in Value target, string name) => !name.Equals("password", StringComparison.OrdinalIgnoreCase) && base.IsSafeAttribute(target, name);
    }

    [Theory]
    [InlineData("{{ l.clear() }}")]
    [InlineData("{{ l.pop() }}")]
    [InlineData("{{ l.append(1) }}")]
    [InlineData("{{ d.update({}) }}")]
    [InlineData("{{ d.clear() }}")]
    [InlineData("{{ d.setdefault('a', 1) }}")]
    public void Jinja_3_1_5_the_immutable_sandbox_changes_nothing(string source)
    {
        var model = new { l = new List<int> { 1 }, d = new Dictionary<string, object> { ["k"] = 1 } };
        Assert.Throws<SecurityError>(() => Render(source, model, new ImmutableSandboxedEnvironment()));
        Assert.Single(model.l);
        Assert.Single(model.d);
    }

    [Theory]
    [InlineData("{{ range(100001)|length }}")]
    [InlineData("{% for i in range(10**10) %}{% endfor %}")]
    [InlineData("{{ 'a' * 10**9 }}")]
    [InlineData("{{ '%999999999d' % 1 }}")]
    [InlineData("{{ '{:999999999}'.format(1) }}")]
    [InlineData("{{ [0] * 10**9 }}")]
    [InlineData("{{ 'x'|center(10**9) }}")]
    public void Big_ranges_and_repetitions_are_refused(string source) => Assert.ThrowsAny<TemplateError>(() => Render(source));

    [Fact]
    public void Operators_can_be_intercepted()
    {
        var environment = new NoPowers { InterceptedBinaryOperators = new HashSet<string> { "**" }, InterceptedUnaryOperators = new HashSet<string> { "-" } };
        Assert.Equal("5 4", Render("{{ 2 + 3 }} {{ -4 }}", null, environment));
        Assert.Throws<SecurityError>(() => Render("{{ 2 ** 3 }}", null, environment));
    }

    private sealed class NoPowers : SandboxedEnvironment
    {
        protected override Value CallBinaryOperator(EvalContext context, string op, in Value left, in Value right) => throw new SecurityError("no powers");

        protected override Value CallUnaryOperator(EvalContext context, string op, in Value operand) => operand;
    }

    [Fact]
    public void Unsafe_calls_can_be_refused()
    {
        var environment = new NoCalls();
        environment.Globals["f"] = new Func<int>(() => 1);
        Assert.Throws<SecurityError>(() => Render("{{ f() }}", null, environment));
    }

    private sealed class NoCalls : SandboxedEnvironment
    {
        protected internal override bool IsSafeCallable(in Value callee) => false;
    }

    [Fact]
    public void The_origin_of_an_undefined_is_hidden() =>
        Assert.Throws<SecurityError>(() => new SandboxedEnvironment().FromString("{{ missing._undefined_name.x }}").Render());
}
