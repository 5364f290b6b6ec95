using Retort.Development;

namespace Retort.Tests.Development;

public sealed class DebuggerPinTests
{
    [Fact]
    public void Cve_2019_14806_the_pin_is_random_for_each_process()
    {
        var pins = Enumerable.Range(0, 50).Select(_ => new DebuggerPin(null).Text!).ToList();
        Assert.All(pins, pin => Assert.Matches("^[0-9]{3}-[0-9]{3}-[0-9]{3}$", pin));
        Assert.True(pins.Distinct().Count() > 45, "the PINs are not random");
    }

    [Fact]
    public void Row_20_ten_wrong_pins_lock_it_and_the_right_one_is_refused_then()
    {
        var pin = new DebuggerPin("123-456-789");
        for (var i = 0; i < 9; i++)
            Assert.Equal(PinAnswer.Wrong, pin.Try("000-000-000"));
        Assert.False(pin.IsLocked);
        Assert.Equal(PinAnswer.Locked, pin.Try("000-000-000"));
        Assert.True(pin.IsLocked);
        Assert.Equal(PinAnswer.Locked, pin.Try("123-456-789"));
    }

    [Fact]
    public void The_right_pin_forgets_the_failures_before()
    {
        var pin = new DebuggerPin("123456789");
        for (var i = 0; i < 9; i++)
            pin.Try("1");
        Assert.Equal(PinAnswer.Right, pin.Try("123456789"));
        Assert.Equal(PinAnswer.Wrong, pin.Try("1"));
    }

    [Theory]
    [InlineData("123456789", "123-456-789")]
    [InlineData("12-34", "12-34")]
    [InlineData("1234", "1234")]
    [InlineData("1234567", "1234567")]
    [InlineData("off", null)]
    public void A_pin_can_be_given(string setting, string? shown) => Assert.Equal(shown, new DebuggerPin(setting).Text);

    [Theory]
    [InlineData(" 123 456 789 ")]
    [InlineData("123-456-789")]
    [InlineData("123456789")]
    public void It_may_be_typed_in_any_grouping(string typed) => Assert.Equal(PinAnswer.Right, new DebuggerPin("123-456-789").Try(typed));

    [Fact]
    public void A_setting_that_is_no_pin_is_an_error()
    {
        var error = Assert.Throws<FormatException>(() => new DebuggerPin("hunter2"));
        Assert.Equal("cannot use RETORT_DEBUG_PIN: it is neither 'off' nor a number. Set it to digits, such as 123-456-789, or leave it away for a random one.", error.Message);
    }

    [Fact]
    public void A_cookie_is_bound_to_its_process_and_pin_and_lives_a_week()
    {
        var clock = new SetClock();
        var pin = new DebuggerPin("123-456-789", clock);
        var cookie = pin.MakeCookie();
        Assert.True(pin.Trusts(cookie));
        Assert.False(new DebuggerPin("123-456-789", clock).Trusts(cookie));
        Assert.False(pin.Trusts(null));
        Assert.False(pin.Trusts(""));
        Assert.False(pin.Trusts(cookie + "0"));
        Assert.False(pin.Trusts("9" + cookie));
        clock.Now += TimeSpan.FromDays(7.1);
        Assert.False(pin.Trusts(cookie));
    }

    private sealed class SetClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = DateTimeOffset.UnixEpoch.AddYears(50);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
