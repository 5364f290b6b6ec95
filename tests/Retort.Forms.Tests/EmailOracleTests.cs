using System.Text.Json;
using Retort.Tests.Shared;
using static Retort.Forms.Validators;

namespace Retort.Forms.Tests;

/// <summary>What counts as an e-mail address, equal to Python's email-validator, which WTForms asks; skipped, with the reason, where that is not installed.</summary>
public sealed class EmailOracleTests
{
    private const string Theirs = """
        import json, sys
        from email_validator import validate_email, EmailNotValidError
        def good(address):
            try:
                validate_email(address, check_deliverability=False)
                return True
            except EmailNotValidError:
                return False
        print(json.dumps([good(address) for address in json.loads(sys.argv[1])]))
        """;

    private static readonly string[] Domains =
    [
        "example.com", "example.org", "example.net", "example", "sub.example.com", "test", "x.test", "X.TEST", "x.tests", "attest.com", "localhost", "x.localhost", "x.localdomain", "x.invalid", "local", "x.local",
        "x.arpa", "10.in-addr.arpa", "x.onion", "x.example", "x.corp", "x.home", "x.internal", "x.lan", "x.alt", "x.c", "x.123", "x.c0m", "x.4a", "1.2.3.4", "[1.2.3.4]", "x_y.com", "-x.com", "x-.com", "x..com", ".com", "x.com.", ".",
        "ab--cd.com", "a-b.com", "xn--a.com", "xn--.com", "xn--fsq.com", "xn--x.test", "тест.рф", "münchen.de", "ex–ample.com", "x。com", "x y.com", "x.y.z.museum", "b.co.uk", "x.com\n", "x,com", "x@y.com",
    ];

    private static readonly string[] Locals = ["a", "A", "a+b", "a'", "a`", "a.b", "a..b", ".a", "a.", "a b", "\"a b\"", "é", "ａ", "a\u200b", "a\n", "a,b", "a(b)", "a@b", "", "!#$%&'*+-/=?^_`{|}~", "日本", "a\\b", "a:b", "a<b>"];

    [Fact]
    public void Addresses_are_those_of_email_validator()
    {
        string[] addresses =
        [
            .. Domains.Select(domain => "a@" + domain), .. Locals.Select(local => local + "@x.com"), new string('x', 64) + "@x.com", new string('x', 65) + "@x.com", new string('é', 64) + "@x.com", new string('é', 65) + "@x.com",
            "a@" + new string('x', 63) + ".com", "a@" + new string('x', 64) + ".com", "a@" + string.Join('.', Enumerable.Repeat(new string('x', 60), 4)) + ".com", "", "a", "@", "a@", "x.com",
        ];
        var theirs = JsonSerializer.Deserialize<bool[]>(Repository.Python(Theirs, ["email_validator"], JsonSerializer.Serialize(addresses)))!;
        Assert.Equal(addresses.Zip(theirs), addresses.Select(address => (address, IsGood(address))));
        Assert.InRange(theirs.Count(good => good), 20, addresses.Length - 20);
    }

    private static bool IsGood(string address) => new OneField(new StringField(null, Email()), new FormData([new("the_field", address)])).Validate();
}
