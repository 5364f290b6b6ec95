using System.Globalization;
using System.Text;
using System.Text.Json;
using Retort.Tests.Shared;

namespace Retort.Signing.Tests;

/// <summary>Both directions against the Python originals where they are installed; skipped, with the reason, where not.</summary>
public class PythonOracleTests
{
    private const string Value = """{"s": "é\ud83d\ude00", "n": 1.5, "l": [null, true, 7], "long": "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"}""";
    private static readonly SignerOptions Sha512Hmac = new() { Digest = Digest.Sha512, KeyDerivation = KeyDerivation.Hmac };

    [Fact]
    public void Tokens_of_either_side_are_accepted_by_the_other()
    {
        var value = PythonJson.Spaced.Loads(Encoding.UTF8.GetBytes(Value));
        string[] ours =
        [
            new Serializer(["old", "clé"], "a").Dumps(value),
            new UrlSafeSerializer(["old", "clé"], "a").Dumps(value),
            new TimedSerializer(["old", "clé"], "a").Dumps(value),
            new UrlSafeTimedSerializer(["old", "clé"], "a", options: Sha512Hmac).Dumps(value),
        ];
        const string script = """
            import sys, json, hashlib
            from itsdangerous import Serializer, URLSafeSerializer, TimedSerializer, URLSafeTimedSerializer
            options = {"key_derivation": "hmac", "digest_method": hashlib.sha512}
            value = json.loads(sys.argv[1])
            makers = [Serializer("clé", "a"), URLSafeSerializer("clé", "a"), TimedSerializer("clé", "a"),
                      URLSafeTimedSerializer("clé", "a", signer_kwargs=options)]
            for maker, token in zip(makers, sys.argv[2:]):
                assert maker.loads(token) == value, token
            print(json.dumps([maker.dumps(value) for maker in makers]))
            """;
        var theirs = JsonSerializer.Deserialize<string[]>(Repository.Python(script, ["itsdangerous"], [Value, .. ours]))!;
        Assert.Equal(value, new Serializer(["older", "clé"], "a").Loads(theirs[0]));
        Assert.Equal(value, new UrlSafeSerializer(["clé", "new"], "a").Loads(theirs[1]));
        Assert.Equal(value, new TimedSerializer("clé", "a").Loads(theirs[2], TimeSpan.FromMinutes(5)));
        Assert.Equal(value, new UrlSafeTimedSerializer("clé", "a", options: Sha512Hmac).Loads(theirs[3], TimeSpan.FromMinutes(5)));
        Assert.Equal(ours[..2], theirs[..2]);
    }

    [Fact]
    public void Session_cookies_of_either_side_are_accepted_by_the_other()
    {
        var session = new OrderedDictionary<string, object?>
        {
            ["_flashes"] = new List<object?> { new JsonTuple(["error", "Bad <b>"]) },
            ["bytes"] = new byte[] { 0, 255 },
            ["date"] = new DateTimeOffset(2024, 2, 29, 12, 30, 45, TimeSpan.Zero),
            ["tagged"] = new OrderedDictionary<string, object?> { [" t"] = 1L },
            ["user_id"] = 7L,
            ["uuid"] = Guid.Parse("0b8ef6b4-8a3e-4f0c-9e55-1f6a2f7f0c11"),
        };
        var serializer = new UrlSafeTimedSerializer(["older", "dev"], "cookie-session", new TaggedJson(), SignerOptions.FlaskSession);
        const string script = """
            import sys
            from datetime import datetime, timezone
            from uuid import UUID
            from flask import Flask
            app = Flask("app")
            app.secret_key = "dev"
            cookies = app.session_interface.get_signing_serializer(app)
            session = {"_flashes": [("error", "Bad <b>")], "bytes": b"\x00\xff", "date": datetime(2024, 2, 29, 12, 30, 45, tzinfo=timezone.utc),
                       "tagged": {" t": 1}, "user_id": 7, "uuid": UUID("0b8ef6b48a3e4f0c9e551f6a2f7f0c11")}
            assert cookies.loads(sys.argv[1], max_age=300) == session
            print(cookies.dumps(session), end="")
            """;
        var cookie = Repository.Python(script, ["flask"], serializer.Dumps(session));
        Assert.Equal(session, serializer.Loads(cookie, TimeSpan.FromMinutes(5)));
    }

