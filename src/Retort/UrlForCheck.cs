using Retort.Jinja;
using Retort.Jinja.Syntax;
using Retort.Routing;

namespace Retort;

/// <summary>Checks the calls of <c>url_for</c> in templates whose endpoints are constant: the app has such a rule, and the values suffice for one.</summary>
internal sealed class UrlForCheck(App app)
{
    private static readonly string[] Options = [TemplateGlobals.EndpointName, "_anchor", "_method", "_scheme", "_external"];

    public void Check(TemplateInspection template)
    {
        // Handlers may build what no rule can.
        if (app.UrlBuildErrorHandlers.Count > 0)
            return;
        var finder = new CallFinder();
        finder.Visit(template.Tree);
        if (finder.IsReplaced)
            return;
        foreach (var call in finder.Calls)
            Check(template, call);
    }

    private void Check(TemplateInspection template, Call call)
    {
        if (call.Arguments.Star is not null || EndpointOf(call.Arguments) is not { Value: string endpoint } place)
            return;
        var candidates = Candidates(endpoint).Where(candidate => app.UrlMap.Compiled.RulesOf(candidate).Length > 0).ToList();
        var values = Values(call.Arguments);
        var method = Method(call.Arguments);
        if (candidates.Count == 0)
            template.Report(place.At, Message(endpoint, values, null));
        else if (call.Arguments.DoubleStar is null && !candidates.Exists(candidate => HasDefaults(candidate) || app.UrlMap.Compiled.RulesOf(candidate).Any(rule => Fits(rule, values, method))))
            template.Report(call.Callee.At, Message(candidates[0], values, method));
    }

    /// <summary>The endpoint if it is a constant; it may be named.</summary>
    private static Const? EndpointOf(CallArguments arguments) => (arguments.Positional, arguments.Named.FirstOrDefault(named => named.Name == TemplateGlobals.EndpointName)?.Value) switch
    {
        ([Const endpoint], null) => endpoint,
        ([], Const endpoint) => endpoint,
        _ => null,
    };

    private string Message(string endpoint, List<string> values, string? method) =>
        BuildError.For(endpoint, [.. values.Select(name => KeyValuePair.Create(name, (object?)name))], method, app.UrlMap.Compiled.Rules).Message;

    /// <summary>The endpoints that are meant: one that begins with a dot belongs to the blueprint whose view renders the template, which may be any.</summary>
    private IEnumerable<string> Candidates(string endpoint) =>
        endpoint.StartsWith('.') ? app.Blueprints.Keys.Select(blueprint => blueprint + endpoint).Append(endpoint[1..]) : [endpoint];

    /// <summary>Whether functions add values to URLs of the endpoint, which are known only when they run.</summary>
    private bool HasDefaults(string endpoint) => app.Router.UrlDefaultsOf(endpoint).Length > 0;

    private static bool Fits(BoundRule rule, List<string> values, string? method) =>
        (method is null || rule.Rule.Answers(method)) && rule.Arguments.All(argument => values.Contains(argument) || rule.Rule.Defaults?.ContainsKey(argument) is true);

    private static List<string> Values(CallArguments arguments) =>
        [.. arguments.Named.Where(named => !Options.Contains(named.Name) && named.Value is not Const { Value: null }).Select(named => named.Name)];

    private static string? Method(CallArguments arguments) =>
        arguments.Named.FirstOrDefault(named => named.Name == "_method")?.Value is Const { Value: string method } ? method.ToUpperInvariant() : null;

    private sealed class CallFinder : NodeVisitor
    {
        public List<Call> Calls { get; } = [];

        /// <summary>Whether the template has something else of that name.</summary>
        public bool IsReplaced { get; private set; }

        public override void Visit(Node node)
        {
            if (node is Call { Callee: Name { Id: TemplateGlobals.UrlForName } } call)
                Calls.Add(call);
            IsReplaced |= node switch
            {
                NameTarget target => target.Name == TemplateGlobals.UrlForName,
                Macro macro => macro.Name == TemplateGlobals.UrlForName,
                Parameter parameter => parameter.Name == TemplateGlobals.UrlForName,
                Import import => import.Target == TemplateGlobals.UrlForName,
                FromImport import => import.Names.Any(name => name.Alias == TemplateGlobals.UrlForName),
                _ => false,
            };
            VisitChildren(node);
        }
    }
}
