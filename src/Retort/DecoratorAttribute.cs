namespace Retort;

/// <summary>
/// Something around a view, as a Python decorator is: derive from it and put it on a view's method or lambda. The first one written is the outermost.
/// </summary>
/// <example>
/// <code>
/// sealed class LoginRequiredAttribute : DecoratorAttribute
/// {
///     protected override Response? Before(Context context) =>
///         context.G.Get&lt;object&gt;("user") is null ? Globals.Redirect(Globals.UrlFor("login")) : null;
/// }
/// </code>
/// </example>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class, AllowMultiple = true)]
public abstract class DecoratorAttribute : Attribute
{
    /// <summary>Answers in the view's place, or returns null to let it be called.</summary>
    protected virtual Response? Before(Context context) => null;

    /// <summary>Calls the view, or does something around it. The default calls <see cref="Before"/> first.</summary>
    /// <param name="context">The request.</param>
    /// <param name="view">The decorators further in and the view.</param>
    protected virtual ValueTask<Response> Call(Context context, Func<ValueTask<Response>> view) =>
        Before(context) is { } answer ? new ValueTask<Response>(answer) : view();

    internal ValueTask<Response> Run(Context context, Func<ValueTask<Response>> view) => Call(context, view);
}
