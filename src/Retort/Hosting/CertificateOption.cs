using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Retort.Hosting;

/// <summary>The certificate of the options <c>--cert</c> and <c>--key</c>. Source: flask.cli.CertParamType; werkzeug.serving.generate_adhoc_ssl_context.</summary>
internal static class CertificateOption
{
    private const string AdHoc = "adhoc";

    /// <summary>Whether a certificate was asked for that is made on the spot.</summary>
    public static bool IsAdHoc(string? certificate) => certificate == AdHoc;

    /// <summary>A certificate of <see cref="Pack"/>.</summary>
    public static X509Certificate2 Unpack(byte[] certificate) => X509CertificateLoader.LoadPkcs12(certificate, null);

    /// <summary>A certificate with its key, for another process of the same run.</summary>
    public static byte[] Pack(X509Certificate2 certificate) => certificate.Export(X509ContentType.Pkcs12);

    /// <summary>The certificate that was asked for; null if none was.</summary>
    /// <param name="certificate"><c>adhoc</c> for one that is made now, or a file: PEM with the key in it or in <paramref name="key"/>, or PKCS #12.</param>
    /// <param name="key">The file of the key, PEM.</param>
    /// <exception cref="UsageError">The two do not go together.</exception>
    /// <exception cref="HostError">A file is not there or holds something else.</exception>
    public static X509Certificate2? Load(string? certificate, string? key)
    {
        if (string.IsNullOrEmpty(certificate))
            return string.IsNullOrEmpty(key) ? null : throw new UsageError("--key is of no use without --cert: give --cert FILE too.");
        if (IsAdHoc(certificate))
            return string.IsNullOrEmpty(key) ? MakeAdHoc() : throw new UsageError("--key is of no use with --cert adhoc, whose key is made with it: leave --key away.");
        foreach (var file in new[] { certificate, key }.Where(file => !string.IsNullOrEmpty(file)))
        {
            if (!File.Exists(file))
                throw new HostError($"cannot use the certificate: the file '{file}' is not there. Correct --cert and --key, or use --cert adhoc.");
        }
        try
        {
            return X509CertificateLoader.LoadPkcs12(Path.GetExtension(certificate).ToLowerInvariant() is ".pfx" or ".p12"
                ? File.ReadAllBytes(certificate)
                : Packed(X509Certificate2.CreateFromPemFile(certificate, string.IsNullOrEmpty(key) ? null : key)), null);
        }
        catch (Exception error) when (error is CryptographicException or ArgumentException)
        {
            throw new HostError($"cannot use the certificate '{certificate}'{(string.IsNullOrEmpty(key) ? "" : $" with the key '{key}'")}: {error.Message} "
                + "Give a certificate and its private key as PEM files with --cert and --key, both in one file with --cert, or a PKCS #12 file without a password.", error);
        }
    }

    /// <summary>A certificate for any name, signed by itself, which browsers warn of. Its key is never written to a file.</summary>
    private static X509Certificate2 MakeAdHoc()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=*, O=Retort development", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddDnsName("*.localhost");
        names.AddIpAddress(IPAddress.Loopback);
        names.AddIpAddress(IPAddress.IPv6Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], critical: false));
        var now = DateTimeOffset.UtcNow;
        return X509CertificateLoader.LoadPkcs12(Packed(request.CreateSelfSigned(now.AddMinutes(-5), now.AddYears(1))), null, X509KeyStorageFlags.Exportable);
    }

    // Windows cannot serve with a key that was never in its store; one that was packed up is put there for as long as it is used.
    private static byte[] Packed(X509Certificate2 certificate)
    {
        using (certificate)
            return certificate.Export(X509ContentType.Pkcs12);
    }
}
