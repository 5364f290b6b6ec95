namespace Retort.Jinja;

/// <summary>
/// Variables of a render that are looked up only when a template reads them, under the data given to the render and over the environment's globals.
/// A web framework passes its <c>request</c>, <c>session</c> and the like so, without making a dictionary for each request.
/// </summary>
public interface ITemplateVariables
{
    /// <summary>Names that are known, for <c>{% debug %}</c>; may be empty.</summary>
    IEnumerable<string> Names => [];

    /// <summary>The value of a variable; false if there is none of that name. Asked at most once for a name in each template, block or macro that runs.</summary>
    bool TryGet(string name, out object? value);
}
