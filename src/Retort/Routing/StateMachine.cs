namespace Retort.Routing;

/// <summary>
/// All rules of a map as one tree of states. Between two states lies a part: literal text, found by look-up, or a <see cref="RulePart"/>, tried
/// in order of weight. Immutable once built. A path without variables is found in one look-up of the whole path.
/// Source: Werkzeug, <c>StateMachineMatcher</c>.
/// </summary>
internal sealed class StateMachine
{
    private readonly State _root = new();
    private readonly State? _onlyPath;
    private readonly bool _mergeSlashes;

    public StateMachine(IEnumerable<BoundRule> rules, bool mergeSlashes)
    {
        _mergeSlashes = mergeSlashes;
        foreach (var rule in rules)
        {
            // A slash, or a variable that takes in slashes, cannot be matched in a host: the rule only builds.
            if (rule.DomainParts is not [var domain] || domain is RulePart { Final: true })
                continue;
            var state = _root.Child(domain);
            foreach (var part in rule.PathParts)
                state = state.Child(part);
            state.Add(rule);
        }
        _root.Freeze();
        foreach (var domain in _root.Children)
            domain.Slash?.IndexPaths();
        _onlyPath = _root.OnlyLiteral("")?.Slash;
    }

    public void Find(string method, ReadOnlySpan<char> path, string domain, bool webSocket, ref RouteMatch match)
    {
        var walk = new Walk { Method = method, WebSocket = webSocket, Path = path, Start = path.Length - path.TrimStart('/').Length };
        match.Domain = domain;
        var found = Find(ref walk, domain, ref match);
        if (found && !Refuses(path, ref match))
            return;
        if (!found && _mergeSlashes && !walk.SlashRequired && path[walk.Start..].Contains("//", StringComparison.Ordinal) && FindMerged(ref walk, domain, ref match))
            return;
        if (walk.SlashRequired)
        {
            match.Status = RouteStatus.Redirect;
            match.RedirectPath = $"/{path[walk.Start..]}/";
        }
        else if (walk.MethodMissed)
        {
            match.Status = RouteStatus.MethodNotAllowed;
            match.Allowed = AllowedMethods(method, path, domain, webSocket);
        }
        else
        {
            match.Status = walk.WebSocketMissed ? RouteStatus.WebSocketMismatch : RouteStatus.NotFound;
        }
    }

    // A text that matches but is no value (too large a number) is not found, whatever other rules there are.
    private static bool Refuses(ReadOnlySpan<char> path, ref RouteMatch match)
    {
        var variables = match.Bound!.Variables;
        for (var i = 0; i < variables.Length; i++)
        {
            var converter = variables[i].Converter;
            if (!converter.MayRefuse || converter.Accepts(match.Text(i, path)))
                continue;
            match.Bound = null;
            return true;
        }
        return false;
    }

    // The methods are collected in a walk of their own, so that an ordinary match need not.
    private List<string> AllowedMethods(string method, ReadOnlySpan<char> path, string domain, bool webSocket)
    {
        var allowed = new List<string>();
        var match = default(RouteMatch);
        var walk = new Walk { Method = method, WebSocket = webSocket, Path = path, Start = path.Length - path.TrimStart('/').Length, Allowed = allowed };
        if (!Find(ref walk, domain, ref match) && _mergeSlashes)
        {
            walk.Path = UrlPath.WithMergedSlashes(path[walk.Start..].ToString());
            walk.Start = 0;
            Find(ref walk, domain, ref match);
        }
        return allowed;
    }

    private bool FindMerged(ref Walk walk, string domain, ref RouteMatch match)
    {
        var merged = "/" + UrlPath.WithMergedSlashes(walk.Path[walk.Start..].ToString());
        var again = walk with { Path = merged, Start = 1 };
        var found = Find(ref again, domain, ref match) && match.Bound!.MergeSlashes;
        walk.MethodMissed = again.MethodMissed;
        walk.WebSocketMissed = again.WebSocketMissed;
        if (!found && !again.SlashRequired)
        {
            match.Bound = null;
            return false;
        }
        match.Bound = null;
        match.Status = RouteStatus.Redirect;
        match.RedirectPath = again.SlashRequired ? merged + "/" : merged;
        return true;
    }

