using System.Collections;
using System.Reflection;

namespace Retort.Jinja.Values;

/// <summary>How a C# method is called from a template: which arguments go where, converted to what. Worked out once a method.</summary>
internal sealed class HostCall
{
    private readonly string _name;
    private readonly MethodInvoker _invoker;
    private readonly ParameterInfo[] _parameters;
    private readonly bool _takesRest;
    // 1 where a context comes before the parameters.
    private readonly int _offset;

    public HostCall(MethodBase method, string name) : this(method, name, method.GetParameters())
    {
    }

    private HostCall(MethodBase method, string name, ParameterInfo[] parameters)
    {
        _name = name;
        _invoker = MethodInvoker.Create(method);
        _offset = parameters is [var first, ..] && typeof(EvalContext).IsAssignableFrom(first.ParameterType) ? 1 : 0;
        _parameters = parameters[_offset..];
        _takesRest = _parameters.Length > 0 && _parameters[^1].IsDefined(typeof(ParamArrayAttribute), inherit: false);
    }

    /// <summary>A delegate: called by its own type, with the names and defaults of the parameters of the method behind it.</summary>
    public static HostCall Of(Delegate function, string name)
    {
        var invoke = function.GetType().GetMethod("Invoke")!;
        var count = invoke.GetParameters().Length;
        var behind = function.Method.GetParameters();
        // A delegate closed over its first argument has one parameter more behind it; one open on its instance, one fewer.
        var own = behind.Length == count ? behind : behind.Length == count + 1 ? behind[1..] : invoke.GetParameters();
        return new HostCall(invoke, name, [.. own.Zip(invoke.GetParameters(), WithDefault)]);
    }

    // What a lambda leaves out its delegate's type may say.
    private static ParameterInfo WithDefault(ParameterInfo own, ParameterInfo declared) =>
        !own.HasDefaultValue && (declared.HasDefaultValue || (declared.IsDefined(typeof(ParamArrayAttribute), inherit: false) && !own.IsDefined(typeof(ParamArrayAttribute), inherit: false))) ? declared : own;

    /// <summary>Calls the first overload whose types the arguments have, else the first that they can be converted to; if none, reports why the last did not fit.</summary>
    public static Value InvokeBest(HostCall[] overloads, EvalContext context, object target, Arguments arguments)
    {
        foreach (var overload in overloads)
        {
            if (overloads.Length > 1 && overload.IsNatural(arguments) && overload.Bind(context, arguments, out _) is { } exact)
                return overload.Invoke(target, exact, arguments);
        }
        for (var i = 0; ; i++)
        {
            var converted = overloads[i].Bind(context, arguments, out var problem);
            if (converted is not null)
                return overloads[i].Invoke(target, converted, arguments);
            if (i == overloads.Length - 1)
                throw PythonError.Type(problem!);
        }
    }

    private bool IsNatural(Arguments arguments)
    {
        for (var i = 0; i < arguments.Positional.Length; i++)
        {
            if (i >= _parameters.Length || !Conversion.IsNatural(arguments.Positional[i], _parameters[i].ParameterType))
                return false;
        }
        return true;
    }

    private Value Invoke(object target, object?[] bound, Arguments arguments)
    {
        var result = _invoker.Invoke(target, bound.AsSpan());
        return result is IEnumerable and not string && TryFindPassed(result, bound, arguments, out var passed) ? passed : HostValues.From(result);
    }

    // A function that gives back what it was given, as a finalize often does, gives back the template's value: a copy of a tuple would be a list.
    private bool TryFindPassed(object result, object?[] bound, Arguments arguments, out Value passed)
    {
        passed = default;
        for (var i = _offset; i < bound.Length; i++)
        {
            var parameter = _parameters[i - _offset];
            if (!ReferenceEquals(bound[i], result) || parameter.ParameterType != typeof(object))
                continue;
            if (i - _offset < arguments.Positional.Length)
            {
                passed = arguments.Positional[i - _offset];
                return true;
            }
            for (var named = 0; named < arguments.Names.Length; named++)
            {
                if (!Matches(parameter, arguments.Names[named]))
                    continue;
                passed = arguments.Named[named];
                return true;
            }
        }
        return false;
    }

    private object?[]? Bind(EvalContext context, Arguments arguments, out string? problem)
    {
        problem = null;
        var bound = new object?[_offset + _parameters.Length];
        if (_offset > 0)
            bound[0] = context;
        var fixedCount = _parameters.Length - (_takesRest ? 1 : 0);
        if (arguments.Positional.Length > fixedCount && !_takesRest)
            problem = $"{_name}() takes {fixedCount} positional argument{(fixedCount == 1 ? string.Empty : "s")} but {arguments.Positional.Length} {(arguments.Positional.Length == 1 ? "was" : "were")} given";
        foreach (var name in arguments.Names)
        {
            if (problem is null && !Array.Exists(_parameters, parameter => Matches(parameter, name)))
                problem = Unexpected(name);
        }
        for (var i = 0; i < fixedCount && problem is null; i++)
            problem = BindOne(arguments, i, _parameters[i], out bound[_offset + i]);
        if (_takesRest && problem is null)
            problem = BindRest(arguments, fixedCount, out bound[^1]);
        return problem is null ? bound : null;
    }

    private string? BindOne(Arguments arguments, int index, ParameterInfo parameter, out object? bound)
    {
        bound = null;
        var named = -1;
        for (var i = 0; i < arguments.Names.Length; i++)
        {
            if (Matches(parameter, arguments.Names[i]))
                named = i;
        }
        if (index < arguments.Positional.Length)
            return named >= 0 ? $"{_name}() got multiple values for argument '{arguments.Names[named]}'" : Convert(arguments.Positional[index], parameter, parameter.ParameterType, out bound);
        if (named >= 0)
            return Convert(arguments.Named[named], parameter, parameter.ParameterType, out bound);
        if (!parameter.HasDefaultValue)
            return $"{_name}() missing 1 required positional argument: '{parameter.Name}'";
        bound = parameter.DefaultValue;
        if (bound is not null && parameter.ParameterType.IsEnum)
            bound = Enum.ToObject(parameter.ParameterType, bound);
        return null;
    }

    private string? BindRest(Arguments arguments, int start, out object? bound)
    {
        var type = _parameters[^1].ParameterType.GetElementType()!;
        var rest = Array.CreateInstanceFromArrayType(_parameters[^1].ParameterType, Math.Max(0, arguments.Positional.Length - start));
        bound = rest;
        for (var i = 0; i < rest.Length; i++)
        {
            if (Convert(arguments.Positional[start + i], _parameters[^1], type, out var converted) is { } problem)
                return problem;
            rest.SetValue(converted, i);
        }
        return null;
    }

    private string? Convert(in Value value, ParameterInfo parameter, Type type, out object? converted) => Conversion.TryConvert(value, type, out converted)
        ? null
        : value.IsUndefined ? ((Undefined)value.Reference).Message : $"{_name}() argument '{parameter.Name}' must be {HostText.TypeName(type)}, not {Text.TypeName(value)}";

    // A template may write the C# name of a parameter or its snake_case form.
    private static bool Matches(ParameterInfo parameter, string name) =>
        parameter.Name == name || (parameter.Name is { } own && HostMembers.SnakeCase(own) == name);

    private string Unexpected(string name)
    {
        var advice = NearestName.Advice(name, _parameters.Select(parameter => parameter.Name ?? string.Empty));
        return $"{_name}() got an unexpected keyword argument '{name}'{(advice is null ? string.Empty : ". " + advice)}";
    }
}
