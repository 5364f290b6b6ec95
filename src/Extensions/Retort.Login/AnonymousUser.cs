namespace Retort.Login;

/// <summary>
/// Nobody: the current user when no one is logged in. Derive from it to give visitors members that templates ask for, and set <see cref="LoginManager.AnonymousUser"/>.
/// Source: flask_login.AnonymousUserMixin.
/// </summary>
public class AnonymousUser : IUser
{
    /// <inheritdoc/>
    public virtual bool IsAuthenticated => false;

    /// <inheritdoc/>
    public virtual bool IsActive => false;

    /// <inheritdoc/>
    public virtual bool IsAnonymous => true;

    /// <inheritdoc/>
    public virtual string? GetId() => null;
}
