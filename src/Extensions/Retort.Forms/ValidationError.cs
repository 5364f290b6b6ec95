namespace Retort.Forms;

/// <summary>What is wrong with a value, thrown by a check of your own; returning the text says the same for less. Source: wtforms.validators.ValidationError.</summary>
public class ValidationError : Exception
{
    /// <summary>An error with its text.</summary>
    public ValidationError(string message) : base(message)
    {
    }

    internal virtual Verdict Verdict => Verdict.Fail(Message);
}

/// <summary>Ends the chain of validators, with an error or (empty) without. Source: wtforms.validators.StopValidation.</summary>
public sealed class StopValidation : ValidationError
{
    /// <summary>The end of the chain.</summary>
    public StopValidation(string message = "") : base(message)
    {
    }

    internal override Verdict Verdict => Verdict.Stop(Message);
}
