namespace Retort.Forms;

/// <content>How a field is validated.</content>
public abstract partial class Field
{
    /// <summary>Runs the checks; errors from reading the value stand first. Synchronous unless <paramref name="mayWait"/>.</summary>
    internal virtual async ValueTask<bool> Validate(Form form, IReadOnlyList<Validator> extra, bool mayWait, CancellationToken cancellation)
    {
        _errors?.Clear();
        if (_processErrors is { Count: > 0 })
            (_errors ??= []).AddRange(_processErrors);
        var stopped = Take(Guard(PreValidate, form));
        for (var i = 0; i < _validators.Length + extra.Count && !stopped; i++)
            stopped = Take(await Run(i < _validators.Length ? _validators[i] : extra[i - _validators.Length], form, mayWait, cancellation).ConfigureAwait(false));
        Take(PostValidate(form, stopped));
        return _errors is not { Count: > 0 };
    }

    private async ValueTask<Verdict> Run(Validator validator, Form form, bool mayWait, CancellationToken cancellation)
    {
        try
        {
            return mayWait ? await validator.ValidateAsync(form, this, cancellation).ConfigureAwait(false) : validator.Validate(form, this);
        }
        catch (ValidationError error)
        {
            return error.Verdict;
        }
    }

    private static Verdict Guard(Func<Form, Verdict> check, Form form)
    {
        try
        {
            return check(form);
        }
        catch (ValidationError error)
        {
            return error.Verdict;
        }
    }

    /// <summary>Takes note of a verdict; true if the chain ends.</summary>
    private bool Take(in Verdict verdict)
    {
        if (verdict.ClearsErrors)
            _errors?.Clear();
        if (verdict.Message is { } message)
            (_errors ??= []).Add(message);
        return verdict.Stops;
    }
}
