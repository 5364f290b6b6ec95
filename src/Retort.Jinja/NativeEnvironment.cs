using Retort.Jinja.Extensions;

namespace Retort.Jinja;

/// <summary>
/// An environment whose templates give values: <c>{{ 1 + 2 }}</c> renders to the number 3, several prints to text, which is read as a Python literal if it is one.
/// Use <see cref="Template.RenderNative"/>, or <see cref="Template.RenderNativeAsync"/> where there is something to await. Source: Jinja native types page.
/// </summary>
public sealed class NativeEnvironment : JinjaEnvironment
{
    /// <summary>A native environment with some extensions.</summary>
    public NativeEnvironment(params IEnumerable<Extension> extensions) : base(native: true, extensions)
    {
    }
}
