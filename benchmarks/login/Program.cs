// What a login costs: a POST to a view alone, and to the same view with a session, [LoginRequired] and the CSRF check, inside the process and through a server, as ratios in the same run;
// and a wrong password, for a user that exists and for one that does not.
// dotnet run -c Release --project benchmarks/login [seconds per case inside the process, and per case and round through a server]

using System.Globalization;
using Retort.Benchmarks.Login;

if (args is ["serve", var kind, var port])
{
    Apps.Make(kind).Run("run", "--host", "127.0.0.1", "--port", port, "--no-access-log");
    return;
}
var seconds = args.Length > 0 ? double.Parse(args[0], CultureInfo.InvariantCulture) : 1.0;
Console.WriteLine("Inside the process, without the server:");
await InProcess.Run(seconds);
Console.WriteLine("\nThrough Kestrel, CPU time of the server's process for each request:");
await Served.Run(seconds);
Console.WriteLine("\nA wrong password:");
Passwords.Run();
