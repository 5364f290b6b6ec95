using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;

namespace Retort.Login.Tests;

/// <summary>A real server on a port of its own.</summary>
internal sealed class LiveServer : IAsyncDisposable
{
    private readonly WebApplication _web;

    private LiveServer(WebApplication web) => _web = web;

    public Uri Address => new(_web.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    public static async Task<LiveServer> Start(Action<WebApplication> configure, Action<IServiceCollection>? services = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        services?.Invoke(builder.Services);
        var web = builder.Build();
        configure(web);
        await web.StartAsync(TestContext.Current.CancellationToken);
        return new LiveServer(web);
    }

    public ValueTask DisposeAsync() => _web.DisposeAsync();
}

/// <summary>A browser with cookies, which belong to a host and not to a port: two apps on one host see the same.</summary>
internal sealed class Browser : IDisposable
{
    private readonly HttpClientHandler _handler = new() { AllowAutoRedirect = false };
    private readonly HttpClient _client;

    public Browser() => _client = new HttpClient(_handler);

    public CookieContainer Cookies => _handler.CookieContainer;

    public async Task<(int Status, string Text, string? Location)> Send(Uri root, string method, string path, string userAgent = "Mozilla/5.0 (it's \"quoted\")")
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(root, path));
        request.Headers.TryAddWithoutValidation("User-Agent", userAgent);
        using var response = await _client.SendAsync(request, TestContext.Current.CancellationToken);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), response.Headers.Location?.OriginalString);
    }

    public void Dispose()
    {
        _client.Dispose();
        _handler.Dispose();
    }
}
