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
    [InlineData("{{ x.__class__.y }}")]
    [InlineData("{{ x.__init__.__globals__ }}")]
    [InlineData("{{ x.__reduce__() }}")]
    [InlineData("{{ [].__len__() }}")]
    [InlineData("{{ [].__class__.__base__ }}")]
    [InlineData("{{ {}.__getitem__.y }}")]
    [InlineData("{{ (x|attr('__subclasshook__')).y }}")]
    [InlineData("{{ x['__doc__'].y }}")]
    public void What_everything_has_in_Python_is_unsafe_whether_or_not_it_is_here(string source) =>
        Assert.Contains("is unsafe", Assert.Throws<SecurityError>(() => Render(source, new { x = 1 })).Reason, StringComparison.Ordinal);

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

    public sealed class Opening
    {
        public Type Kind { get; } = typeof(int);

        public Stream Stream => Stream.Null;

        public Stream Open() => Stream.Null;

        public object Hidden() => typeof(int);

        public object Files() => new System.IO.Enumeration.FileSystemEnumerable<string>(".", (ref System.IO.Enumeration.FileSystemEntry entry) => "file");

    }

    public sealed class Indexed
    {
        public int _private => 1;

        public string this[string key] => "item " + key;
    }

    [System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1051", Justification = "It is fields that are tested.")]
    public struct Fields
    {
        public Type Kind;
        public int Number;
    }

    [Theory]
    [InlineData("{{ x.kind.x }}")]
    [InlineData("{{ x.stream.x }}")]
    [InlineData("{{ x.open() }}")]
    [InlineData("{{ x.hidden().full_name.x }}")]
    [InlineData("{{ f.kind.x }}")]
    [InlineData("{{ x.get_hash_code() }}")]
    [InlineData("{{ x.equals(x) }}")]
    public void What_leads_to_reflection_is_no_member(string source)
    {
        var model = new { x = new Opening(), f = new Fields { Kind = typeof(int), Number = 5 } };
        Assert.Equal("5", new JinjaEnvironment().FromString("{{ f.number }}").Render(model));
        Assert.Throws<UndefinedError>(() => new JinjaEnvironment().FromString(source).Render(model));
    }

    [Fact]
    public void What_must_not_be_looked_into_is_not_enumerated() =>
        Assert.Throws<PythonError>(() => new JinjaEnvironment().FromString("{% for f in x.files() %}{{ f }}{% endfor %}").Render(new { x = new Opening() }));

    [Theory]
    [InlineData(typeof(Type))]
    [InlineData(typeof(System.Reflection.MethodInfo))]
    [InlineData(typeof(System.Reflection.Assembly))]
    [InlineData(typeof(System.Reflection.ParameterInfo))]
    [InlineData(typeof(RuntimeTypeHandle))]
    [InlineData(typeof(RuntimeMethodHandle))]
    [InlineData(typeof(RuntimeFieldHandle))]
    [InlineData(typeof(ModuleHandle))]
    [InlineData(typeof(System.Reflection.ICustomAttributeProvider))]
    [InlineData(typeof(Action))]
    [InlineData(typeof(System.Linq.Expressions.ConstantExpression))]
    [InlineData(typeof(IServiceProvider))]
    [InlineData(typeof(Task<int>))]
    [InlineData(typeof(ValueTask))]
    [InlineData(typeof(ValueTask<int>))]
    [InlineData(typeof(IAsyncResult))]
    [InlineData(typeof(AppDomain))]
    [InlineData(typeof(System.Runtime.Loader.AssemblyLoadContext))]
    [InlineData(typeof(Thread))]
    [InlineData(typeof(CancellationTokenSource))]
    [InlineData(typeof(FileStream))]
    [InlineData(typeof(StringWriter))]
    [InlineData(typeof(FileInfo))]
    [InlineData(typeof(System.Diagnostics.Process))]
    [InlineData(typeof(System.Diagnostics.StackTrace))]
    [InlineData(typeof(System.Text.UTF8Encoding))]
    [InlineData(typeof(OperatingSystem))]
    [InlineData(typeof(nint))]
    [InlineData(typeof(nuint))]
    [InlineData(typeof(WeakReference))]
    [InlineData(typeof(WeakReference<string>))]
    [InlineData(typeof(ObsoleteAttribute))]
    [InlineData(typeof(System.Globalization.CultureInfo))]
    [InlineData(typeof(TimeZoneInfo))]
    [InlineData(typeof(System.ComponentModel.Component))]
    [InlineData(typeof(System.Net.Http.HttpClient))]
    [InlineData(typeof(int*))]
    [InlineData(typeof(Span<int>))]
    public void It_is_forbidden_to_look_into_these(Type type) => Assert.True(Reflection.IsForbidden(type));

    [Fact]
    public void Underscores_and_items_of_a_host_object_follow_the_rules()
    {
        var model = new { x = new Indexed() };
        var environment = new SandboxedEnvironment();
        Assert.Equal("", Render("{{ x['k'] }}", model, environment));
        environment.AllowType(typeof(Indexed));
        Assert.Equal("item k", Render("{{ x['k'] }}", model, environment));
        Assert.Equal("access to attribute '_private' of 'Indexed' object is unsafe.", Assert.Throws<SecurityError>(() => Render("{{ x._private.y }}", model, environment)).Reason);
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

    [Theory]
    [InlineData("{{ x * 2001 }}")]
    [InlineData("{{ [1] * 2001 }}")]
    [InlineData("{{ [1, 2] * 1001 }}")]
    [InlineData("{{ x.center(2001) }}")]
    [InlineData("{{ x.ljust(2001) }}")]
    [InlineData("{{ x.rjust(2001) }}")]
    [InlineData("{{ x.zfill(2001) }}")]
    [InlineData("{{ x|center(2001) }}")]
    [InlineData("{{ t.expandtabs(2001) }}")]
    [InlineData("{{ (t * 3).expandtabs(1000) }}")]
    [InlineData("{{ '%2001d' % n }}")]
    [InlineData("{{ '%*d' % (2001, n) }}")]
    [InlineData("{{ '%.2001f' % n }}")]
    [InlineData("{{ '%1500d%1500d' % (n, n) }}")]
    [InlineData("{{ '{:2001}'.format(n) }}")]
    [InlineData("{{ '{:.2001f}'.format(n) }}")]
    [InlineData("{{ '{:{}}'.format(n, 2001) }}")]
    [InlineData("{{ '{:1500}{:1500}'.format(n, n) }}")]
    [InlineData("{{ '{a:1500}{a:1500}'.format_map({'a': n}) }}")]
    [InlineData("{{ x|indent(2001, first=true) }}")]
    [InlineData("{{ ((x ~ '\n') * 200)|indent(20) }}")]
    [InlineData("{% set y = (x * 1500) ~ (x * 1500) %}")]
    [InlineData("{% set y = (x * 1500) + (x * 1500) %}")]
    [InlineData("{{ ([1] * 1500) + ([1] * 1500) }}")]
    [InlineData("{{ ([x * 500] * 5)|join }}")]
    [InlineData("{{ (x * 500).join(['a'] * 6) }}")]
    [InlineData("{{ (x * 500).replace('x', 'abcde') }}")]
    [InlineData("{{ (x * 500)|replace('x', 'abcde') }}")]
    [InlineData("{{ lipsum(n=101, min=20, max=21) }}")]
    [InlineData("{{ lipsum(n=10, min=50, max=60) }}")]
    public void Nothing_grows_beyond_the_sandboxs_limit(string source)
    {
        var model = new { x = "x", t = "\t", n = 1 };
        Assert.Contains("limit of 2000", Assert.Throws<PythonError>(() => Render(source, model, new SandboxedEnvironment { MaxRepeat = 2000 })).Reason, StringComparison.Ordinal);
        Render(source, model, new SandboxedEnvironment { MaxRepeat = 20_000 });
    }

    [Fact]
    public async Task A_sum_is_as_limited_in_an_asynchronous_render()
    {
        var template = new SandboxedEnvironment { MaxRepeat = 2000 }.FromString("{% set y = x + x %}");
        Assert.Contains("limit of 2000", (await Assert.ThrowsAsync<PythonError>(() => template.RenderAsync(new { x = new string('x', 1500) }))).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void An_overlay_keeps_the_rules_that_its_class_overrides()
    {
        var overlay = (SandboxedEnvironment)new NoPowers { InterceptedBinaryOperators = new HashSet<string> { "**" } }.Overlay();
        Assert.Throws<SecurityError>(() => Render("{{ 2 ** 3 }}", null, overlay));
        Assert.Throws<SecurityError>(() => Render("{{ range(1) }}", null, (SandboxedEnvironment)new NoCalls().Overlay()));
    }

    [Fact]
    public void What_an_overlay_allows_is_not_allowed_by_its_origin()
    {
        var environment = new SandboxedEnvironment();
        var overlay = (SandboxedEnvironment)environment.Overlay(it => ((SandboxedEnvironment)it).AllowType(typeof(Version)));
        Assert.Equal("1", Render("{{ v.major }}", new { v = new Version(1, 2) }, overlay));
        Assert.Equal("", Render("{{ v.major|default }}", new { v = new Version(1, 2) }, environment));
    }

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

    [Theory]
    [InlineData("{{ ' a '.strip() }}")]
    [InlineData("{{ ' a '.strip()|upper }}")]
    [InlineData("{{ x.upper() }}")]
    [InlineData("{% macro m() %}a{% endmacro %}{{ m() }}")]
    [InlineData("{% macro m() %}a{% endmacro %}{{ m()|upper }}")]
    [InlineData("{% macro m() %}{{ caller() }}{% endmacro %}{% call m() %}a{% endcall %}")]
    [InlineData("{% block b %}a{% endblock %}{{ self.b() }}")]
    [InlineData("{% for i in [[1]] recursive %}{{ loop(i) if i is iterable }}{% endfor %}")]
    [InlineData("{{ range(1)|list }}")]
    public async Task A_sandbox_that_refuses_calls_is_asked_for_every_one(string source)
    {
        Assert.Throws<SecurityError>(() => Render(source, new { x = "x" }, new NoCalls()));
        await Assert.ThrowsAsync<SecurityError>(() => new NoCalls().FromString(source).RenderAsync(new { x = "x" }));
    }

    public static TheoryData<string> Mutators { get; } =
    [
        "l.append(1)", "l.clear()", "l.extend([1])", "l.insert(0, 1)", "l.pop()", "l.remove(1)", "l.reverse()", "l.sort()",
        "d.clear()", "d.pop('k')", "d.popitem()", "d.setdefault('a', 1)", "d.update({})",
        "s.copy().add(2)", "s.copy().clear()", "s.copy().difference_update([1])", "s.copy().discard(1)", "s.copy().intersection_update([])", "s.copy().pop()", "s.copy().remove(1)", "s.copy().symmetric_difference_update([1])", "s.copy().update([2])",
    ];

    [Theory]
    [MemberData(nameof(Mutators))]
    public void Jinja_3_1_5_nothing_that_changes_a_collection_is_there_in_the_immutable_sandbox(string call)
    {
        var model = new { l = new List<int> { 1 }, d = new Dictionary<string, object> { ["k"] = 1 }, s = new HashSet<int> { 1 } };
        Assert.Throws<SecurityError>(() => Render($"{{{{ {call} }}}}", model, new ImmutableSandboxedEnvironment()));
        Render($"{{{{ {call} }}}}", model);
    }

    [Theory]
    [InlineData("_undefined_name")]
    [InlineData("_undefined_obj")]
    [InlineData("_undefined_hint")]
    public void Nothing_that_an_undefined_keeps_is_shown(string name) =>
        Assert.Equal($"access to attribute '{name}' of 'Undefined' object is unsafe.", Assert.Throws<SecurityError>(() => Render($"{{{{ missing.{name}.x }}}}")).Reason);

    [Fact]
    public void The_origin_of_an_undefined_is_hidden() =>
        Assert.Throws<SecurityError>(() => new SandboxedEnvironment().FromString("{{ missing._undefined_name.x }}").Render());
}
