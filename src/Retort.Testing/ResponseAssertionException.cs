namespace Retort.Testing;

/// <summary>A response is not what a test wants. Test frameworks show its message as they show any exception's.</summary>
public sealed class ResponseAssertionException : Exception, IAssertionException
{
    internal ResponseAssertionException(string message)
        : base(message)
    {
    }
}

// By an interface of this name, whosever it is, xunit tells a failed assertion from an error.
internal interface IAssertionException;
