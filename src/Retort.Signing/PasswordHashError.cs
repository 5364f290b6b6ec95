namespace Retort.Signing;

/// <summary>A password hash, or the method for a new one, is malformed or asks for something that is not supported.</summary>
public sealed class PasswordHashError : Exception
{
    internal PasswordHashError(string message, string pythonName = "ValueError") : base(message) => PythonName = pythonName;

    /// <summary>The class of the error that Werkzeug raises here: ValueError, TypeError or OverflowError.</summary>
    public string PythonName { get; }
}
