using Retort.Sessions;

namespace Retort.Tests.Sessions;

/// <summary>Section 6 of the field's record, secret key.</summary>
public sealed class KeyStrengthTests
{
    [Theory]
    [InlineData("dev", "has fewer than 16 characters")]
    [InlineData("fifteen letters", "has fewer than 16 characters")]
    [InlineData("you-will-never-guess", "stands in a tutorial")]
    [InlineData("192b9bdd22ab9ed4d12e236c78afcb9a393ec15f71bbf5dc987d54727823bcbf", "stands in a tutorial")]
    public void A_key_that_can_be_guessed_is_warned_of_without_being_shown(string key, string reason) => Assert.Equal(
        $"Warning: SECRET_KEY {reason}: others can guess it and sign sessions of their own. Make one with 'openssl rand -hex 32' and keep it out of the source.", KeyStrength.Advice(key));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("sixteen letters!")]
    public void A_long_key_and_none_are_not(string? key) => Assert.Null(KeyStrength.Advice(key));
}
