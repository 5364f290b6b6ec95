using System.Reflection;

namespace Retort.Forms;

/// <summary>A form's own check of a field: the method <c>ValidateUsername(field)</c>.</summary>
internal sealed class InlineValidator : Validator
{
    private readonly MethodInvoker _invoker;
    private readonly string _name;
    private readonly bool _waits;

    public InlineValidator(MethodInfo method)
    {
        _invoker = MethodInvoker.Create(method);
        _name = $"{method.DeclaringType!.Name}.{method.Name}";
        var type = method.ReturnType;
        _waits = type == typeof(Task) || type == typeof(ValueTask) || type == typeof(Task<string?>) || type == typeof(ValueTask<string?>);
        if (!_waits && type != typeof(void) && type != typeof(string) && type != typeof(Verdict))
            throw new InvalidOperationException($"{_name} returns {type.Name}; the check of a field returns the error's text or null, a Verdict, nothing, or a task of those.");
    }

    public override Verdict Validate(Form form, Field field)
    {
        if (_waits)
            throw new InvalidOperationException($"{_name} checks asynchronously, but the form was validated with Validate(). Use await form.ValidateAsync() or await form.ValidateOnSubmitAsync().");
        return _invoker.Invoke(form, field) switch { string error => error, Verdict verdict => verdict, _ => Verdict.Pass };
    }

    public override async ValueTask<Verdict> ValidateAsync(Form form, Field field, CancellationToken cancellation)
    {
        if (!_waits)
            return Validate(form, field);
        switch (_invoker.Invoke(form, field))
        {
            case Task<string?> task:
                return await task.ConfigureAwait(false);
            case ValueTask<string?> task:
                return await task.ConfigureAwait(false);
            case Task task:
                await task.ConfigureAwait(false);
                return Verdict.Pass;
            case ValueTask task:
                await task.ConfigureAwait(false);
                return Verdict.Pass;
            default:
                return Verdict.Pass;
        }
    }
}
