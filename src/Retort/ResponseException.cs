namespace Retort;

/// <summary>Carries a ready response out of a view; see <see cref="Globals.Abort(Response)"/>.</summary>
internal sealed class ResponseException(Response response) : Exception("a view was ended with a response")
{
    public Response Response { get; } = response;
}
