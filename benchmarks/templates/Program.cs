using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Retort.Benchmarks;
using Retort.Benchmarks.Templates;
using Retort.Jinja;
using Retort.Jinja.Loaders;

// dotnet run -c Release --project benchmarks/templates [seconds per case [name of one case]]
// CPU time of the whole process per render, by hand, by the engine and by Handlebars.Net in turn, and Python's Jinja2 beside them. Outputs must be equal.
// Each is run until it gets no faster first: the runtime compiles hot code again in the background, which takes a second or two.

var seconds = args.Length > 0 ? double.Parse(args[0], CultureInfo.InvariantCulture) : 1.0;
var environment = new JinjaEnvironment { Loader = new DictionaryLoader(Cases.Templates), Autoescape = name => name != "chat", AutoReload = false };
environment.Globals["raise_exception"] = new Func<string, string>(message => throw new TemplateError(message));
var models = new Dictionary<string, object>
{
    ["products"] = new { products = Cases.Products },
    ["fortunes"] = new { fortunes = Cases.Fortunes },
    ["table"] = new { table = Cases.Table },
    ["page"] = new { title = "Title", items = Cases.Items },
    ["tiny"] = new { name = "World" },
    ["chat"] = new { messages = Cases.Messages, bos = "<s>", eos = "</s>", add_generation_prompt = true },
};
var only = args.Length > 1 ? args[1] : null;
var python = only is null ? PythonTimes() : null;
Console.WriteLine($"{"case",-10} {"by hand",10} {"engine",10} {"multiple",9} {"Handlebars",12} {"times",7} {"Python",10} {"times",7} {"bytes beyond output",20}");
foreach (var (name, model) in models)
{
    if (only is not null && only != name)
        continue;
    var template = environment.GetTemplate(name);
    var target = new ArrayBufferWriter<byte>(1 << 20);
    var list = new List<byte>(1 << 20);
    void Engine()
    {
        target.ResetWrittenCount();
        template.Render(target, model);
    }
    void Hand()
    {
        list.Clear();
        Cases.ByHand[name](list);
    }
    Engine();
    Hand();
    var (made, expected) = (Encoding.UTF8.GetString(target.WrittenSpan), Encoding.UTF8.GetString([.. list]));
    if (made != expected || (python is not null && python[name].Output != expected))
    {
        var wrong = made == expected ? python![name].Output : made;
        var at = Enumerable.Range(0, Math.Min(wrong.Length, expected.Length)).FirstOrDefault(i => wrong[i] != expected[i]);
        throw new InvalidOperationException($"{name}: outputs differ at {at}: {wrong.AsSpan(at, Math.Min(60, wrong.Length - at))} and {expected.AsSpan(at, Math.Min(60, expected.Length - at))}");
    }
    // In turn, so that whatever else the machine does hits both; the least disturbed round counts.
    var other = HandlebarsEngine.Templates.GetValueOrDefault(name);
    if (other is not null && other(model) != expected)
        throw new InvalidOperationException($"{name}: Handlebars.Net gives another output:\n{other(model)}");
    foreach (var action in new[] { Hand, Engine, other is null ? () => { } : () => other(model) })
        CpuTime.WarmUp(action);
    var (hand, engine, handlebars) = (double.MaxValue, double.MaxValue, double.NaN);
    for (var round = 0; round < 12; round++)
    {
        hand = Math.Min(hand, CpuTime.Measure(Hand, seconds / 12));
        engine = Math.Min(engine, CpuTime.Measure(Engine, seconds / 12));
        if (other is not null)
            handlebars = double.IsNaN(handlebars) ? CpuTime.Measure(() => other(model), seconds / 12) : Math.Min(handlebars, CpuTime.Measure(() => other(model), seconds / 12));
    }
    var before = GC.GetAllocatedBytesForCurrentThread();
    for (var i = 0; i < 100; i++)
        Engine();
    var allocated = (GC.GetAllocatedBytesForCurrentThread() - before) / 100;
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
        $"{name,-10} {hand,8:F2}us {engine,8:F2}us {engine / hand,9:F2} {(other is null ? $"{"-",12} {"-",7}" : string.Create(CultureInfo.InvariantCulture, $"{handlebars,10:F1}us {handlebars / engine,7:F1}"))} {python?[name].Time,8:F1}us {python?[name].Time / engine,7:F1} {allocated,20:N0}"));
}
if (only is not null and not "compile")
    return;
var compile = double.MaxValue;
CpuTime.WarmUp(() => environment.FromString(Cases.Large));
for (var round = 0; round < 12; round++)
    compile = Math.Min(compile, CpuTime.Measure(() => environment.FromString(Cases.Large), seconds / 12));
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"compile of {Cases.Large.Count(character => character == '\n')} lines: {compile:F0} us, Python {python?["compile"].Time:F0} us"));

static Dictionary<string, (double Time, string Output)>? PythonTimes()
{
    if (!File.Exists("/usr/bin/python3"))
        return null;
    using var script = new StreamReader(typeof(Cases).Assembly.GetManifestResourceStream("python.py")!);
    var data = JsonSerializer.Serialize(new
    {
        templates = Cases.Templates,
        large = Cases.Large,
        products = Cases.Products.Select(product => new { id = product.Id, name = product.Name, price = product.Price, in_stock = product.InStock, tags = product.Tags }),
        fortunes = Cases.Fortunes.Select(fortune => new { id = fortune.Id, message = fortune.Message }),
        table = Cases.Table,
        items = Cases.Items,
        messages = Cases.Messages,
    });
    using var process = Process.Start(new ProcessStartInfo("/usr/bin/python3", ["-c", script.ReadToEnd()]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
    process.StandardInput.Write(data);
    process.StandardInput.Close();
    var output = process.StandardOutput.ReadToEnd();
    process.WaitForExit();
    if (process.ExitCode != 0)
        return null;
    using var document = JsonDocument.Parse(output);
    return document.RootElement.EnumerateObject().ToDictionary(item => item.Name, item => (item.Value[0].GetDouble(), item.Value[1].GetString()!));
}
