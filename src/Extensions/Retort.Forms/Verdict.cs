namespace Retort.Forms;

/// <summary>
/// What a validator says of a value: <see cref="Pass"/>, <see cref="Fail"/>, or that the chain ends with <see cref="Stop"/>. A text converts to a failure, null to a pass.
/// </summary>
public readonly record struct Verdict
{
    /// <summary>Nothing is wrong.</summary>
    public static Verdict Pass => default;

    /// <summary>The error, in the user's language; null if there is none.</summary>
    public string? Message { get; private init; }

    /// <summary>Whether the validators that follow are skipped.</summary>
    public bool Stops { get; private init; }

    /// <summary>Whether errors found before, such as a number that does not parse, are dropped.</summary>
    public bool ClearsErrors { get; private init; }

    /// <summary>One error; the validators that follow run all the same. Source: wtforms.validators.ValidationError.</summary>
    public static Verdict Fail(string message) => new() { Message = message };

    /// <summary>The chain ends, with an error or without. Source: wtforms.validators.StopValidation.</summary>
    public static Verdict Stop(string? message = null, bool clearErrors = false) => new() { Message = string.IsNullOrEmpty(message) ? null : message, Stops = true, ClearsErrors = clearErrors };

    /// <summary>A text is what is wrong; null that nothing is.</summary>
    public static implicit operator Verdict(string? message) => new() { Message = message };
}
