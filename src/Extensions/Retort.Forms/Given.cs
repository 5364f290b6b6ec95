namespace Retort.Forms;

/// <summary>A value that the app gave a field, or that it gave none, which is not the same as null.</summary>
internal readonly record struct Given(bool IsGiven, object? Value)
{
    public static Given Nothing => default;

    public static Given Of(object? value) => new(true, value);
}
