namespace Retort.Architecture.Tests;

/// <summary>One use of a type by another.</summary>
/// <param name="From">The type that uses.</param>
/// <param name="Member">Its member in which the use stands, or nothing for its own declaration.</param>
/// <param name="To">The type that is used.</param>
/// <param name="Target">The member of it that is used, or nothing.</param>
/// <param name="Arguments">The types a generic method is called with.</param>
internal sealed record Reference(TypeName From, string Member, TypeName To, string Target, IReadOnlyList<TypeName> Arguments)
{
    public string Source => Member.Length == 0 ? From.FullName : $"{From.FullName}.{Member}";

    public string Use => Target.Length == 0 ? To.FullName : $"{To.FullName}.{Target}";
}
