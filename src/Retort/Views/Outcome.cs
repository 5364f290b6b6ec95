namespace Retort.Views;

/// <summary>What kind of answer a view gave, decided where its return type is known.</summary>
internal enum OutcomeKind
{
    /// <summary>Nothing: allowed for hooks, an error for views.</summary>
    None,
    Text,
    Bytes,
    Page,
    Json,
    Response,
}

/// <summary>What a view returned, before it is a response: with nothing around the view it is written as it is.</summary>
internal readonly struct Outcome(OutcomeKind kind, object? value)
{
    public OutcomeKind Kind => kind;

    public object? Value => value;

    public static Outcome Of(Response? response) => response is null ? default : new Outcome(OutcomeKind.Response, response);
}
