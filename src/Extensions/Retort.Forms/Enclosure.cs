using System.Reflection;
using System.Runtime.ExceptionServices;

namespace Retort.Forms;

/// <summary>
/// What a form inside another is made with, in place of what its constructor says: the other's values under longer names, the other's language. It is told beside the constructor, because that of a
/// form takes no parameters, and has taken its values when it returns.
/// </summary>
internal sealed record Enclosure(Form Outer, string Prefix, FormData? FormData, object? Obj)
{
    [ThreadStatic]
    private static Enclosure? _next;

    /// <summary>Makes the form.</summary>
    public TForm Make<TForm>()
        where TForm : Form, new()
    {
        _next = this;
        try
        {
            return new TForm();
        }
        catch (TargetInvocationException wrapped) when (wrapped.InnerException is { } error)
        {
            ExceptionDispatchInfo.Throw(error);
            throw;
        }
        finally
        {
            _next = null;
        }
    }

    /// <summary>What the form that is being made has to take, once; null for a form by itself.</summary>
    public static Enclosure? Take()
    {
        var taken = _next;
        _next = null;
        return taken;
    }
}
