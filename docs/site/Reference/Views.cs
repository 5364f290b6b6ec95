using Retort.Jinja;

namespace Retort.Site.Reference;

/// <summary>A comment as the templates show it; what is empty is not shown.</summary>
internal sealed record CommentView
{
    public Markup Summary { get; init; } = Markup.Empty;

    public Markup Remarks { get; init; } = Markup.Empty;

    public Markup Value { get; init; } = Markup.Empty;

    public Markup Returns { get; init; } = Markup.Empty;

    public Markup Example { get; init; } = Markup.Empty;

    public IReadOnlyList<Described> TypeParameters { get; init; } = [];

    public IReadOnlyList<Described> Parameters { get; init; } = [];

    public IReadOnlyList<Described> Exceptions { get; init; } = [];

    /// <summary>Why it should not be used any more; null when it may be.</summary>
    public string? Obsolete { get; init; }
}

/// <summary>A name with what is said about it.</summary>
internal sealed record Described(Markup Name, Markup Text);

/// <summary>A member on the page of its type.</summary>
internal sealed record MemberView(string Name, string Anchor, Markup Declaration, CommentView Comment);

/// <summary>Members of one kind.</summary>
/// <param name="Title">Such as Properties.</param>
/// <param name="Kind">Such as property.</param>
/// <param name="Id">The anchor of its heading.</param>
/// <param name="Members">In the order of the page.</param>
internal sealed record MemberGroup(string Title, string Kind, string Id, IReadOnlyList<MemberView> Members);

/// <summary>Members that a type has from another.</summary>
internal sealed record InheritedGroup(Markup From, IReadOnlyList<Markup> Members);

/// <summary>A type in a list.</summary>
internal sealed record TypeEntry(string Name, string Kind, string Page, Markup Summary);

/// <summary>A type with all that stands on its page.</summary>
internal sealed record TypeView(TypeEntry Entry, string Namespace, string NamespacePage, string Package, Markup Declaration, CommentView Comment)
{
    public IReadOnlyList<MemberGroup> Groups { get; init; } = [];

    public IReadOnlyList<InheritedGroup> Inherited { get; init; } = [];

    public IReadOnlyList<Described> Extensions { get; init; } = [];

    public IReadOnlyList<Described> Nested { get; init; } = [];

    public IReadOnlyList<Markup> Derived { get; init; } = [];
}

/// <summary>A namespace with its types, by kind.</summary>
internal sealed record NamespaceView(string Name, string Page, IReadOnlyList<string> Packages, IReadOnlyList<TypeEntry> Types);
