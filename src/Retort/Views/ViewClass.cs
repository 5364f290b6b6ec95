using System.Linq.Expressions;
using System.Reflection;
using Retort.Routing;

namespace Retort.Views;

/// <summary>A class of views: finds the function for each method of a rule, and compiles it to a call that gets its object first.</summary>
internal abstract class ViewClass(Type type)
{
    private const string Any = "DispatchRequest";
    private static readonly string[] Verbs = ["Get", "Post", "Put", "Patch", "Delete", "Head", "Options", "Trace"];

    /// <summary>The class, by which rules of one endpoint are known to lead to the same view.</summary>
    public Type Type => type;

    /// <summary>The methods the class has functions for; null when one function answers all.</summary>
    public string[]? Methods => IsByMethod ? [.. Verbs.Where(verb => Find(verb) is not null).Select(verb => verb.ToUpperInvariant())] : null;

    /// <summary>Whether each method has a function of its own.</summary>
    public bool IsByMethod => typeof(MethodView).IsAssignableFrom(type);

    /// <summary>The function that answers a method.</summary>
    public MethodInfo? FunctionOf(string method) => !IsByMethod ? Find(Any)
        : Find(Verbs.FirstOrDefault(verb => verb.Equals(method, StringComparison.OrdinalIgnoreCase)) ?? method) ?? (method == "HEAD" ? Find("Get") : null);

    public Call Plan(App app, Rule rule, IReadOnlyList<RouteVariable> variables)
    {
        if (!IsByMethod)
            return Plan(app, rule, variables, Find(Any) ?? throw Missing(rule, Any));
        var calls = new Dictionary<string, Call>(StringComparer.Ordinal);
        foreach (var method in rule.Methods ?? [])
        {
            // HEAD and OPTIONS come to a rule by themselves.
            var verb = Verbs.FirstOrDefault(verb => verb.Equals(method, StringComparison.OrdinalIgnoreCase)) ?? method;
            if ((Find(verb) ?? (method == "HEAD" ? Find("Get") : null)) is { } function)
                calls.Add(method, Plan(app, rule, variables, function));
            else if (method is not ("HEAD" or "OPTIONS"))
                throw Missing(rule, verb);
        }
        return new MethodCall(calls);
    }

    /// <summary>The source of the object a function is called on.</summary>
    protected abstract object Source { get; }

    private Call Plan(App app, Rule rule, IReadOnlyList<RouteVariable> variables, MethodInfo function)
    {
        var run = function.CreateDelegate(Expression.GetDelegateType([type, .. function.GetParameters().Select(parameter => parameter.ParameterType), function.ReturnType]));
        return ViewPlanner.Plan(app, run, rule, variables, Source);
    }

    private MethodInfo? Find(string name)
    {
        var found = type.GetMethods(BindingFlags.Public | BindingFlags.Instance).Where(method => method.Name == name).ToArray();
        return found.Length < 2 ? found.FirstOrDefault() : throw new ViewError(
            $"cannot use {type.Name} as a view: it has {found.Length} methods {name}, and one request has one answer. Leave one, with optional parameters for the rest.");
    }

    private ViewError Missing(Rule rule, string function) => new(
        $"cannot add the rule '{rule.Text}': {type.Name} has no public method {function}. Write it, or leave its method out of the rule's.");
}

internal sealed class ViewClass<TView>(Func<TView> make) : ViewClass(typeof(TView))
    where TView : View
{
    protected override object Source => (Source<TView>)(_ => make());
}

/// <summary>Calls the function for the request's method.</summary>
internal sealed class MethodCall(Dictionary<string, Call> calls) : Call
{
    public override ValueTask<Outcome> Invoke(Context context) => calls[context.Http.Request.Method].Invoke(context);
}