    [Fact]
    public void Passwords_hashed_on_either_side_verify_on_the_other()
    {
        const string script = """
            import sys, hashlib
            from werkzeug.security import check_password_hash, generate_password_hash
            ours, scrypt = sys.argv[1:]
            assert check_password_hash(ours, "pässword") and not check_password_hash(ours, "password")
            def make(method, salt):
                n, r, p = map(int, method.split(":")[1:])
                return f"{method}${salt}${hashlib.scrypt('pässword'.encode(), salt=salt.encode(), n=n, r=r, p=p, maxmem=132 * n * r * p).hex()}"
            method, salt, _ = scrypt.split("$")
            assert make(method, salt) == scrypt
            print("\n".join([generate_password_hash("pässword", "pbkdf2:sha256:1000"), generate_password_hash("pässword", "pbkdf2:sha224:10"),
                             generate_password_hash("pässword", "pbkdf2:sha3_256:10"), make("scrypt:256:8:3", "s"), make("scrypt:1024:1:1", "ü")]))
            """;
        var theirs = Repository.Python(script, ["werkzeug"], PasswordHash.Generate("pässword", "pbkdf2:sha512:1000"), PasswordHash.Generate("pässword"));
        Assert.All(theirs.Split('\n', StringSplitOptions.RemoveEmptyEntries), hash =>
        {
            Assert.True(PasswordHash.Check(hash, "pässword"));
            Assert.False(PasswordHash.Check(hash, "password"));
        });
    }

    [Fact]
    public void Login_and_CSRF_formats_of_either_side_are_accepted_by_the_other()
    {
        const string script = """
            import sys, json
            from flask import Flask, session
            from flask_login.utils import encode_cookie, decode_cookie
            from flask_wtf.csrf import generate_csrf, validate_csrf
            assert decode_cookie(sys.argv[1], key="schlüssel") == "ü|1"
            app = Flask("app")
            app.secret_key = "dev"
            with app.test_request_context():
                session["csrf_token"] = "raw"
                validate_csrf(sys.argv[2])
                print(json.dumps([encode_cookie("ü|1", key="schlüssel"), generate_csrf()]))
            """;
        var csrf = new CsrfToken("dev");
        var theirs = JsonSerializer.Deserialize<string[]>(
            Repository.Python(script, ["flask_login", "flask_wtf"], RememberToken.Encode("ü|1", "schlüssel"), csrf.Generate("raw")))!;
        Assert.Equal("ü|1", RememberToken.Decode(theirs[0], "schlüssel"));
        Assert.Null(csrf.Validate(theirs[1], "raw", TimeSpan.FromMinutes(5)));
    }

