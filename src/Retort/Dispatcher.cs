using System.Buffers;
using System.Runtime.ExceptionServices;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Retort.Hosting;
using Retort.Http;
using Retort.Http.Exceptions;
using Retort.Templating;
using Retort.Views;

namespace Retort;

/// <summary>
/// How a request travels: match, functions before it, view, functions after it, session, answer, teardown. Source: flask.Flask.wsgi_app and full_dispatch_request.
/// </summary>
internal sealed class Dispatcher(App app)
{
    private const string HtmlType = "text/html; charset=utf-8";
    private const int MaxIdleBuffer = 64 * 1024;
    private ArrayBufferWriter<byte>? _idleBuffer;

    /// <summary>Answers one request. With nothing around the view, what it returns is written as it is; otherwise all the steps are gone through.</summary>
    public Task Handle(Context context)
    {
        var http = context.Http;
        if (TryPush(context) is { } early)
            return Complete(context, AnswerError(context, early));
        if (!context.Hooks.HasNone || app.Signals.WatchesRequests || context.Route is not { View: not null } || http.Request.Headers.Cookie.Count > 0 || Request.MayHaveBody(http.Request))
            return Complete(context, Answer(context));
        if (TryView(context, out var pending) is { } failure)
            return Complete(context, AnswerError(context, failure));
        return pending.IsCompletedSuccessfully && IsPlain(context) ? WritePlain(context, pending.Result) : Complete(context, Await(context, pending));
    }

    /// <summary>Makes the context current; returns what a handler of its signal throws, which is an error of the request like any other.</summary>
    private static Exception? TryPush(Context context)
    {
        try
        {
            context.Push();
            return null;
        }
        catch (Exception error)
        {
            return error;
        }
    }

    /// <summary>Everything up to the view's answer. An error is answered by its handler; what nobody handles is thrown.</summary>
    private async ValueTask<Response> Answer(Context context)
    {
        Exception? failure;
        try
        {
            context.OpenSentSession();
            app.Signals.RaiseStarted(context);
            if (Request.MayHaveBody(context.Http.Request))
                await context.Request.LoadBody();
            if (await Preprocess(context) is { } early)
                return early;
            app.Signals.RaiseBeforeView(context);
            failure = TryView(context, out var pending);
            if (failure is null)
                return Responses.Make(context, await pending, context.ViewName);
        }
        catch (Exception error)
        {
            failure = error;
        }
        return await AnswerError(context, failure);
    }

    private async ValueTask<Response> Await(Context context, ValueTask<Outcome> pending)
    {
        Exception failure;
        try
        {
            return Responses.Make(context, await pending, context.ViewName);
        }
        catch (Exception error)
        {
            failure = error;
        }
        return await AnswerError(context, failure);
    }

    /// <summary>The functions after the request, the session, and sending. Errors from here on are internal ones.</summary>
    private async Task Complete(Context context, ValueTask<Response> answering)
    {
        Response response;
        try
        {
            response = await Finish(context, await answering);
        }
        catch (Exception error)
        {
            response = await AnswerInternalError(context, error);
        }
        await End(context, response);
    }

    /// <summary>URL preprocessors and the functions before the request; the first answer that is not nothing takes the view's place.</summary>
    private static async ValueTask<Response?> Preprocess(Context context)
    {
        var hooks = context.Hooks;
        if (hooks.UrlValuePreprocessors.Length > 0)
        {
            var values = context.Request.ViewArgs;
            foreach (var preprocess in hooks.UrlValuePreprocessors)
                preprocess(context.Route?.Endpoint, values);
        }
        foreach (var hook in hooks.Before)
        {
            var outcome = await hook.Invoke(context);
            if (outcome.Kind != OutcomeKind.None)
                return Responses.Make(context, outcome, hook.Name);
        }
        return null;
    }

    /// <summary>
    /// Calls the view, or returns what routing found wrong. An exception is caught right around the call and returned: through async frames it costs ten times as much.
    /// </summary>
    private Exception? TryView(Context context, out ValueTask<Outcome> pending)
    {
        pending = default;
        if (context.RoutingError is { } wrong)
            return wrong;
        try
        {
            if (context.RoutingAnswer is { } redirect && app.RequestOptions.Debug)
                AppDebugger.CheckRedirect(context, redirect);
            pending = context.RoutingAnswer is { } answer ? new ValueTask<Outcome>(Outcome.Of(answer)) : context.Route!.Invoke(context);
            return null;
        }
        catch (Exception error)
        {
            return error;
        }
    }

