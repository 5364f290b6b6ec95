using System.Collections;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http;
using Retort.Jinja;
using Retort.Templating;

namespace Retort.Views;

/// <summary>Turns what a delegate returns into an <see cref="Outcome"/>. The way is chosen once, from the declared type.</summary>
internal static class Returns
{
    /// <summary>The way for values of type <typeparamref name="T"/>, or an error that says why a view cannot return it.</summary>
    public static Func<Context, T, Outcome> Plan<T>(string view, bool mustAnswer)
    {
        var type = typeof(T);
        if (type == typeof(Nothing) || (IsRefused(type) && !mustAnswer))
            return (_, _) => default;
        if (IsRefused(type))
            throw new ViewError($"cannot use {view} as a view: it returns {type.Name}, which is no response. Return text, an object (for JSON), a tuple of a body and a status, or a Response.");
        if (IsAlwaysJson(type))
            return (_, value) => value is null ? default : new Outcome(OutcomeKind.Json, value);
        return (context, value) => value is null ? default : Responses.MakeOutcome(context, value);
    }

    /// <summary>What values of a type become, as far as the type tells.</summary>
    public static OutcomeKind KindOf(Type type) => type switch
    {
        _ when type == typeof(string) || type == typeof(Markup) => OutcomeKind.Text,
        _ when type == typeof(RenderedTemplate) => OutcomeKind.Page,
        _ when type == typeof(Response) || type == typeof(object) || type == typeof(void) || typeof(ITuple).IsAssignableFrom(type) || typeof(IResult).IsAssignableFrom(type) => OutcomeKind.Response,
        _ when type == typeof(byte[]) || typeof(Stream).IsAssignableFrom(type) => OutcomeKind.Bytes,
        _ when typeof(IAsyncEnumerable<string>).IsAssignableFrom(type) => OutcomeKind.Text,
        _ when typeof(Task).IsAssignableFrom(type) || type == typeof(ValueTask) => OutcomeKind.None,
        _ => OutcomeKind.Json,
    };

    /// <summary>Whether every value of the type becomes JSON, so that nothing has to be asked of it at a request.</summary>
    private static bool IsAlwaysJson(Type type) => KindOf(type) == OutcomeKind.Json && type.IsClass && (type.IsSealed || IsAnonymous(type)) && !typeof(IEnumerable<string>).IsAssignableFrom(type);

    public static bool IsRefused(Type type) => (type.IsPrimitive || type == typeof(decimal) || type.IsEnum) && !type.IsAssignableTo(typeof(IEnumerable));

    private static bool IsAnonymous(Type type) => type.Name.StartsWith("<>f__AnonymousType", StringComparison.Ordinal);
}

/// <summary>Stands for <c>void</c>, so that one generic view serves delegates with and without a result.</summary>
internal readonly struct Nothing;
