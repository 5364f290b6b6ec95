using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using Retort.Tests.Shared;

namespace Retort.Examples.Tests;

/// <summary>The example of an app behind a proxy, behind a real nginx.</summary>
[Collection("Examples")]
public sealed class NginxTests
{
    private const string Program = "/usr/sbin/nginx";

    [Fact]
    public async Task An_app_behind_nginx_sees_the_clients_world()
    {
        const string python = "/usr/bin/python3";
        Assert.SkipUnless(File.Exists(Program), "no nginx: the app is not tried behind one");
        Assert.SkipUnless(File.Exists(python), "no /usr/bin/python3: the app is not judged behind nginx");
        var configuration = Repository.Vectors("acceptance/nginx.conf");
        var check = Repository.Vectors("acceptance/proxy_check.py");
        using var app = await ExampleApp.Serve(new CommandLine([], false, "examples/nginx/app.cs", ["run"]));
        await using var nginx = await Nginx.Start(await File.ReadAllTextAsync(configuration, TestContext.Current.CancellationToken), app.Url);
        var (exit, output, error) = Repository.Run(python, check, nginx.Url, app.Url);
        Assert.True(exit == 0 && output.Contains("28 of 28 checks passed", StringComparison.Ordinal), $"{output}{error}\nThe app printed:\n{app.Output}");
        await ShoutThrough(nginx);
    }

    /// <summary>The browser's page came over https, and so does its origin.</summary>
    private static async Task ShoutThrough(Nginx nginx)
    {
        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Host", "public.example");
        socket.Options.SetRequestHeader("Origin", "https://public.example");
        await socket.ConnectAsync(new Uri(nginx.Url.Replace("http://", "ws://", StringComparison.Ordinal) + "/shout"), TestContext.Current.CancellationToken);
        await socket.SendAsync(Encoding.UTF8.GetBytes("hello"), WebSocketMessageType.Text, true, TestContext.Current.CancellationToken);
        var buffer = new byte[100];
        var got = await socket.ReceiveAsync(buffer, TestContext.Current.CancellationToken);
        Assert.Equal("HELLO", Encoding.UTF8.GetString(buffer, 0, got.Count));
    }

    /// <summary>An nginx of the test's own, as an ordinary user and in a folder that goes with it.</summary>
    private sealed class Nginx : IAsyncDisposable
    {
        private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("retort-nginx-");
        private Process? _process;

        public string Url { get; private set; } = "";

        public static async Task<Nginx> Start(string configuration, string appUrl)
        {
            var nginx = new Nginx();
            var (folder, port) = (nginx._folder.FullName, FreePort.Take());
            Directory.CreateDirectory(Path.Combine(folder, "tmp"));
            var text = configuration.Replace("@DIR@", folder, StringComparison.Ordinal)
                .Replace("@PORT@", $"{port}", StringComparison.Ordinal).Replace("@APP@", new Uri(appUrl).Authority, StringComparison.Ordinal);
            // Started by root it would give up its rights, and with them the folder it writes large bodies to.
            await File.WriteAllTextAsync(Path.Combine(folder, "nginx.conf"), (Environment.UserName == "root" ? "user root;\n" : "") + text);
            nginx.Url = $"http://127.0.0.1:{port}";
            nginx._process = Process.Start(new ProcessStartInfo(Program, ["-p", folder, "-c", Path.Combine(folder, "nginx.conf")]) { RedirectStandardError = true })!;
            await nginx.Listens(port);
            return nginx;
        }

        public async ValueTask DisposeAsync()
        {
            _process!.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
            _process.Dispose();
            _folder.Delete(recursive: true);
        }

        private async Task Listens(int port)
        {
            for (var tries = 0; ; tries++)
            {
                using var probe = new TcpClient();
                try
                {
                    await probe.ConnectAsync(IPAddress.Loopback, port);
                    return;
                }
                catch (SocketException) when (tries < 600 && !_process!.HasExited)
                {
                    await Task.Delay(50);
                }
            }
        }
    }
}
