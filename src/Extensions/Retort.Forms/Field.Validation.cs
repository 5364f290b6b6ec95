namespace Retort.Forms;

/// <content>How a field is validated.</content>
public abstract partial class Field
{
    /// <summary>Runs the checks; errors from reading the value stand first. Nothing waits unless <paramref name="mayWait"/>.</summary>
    internal virtual ValueTask<bool> Validate(Form form, IReadOnlyList<Validator> extra, bool mayWait, CancellationToken cancellation) =>
        mayWait ? ValidateWaiting(form, extra, cancellation) : new ValueTask<bool>(ValidateNow(form, extra));

    private bool ValidateNow(Form form, IReadOnlyList<Validator> extra)
    {
        var stopped = Begin(form);
        for (var i = 0; i < _validators.Length + extra.Count && !stopped; i++)
        {
            try
            {
                stopped = Take(ValidatorAt(i, extra).Validate(form, this));
            }
            catch (ValidationError error)
            {
                stopped = Take(error.Verdict);
            }
        }
        return End(form, stopped);
    }

    private async ValueTask<bool> ValidateWaiting(Form form, IReadOnlyList<Validator> extra, CancellationToken cancellation)
    {
        var stopped = Begin(form);
        for (var i = 0; i < _validators.Length + extra.Count && !stopped; i++)
        {
            try
            {
                stopped = Take(await ValidatorAt(i, extra).ValidateAsync(form, this, cancellation).ConfigureAwait(false));
            }
            catch (ValidationError error)
            {
                stopped = Take(error.Verdict);
            }
        }
        return End(form, stopped);
    }

    private bool Begin(Form form)
    {
        _errors?.Clear();
        if (_processErrors is { Count: > 0 })
            (_errors ??= []).AddRange(_processErrors);
        try
        {
            return Take(PreValidate(form));
        }
        catch (ValidationError error)
        {
            return Take(error.Verdict);
        }
    }

    private bool End(Form form, bool stopped)
    {
        try
        {
            Take(PostValidate(form, stopped));
        }
        catch (ValidationError error)
        {
            Take(error.Verdict);
        }
        return _errors is not { Count: > 0 };
    }

    private Validator ValidatorAt(int index, IReadOnlyList<Validator> extra) => index < _validators.Length ? _validators[index] : extra[index - _validators.Length];

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
