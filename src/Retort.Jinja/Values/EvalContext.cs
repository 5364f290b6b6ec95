namespace Retort.Jinja.Values;

/// <summary>What a function, filter or test may know of the render that calls it. The engine hands it in; nobody keeps it.</summary>
public abstract class EvalContext
{
    /// <summary>Whether printed text is escaped here.</summary>
    public bool Autoescape { get; set; }

    /// <summary>Whether the render awaits what it meets.</summary>
    public abstract bool IsAsync { get; }

    /// <summary>Cancelled when the render is; for functions that take long.</summary>
    public virtual CancellationToken Cancellation => CancellationToken.None;

    /// <summary>Settings of filters, <c>env.policies</c>.</summary>
    public abstract Policies Policies { get; }

    /// <summary>Which members a template may reach.</summary>
    public abstract AccessPolicy Access { get; }

    /// <summary>The environment's <c>newline_sequence</c>.</summary>
    public abstract string NewlineSequence { get; }

    /// <summary>An undefined of the environment's type.</summary>
    public abstract Value MakeUndefined(in UndefinedOrigin origin);

    /// <summary>Reads a variable of the running template as <c>pass_context</c> functions do; an undefined if there is none.</summary>
    public abstract Value ResolveVariable(string name);

    /// <summary>Applies a filter by its name. Throws a <see cref="TemplateRuntimeError"/> if there is none.</summary>
    public abstract Value CallFilter(string name, Arguments arguments);

    /// <summary>Applies a test by its name. Throws a <see cref="TemplateRuntimeError"/> if there is none.</summary>
    public abstract bool CallTest(string name, Arguments arguments);

    /// <summary>Whether a filter of that name exists.</summary>
    public abstract bool HasFilter(string name);

    /// <summary>Whether a test of that name exists.</summary>
    public abstract bool HasTest(string name);

    /// <summary>Calls any callable value.</summary>
    public virtual Value Call(in Value callee, Arguments arguments) => Calls.Call(this, callee, arguments);

    /// <summary>The same in an asynchronous render, where a macro or the <c>caller</c> of a call block may have to wait: return its task, and the template awaits it.</summary>
    public virtual async Task<Value> CallAsync(Value callee, params Value[] arguments)
    {
        var result = Call(callee, new Arguments(arguments));
        return Awaiting.TryGetTask(result, out var task) ? await task.ConfigureAwait(false) : result;
    }

    /// <summary><c>target.name</c>: the member first, then the item, else an undefined.</summary>
    public virtual Value GetAttribute(in Value target, string name) => Members.GetAttribute(this, target, name);

    /// <summary><c>target[key]</c>: the item first, then the member, else an undefined.</summary>
    public virtual Value GetItem(in Value target, in Value key) => Members.GetItem(this, target, key);
}
