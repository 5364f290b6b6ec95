using System.Numerics;

namespace Retort.Jinja.Values;

/// <summary>Members and items as Jinja looks them up.</summary>
internal static class Members
{
    /// <summary>The member first, then the item, else an undefined; heeds <see cref="EvalContext.Access"/>.</summary>
    public static Value GetAttribute(EvalContext context, in Value target, string name)
    {
        if (TryGetAllowedMember(context, target, name, out var value) || TryGetItem(context, target, Value.From(name), out value))
            return value;
        return context.MakeUndefined(UndefinedOrigin.Member(target, Value.From(name)));
    }

    /// <summary>The item first, then the member, else an undefined.</summary>
    public static Value GetItem(EvalContext context, in Value target, in Value key)
    {
        if (TryGetItem(context, target, key, out var value) || (key.AsText is { } name && TryGetAllowedMember(context, target, name, out value)))
            return value;
        return context.MakeUndefined(UndefinedOrigin.Member(target, key));
    }

    /// <summary>The member alone, by a name that is text, else an undefined: what the attr filter does.</summary>
    public static Value GetMemberOnly(EvalContext context, in Value target, in Value name) =>
        TryGetAllowedMember(context, target, name.AsText!, out var value) ? value : context.MakeUndefined(UndefinedOrigin.Member(target, name));

    // What the sandbox hides is found, but as an undefined that throws a SecurityError when used.
    private static bool TryGetAllowedMember(EvalContext context, in Value target, string name, out Value value)
    {
        var access = context.Access;
        if (!access.IsSandbox)
            return TryGetMember(context, target, name, out value);
        // Python's own methods exist on everything in Python, so hiding them must not depend on what exists here.
        var isPython = PythonNames.Contains(target, name);
        // Of an undefined nothing else exists; any other name is a use of it.
        var hidden = (!target.IsUndefined || isPython || ((Undefined)target.Reference).TryGetOrigin(name, out _)) && !access.AllowsMember(target, name);
        if (hidden && (isPython || TryGetMember(context, target, name, out value)))
        {
            value = context.MakeUndefined(Unsafe(target, name));
            return true;
        }
        value = default;
        return !hidden && TryGetMember(context, target, name, out value);
    }

    private static UndefinedOrigin Unsafe(in Value target, string name) =>
        new($"access to attribute {StringRepr.Of(name)} of {StringRepr.Of(Text.ClassName(target))} object is unsafe.", Value.From(name), target, IsUnsafe: true);

    /// <summary>Python's <c>getattr</c>.</summary>
    public static bool TryGetMember(EvalContext context, in Value target, string name, out Value value)
    {
        switch (target.Kind)
        {
            case ValueKind.Undefined:
                var undefined = (Undefined)target.Reference;
                value = name == "__class__" ? Value.From(new TypeValue(target))
                    : undefined.TryGetOrigin(name, out var origin) ? origin : undefined.Chain(Value.From(name));
                return true;
            case ValueKind.Host when HostType.Of(target.Reference) is { IsForbidden: true }:
                Awaiting.Refuse(target.Reference);
                value = default;
                return false;
            case ValueKind.Tuple or ValueKind.Template or ValueKind.Iterator or ValueKind.Set or ValueKind.Range
                when target.Reference is TemplateObject own && own.TryGetMember(context, name, out value):
                return true;
        }
        if (BuiltinMethods.Find(target, name) is { } method)
        {
            value = method.Bind(target);
            return true;
        }
        if (BuiltinMethods.TryGetProperty(target, name, out value))
            return true;
        if (name == "__class__")
        {
            value = Value.From(new TypeValue(target));
            return true;
        }
        return target.Kind is ValueKind.Host or ValueKind.List or ValueKind.Dict or ValueKind.Set && target.Reference is not TemplateObject
            && TryGetHostMember(target, name, out value);
    }

    private static bool TryGetHostMember(in Value target, string name, out Value value)
    {
        // A list or dictionary of the host is a Python list or dictionary and nothing else; but a group says what it was grouped by.
        if (target.Kind != ValueKind.Host)
        {
            value = default;
            if (target.Kind != ValueKind.List || name is not ("Key" or "key") || HostType.Of(target.Reference).GroupKey is not { } key)
                return false;
            value = key.Get(target.Reference);
            return true;
        }
        if (HostType.Of(target.Reference).Members.TryGetValue(name, out var member))
        {
            value = member.Get(target.Reference);
            return true;
        }
        return HostMembers.TryGetDynamic(target.Reference, name, out value);
    }

