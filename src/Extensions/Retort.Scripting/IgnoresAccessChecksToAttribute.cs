namespace System.Runtime.CompilerServices;

/// <summary>The runtime knows this attribute by its name. It is written on a class here and moved to its assembly; see OpenAccess.</summary>
/// <param name="assemblyName">The assembly whose members may all be used.</param>
[AttributeUsage(AttributeTargets.All, AllowMultiple = true)]
internal sealed class IgnoresAccessChecksToAttribute(string assemblyName) : Attribute
{
    /// <summary>The assembly whose members may all be used.</summary>
    public string AssemblyName { get; } = assemblyName;
}