    [Fact]
    public void Session_identifiers_are_those_of_Flask_Login()
    {
        string?[][] requests =
        [
            ["127.0.0.1", null, "Mozilla/5.0 (X11; \"quoted\" 'both' \\ tab\t)"],
            ["::1", " 203.0.113.9 ,10.0.0.1", "it's"],
            ["10.0.0.1", "", ""],
            [null, null, null],
            ["10.0.0.1", null, "caf\u00c3\u00a9"],
        ];
        const string script = """
            import sys, json
            from flask import Flask
            from flask_login.utils import _create_identifier
            for address, forwarded, agent in json.loads(sys.argv[1]):
                environ = {"REMOTE_ADDR": address, "HTTP_X_FORWARDED_FOR": forwarded, "HTTP_USER_AGENT": agent}
                with Flask("app").test_request_context() as context:
                    for name, value in environ.items():
                        context.request.environ.pop(name, None)
                        if value is not None:
                            context.request.environ[name] = value
                    context.request.remote_addr = address
                    print(_create_identifier())
            """;
        var theirs = Repository.Python(script, ["flask_login"], JsonSerializer.Serialize(requests)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(theirs, requests.Select(request => SessionIdentifier.Create(request[0], request[1], request[2])));
    }

    [Fact]
    public void Floats_are_written_as_Python_prints_them()
    {
        var random = new Random(1);
        var values = Enumerable.Range(0, 5000)
            .Select(_ => BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue))).Where(double.IsFinite)
            .Concat(Enumerable.Range(-30, 60).Select(exponent => Math.Pow(10, exponent))).ToArray();
        var bits = string.Join(' ', values.Select(value => BitConverter.DoubleToInt64Bits(value).ToString("x16", CultureInfo.InvariantCulture)));
        const string script = """
            import sys, struct
            for bits in sys.argv[1].split():
                print(repr(struct.unpack(">d", bytes.fromhex(bits))[0]))
            """;
        Assert.Equal(Repository.Python(script, [], bits).Split('\n', StringSplitOptions.RemoveEmptyEntries), values.Select(FloatText.Format));
    }

    [Fact]
    public void Damaged_JSON_is_read_or_refused_as_Python_does()
    {
        const string sample = """
            {"a": [1, -2.5e+3, 0.1, "x\n\u00e9\ud83d\ude00\\", null, true, false, NaN, -Infinity], "b": {}, "a": [12345678901234567890123]}
            """;
        var texts = Damaged(sample, 2000).ToArray();
        const string script = """
            import sys, json
            def show(text):
                try:
                    return json.dumps(json.loads(text))
                except ValueError:
                    return "refused"
            print("\n".join(map(show, json.loads(sys.argv[1]))))
            """;
        var theirs = texts.Chunk(500)
            .SelectMany(chunk => Repository.Python(script, [], JsonSerializer.Serialize(chunk)).Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(theirs, texts.Select(text =>
        {
            try
            {
                var output = new System.Buffers.ArrayBufferWriter<byte>();
                PythonJson.Spaced.Dumps(PythonJson.Spaced.Loads(Encoding.UTF8.GetBytes(text)), output);
                return Encoding.ASCII.GetString(output.WrittenSpan);
            }
            catch (FormatException)
            {
                return "refused";
            }
        }));
    }

    [Fact]
    public void Damaged_base64_is_read_or_refused_as_Python_does()
    {
        var texts = Damaged("DhHjn6-8YU/mgk+IjvQ==", 3000).ToArray();
        const string script = """
            import sys, json
            from itsdangerous.encoding import base64_decode, want_bytes
            def show(text):
                try:
                    return base64_decode(want_bytes(text)).hex()
                except Exception:
                    return "refused"
            print("\n".join(map(show, json.loads(sys.argv[1]))))
            """;
        var theirs = Repository.Python(script, ["itsdangerous"], JsonSerializer.Serialize(texts)).TrimEnd('\n').Split('\n');
        Assert.Equal(theirs, texts.Select(text =>
        {
            var bytes = new byte[Base64Text.MaxBytes(text.Length)];
            return Base64Text.TryDecode(text, bytes, out var length) ? Convert.ToHexStringLower(bytes.AsSpan(0, length)) : "refused";
        }));
    }

    /// <summary>The text with up to three characters changed, doubled, dropped or inserted; the same ones in every run.</summary>
    private static IEnumerable<string> Damaged(string text, int count)
    {
        const string characters = "\"\\{}[],:0123456789eE+-. tfnuNI=_/é\u0001\u00a0é";
        var random = new Random(2);
        for (var i = 0; i < count; i++)
        {
            var damaged = new StringBuilder(text);
            for (var change = random.Next(4); change > 0; change--)
            {
                var at = random.Next(damaged.Length);
                switch (random.Next(3))
                {
                    case 0: damaged[at] = characters[random.Next(characters.Length)]; break;
                    case 1: damaged.Remove(at, 1); break;
                    default: damaged.Insert(at, characters[random.Next(characters.Length)]); break;
                }
            }
            yield return damaged.ToString();
        }
    }
}
