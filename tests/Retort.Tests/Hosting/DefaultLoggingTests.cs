using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Retort.Hosting;

namespace Retort.Tests.Hosting;

/// <summary>What an app logs, in memory and on a host.</summary>
public sealed class DefaultLoggingTests
{
    private const string Requests = "Microsoft.AspNetCore.Hosting.Diagnostics";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Asking_for_the_log_alone_changes_nothing(bool onHost)
    {
        var log = Log(onHost, _ => { });
        Assert.False(log.CreateLogger("app").IsEnabled(LogLevel.Information));
        Assert.True(log.CreateLogger("app").IsEnabled(LogLevel.Warning));
        Assert.False(log.CreateLogger(Requests).IsEnabled(LogLevel.Information));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_lower_level_is_for_the_app_and_does_not_log_each_request_a_second_time(bool onHost)
    {
        var log = Log(onHost, logging => logging.SetMinimumLevel(LogLevel.Information));
        Assert.True(log.CreateLogger("app").IsEnabled(LogLevel.Information));
        Assert.False(log.CreateLogger(Requests).IsEnabled(LogLevel.Information));
        Assert.True(Log(onHost, logging => logging.AddFilter(Requests, LogLevel.Information)).CreateLogger(Requests).IsEnabled(LogLevel.Information));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_log_may_go_elsewhere_alone(bool onHost)
    {
        var services = Services(onHost, logging => logging.ClearProviders().AddJsonConsole());
        Assert.Equal(["ConsoleLoggerProvider"], services.GetServices<ILoggerProvider>().Select(provider => provider.GetType().Name));
        Assert.Equal(["StandardErrorLoggerProvider"], Services(onHost, _ => { }).GetServices<ILoggerProvider>().Select(provider => provider.GetType().Name));
    }

    private static ILoggerFactory Log(bool onHost, Action<ILoggingBuilder> configure) => Services(onHost, configure).GetRequiredService<ILoggerFactory>();

    private static IServiceProvider Services(bool onHost, Action<ILoggingBuilder> configure)
    {
        var app = Apps.Make();
        app.Services.AddLogging(configure);
        return onHost ? KestrelHost.MakeServices(new HostOptions("test") { Services = app.Services }) : app.ServiceProvider;
    }
}
