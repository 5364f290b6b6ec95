namespace Retort.Signing;

/// <summary>How the signing key is made from the secret key and the salt.</summary>
public enum KeyDerivation
{
    /// <summary><c>digest(salt + "signer" + key)</c>; the default of itsdangerous.</summary>
    DjangoConcat,

    /// <summary><c>digest(salt + key)</c>.</summary>
    Concat,

    /// <summary><c>hmac(key, salt)</c>; what Flask's session cookie uses.</summary>
    Hmac,

    /// <summary>The secret key itself: the salt separates nothing.</summary>
    None,
}