    /// <summary>The functions after the request, innermost first, then the session.</summary>
    private async ValueTask<Response> Finish(Context context, Response response)
    {
        context.Response = response;
        app.Signals.RaiseResponseMade(context);
        foreach (var hook in context.OwnAfterHooks)
            await RunAfter(context, hook);
        foreach (var hook in context.Hooks.After)
            await RunAfter(context, hook);
        if (context.HasSession)
        {
            app.SessionInterface.SaveSession(app.Config, context.Session, context.Response.Headers);
            WarnOfLargeCookies(context.Response);
        }
        app.Signals.RaiseFinished(context, context.Response);
        return context.Response;
    }

    /// <summary>Browsers drop a cookie that is too large without a word, and the session with it. Source: werkzeug.http.dump_cookie.</summary>
    private void WarnOfLargeCookies(Response response)
    {
        var limit = app.AnswerOptions.MaxCookieSize;
        foreach (var cookie in response.Headers.GetAll("Set-Cookie"))
        {
            if (limit > 0 && cookie.Length > limit)
                app.Logger.LogWarning("The '{Name}' cookie is too large: it has {Size} bytes but the limit is {Limit}. Browsers may silently ignore cookies larger than this; keep less in the session.", cookie.Split('=')[0], cookie.Length, limit);
        }
    }

    private static async ValueTask RunAfter(Context context, Hook hook)
    {
        var outcome = await hook.Invoke(context);
        if (outcome.Kind != OutcomeKind.None)
            context.Response = Responses.Make(context, outcome, hook.Name);
    }

    /// <summary>
    /// An answer to an error: a handler's, or an HTTP error's own page. Throws any other error, and what a handler throws. Source: Flask.handle_user_exception.
    /// </summary>
    private async ValueTask<Response> AnswerError(Context context, Exception error)
    {
        switch (error)
        {
            case ResponseException ready:
                return ready.Response;
            case BadRequestKeyError missing:
                missing.ShowException = app.AnswerOptions is { Debug: true } or { TrapBadRequests: true };
                break;
        }
        if (ErrorHandlers.Find(context.Hooks.ErrorHandlers, error) is { } handler)
            return await handler(error);
        return error is HttpException http && !IsTrapped(http) ? app.Debugger.PageOfMissing(context, http) ?? ErrorPages.Of(context, http) : Rethrow(error);
    }

    /// <summary>Whether an HTTP error without a handler is to be seen as the mistake it may be, instead of answered with its page. Source: Flask.trap_http_exception.</summary>
    private bool IsTrapped(HttpException error)
    {
        var options = app.AnswerOptions;
        if (options.TrapHttpErrors)
            return true;
        return options.TrapBadRequests switch
        {
            null => options.Debug && error is BadRequestKeyError,
            true => error is BadRequest,
            false => false,
        };
    }

    private static Response Rethrow(Exception error)
    {
        ExceptionDispatchInfo.Throw(error);
        return null!;
    }

    /// <summary>Logs what nobody handled and answers with the handler for 500 or its page, which never shows the error. Source: Flask.handle_exception.</summary>
    private async ValueTask<Response> AnswerInternalError(Context context, Exception error)
    {
        context.Failure = error;
        app.Signals.RaiseException(context, error);
        if (app.Debugger.PageOf(context, error) is { } page)
            return page;
        if (app.Config.Get<bool?>("PROPAGATE_EXCEPTIONS") ?? app.Testing)
            await PropagateAfterTeardown(context, error);
        app.Logger.LogError(error, "Exception on {Path} [{Method}]", AccessLog.Escape(context.Path), context.Http.Request.Method);
        try
        {
            var shown = new InternalServerError(originalException: error);
            var response = ErrorHandlers.Find(context.Hooks.ErrorHandlers, shown) is { } handler ? await handler(shown) : ErrorPages.Of(context, shown);
            return await Finish(context, response);
        }
        catch (Exception second)
        {
            app.Logger.LogError(second, "Request finalizing failed with an error while handling an error");
            return ErrorPages.Of(context, new InternalServerError());
        }
    }

    private static async ValueTask PropagateAfterTeardown(Context context, Exception error)
    {
        await Teardown(context);
        context.End();
        ExceptionDispatchInfo.Throw(error);
    }

