using Retort.Jinja.Values;

namespace Retort.Jinja.Tests.Values;

public class SandboxAccessTests
{
    public sealed class Account(string name)
    {
        public string Name { get; } = name;
    }

    [Fact]
    public void Host_objects_show_nothing_unless_their_type_is_allowed()
    {
        var account = Value.FromObject(new Account("x"));
        Assert.True(new FakeContext(new SandboxAccess()).GetAttribute(account, "name").IsUndefined);
        Assert.Equal("x", new FakeContext(new SandboxAccess(false, typeof(Account))).GetAttribute(account, "name").ToString());
        Assert.Equal("x", new FakeContext(new SandboxAccess()).GetAttribute(Value.FromObject(new { name = "x" }), "name").ToString());
    }

    [Fact]
    public void What_is_hidden_is_undefined_until_used_and_then_a_security_error()
    {
        var hidden = new FakeContext(new SandboxAccess()).GetAttribute(Value.FromObject(new Account("x")), "name");
        var error = ((Undefined)hidden.Reference).Error();
        Assert.IsType<SecurityError>(error);
        Assert.Equal("access to attribute 'name' of 'Account' object is unsafe.", error.Reason);
    }

    [Theory]
    [InlineData("append")]
    [InlineData("clear")]
    [InlineData("pop")]
    [InlineData("sort")]
    public void Jinja_3_1_5_immutable_sandbox_hides_what_changes_a_list(string method)
    {
        var list = Value.From(new ListValue([]));
        Assert.True(new FakeContext(new SandboxAccess(immutable: true)).GetAttribute(list, method).IsUndefined);
        Assert.False(new FakeContext(new SandboxAccess()).GetAttribute(list, method).IsUndefined);
        Assert.False(new FakeContext(new SandboxAccess(immutable: true)).GetAttribute(list, "index").IsUndefined);
    }

    [Theory]
    [InlineData("{0.__class__}")]
    [InlineData("{0[__class__]}")]
    [InlineData("{0.name}")]
    public void Cve_2016_10745_format_reads_attributes_by_the_sandbox_rules(string format)
    {
        var context = new FakeContext(new SandboxAccess());
        Assert.Equal(string.Empty, BraceFormat.Format(context, Value.From(format), new Arguments([Value.FromObject(new Account("x"))])).ToString());
    }

    [Fact]
    public void Cve_2019_10906_format_map_reads_attributes_by_the_sandbox_rules()
    {
        var names = new DictValue();
        names.Set(Value.From("a"), Value.From(1));
        Assert.Equal("<>", BraceFormat.FormatMap(new FakeContext(new SandboxAccess()), Value.From("<{a.__class__}>"), Value.From(names)).ToString());
    }

    [Fact]
    public void Cve_2024_56326_and_2025_27516_a_format_method_passed_on_keeps_the_rules()
    {
        var context = new FakeContext(new SandboxAccess());
        var format = context.CallFilter("attr", new Arguments([Value.From("{0.__class__.__mro__}"), Value.From("format")]));
        Assert.Throws<SecurityError>(() => context.Call(format, new Arguments([Value.From(1)])));
    }

    [Fact]
    public void Huge_ranges_repetitions_and_widths_are_refused()
    {
        var context = new FakeContext(new SandboxAccess());
        var range = Retort.Jinja.Builtins.BuiltinTables.Globals["range"];
        Assert.Equal(PythonErrorKind.OverflowError, Assert.Throws<PythonError>(() => context.Call(range, new Arguments([Value.From(100_001)]))).Kind);
        Assert.Throws<PythonError>(() => Operators.Multiply(Value.From("a"), Value.From(1_000_000_000), context.Access.MaxRepeat));
        Assert.Throws<PythonError>(() => PercentFormat.Format(context, Value.From("%999999999d"), Value.From(1)));
        Assert.Throws<PythonError>(() => context.CallFilter("center", new Arguments([Value.From("a"), Value.From(1_000_000_000)])));
        Assert.Throws<PythonError>(() => Operators.Power(Value.From(10), Value.From(1_000_000_000)));
    }
}
