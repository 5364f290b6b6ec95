using System.Diagnostics;
using System.Globalization;
using Retort.Tests.Shared;

namespace Retort.Login.Tests;

/// <summary>A real app of Flask and Flask-Login in a process of its own, with the views of <see cref="Logins.Make"/>. The running test is skipped where Python or Flask-Login is missing.</summary>
internal sealed class FlaskApp : IDisposable
{
    private const string Script = """
        import logging, os, sys, threading
        from flask import Flask, get_flashed_messages, jsonify, request
        from flask_login import (LoginManager, UserMixin, confirm_login, current_user, fresh_login_required, login_fresh, login_remembered,
                                 login_required, login_user, logout_user)
        from werkzeug.serving import make_server

        class User(UserMixin):
            def __init__(self, id, active=True):
                self.id, self.active = id, active
            @property
            def is_active(self):
                return self.active

        users = {"1": User("1"), "2": User("2", active=False)}
        app = Flask("app")
        app.secret_key = sys.argv[1]
        if sys.argv[2] != "-":
            app.config["SESSION_PROTECTION"] = sys.argv[2] if sys.argv[2] != "none" else None
        if sys.argv[3] == "session":
            app.config["USE_SESSION_FOR_NEXT"] = True
        login = LoginManager(app)
        login.login_view = "login"
        login.refresh_view = "/refresh"
        login.user_loader(users.get)

        app.add_url_rule("/login", "login", lambda: "the login page")

        @app.post("/login/<id>")
        def enter(id):
            return "in" if login_user(users[id], remember="remember" in request.args) else "refused"

        @app.post("/logout")
        def leave():
            logout_user()
            return "out"

        @app.post("/confirm")
        def confirm():
            confirm_login()
            return "confirmed"

        app.add_url_rule("/who", "who", lambda: current_user.get_id() or "nobody")
        app.add_url_rule("/me", "me", login_required(lambda: f"me {current_user.get_id()}"))
        app.add_url_rule("/money", "money", fresh_login_required(lambda: "money"))
        app.add_url_rule("/state", "state", lambda: f"{login_fresh()} {login_remembered()}")
        app.add_url_rule("/flashes", "flashes", lambda: ";".join(get_flashed_messages()))

        logging.getLogger("werkzeug").disabled = True
        server = make_server("127.0.0.1", 0, app)
        print(server.server_port, flush=True)
        threading.Thread(target=lambda: (sys.stdin.read(), os._exit(0)), daemon=True).start()
        server.serve_forever()
        """;

    private readonly Process _process;

    private FlaskApp(Process process, Uri address) => (_process, Address) = (process, address);

    public Uri Address { get; }

    public static async Task<FlaskApp> Start(string key, string protection = "-", string next = "query")
    {
        // Skips the test, with the reason, where they are missing.
        Repository.Python("pass", ["flask", "flask_login"]);
        var process = Process.Start(new ProcessStartInfo("/usr/bin/python3", ["-c", Script, key, protection, next]) { RedirectStandardOutput = true, RedirectStandardInput = true, RedirectStandardError = true })!;
        var port = await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        if (!int.TryParse(port, CultureInfo.InvariantCulture, out var number))
            Assert.Fail("the Flask app did not start: " + await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        return new FlaskApp(process, new Uri($"http://127.0.0.1:{number}"));
    }

    public void Dispose()
    {
        // The app ends with its input.
        _process.StandardInput.Close();
        if (!_process.WaitForExit(5000))
            _process.Kill();
        _process.Dispose();
    }
}
