using Microsoft.AspNetCore.Http;

namespace Retort.Http;

/// <content>A copy that outlives the request, which the server uses again for the next one.</content>
public sealed partial class Request
{
    /// <summary>The same request on a snapshot of what the server knew of it. Uploaded files stay behind: they are deleted with the request.</summary>
    internal Request Copy() => new(Snapshot(), Path, _match, Blueprint, _options)
    {
        _viewArgs = _viewArgs is null ? null : new Dictionary<string, object?>(_viewArgs, StringComparer.Ordinal),
        _body = _body,
        RoutingException = RoutingException,
        OnJsonLoadingFailed = OnJsonLoadingFailed,
        MaxContentLength = MaxContentLength,
        MaxFormMemorySize = MaxFormMemorySize,
        MaxFormParts = MaxFormParts,
        _bodyError = _bodyError,
        _form = _form is null ? null : new Form(_form.Fields, new MultiDict<FileStorage>()),
    };

    private DefaultHttpContext Snapshot()
    {
        var copy = new DefaultHttpContext { User = Http.User, TraceIdentifier = Http.TraceIdentifier };
        copy.Connection.RemoteIpAddress = Http.Connection.RemoteIpAddress;
        copy.Connection.RemotePort = Http.Connection.RemotePort;
        var (from, to) = (Http.Request, copy.Request);
        to.Method = from.Method;
        to.Scheme = from.Scheme;
        to.Host = from.Host;
        to.PathBase = from.PathBase;
        to.Path = from.Path;
        to.QueryString = from.QueryString;
        to.Protocol = from.Protocol;
        foreach (var (name, values) in from.Headers)
            to.Headers[name] = values;
        return copy;
    }
}
