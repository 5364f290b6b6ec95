using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.DependencyInjection;
using Retort.Hosting;
using Retort.Testing;
using static Retort.Globals;

namespace Retort.Tests.Hosting;

[Collection(ConsoleCollection.Name)]
public sealed class CertificateOptionTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task With_an_ad_hoc_certificate_an_app_is_served_over_https()
    {
        var app = Apps.Make();
        app.Get("/", () => $"{Request.Scheme} {Request.IsSecure}");
        using var certificate = CertificateOption.Load("adhoc", null);
        Assert.Equal("CN=*, O=Retort development", certificate!.Subject);
        Assert.InRange(certificate.NotAfter, DateTime.Now.AddDays(364), DateTime.Now.AddDays(367));
        var (server, port) = KestrelHost.Start(app.Handle, new HostOptions("test") { Port = 0, Certificate = certificate, Services = new ServiceCollection() });
        await using var ended = server;
        Assert.Equal("https True", await Get(port, certificate));
    }

    [Fact]
    public async Task An_ad_hoc_certificate_can_be_handed_to_another_process_with_its_key()
    {
        using var made = CertificateOption.Load("adhoc", null)!;
        using var handed = CertificateOption.Unpack(CertificateOption.Pack(made));
        Assert.Equal(made.Thumbprint, handed.Thumbprint);
        var (server, port) = KestrelHost.Start(context => context.Response.Body.WriteAsync("x"u8.ToArray()).AsTask(), new HostOptions("test") { Port = 0, Certificate = handed });
        await using var ended = server;
        Assert.Equal("x", await Get(port, made));
        Assert.True(CertificateOption.IsAdHoc("adhoc"));
        Assert.False(CertificateOption.IsAdHoc("adhoc.pem"));
    }

    [Fact]
    public async Task A_certificate_and_its_key_are_read_from_files()
    {
        var (certificate, key) = MakeFiles();
        foreach (var (cert, its) in new[] { (certificate, key), (Both(certificate, key), null), (Packed(certificate, key), null) })
        {
            using var loaded = CertificateOption.Load(cert, its);
            Assert.Equal("CN=files", loaded!.Subject);
            var (server, port) = KestrelHost.Start(context => context.Response.Body.WriteAsync("x"u8.ToArray()).AsTask(), new HostOptions("test") { Port = 0, Certificate = loaded, Services = new ServiceCollection() });
            await using var ended = server;
            Assert.Equal("x", await Get(port, loaded));
        }
    }

    [Fact]
    public void Options_that_do_not_go_together_are_one_line_with_the_fix()
    {
        var runner = Apps.Make().TestCliRunner();
        Assert.Equal("Error: --key is of no use without --cert: give --cert FILE too.", runner.Invoke("run", "--key", "x").Error.TrimEnd());
        Assert.Equal("Error: --key is of no use with --cert adhoc, whose key is made with it: leave --key away.", runner.Invoke("run", "--cert", "adhoc", "--key", "x").Error.TrimEnd());
        Assert.Equal("Error: cannot use the certificate: the file 'none.pem' is not there. Correct --cert and --key, or use --cert adhoc.", runner.Invoke("run", "--cert", "none.pem").Error.TrimEnd());
        var (certificate, _) = MakeFiles();
        var result = runner.Invoke("run", "--cert", certificate);
        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith($"Error: cannot use the certificate '{certificate}': ", result.Error, StringComparison.Ordinal);
        Assert.Null(CertificateOption.Load(null, ""));
    }

    private static async Task<string> Get(int port, X509Certificate2 certificate)
    {
        using var handler = new HttpClientHandler { ServerCertificateCustomValidationCallback = (_, its, _, _) => its?.Thumbprint == certificate.Thumbprint };
        using var client = new HttpClient(handler);
        return await client.GetStringAsync(new Uri($"https://127.0.0.1:{port}/"), TestContext.Current.CancellationToken);
    }

    private (string Certificate, string Key) MakeFiles()
    {
        using var key = RSA.Create(2048);
        using var certificate = new CertificateRequest("CN=files", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return (Write("cert.pem", certificate.ExportCertificatePem()), Write("key.pem", key.ExportPkcs8PrivateKeyPem()));
    }

    private string Both(string certificate, string key) => Write("both.pem", File.ReadAllText(certificate) + "\n" + File.ReadAllText(key));

    private string Packed(string certificate, string key)
    {
        using var pair = X509Certificate2.CreateFromPemFile(certificate, key);
        var path = Path.Combine(_folder.FullName, "packed.pfx");
        File.WriteAllBytes(path, pair.Export(X509ContentType.Pkcs12));
        return path;
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }
}