    /// <summary>Python's <c>target[key]</c>, with false for the errors that Jinja turns into an undefined.</summary>
    public static bool TryGetItem(EvalContext context, in Value target, in Value key, out Value value)
    {
        value = default;
        switch (target.Kind)
        {
            case ValueKind.Undefined:
                value = ((Undefined)target.Reference).Chain(key);
                return true;
            case ValueKind.Dict:
                return Equality.IsHashable(key) && Mappings.TryGet(target, key, out value);
            case ValueKind.List or ValueKind.Tuple:
                if (!TryGetIndex(key, Sequences.Count(target), out var index))
                    return false;
                value = Sequences.At(target, (int)index);
                return true;
            case ValueKind.String or ValueKind.Markup:
                return TryGetCharacter(target, key, out value);
            case ValueKind.Bytes:
                if (!TryGetIndex(key, ((byte[])target.Reference).Length, out index))
                    return false;
                value = Value.From(((byte[])target.Reference)[(int)index]);
                return true;
            case ValueKind.Range:
                var range = (RangeValue)target.Reference;
                if (!TryGetIndex(key, range.Count, out index))
                    return false;
                value = Value.From(range.At(index));
                return true;
            case ValueKind.Template or ValueKind.Iterator or ValueKind.Set:
                return target.Reference is TemplateObject own && own.TryGetItem(key, out value);
            case ValueKind.Host:
                return TryGetHostItem(context, target.Reference, key, out value);
            default:
                return false;
        }
    }

    private static bool TryGetCharacter(in Value text, in Value key, out Value value)
    {
        value = default;
        var content = text.AsText!;
        if (!TryGetIndex(key, CodePoints.Count(content), out var index))
            return false;
        var offset = CodePoints.Offset(content, (long)index);
        var width = CodePoints.Width(content, offset);
        var character = width == 1 ? CodePoints.Single(content[offset]) : content.Substring(offset, width);
        value = Text.Of(character, text.Kind == ValueKind.Markup);
        return true;
    }

    private static bool TryGetHostItem(EvalContext context, object target, in Value key, out Value value)
    {
        value = default;
        var type = HostType.Of(target);
        if (type.IsForbidden || type.Indexer is null || (context.Access.IsSandbox && !context.Access.AllowsMember(Value.FromHost(target, ValueKind.Host), "__getitem__")))
            return false;
        try
        {
            value = type.Indexer.Call(context, target, new Arguments([key]));
            return !value.IsNone || !key.IsText;
        }
        catch (Exception error) when (error is KeyNotFoundException or ArgumentException or IndexOutOfRangeException or PythonError)
        {
            return false;
        }
    }

    /// <summary>An index from the front or, if negative, from the back, as one that is inside.</summary>
    private static bool TryGetIndex(in Value key, Int128 count, out Int128 index)
    {
        index = key.IsInt || key.IsBool ? key.AsLong : count;
        if (index < 0)
            index += count;
        return index >= 0 && index < count;
    }

    /// <summary>Python's <c>target[start:stop:step]</c>; None for what is left out.</summary>
    public static Value Slice(EvalContext context, in Value target, in Value start, in Value stop, in Value step)
    {
        switch (target.Kind)
        {
            case ValueKind.String or ValueKind.Markup:
                if (TrySlice(new TextPart(target), start, stop, step, out var part))
                    return part.ToValue();
                var text = target.AsText!;
                return Text.Of(SliceText(text, SliceBounds.Of(start, stop, step, CodePoints.Count(text))), target.Kind == ValueKind.Markup);
            case ValueKind.List or ValueKind.Tuple:
                var items = SliceItems(target, SliceBounds.Of(start, stop, step, Sequences.Count(target)));
                return target.Kind == ValueKind.List ? Value.From(new ListValue([.. items])) : Value.From(new TupleValue(items));
            case ValueKind.Bytes:
                var bytes = (byte[])target.Reference;
                return Value.From(SliceBounds.Of(start, stop, step, bytes.Length).Select(index => bytes[index]));
            case ValueKind.Range:
                var range = (RangeValue)target.Reference;
                var bounds = SliceBounds.Of(start, stop, step, range.Count);
                // Of a step beyond 64 bits there is at most one item.
                var by = (long)Int128.Clamp(bounds.Step * range.Step, long.MinValue, long.MaxValue);
                return Value.From(new RangeValue((long)(range.Start + (bounds.Start * range.Step)), (long)(range.Start + (bounds.Stop * range.Step)), by));
            case ValueKind.Undefined:
                return ((Undefined)target.Reference).Chain(default);
            case ValueKind.Dict:
                throw Equality.Unhashable("slice");
            default:
                throw PythonError.Type($"'{Text.TypeName(target)}' object is not subscriptable");
        }
    }

