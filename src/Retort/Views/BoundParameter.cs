using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;

namespace Retort.Views;

/// <summary>A parameter of a view for those who describe endpoints, under the name it has in the request.</summary>
internal sealed record BoundParameter(string Name, ParameterInfo ParameterInfo, bool IsOptional) : IParameterBindingMetadata
{
    public bool HasTryParse => true;

    public bool HasBindAsync => false;

    /// <summary>Null for a parameter that the request does not give: what the framework knows by its type, and services.</summary>
    public static BoundParameter? Describe(ParameterInfo parameter, IReadOnlyCollection<string> variables, Func<Type, bool> isService)
    {
        var (name, snake) = (parameter.Name!, EndpointNames.SnakeCase(parameter.Name!));
        if (variables.Contains(name) || variables.Contains(snake))
            return new BoundParameter(variables.Contains(name) ? name : snake, parameter, IsOptional: false);
        var sent = parameter.GetCustomAttributes().Select(NameIn).FirstOrDefault(named => named.IsSent);
        if (!sent.IsSent && (ContextSources.Find(parameter.ParameterType) is not null || CustomBinding.Knows(parameter.ParameterType) || isService(parameter.ParameterType) || parameter.HasDefaultValue))
            return null;
        return new BoundParameter(sent.Name ?? name, parameter, parameter.HasDefaultValue || Nullable.GetUnderlyingType(parameter.ParameterType) is not null);
    }

    private static (bool IsSent, string? Name) NameIn(Attribute attribute) => attribute switch
    {
        IFromQueryMetadata query => (true, query.Name),
        IFromFormMetadata form => (true, form.Name),
        IFromHeaderMetadata header => (true, header.Name),
        _ => (false, null),
    };
}
