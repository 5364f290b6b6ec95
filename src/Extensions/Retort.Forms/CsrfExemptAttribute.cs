namespace Retort.Forms;

/// <summary>
/// Lets a view take requests without a token, for callers that are no browsers and show who they are in another way: webhooks, clients with an API key. Source: flask_wtf.csrf.CSRFProtect.exempt.
/// </summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class)]
public sealed class CsrfExemptAttribute : Attribute;
