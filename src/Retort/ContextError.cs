namespace Retort;

/// <summary>A context local such as <c>Request</c> was used where nothing has set it. Source: Flask, the application and request contexts.</summary>
public sealed class ContextError(string message) : InvalidOperationException(message)
{
    internal static ContextError OutsideRequest(string name) => new(
        $"{name} was used outside a request. Inside a view it is set for you; elsewhere use app.TestRequestContext() or pass the value in.");

    internal static ContextError OutsideApp(string name) => new(
        $"{name} was used outside an application context. Inside a view or command it is set for you; elsewhere use 'using (app.AppContext())' or pass the value in.");
}
