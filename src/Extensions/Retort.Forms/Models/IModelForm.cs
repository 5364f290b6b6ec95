namespace Retort.Forms.Models;

/// <summary>A form made of a class, for the checks that look at the whole object and for the object that it is a part of.</summary>
internal interface IModelForm
{
    /// <summary>The object that is being validated; null if none can be made of the values.</summary>
    object? Instance { get; }

    /// <summary>The object of the values as they are now; null if none can be made of them.</summary>
    object? MakeInstance();
}
