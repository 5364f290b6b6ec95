using System.Buffers.Text;
using System.IO.Compression;
using System.Text;

namespace Retort.Signing.Tests;

public class UrlSafePayloadTests
{
    private readonly UrlSafeSerializer _serializer = new("dev");
    private readonly Signer _signer = new("dev", "itsdangerous");

    [Fact]
    public void A_value_that_deflates_well_stands_behind_a_full_stop_with_the_header_of_Python() =>
        Assert.StartsWith(".eJ", _serializer.Dumps(new string('x', 50)), StringComparison.Ordinal);

    [Theory]
    [InlineData(11, false)] // 13 bytes of JSON, 12 deflated
    [InlineData(12, true)] // 14 bytes of JSON, 12 deflated
    public void A_value_is_deflated_when_that_saves_more_than_one_byte(int length, bool deflated) =>
        Assert.Equal(deflated, _serializer.Dumps(new string('a', length)).StartsWith('.'));

    [Fact]
    public void A_deflated_value_is_given_back()
    {
        var value = string.Concat(Enumerable.Range(0, 5000));
        Assert.Equal(value, _serializer.Loads(_serializer.Dumps(value)));
    }

    [Fact]
    public void Security_38_a_payload_that_inflates_beyond_the_limit_is_refused()
    {
        var bomb = _signer.Sign("." + Base64Url.EncodeToString(Deflated($"\"{new string('x', 5_000_000)}\"")));
        var error = Assert.IsType<BadPayload>(_serializer.TryLoads(bomb).Error);
        Assert.Equal("The payload cannot be read, because it inflates to more than 1048576 bytes; another serializer or version wrote it.", error.Message);
    }

    [Theory]
    [InlineData(1000, true)]
    [InlineData(999, false)]
    public void The_limit_on_inflated_bytes_can_be_set(int limit, bool accepted)
    {
        var serializer = new UrlSafeSerializer("dev", maxInflatedBytes: limit);
        Assert.Equal(accepted, serializer.TryLoads(serializer.Dumps(new string('x', 998))).Ok);
    }

    [Fact]
    public void A_deflated_payload_that_is_cut_off_anywhere_is_refused()
    {
        var whole = Deflated("[" + string.Join(',', Enumerable.Range(0, 300)) + "]");
        for (var length = 0; length < whole.Length; length++)
            Assert.IsType<BadPayload>(_serializer.TryLoads(_signer.Sign("." + Base64Url.EncodeToString(whole.AsSpan(0, length)))).Error);
        Assert.True(_serializer.TryLoads(_signer.Sign("." + Base64Url.EncodeToString(whole))).Ok);
    }

    [Theory]
    [InlineData("{nope")]
    [InlineData("")]
    [InlineData("!!!!")]
    [InlineData(".AAAA")]
    [InlineData(".")]
    [InlineData("MQ\n")]
    [InlineData("A")]
    public void A_signed_payload_that_is_no_token_of_ours_is_a_bad_payload(string payload) =>
        Assert.IsType<BadPayload>(_serializer.TryLoads(_signer.Sign(payload)).Error);

    [Fact]
    public void Padding_in_a_payload_is_accepted_as_in_Python() => Assert.Equal(1L, _serializer.Loads(_signer.Sign("MQ==")));

    private static byte[] Deflated(string text)
    {
        var output = new MemoryStream();
        using (var stream = new ZLibStream(output, CompressionLevel.Optimal))
            stream.Write(Encoding.UTF8.GetBytes(text));
        return output.ToArray();
    }
}