    private bool Find(ref Walk walk, string domain, ref RouteMatch match)
    {
        var path = domain.Length == 0 && _onlyPath is not null ? _onlyPath : _root.Literal(domain)?.Slash;
        if (path is not null && Find(ref walk, path, 0, ref match))
            return true;
        foreach (var (part, state) in _root.Variables)
        {
            if (!walk.SlashRequired && state.Slash is not null && part.Match(domain, 0, 0, ref match, out _) && Find(ref walk, state.Slash, part.Variables, ref match))
                return true;
        }
        return false;
    }

    private static bool Find(ref Walk walk, State path, int variable, ref RouteMatch match)
    {
        if (walk.SlashRequired)
            return false;
        var found = walk.Path.IsEmpty
            ? AtEnd(ref walk, path)
            : FromIndex(ref walk, path) ?? AtPart(ref walk, path, walk.Start, variable, ref match);
        if (found is null || walk.SlashRequired)
            return false;
        match.Bound = found;
        match.Status = RouteStatus.Found;
        return true;
    }

    private static BoundRule? FromIndex(ref Walk walk, State path) => path.Path(walk.Path[walk.Start..]) is { } state ? walk.First(state.Rules) : null;

    // Position is where the next part begins; one past the path's end when there is none left.
    private static BoundRule? AtPart(ref Walk walk, State state, int position, int variable, ref RouteMatch match)
    {
        if (position > walk.Path.Length)
            return AtEnd(ref walk, state);
        var rest = walk.Path[position..];
        var length = rest.IndexOf('/') is var slash and >= 0 ? slash : rest.Length;
        var next = position + length + 1;
        if (state.Literal(rest[..length]) is { } literal)
        {
            var rule = AtPart(ref walk, literal, next, variable, ref match);
            if (rule is not null || walk.SlashRequired)
                return rule;
        }
        foreach (var (part, after) in state.Variables)
        {
            if (!part.Match(part.Final ? rest : rest[..length], position, variable, ref match, out var endsInSlash))
                continue;
            var follow = !part.Final ? next : endsInSlash ? walk.Path.Length : walk.Path.Length + 1;
            var rule = AtPart(ref walk, after, follow, variable + part.Variables, ref match);
            if (rule is not null || walk.SlashRequired)
                return rule;
        }
        // Only a slash is left over: rules that are not strict do not mind it.
        return rest.IsEmpty ? walk.First(state.Rules, onlyLenient: true) : null;
    }

    // All parts are used up: a rule of this state answers, or one that has a slash more.
    private static BoundRule? AtEnd(ref Walk walk, State state)
    {
        if (walk.First(state.Rules) is { } found)
            return found;
        foreach (var rule in state.Slash?.Rules ?? [])
        {
            if (rule.Rule.WebSocket != walk.WebSocket || !rule.Rule.Answers(walk.Method))
                continue;
            walk.SlashRequired = rule.StrictSlashes;
            return walk.SlashRequired ? null : rule;
        }
        return null;
    }

    /// <summary>What is looked for, and what was learnt on the way in case nothing is found.</summary>
    private ref struct Walk
    {
        public required string Method;
        public required bool WebSocket;
        public required ReadOnlySpan<char> Path;
        public required int Start;
        public bool MethodMissed;
        public bool WebSocketMissed;
        public bool SlashRequired;
        public List<string>? Allowed;

        public BoundRule? First(BoundRule[] rules, bool onlyLenient = false)
        {
            foreach (var rule in rules)
            {
                if (!(onlyLenient && rule.StrictSlashes) && Takes(rule))
                    return rule;
            }
            return null;
        }

        private bool Takes(BoundRule rule)
        {
            if (!rule.Rule.Answers(Method))
            {
                MethodMissed = true;
                Allowed?.AddRange(rule.Rule.Methods!.Except(Allowed));
                return false;
            }
            WebSocketMissed |= rule.Rule.WebSocket != WebSocket;
            return rule.Rule.WebSocket == WebSocket;
        }
    }
}
