namespace Retort.Forms.Models;

/// <summary>A form made of a class, for the checks that look at the whole object.</summary>
internal interface IModelForm
{
    /// <summary>The object that is being validated; null if none can be made of the values.</summary>
    object? Instance { get; }
}
