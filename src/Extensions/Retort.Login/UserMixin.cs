namespace Retort.Login;

/// <summary>
/// A user who is active and, being active, authenticated: only <see cref="GetId"/> is left to write. Two users are equal when their ids are.
/// Source: flask_login.UserMixin.
/// </summary>
/// <example><code>
/// sealed class User : UserMixin
/// {
///     public required int Id { get; init; }
///     public override string GetId() => Id.ToString(CultureInfo.InvariantCulture);
/// }
/// </code></example>
public abstract class UserMixin : IUser
{
    /// <inheritdoc/>
    public virtual bool IsAuthenticated => IsActive;

    /// <inheritdoc/>
    public virtual bool IsActive => true;

    /// <inheritdoc/>
    public virtual bool IsAnonymous => false;

    /// <inheritdoc/>
    public abstract string? GetId();

    /// <inheritdoc/>
    public override bool Equals(object? obj) => ReferenceEquals(this, obj) || (obj is UserMixin other && GetId() is { } id && id == other.GetId());

    /// <inheritdoc/>
    public override int GetHashCode() => GetId() is { } id ? StringComparer.Ordinal.GetHashCode(id) : base.GetHashCode();
}
