using System.Reflection;
using System.Reflection.Emit;
using System.Security.Cryptography;
using System.Text;

namespace Retort.Development.Reloading;

/// <summary>
/// Knows the code of a program that sets up its app: methods that call such as <c>app.Get</c> or <c>app.Config</c>, and those that have attributes with a route. That code has run; when a
/// patch changes it, it does not run again, and the change would never show. Top-level statements are none of its business: they are still running, and the SDK restarts the program for them.
/// </summary>
internal sealed class SetupCode
{
    private const BindingFlags Everything = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<short, OpCode> OpCodesByValue = typeof(OpCodes).GetFields().Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => code.Value);

    private readonly Func<MethodBase, bool> _isSetup;
    private readonly Func<Type, bool> _isSetupAttribute;
    private readonly Dictionary<string, string> _known = new(StringComparer.Ordinal);

    /// <param name="isSetup">Whether a method that is called sets up an app.</param>
    /// <param name="isSetupAttribute">Whether an attribute on a method is read when an app is set up, such as a route.</param>
    public SetupCode(Func<MethodBase, bool> isSetup, Func<Type, bool> isSetupAttribute)
    {
        _isSetup = isSetup;
        _isSetupAttribute = isSetupAttribute;
        if (Assembly.GetEntryAssembly() is { } program)
            Remember(TypesOf(program));
    }

    /// <summary>Takes in types as they are now.</summary>
    /// <returns>Whether their setup differs from what was known.</returns>
    public bool HasChanged(IReadOnlyList<Type> types)
    {
        lock (_known)
        {
            var names = types.Select(type => type.FullName + "\t").ToList();
            var before = _known.Where(pair => names.Any(name => pair.Key.StartsWith(name, StringComparison.Ordinal))).ToDictionary(StringComparer.Ordinal);
            foreach (var key in before.Keys)
                _known.Remove(key);
            var now = Remember(types);
            return before.Count != now.Count || now.Any(pair => !before.TryGetValue(pair.Key, out var old) || old != pair.Value);
        }
    }

    private Dictionary<string, string> Remember(IEnumerable<Type> types)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var type in types)
        {
            foreach (var method in type.GetMethods(Everything).Cast<MethodBase>().Concat(type.GetConstructors(Everything)))
            {
                if (Fingerprint(method) is { } print)
                    found[$"{type.FullName}\t{method}"] = print;
            }
        }
        foreach (var (name, print) in found)
            _known[name] = print;
        return found;
    }

    /// <summary>What tells one setup from another; null for a method that has no part in it.</summary>
    private string? Fingerprint(MethodBase method)
    {
        var attributes = method.GetCustomAttributesData();
        var named = attributes.Any(attribute => _isSetupAttribute(attribute.AttributeType)) ? string.Join(';', attributes) : null;
        var calls = Calls(method);
        return named is null && calls is null ? null : named + "\n" + calls;
    }

    /// <summary>The calls and the texts of a method that sets up, in order; null for any other.</summary>
    private string? Calls(MethodBase method)
    {
        if (method.GetMethodBody()?.GetILAsByteArray() is not { } il)
            return null;
        var text = new StringBuilder();
        var isSetup = false;
        var module = method.Module;
        for (var at = 0; at < il.Length;)
        {
            var code = OpCodesByValue[il[at] == 0xFE ? (short)(0xFE00 | il[at + 1]) : il[at]];
            at += code.Size;
            if (code.OperandType == OperandType.InlineMethod && Resolve(module, method, BitConverter.ToInt32(il, at)) is { } called)
            {
                isSetup |= _isSetup(called);
                text.Append(called.DeclaringType?.Name).Append(called).Append('\n');
            }
            else if (code.OperandType == OperandType.InlineString)
            {
                text.Append(module.ResolveString(BitConverter.ToInt32(il, at))).Append('\n');
            }
            else if (code.OperandType is OperandType.ShortInlineI or OperandType.InlineI or OperandType.InlineI8 or OperandType.InlineR or OperandType.ShortInlineR || code.Size + Length(code, il, at) == 1)
            {
                text.Append(code.Name).Append(Convert.ToHexString(il, at, Length(code, il, at))).Append('\n');
            }
            at += Length(code, il, at);
        }
        return isSetup ? Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString()))) : null;
    }

    private static MethodBase? Resolve(Module module, MethodBase inside, int token)
    {
        try
        {
            return module.ResolveMethod(token, inside.DeclaringType?.GetGenericArguments(), inside.IsGenericMethod ? inside.GetGenericArguments() : null);
        }
        catch (Exception error) when (error is ArgumentException or TypeLoadException or FileNotFoundException or BadImageFormatException)
        {
            return null;
        }
    }

    /// <summary>How many bytes follow an instruction. Source: ECMA-335, III.1.9.</summary>
    private static int Length(OpCode code, byte[] il, int at) => code.OperandType switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(il, at)),
        _ => 4,
    };

    private static Type[] TypesOf(Assembly assembly)
    {
        try
        {
            return assembly.GetTypes();
        }
        catch (ReflectionTypeLoadException some)
        {
            return [.. some.Types.OfType<Type>()];
        }
    }
}
