using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Retort.Benchmarks;
using Retort.Benchmarks.Forms;
using Retort.Http;

// dotnet run -c Release --project benchmarks/forms [seconds per case]
// CPU time of making and validating a form of ten fields from what was submitted, and of rendering it, beside Python's WTForms in the same run. What comes out must be equal.

var seconds = args.Length > 0 ? double.Parse(args[0], CultureInfo.InvariantCulture) : 1.0;
Dictionary<string, string> good = new()
{
    ["username"] = "ann",
    ["password"] = "long enough",
    ["repeat"] = "long enough",
    ["age"] = "33",
    ["price"] = "19.99",
    ["born"] = "1990-02-03",
    ["plan"] = "team",
    ["country"] = "fr",
    ["about"] = "Some words about me.",
    ["terms"] = "y",
};
Dictionary<string, string> bad = new(good) { ["username"] = "A", ["repeat"] = "other", ["age"] = "x", ["born"] = "never", ["plan"] = "none", ["country"] = "us" };
var python = PythonTimes(good, bad);
var (goodData, badData) = (new MultiDict(good), new MultiDict(bad));
var invalid = Validated(badData);
Compare("valid", string.Join(", ", Validated(goodData).Errors.Keys), python["valid"].Output == "{}" ? string.Empty : python["valid"].Output);
Compare("invalid", string.Join('\n', invalid.SelectMany(field => field.Errors)), python["invalid"].Output);
Compare("render", Rendered(invalid), python["render"].Output);
Console.WriteLine($"{"case",-10} {"Retort",10} {"WTForms",10} {"times",7} {"bytes",9}");
foreach (var (name, call) in new (string, Action)[] { ("valid", () => Validated(goodData)), ("invalid", () => Validated(badData)), ("render", () => Rendered(invalid)) })
{
    CpuTime.WarmUp(call);
    var ours = Enumerable.Range(0, 12).Min(_ => CpuTime.Measure(call, seconds / 12));
    var before = GC.GetAllocatedBytesForCurrentThread();
    call();
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-10} {ours,8:F2}us {python[name].Time,8:F1}us {python[name].Time / ours,7:F1} {GC.GetAllocatedBytesForCurrentThread() - before,9:N0}"));
}

static Register Validated(MultiDict data)
{
    var form = new Register(data);
    form.Validate();
    return form;
}

static string Rendered(Register form) => string.Concat(form.Select(field => $"{field.Label}{field}"));

static void Compare(string name, string ours, string theirs)
{
    if (ours != theirs)
        throw new InvalidOperationException($"{name} differs:\n{ours}\n{theirs}");
}

static Dictionary<string, (double Time, string Output)> PythonTimes(params Dictionary<string, string>[] data)
{
    using var script = new StreamReader(typeof(Register).Assembly.GetManifestResourceStream("python.py")!);
    var start = new ProcessStartInfo("/usr/bin/python3", ["-c", script.ReadToEnd()]) { RedirectStandardInput = true, RedirectStandardOutput = true };
    using var process = Process.Start(start)!;
    process.StandardInput.Write(JsonSerializer.Serialize(data));
    process.StandardInput.Close();
    var output = process.StandardOutput.ReadToEnd();
    process.WaitForExit();
    return JsonSerializer.Deserialize<Dictionary<string, JsonElement[]>>(output)!.ToDictionary(pair => pair.Key, pair => (pair.Value[0].GetDouble(), pair.Value[1].GetString()!));
}
