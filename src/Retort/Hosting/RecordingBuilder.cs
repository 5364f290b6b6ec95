using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Retort.Hosting;

/// <summary>Builds a pipeline and keeps what is said of each middleware, in branches too: for a middleware class, its name.</summary>
internal sealed class RecordingBuilder(IApplicationBuilder inner, List<string> added) : IApplicationBuilder
{
    public IServiceProvider ApplicationServices
    {
        get => inner.ApplicationServices;
        set => inner.ApplicationServices = value;
    }

    public IFeatureCollection ServerFeatures => inner.ServerFeatures;

    public IDictionary<string, object?> Properties => inner.Properties;

    public IApplicationBuilder Use(Func<RequestDelegate, RequestDelegate> middleware)
    {
        added.Add($"{middleware.Target}");
        inner.Use(middleware);
        return this;
    }

    public IApplicationBuilder New() => new RecordingBuilder(inner.New(), added);

    public RequestDelegate Build() => inner.Build();
}
