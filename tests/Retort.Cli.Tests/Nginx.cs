using System.Diagnostics;
using Retort.Tests.Shared;

namespace Retort.Cli.Tests;

/// <summary>An nginx of a test's own, as an ordinary user and in a folder that goes with it.</summary>
internal sealed class Nginx : IAsyncDisposable
{
    public const string Program = "/usr/sbin/nginx";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("retort-nginx-");
    private Process? _process;

    public int Port { get; } = FreePort.Take();

    /// <summary>Starts it with a configuration as it lies in <c>conf.d</c>, but on a port of its own.</summary>
    public static async Task<Nginx> Start(string configuration)
    {
        var nginx = new Nginx();
        var folder = nginx._folder.FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "nginx.conf"), $$"""
            {{(Environment.UserName == "root" ? "user root;" : "")}}
            daemon off;
            pid {{folder}}/pid;
            error_log {{folder}}/error.log;
            events {}
            http {
                access_log off;
                client_body_temp_path {{folder}}/body;
                proxy_temp_path {{folder}}/proxy;
                fastcgi_temp_path {{folder}}/fastcgi;
                uwsgi_temp_path {{folder}}/uwsgi;
                scgi_temp_path {{folder}}/scgi;
                {{configuration.Replace("listen 80;", $"listen 127.0.0.1:{nginx.Port};", StringComparison.Ordinal)}}
            }
            """);
        nginx._process = Process.Start(new ProcessStartInfo(Program, ["-p", folder, "-c", Path.Combine(folder, "nginx.conf")]) { RedirectStandardError = true })!;
        for (var tries = 0; !await ServedProcess.Listens(nginx.Port); tries++)
        {
            Assert.True(tries < 600 && !nginx._process.HasExited, "nginx does not start: " + (nginx._process.HasExited ? await nginx._process.StandardError.ReadToEndAsync() : "it does not listen"));
            await Task.Delay(50);
        }
        return nginx;
    }

    public async ValueTask DisposeAsync()
    {
        _process!.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        _folder.Delete(recursive: true);
    }
}
