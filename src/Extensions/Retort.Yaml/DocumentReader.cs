using System.Text;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Retort.Yaml;

/// <summary>Makes values of the events of YamlDotNet's parser. Its serializer is not used: it makes objects of the types that tags name.</summary>
internal sealed class DocumentReader
{
    private const string Mapping = "tag:yaml.org,2002:map";
    private const string Sequence = "tag:yaml.org,2002:seq";

    private readonly Scanner _scanner;
    private readonly Parser _parser;
    private readonly Dictionary<AnchorName, Node?> _anchors = [];
    private int _depth;

    private DocumentReader(TextReader text)
    {
        _scanner = new Scanner(text);
        _parser = new Parser(_scanner);
    }

    /// <summary>A value and how many it holds, itself included, with its aliases written out.</summary>
    private readonly record struct Node(object? Value, long Size, bool IsMerge = false);

    public static object? Read(TextReader text)
    {
        var reader = new DocumentReader(text);
        try
        {
            return reader.ReadDocument();
        }
        catch (YamlException error)
        {
            throw At(error.Start, error.InnerException is null ? error.Message : error.InnerException.Message, error);
        }
        catch (DecoderFallbackException error)
        {
            throw new YamlError(1, 1, "the file is no Unicode text. Save it as UTF-8.", error);
        }
    }

    private object? ReadDocument()
    {
        Next();
        if (Next() is StreamEnd)
            return null;
        Next();
        var node = ReadNode();
        Next();
        return Next() is StreamEnd ? node.Value : throw At(_parser.Current!.Start, "another document begins here, where one is expected. Keep one document in a file.");
    }

    /// <summary>The value that begins with the current event; leaves the parser on its last event.</summary>
    private Node ReadNode()
    {
        var start = _parser.Current!;
        if (start is AnchorAlias alias)
            return Resolve(alias);
        // For an entry without key and value the parser has no event.
        if (start is not NodeEvent { Anchor: var anchor })
            throw At(start.Start, "a value is expected here.");
        // Known, but not finished: an alias from within has nothing to stand for.
        if (!anchor.IsEmpty)
            _anchors[anchor] = null;
        if (++_depth > YamlDocument.MaxDepth)
            throw At(start.Start, $"collections lie deeper in each other than {YamlDocument.MaxDepth}.");
        var node = start switch
        {
            Scalar scalar => new Node(Scalars.ValueOf(scalar), 1, Scalars.IsMerge(scalar)),
            SequenceStart sequence => ReadSequence(sequence),
            MappingStart mapping => ReadMapping(mapping),
            _ => throw At(start.Start, "a value is expected here."),
        };
        _depth--;
        if (!anchor.IsEmpty)
            _anchors[anchor] = node;
        return node;
    }

    private Node Resolve(AnchorAlias alias)
    {
        if (!_anchors.TryGetValue(alias.Value, out var node))
            throw At(alias.Start, $"the alias *{alias.Value} has no anchor before it. Write &{alias.Value} before the value it stands for.");
        return node ?? throw At(alias.Start, $"the alias *{alias.Value} stands for a collection around it.");
    }

    private Node ReadSequence(SequenceStart start)
    {
        Expect(start, start.Tag, Sequence);
        var items = new List<object?>();
        long size = 1;
        while (Next() is not SequenceEnd)
        {
            var item = ReadNode();
            size = Grown(size, item, start);
            items.Add(item.Value);
        }
        return new Node(items, size);
    }

    private Node ReadMapping(MappingStart start)
    {
        Expect(start, start.Tag, Mapping);
        var merged = new List<KeyValuePair<object, object?>>();
        var own = new List<KeyValuePair<object, object?>>();
        long size = 1;
        while (Next() is not MappingEnd)
        {
            var at = _parser.Current!;
            var key = ReadNode();
            Next();
            var (valueAt, value) = (_parser.Current!, ReadNode());
            size = Grown(Grown(size, key, start), value, start);
            if (key.IsMerge)
                merged.AddRange(Merged(value.Value, valueAt));
            else
                own.Add(new(Key(key.Value, at), value.Value));
        }
        return new Node(ToDictionary([.. merged, .. own]), size);
    }

    /// <summary>The entries that <c>&lt;&lt;</c> brings in; of several mappings the first wins. Source: yaml.org/type/merge.</summary>
    private static IEnumerable<KeyValuePair<object, object?>> Merged(object? value, ParsingEvent at) => value switch
    {
        Dictionary<string, object?> names => names.Select(entry => new KeyValuePair<object, object?>(entry.Key, entry.Value)),
        Dictionary<object, object?> mapping => mapping,
        List<object?> several when several.All(each => each is not List<object?>) => Enumerable.Reverse(several).SelectMany(each => Merged(each, at)),
        _ => throw At(at.Start, "'<<' takes in a mapping or a list of mappings; this is none."),
    };

    private static object Key(object? key, ParsingEvent at) => key switch
    {
        null => throw At(at.Start, "a key cannot be null. Write quotes around it."),
        List<object?> or Dictionary<string, object?> or Dictionary<object, object?> or byte[] => throw At(at.Start, "a key cannot be a collection. Use text, a number, a truth value or a date."),
        _ => key,
    };

    private static object ToDictionary(List<KeyValuePair<object, object?>> entries)
    {
        if (entries.TrueForAll(entry => entry.Key is string))
            return Filled(new Dictionary<string, object?>(entries.Count, StringComparer.Ordinal), entries.Select(entry => new KeyValuePair<string, object?>((string)entry.Key, entry.Value)));
        return Filled(new Dictionary<object, object?>(entries.Count), entries);
    }

    /// <summary>Of several entries under one key the last one counts, in the place of the first.</summary>
    private static Dictionary<TKey, object?> Filled<TKey>(Dictionary<TKey, object?> dictionary, IEnumerable<KeyValuePair<TKey, object?>> entries)
        where TKey : notnull
    {
        foreach (var (key, value) in entries)
            dictionary[key] = value;
        return dictionary;
    }

    private static long Grown(long size, Node by, ParsingEvent at) => size + by.Size is var grown and <= YamlDocument.MaxValues ? grown
        : throw At(at.Start, $"this holds more than {YamlDocument.MaxValues} values once its aliases are written out.");

    private static void Expect(NodeEvent start, TagName tag, string expected)
    {
        if (!tag.IsEmpty && !tag.IsNonSpecific && tag.Value != expected)
            throw At(start.Start, $"the tag {Scalars.Shown(tag)} does not make a value of this. Leave it out: only YAML's own types are read.");
    }

    private ParsingEvent Next()
    {
        try
        {
            return _parser.MoveNext() ? _parser.Current! : throw At(_scanner.CurrentPosition, "the document ends too early.");
        }
        catch (Exception error) when (error is InvalidOperationException or ArgumentException or IndexOutOfRangeException or FormatException or OverflowException)
        {
            // For some malformed texts the parser has no message of its own.
            throw At(_scanner.CurrentPosition, "this is no YAML: a bracket, a quote or an indent before it does not fit.", error);
        }
    }

    internal static YamlError At(Mark mark, string message, Exception? inner = null) => new(mark.Line, mark.Column, message, inner);
}
