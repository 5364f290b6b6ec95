using Microsoft.AspNetCore.Http;
using Retort.Http;

namespace Retort;

/// <summary>An ASP.NET Core result that is executed when the response is written; status and headers are its own.</summary>
internal sealed class ResultBody(IResult result) : Body
{
    public override long? Length => null;

    public override bool IsStreamed => true;

    public static Response MakeResponse(IResult result) => new(new ResultBody(result)) { ContentType = null };

    public override Task Write(HttpResponse response, CancellationToken cancel) => result.ExecuteAsync(response.HttpContext);

    public override ValueTask<ReadOnlyMemory<byte>> Read() =>
        throw new InvalidOperationException("the body of an ASP.NET Core result is only known when it is sent. Return a Response where the body has to be read.");
}
