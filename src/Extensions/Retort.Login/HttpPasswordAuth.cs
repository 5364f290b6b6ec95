namespace Retort.Login;

/// <summary>A scheme that can ask the app for a user's password: <see cref="HttpBasicAuth"/> to compare it with the one sent, <see cref="HttpDigestAuth"/> to make the same proof of it.</summary>
public abstract class HttpPasswordAuth : HttpAuth
{
    private Func<string, ValueTask<string?>>? _password;

    private protected HttpPasswordAuth(string scheme, string? realm) : base(scheme, realm, null)
    {
    }

    /// <summary>
    /// Sets the function that tells a user's password, or in its place the hash that <see cref="HttpBasicAuth.HashPassword(Func{string, string, string?})"/> or <see cref="HttpDigestAuth.GenerateHa1"/> makes;
    /// null for no such user.
    /// </summary>
    public void GetPassword(Func<string, string?> password)
    {
        ArgumentNullException.ThrowIfNull(password);
        _password = user => new ValueTask<string?>(password(user));
    }

    /// <inheritdoc cref="GetPassword(Func{string, string?})"/>
    public void GetPassword(Func<string, Task<string?>> password)
    {
        ArgumentNullException.ThrowIfNull(password);
        _password = async user => await password(user);
    }

    private protected bool KnowsPasswords => _password is not null;

    private protected ValueTask<string?> PasswordOf(string user) => _password is null ? default : _password(user);
}
