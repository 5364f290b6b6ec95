using Microsoft.AspNetCore.Builder;

namespace Retort;

/// <summary>Mounts a Retort app in an ASP.NET Core app.</summary>
public static class RetortEndpointExtensions
{
    /// <summary>
    /// Lets a Retort app answer everything under a prefix: <c>web.MapRetort("/shop", shop)</c>. The app sees paths without the prefix and builds URLs with it. Its services are the host's.
    /// </summary>
    /// <param name="web">The ASP.NET Core app.</param>
    /// <param name="prefix">A path that begins with a slash and does not end in one; empty for everything.</param>
    /// <param name="app">The Retort app.</param>
    public static IApplicationBuilder MapRetort(this IApplicationBuilder web, string prefix, App app)
    {
        ArgumentNullException.ThrowIfNull(web);
        ArgumentNullException.ThrowIfNull(app);
        app.ServiceProvider = web.ApplicationServices;
        return web.Map(prefix, branch =>
        {
            if (app.Router.HasWebSockets)
                branch.UseWebSockets();
            branch.Run(app.Handle);
        });
    }
}
