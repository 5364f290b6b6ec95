using Retort.Jinja.Syntax;

namespace Retort.Jinja.Extensions;

/// <summary>A call of a gettext function in a template.</summary>
/// <param name="Line">Line of the call.</param>
/// <param name="Function">Name of the function.</param>
/// <param name="Messages">Its arguments; null for each that is not a plain text.</param>
public sealed record TranslatableMessage(int Line, string Function, IReadOnlyList<string?> Messages)
{
    /// <summary>What the template's author tells the translators, where comments were asked for.</summary>
    public string? Comment { get; init; }
}

/// <summary>Finds the messages of a template that a catalogue should translate, trans tags among them. Source: Jinja extensions page, <c>extract_translations</c>.</summary>
public static class MessageExtractor
{
    private static readonly string[] GettextFunctions = ["_", "gettext", "ngettext", "pgettext", "npgettext"];

    /// <summary>The calls of the given functions, by default gettext's own, in the order of the template.</summary>
    public static IReadOnlyList<TranslatableMessage> Extract(TemplateNode template, params IReadOnlyCollection<string> functions)
    {
        ArgumentNullException.ThrowIfNull(template);
        ArgumentNullException.ThrowIfNull(functions);
        var finder = new CallFinder(functions.Count == 0 ? GettextFunctions : functions);
        finder.Visit(template);
        return finder.Found;
    }

    /// <summary>
    /// The calls of the given functions in a template's text, by default gettext's own, each with the last comment between it and the message before that begins
    /// with one of the tags: <c>{# translators: a greeting #}</c>, where <c>translators:</c> is a tag.
    /// </summary>
    public static IReadOnlyList<TranslatableMessage> Extract(JinjaEnvironment environment, string source, IReadOnlyCollection<string> commentTags, params IReadOnlyCollection<string> functions)
    {
        ArgumentNullException.ThrowIfNull(environment);
        ArgumentNullException.ThrowIfNull(commentTags);
        var messages = Extract(environment.Parse(source), functions);
        if (commentTags.Count == 0)
            return messages;
        var comments = environment.Comments(source);
        var result = new List<TranslatableMessage>(messages.Count);
        var seen = 0;
        foreach (var message in messages)
        {
            string? last = null;
            for (; seen < comments.Count && comments[seen].Line <= message.Line; seen++)
                last = Tagged(comments[seen].Text, commentTags) ?? last;
            result.Add(message with { Comment = last });
        }
        return result;
    }

    // What follows the tag; null where it is none of the tags, or nothing follows.
    private static string? Tagged(string comment, IReadOnlyCollection<string> tags)
    {
        var text = comment.Trim();
        var end = 0;
        while (end < text.Length && !char.IsWhiteSpace(text[end]))
            end++;
        return end < text.Length && tags.Contains(text[..end]) ? text[end..].TrimStart() : null;
    }

    private sealed class CallFinder(IReadOnlyCollection<string> functions) : NodeVisitor
    {
        public List<TranslatableMessage> Found { get; } = [];

        public override void Visit(Node node)
        {
            if (node is Call { Callee: Name name } call && functions.Contains(name.Id))
                Found.Add(new TranslatableMessage(call.At.Line, name.Id, [.. Messages(call.Arguments)]));
            VisitChildren(node);
        }

        private static IEnumerable<string?> Messages(CallArguments arguments)
        {
            foreach (var argument in arguments.Positional)
                yield return argument is Const { Value: string text } ? text : null;
            var others = arguments.Named.Count + (arguments.Star is null ? 0 : 1) + (arguments.DoubleStar is null ? 0 : 1);
            for (var i = 0; i < others; i++)
                yield return null;
        }
    }
}
