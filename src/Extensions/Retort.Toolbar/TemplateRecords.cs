using System.Diagnostics;
using Retort.Jinja;

namespace Retort.Toolbar;

/// <summary>The templates of a request in the order they began, with what they saw.</summary>
internal sealed class TemplateRecords
{
    private const int MostTemplates = 200;
    private readonly BoundedList<TemplateRecord> _records = new(MostTemplates);

    public int Count => _records.Count;

    public IReadOnlyList<TemplateRecord> Items => _records.Items;

    public void Begin(Template template, IReadOnlyDictionary<string, object?> values) => _records.Add(new TemplateRecord(template, values));

    public void End(Template template) => _records.Items.LastOrDefault(record => ReferenceEquals(record.Template, template) && record.Length is null)?.End();
}

/// <summary>One template that was rendered.</summary>
internal sealed class TemplateRecord(Template template, IReadOnlyDictionary<string, object?> values)
{
    public long Start { get; } = Stopwatch.GetTimestamp();

    public Template Template => template;

    /// <summary>What it saw, with what every template sees.</summary>
    public IReadOnlyDictionary<string, object?> Values => values;

    /// <summary>How long it took; null when it failed or was not done.</summary>
    public TimeSpan? Length { get; private set; }

    public void End() => Length = Stopwatch.GetElapsedTime(Start);
}
