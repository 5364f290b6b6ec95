namespace Retort.Architecture.Tests;

/// <summary>What security code never calls, and what it has to call.</summary>
public sealed class SecurityTests
{
    private static readonly string[] Guarded = ["Retort.Signing", "Retort.Sessions", "Retort.Development", "Retort.Login"];
    private static readonly string[] Texts = ["System.Byte", "System.Char"];

    [Theory]
    [InlineData("Retort.Signing.Signer")]
    [InlineData("Retort.Signing.PasswordHash")]
    [InlineData("Retort.Signing.RememberToken")]
    [InlineData("Retort.Signing.CsrfToken")]
    public void Secrets_are_compared_in_constant_time(string type) =>
        Assert.Contains(Uses("Retort.Signing"), use => use.From.FullName == type && use.Use == "System.Security.Cryptography.CryptographicOperations.FixedTimeEquals");

    [Fact]
    public void The_debuggers_pin_is_compared_in_constant_time()
    {
        Assert.Contains(Uses("Retort"), use => use.From.FullName == "Retort.Development.Secrets" && use.Use == "System.Security.Cryptography.CryptographicOperations.FixedTimeEquals");
        Assert.Contains(Uses("Retort"), use => use.From.FullName == "Retort.Development.DebuggerPin" && use.Use == "Retort.Development.Secrets.Same");
    }

    [Fact]
    public void Secrets_of_logins_are_compared_in_constant_time() =>
        Assert.Contains(Uses("Retort.Login"), use => use.From.FullName == "Retort.Login.SecureCompare" && use.Use == "System.Security.Cryptography.CryptographicOperations.FixedTimeEquals");

    [Fact]
    public void Bytes_and_characters_of_signatures_and_sessions_are_never_compared_until_the_first_difference() =>
        AssertNone(All().Where(use => Guarded.Contains(use.From.Namespace) && ComparesText(use)));

    [Fact]
    public void Keys_salts_and_tokens_come_from_the_cryptographic_generator()
    {
        AssertNone(Uses("Retort").Concat(Uses("Retort.Signing")).Concat(Uses("Retort.Login")).Where(IsPredictable));
        Assert.Contains(Uses("Retort.Signing"), use => use.To.FullName == "System.Security.Cryptography.RandomNumberGenerator");
    }

    [Fact]
    public void Nothing_reads_objects_whose_types_the_data_names() =>
        AssertNone(All().Where(use => use.To.FullName.StartsWith("System.Runtime.Serialization.Formatters.", StringComparison.Ordinal)
            || use.To.Name is "NetDataContractSerializer" or "SoapFormatter" or "LosFormatter" or "ObjectStateFormatter"));

    [Fact]
    public void Cve_2014_1402_and_0012_the_template_engine_writes_no_files() => AssertNone(Uses("Retort.Jinja").Where(Writes));

    [Fact]
    public void Code_that_writes_a_file_is_seen()
    {
        using var assembly = CSharp.Compile("Sample", ("Bad.cs", "class Bad { void Cache(byte[] code) => System.IO.File.WriteAllBytes(\"x\", code); void Stream() => new System.IO.FileStream(\"x\", System.IO.FileMode.Create); }"));
        Assert.Equal(["Cache", "Stream"], assembly.References().Where(Writes).Select(use => use.Member).Distinct());
    }

    [Fact]
    public void A_comparison_that_stops_early_and_a_predictable_number_are_seen()
    {
        using var assembly = CSharp.Compile("Sample", ("Bad.cs",
            """
            using System;
            class Bad
            {
                bool Early(byte[] one, byte[] other) => one.AsSpan().SequenceEqual(other);
                int Guess() => Random.Shared.Next() + new Random().Next();
            }
            """));
        var uses = assembly.References().ToList();
        Assert.Contains(uses, use => use.Member == "Early" && ComparesText(use));
        Assert.Contains(uses, use => use.Member == "Guess" && IsPredictable(use));
    }

    private static bool ComparesText(Reference use) => use.Target is "SequenceEqual" or "SequenceCompareTo" && use.Arguments.Any(type => Texts.Contains(type.FullName));

    private static bool Writes(Reference use) => use.To.FullName is "System.IO.FileStream" or "System.IO.StreamWriter" or "System.IO.Directory" or "System.IO.File" && (use.To.Name is "FileStream" or "StreamWriter"
        || new[] { "Write", "Append", "Create", "Copy", "Move", "OpenWrite" }.Any(verb => use.Target.StartsWith(verb, StringComparison.Ordinal)));

    private static bool IsPredictable(Reference use) => use.To.FullName == "System.Random";

    private static IEnumerable<Reference> All() => Products.All.SelectMany(Uses);

    private static List<Reference> Uses(string project)
    {
        using var assembly = Products.Open(project);
        return [.. assembly.References()];
    }

    private static void AssertNone(IEnumerable<Reference> uses)
    {
        var lines = uses.Select(use => $"{use.Source} uses {use.Use}").Distinct().ToList();
        Assert.True(lines.Count == 0, string.Join('\n', lines));
    }
}