    /// <summary>
    /// Sends the answer and ends the context. Teardown comes before the answer is complete, so that who has the answer finds everything cleaned up;
    /// a streamed answer is made first, because its pieces may still need the context.
    /// </summary>
    private static async Task End(Context context, Response response)
    {
        try
        {
            if (!response.IsStreamed)
                await Teardown(context);
            await response.Write(context.Http);
        }
        catch (Exception error) when (response.IsStreamed)
        {
            context.Failure ??= error;
            throw;
        }
        finally
        {
            if (response.IsStreamed)
                await Teardown(context);
            context.End();
        }
    }

    /// <summary>Runs all teardown functions, whatever happens in them.</summary>
    public static async ValueTask Teardown(Context context)
    {
        context.TakeOverGlobals();
        foreach (var hook in context.Hooks.Teardown)
            await RunTeardown(context, hook);
        Watch(context, context.App.Signals.RaiseRequestTearingDown);
        await TeardownApp(context);
    }

    public static async ValueTask TeardownApp(Context context)
    {
        for (var i = context.App.TeardownAppContextHooks.Count - 1; i >= 0; i--)
            await RunTeardown(context, context.App.TeardownAppContextHooks[i]);
        Watch(context, context.App.Signals.RaiseAppTearingDown);
    }

    private static void Watch(Context context, Action<Context> raise)
    {
        try
        {
            raise(context);
        }
        catch (Exception error)
        {
            context.App.Logger.LogError(error, "A handler of a signal failed at the end of a request");
        }
    }

    private static async ValueTask RunTeardown(Context context, Hook hook)
    {
        try
        {
            await hook.Invoke(context);
        }
        catch (Exception error)
        {
            context.App.Logger.LogError(error, "{Hook} failed; the other teardown functions still run", hook.Name);
        }
    }

    // The short way: nothing around the view, nothing to save.

    private bool IsPlain(Context context) => !context.HasSession && context.OwnAfterHooks.Count == 0 && app.TeardownAppContextHooks.Count == 0;

    private Task WritePlain(Context context, in Outcome outcome)
    {
        var http = context.Http;
        try
        {
            switch (outcome.Kind)
            {
                case OutcomeKind.Text:
                    var text = (string)outcome.Value!;
                    var length = Encoding.UTF8.GetByteCount(text);
                    context.End();
                    SetHead(http.Response, HtmlType, length);
                    return HttpMethods.IsHead(http.Request.Method) ? Task.CompletedTask : TextBody.WriteText(http.Response, text, Encoding.UTF8, length, http.RequestAborted);
                case OutcomeKind.Page:
                    context.End();
                    return WriteBytes(http, HtmlType, ((RenderedTemplate)outcome.Value!).Utf8);
                case OutcomeKind.Json:
                    return WriteJson(context, outcome.Value);
                case OutcomeKind.Response when (Response)outcome.Value! is { HoldsNothing: true, IsStreamed: false } response:
                    var writing = response.Write(http);
                    context.End();
                    return writing;
                default:
                    return End(context, Responses.Make(context, outcome, context.ViewName));
            }
        }
        catch (Exception error)
        {
            return Complete(context, ValueTask.FromException<Response>(error));
        }
    }

    private Task WriteJson(Context context, object? value)
    {
        var buffer = Interlocked.Exchange(ref _idleBuffer, null) ?? new ArrayBufferWriter<byte>(256);
        Responses.WriteJson(app, value, buffer);
        context.End();
        var writing = WriteBytes(context.Http, app.Json.MimeType, buffer.WrittenMemory);
        if (writing.IsCompletedSuccessfully && buffer.Capacity <= MaxIdleBuffer)
        {
            buffer.ResetWrittenCount();
            _idleBuffer = buffer;
        }
        return writing;
    }

    private static Task WriteBytes(HttpContext http, string contentType, ReadOnlyMemory<byte> bytes)
    {
        SetHead(http.Response, contentType, bytes.Length);
        return HttpMethods.IsHead(http.Request.Method) ? Task.CompletedTask : BytesBody.WriteBytes(http.Response, bytes, http.RequestAborted);
    }

    private static void SetHead(HttpResponse response, string contentType, long length)
    {
        response.ContentType = contentType;
        response.ContentLength = length;
    }
}
