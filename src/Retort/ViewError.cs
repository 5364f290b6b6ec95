namespace Retort;

/// <summary>A view or hook that cannot be called for its rule, or that returned what is no response. The message names the view, the parameter or value, and the fix.</summary>
public sealed class ViewError(string message) : Exception(message);