    /// <summary>A slice of plain text that is a part of it; false where it is not, or where it takes more to find out.</summary>
    public static bool TrySlice(in TextPart text, in Value start, in Value stop, in Value step, out TextPart slice)
    {
        slice = text;
        if (!text.IsPlainText || !step.IsNone || !(start.IsNone || start.IsInt) || !(stop.IsNone || stop.IsInt) || CodePoints.HasSurrogates(text.Span))
            return false;
        var length = text.Span.Length;
        var (from, to) = (Clamp(start, 0, length), Clamp(stop, length, length));
        slice = text.Slice(from, Math.Max(from, to));
        return true;
    }

    // A bound of a slice without a step.
    private static int Clamp(in Value bound, int missing, int length) =>
        bound.IsNone ? missing : (int)Math.Clamp(bound.AsLong < 0 ? bound.AsLong + length : bound.AsLong, 0, length);

    private static string SliceText(string text, SliceBounds bounds)
    {
        if (bounds.Step == 1)
        {
            var from = CodePoints.Offset(text, (long)bounds.Start);
            return text.Substring(from, CodePoints.Offset(text, (long)(bounds.Start + bounds.Count)) - from);
        }
        if (!CodePoints.HasSurrogates(text))
            return new string(bounds.Select(index => text[index]));
        var characters = CodePoints.Split(text).ToArray();
        return string.Concat(bounds.Select(index => characters[index].AsText));
    }

    private static Value[] SliceItems(in Value sequence, SliceBounds bounds)
    {
        var source = sequence;
        return bounds.Select(index => Sequences.At(source, index));
    }
}

/// <summary>A slice applied to a length: indices that are inside, or none.</summary>
internal readonly record struct SliceBounds(Int128 Start, Int128 Stop, Int128 Step)
{
    public Int128 Count => Step > 0 ? (Start < Stop ? ((Stop - Start - 1) / Step) + 1 : 0) : Start > Stop ? ((Start - Stop - 1) / -Step) + 1 : 0;

    public static SliceBounds Of(in Value start, in Value stop, in Value step, Int128 length)
    {
        var by = Index(step, 1);
        if (by == 0)
            throw PythonError.Value("slice step cannot be zero");
        var (first, last) = by > 0 ? ((Int128)0, length) : (-1, length - 1);
        return new(Clamp(start, by > 0 ? first : last, first, last, length), Clamp(stop, by > 0 ? last : first, first, last, length), by);
    }

    public T[] Select<T>(Func<int, T> item)
    {
        var result = new T[(int)Count];
        for (var i = 0; i < result.Length; i++)
            result[i] = item((int)(Start + (i * Step)));
        return result;
    }

    private static Int128 Clamp(in Value bound, Int128 missing, Int128 first, Int128 last, Int128 length)
    {
        if (bound.IsNone)
            return missing;
        var index = Index(bound, 0);
        return Int128.Clamp(index < 0 ? index + length : index, first, last);
    }

    /// <summary>A bound as it is given, or what stands for a missing one. Throws Python's TypeError for what bounds no part.</summary>
    public static Int128 Index(in Value value, Int128 missing)
    {
        if (value.IsNone)
            return missing;
        if (!value.IsIntegral)
            throw PythonError.Type("slice indices must be integers or None or have an __index__ method");
        return (Int128)BigInteger.Max(long.MinValue, BigInteger.Min(long.MaxValue, value.AsBigInteger));
    }
}
