using Retort.Jinja;

namespace Retort;

/// <summary>
/// What happens in an app, as events: for logs, measurements and tests that watch without changing anything. The sender is the <see cref="App"/>.
/// A handler runs where the event happens and delays it; an exception in it is an error of the request. Source: flask.signals.
/// </summary>
/// <example><code>app.Signals.TemplateRendered += (sender, rendered) => names.Add(rendered.Template.Name);</code></example>
public sealed class AppSignals
{
    /// <summary>
    /// The app is set up and about to answer its first request or run a command: the last moment to add rules and functions, which may depend on the configuration as it is now.
    /// </summary>
    public event EventHandler? AppStarting;

    /// <summary>A context was made current, of a request or by hand.</summary>
    public event EventHandler<ContextEventArgs>? AppContextPushed;

    /// <summary>A context ended, after its teardown functions.</summary>
    public event EventHandler<ContextEventArgs>? AppContextPopped;

    /// <summary>A context is about to end; its teardown functions have run.</summary>
    public event EventHandler<TearingDownEventArgs>? AppContextTearingDown;

    /// <summary>A request begins, before the functions before it.</summary>
    public event EventHandler<ContextEventArgs>? RequestStarted;

    /// <summary>The functions before the request have run and did not answer: the view is about to.</summary>
    public event EventHandler<ContextEventArgs>? BeforeView;

    /// <summary>The view, or what answered in its place, has made a response; the functions after the request are about to run.</summary>
    public event EventHandler<ContextEventArgs>? ResponseMade;

    /// <summary>The response is made, before it is sent.</summary>
    public event EventHandler<RequestFinishedEventArgs>? RequestFinished;

    /// <summary>A request ends; its teardown functions have run.</summary>
    public event EventHandler<TearingDownEventArgs>? RequestTearingDown;

    /// <summary>Nobody handled an error of a request.</summary>
    public event EventHandler<RequestExceptionEventArgs>? GotRequestException;

    /// <summary>A template is about to be rendered.</summary>
    public event EventHandler<TemplateEventArgs>? BeforeRenderTemplate;

    /// <summary>A template was rendered.</summary>
    public event EventHandler<TemplateEventArgs>? TemplateRendered;

    /// <summary>A message was flashed.</summary>
    public event EventHandler<MessageFlashedEventArgs>? MessageFlashed;

    /// <summary>Whether anyone watches requests come and go; if not, none of it is made.</summary>
    internal bool WatchesRequests => RequestStarted is not null || BeforeView is not null || ResponseMade is not null || RequestFinished is not null || RequestTearingDown is not null || AppContextTearingDown is not null;

    internal bool WatchesTemplates => BeforeRenderTemplate is not null || TemplateRendered is not null;

    internal void RaiseStarting(App app) => AppStarting?.Invoke(app, EventArgs.Empty);

    internal void RaisePushed(Context context) => AppContextPushed?.Invoke(context.App, new ContextEventArgs(context));

    internal void RaisePopped(Context context) => AppContextPopped?.Invoke(context.App, new ContextEventArgs(context));

    internal void RaiseAppTearingDown(Context context) => AppContextTearingDown?.Invoke(context.App, new TearingDownEventArgs(context, context.Failure));

    internal void RaiseStarted(Context context) => RequestStarted?.Invoke(context.App, new ContextEventArgs(context));

    internal void RaiseBeforeView(Context context) => BeforeView?.Invoke(context.App, new ContextEventArgs(context));

    internal void RaiseResponseMade(Context context) => ResponseMade?.Invoke(context.App, new ContextEventArgs(context));

    internal void RaiseFinished(Context context, Response response) => RequestFinished?.Invoke(context.App, new RequestFinishedEventArgs(context, response));

    internal void RaiseRequestTearingDown(Context context) => RequestTearingDown?.Invoke(context.App, new TearingDownEventArgs(context, context.Failure));

    internal void RaiseException(Context context, Exception error) => GotRequestException?.Invoke(context.App, new RequestExceptionEventArgs(context, error));

    internal void RaiseBeforeRender(Context context, Template template, IReadOnlyDictionary<string, object?> values) =>
        BeforeRenderTemplate?.Invoke(context.App, new TemplateEventArgs(context, template, values));

    internal void RaiseRendered(Context context, Template template, IReadOnlyDictionary<string, object?> values) =>
        TemplateRendered?.Invoke(context.App, new TemplateEventArgs(context, template, values));

    internal void RaiseFlashed(Context context, object message, string category) =>
        MessageFlashed?.Invoke(context.App, new MessageFlashedEventArgs(context, message.ToString() ?? "", category));
}

/// <summary>An event of a context.</summary>
/// <param name="context">The context.</param>
public class ContextEventArgs(Context context) : EventArgs
{
    /// <summary>The context.</summary>
    public Context Context => context;
}

/// <summary>The end of a context.</summary>
/// <param name="context">The context.</param>
/// <param name="error">The unhandled error, or null.</param>
public sealed class TearingDownEventArgs(Context context, Exception? error) : ContextEventArgs(context)
{
    /// <summary>The unhandled error, or null.</summary>
    public Exception? Exception => error;
}

/// <summary>A response on its way out.</summary>
/// <param name="context">The context.</param>
/// <param name="response">The response.</param>
public sealed class RequestFinishedEventArgs(Context context, Response response) : ContextEventArgs(context)
{
    /// <summary>The response.</summary>
    public Response Response => response;
}

/// <summary>An error that nobody handled.</summary>
/// <param name="context">The context.</param>
/// <param name="error">The error.</param>
public sealed class RequestExceptionEventArgs(Context context, Exception error) : ContextEventArgs(context)
{
    /// <summary>The error.</summary>
    public Exception Exception => error;
}

/// <summary>A template with what it sees.</summary>
/// <param name="context">The context.</param>
/// <param name="template">The template.</param>
/// <param name="values">What the template sees.</param>
public sealed class TemplateEventArgs(Context context, Template template, IReadOnlyDictionary<string, object?> values) : ContextEventArgs(context)
{
    /// <summary>The template.</summary>
    public Template Template => template;

    /// <summary>What the template was given, with the variables of context processors, <c>request</c>, <c>session</c>, <c>g</c> and <c>config</c>.</summary>
    public IReadOnlyDictionary<string, object?> Values => values;
}

/// <summary>A flashed message.</summary>
/// <param name="context">The context.</param>
/// <param name="message">The message.</param>
/// <param name="category">Its category.</param>
public sealed class MessageFlashedEventArgs(Context context, string message, string category) : ContextEventArgs(context)
{
    /// <summary>The message.</summary>
    public string Message => message;

    /// <summary>Its category.</summary>
    public string Category => category;
}
