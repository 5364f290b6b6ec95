using System.Text.Json;
using Retort.Signing;

namespace Retort.Conformance;

/// <summary>Werkzeug's password hashes: what each verifies, refuses or raises.</summary>
internal static class PasswordSuite
{
    public static void Run(Runner runner, JsonElement root, string file)
    {
        foreach (var (index, vector) in root.GetProperty("cases").EnumerateArray().Index())
        {
            var hash = vector.GetProperty("hash").GetString()!;
            var expected = vector.TryGetProperty("raises", out var raises) ? raises.GetString()! : vector.GetProperty("ok").ToString();
            runner.Compare($"{file}[{index}] {hash}", expected, Check(hash, vector.GetProperty("password").GetString()!));
        }
    }

    private static string Check(string hash, string password)
    {
        try
        {
            return PasswordHash.Check(hash, password).ToString();
        }
        catch (PasswordHashError error)
        {
            return error.PythonName;
        }
        catch (Exception error)
        {
            return error.ToString();
        }
    }
}
