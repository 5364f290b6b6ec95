namespace Retort.Login;

/// <summary>How Digest authentication hashes. Source: RFC 2617, 3.2.2.2; RFC 7616.</summary>
public enum DigestAlgorithm
{
    /// <summary>The password's hash alone.</summary>
    Md5,

    /// <summary>The password's hash with the nonces of this session.</summary>
    Md5Sess,
}
