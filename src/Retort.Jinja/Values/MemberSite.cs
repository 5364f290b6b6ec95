namespace Retort.Jinja.Values;

/// <summary>One place in a template that reads or calls a member by a constant name; remembers what it found. Safe to share between threads.</summary>
internal sealed class MemberSite(string name)
{
    // What the last host type had under this name; one object, so that a reader never sees half of a change.
    private sealed record Seen(Type Type, HostMember Member);

    // The same for a method of one of Python's types; null if that kind has none of this name.
    private sealed record SeenMethod(ValueKind Kind, BuiltinMethod? Method);

    private readonly bool _isDictMethod = BuiltinMethods.IsDictMethod(name);
    private Seen? _seen;
    private SeenMethod? _seenMethod;

    public string Name => name;

    /// <summary><c>target.name</c> as <see cref="Members.GetAttribute"/> reads it.</summary>
    public Value Get(EvalContext context, in Value target)
    {
        switch (target.Kind)
        {
            case ValueKind.Dict when !_isDictMethod && name[0] != '_':
                return Mappings.TryGet(target, name, out var item) ? item : context.MakeUndefined(UndefinedOrigin.Member(target, Value.From(name)));
            case ValueKind.Host when !context.Access.IsSandbox && FindMember(target.Reference) is { } member:
                return member.Get(target.Reference);
            case ValueKind.Template when !context.Access.IsSandbox && ((TemplateObject)target.Reference).TryGetMember(context, name, out var own):
                return own;
            default:
                return context.GetAttribute(target, name);
        }
    }

    /// <summary><c>target['name']</c> as <see cref="Members.GetItem"/> reads it.</summary>
    public Value GetItem(EvalContext context, in Value target)
    {
        if (target.Kind == ValueKind.Dict && Mappings.TryGet(target, name, out var item))
            return item;
        return target.Kind == ValueKind.Host && HostType.Of(target.Reference).Indexer is null
            ? Get(context, target)
            : context.GetItem(target, Value.From(name));
    }

    /// <summary>
    /// <c>target.name(arguments)</c> without making a bound method first where that can be avoided. The positional arguments stand at the start of a room that others may be put into.
    /// </summary>
    public Value Call(EvalContext context, in Value target, Arguments arguments, Span<Value> room)
    {
        if (!context.Access.IsSandbox)
        {
            if (target.Kind == ValueKind.Host)
            {
                if (FindMember(target.Reference) is { } member)
                    return member.Call(context, target.Reference, arguments);
            }
            else if (FindMethod(target) is { } method)
            {
                return method.Signed is { } signed && !room.IsEmpty ? signed.Call(context, target, arguments, room) : method.Body(context, target, arguments);
            }
        }
        return context.Call(Get(context, target), arguments);
    }

    private BuiltinMethod? FindMethod(in Value target)
    {
        var (kind, seen) = (target.Kind, _seenMethod);
        if (seen is null || seen.Kind != kind)
            _seenMethod = seen = new SeenMethod(kind, BuiltinMethods.Find(target, name));
        return seen.Method;
    }

    private HostMember? FindMember(object target)
    {
        var seen = _seen;
        if (seen is not null && seen.Type == target.GetType())
            return seen.Member;
        // Dates and the like have Python's members before their own.
        if (BuiltinMethods.HasOwnMembers(target) || !HostType.Of(target).Members.TryGetValue(name, out var member))
            return null;
        _seen = new Seen(target.GetType(), member);
        return member;
    }
}
