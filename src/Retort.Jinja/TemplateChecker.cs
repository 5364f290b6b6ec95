using Retort.Jinja.Loaders;
using Retort.Jinja.Syntax;

namespace Retort.Jinja;

/// <summary>Checks templates and those they refer to by constant names.</summary>
internal sealed class TemplateChecker(JinjaEnvironment environment, Loader loader, IReadOnlyList<Action<TemplateInspection>> rules)
{
    private readonly List<TemplateFinding> _findings = [];
    private readonly Dictionary<string, TemplateInspection?> _templates = new(StringComparer.Ordinal);
    private readonly Lazy<string[]> _known = new(() => [.. loader.ListTemplates()]);

    public IReadOnlyList<TemplateFinding> Check(IEnumerable<string> names)
    {
        var waiting = new Queue<string>(names);
        while (waiting.TryDequeue(out var name))
        {
            if (_templates.ContainsKey(name) || Read(name) is not { } template)
                continue;
            foreach (var reference in Targets(template).Where(target => target.Exists))
                waiting.Enqueue(reference.Name);
        }
        foreach (var template in _templates.Values.OfType<TemplateInspection>())
            Check(template);
        return [.. _findings.DistinctBy(finding => (finding.Position.Template, finding.Position.Line, finding.Position.Column, finding.Message))
            .OrderBy(finding => finding.Position.Template, StringComparer.Ordinal).ThenBy(finding => finding.Position.Line).ThenBy(finding => finding.Position.Column)];
    }

    private TemplateInspection? Read(string name)
    {
        if (loader.Load(environment, name) is not { } source)
            return null;
        TemplateInspection? template = null;
        try
        {
            var errors = new List<TemplateSyntaxError>();
            var (text, tree) = environment.ParseWhole(source.Text, name, source.FileName);
            template = new TemplateInspection(text, tree, _findings);
            try
            {
                environment.CompileAll(text, tree, errors.Add);
            }
            catch (TemplateSyntaxError error)
            {
                errors.Add(error);
            }
            foreach (var error in errors.Where(error => !IsAskedFor(template, error)))
                template.Report(error);
        }
        catch (TemplateSyntaxError error)
        {
            _findings.Add(TemplateInspection.Of(error, source.FileName));
        }
        _templates[name] = template;
        return template;
    }

    // A template that asks whether a filter exists may name one that does not.
    private static bool IsAskedFor(TemplateInspection template, TemplateSyntaxError error) =>
        template.Outline.AskedFor.Any(name => error.Reason == $"No filter named '{name}'." || error.Reason == $"No test named '{name}'.");

    private void Check(TemplateInspection template)
    {
        foreach (var target in Targets(template).Where(target => !target.Exists && !target.MayMiss))
            template.Report(target.At, $"no template '{target.Name}'. {NearestName.Advice(target.Name, _known.Value) ?? "Create it, or correct the name."}");
        foreach (var import in template.Outline.Loads.Select(load => load.Tag).OfType<FromImport>())
            CheckImport(template, import);
        CheckBlocks(template);
        CheckSelf(template);
        foreach (var rule in rules)
            rule(template);
    }

    private readonly record struct TemplateTarget(string Name, SourcePosition At, bool Exists, bool MayMiss);

    /// <summary>The templates that one refers to by constant names. Of a list that holds at least one that exists, or one that is not constant, the others may be missing.</summary>
    private IEnumerable<TemplateTarget> Targets(TemplateInspection template)
    {
        foreach (var load in template.Outline.Loads)
        {
            var targets = load.Choices.OfType<Const>().Where(choice => choice.Value is string)
                .Select(choice => Target(template, (string)choice.Value!, choice.At, load.MayMiss)).ToList();
            var isCovered = targets.Count < load.Choices.Count || targets.Exists(target => target.Exists);
            foreach (var target in targets)
                yield return target with { MayMiss = load.MayMiss || isCovered };
        }
    }

    private TemplateTarget Target(TemplateInspection template, string name, SourcePosition at, bool mayMiss)
    {
        name = environment.JoinPath(name, template.Name);
        return new TemplateTarget(name, at, _templates.ContainsKey(name) || loader.Load(environment, name) is not null, mayMiss);
    }

    private void CheckImport(TemplateInspection template, FromImport import)
    {
        if (import.Template is not Const { Value: string name } || Find(name, template) is not { Outline.HasExtends: false } module)
            return;
        foreach (var wanted in import.Names.Where(wanted => !module.Outline.Assigned.Contains(wanted.Name)))
            template.Report(import.At, $"the template '{module.Name}' has no '{wanted.Name}' to import. {NearestName.Advice(wanted.Name, module.Outline.Assigned) ?? "Define it there with a macro or with set."}");
    }

    private TemplateInspection? Find(string name, TemplateInspection from) => _templates.GetValueOrDefault(environment.JoinPath(name, from.Name));

    /// <summary>A template's parents, the nearest first; null if one of them is not known.</summary>
    private List<TemplateInspection>? Parents(TemplateInspection template)
    {
        var parents = new List<TemplateInspection>();
        for (var child = template; child.Outline.HasExtends; child = parents[^1])
        {
            if (child.Outline.Parent is not { } name || Find(name, child) is not { } parent || parents.Contains(parent) || parent == template)
                return null;
            parents.Add(parent);
        }
        return parents;
    }

    /// <summary>Whether a template extends another at some distance; null if that is not known.</summary>
    private bool? Extends(TemplateInspection template, TemplateInspection wanted)
    {
        var seen = new HashSet<TemplateInspection> { template };
        for (var child = template; child.Outline.HasExtends;)
        {
            if (child.Outline.Parent is not { } name)
                return null;
            if (!_templates.TryGetValue(environment.JoinPath(name, child.Name), out var parent))
                return false;
            if (parent is null || parent == wanted || !seen.Add(parent))
                return parent is null ? null : parent == wanted;
            child = parent;
        }
        return false;
    }

    // A block of a child that no parent places is never printed, unless another block holds it or it is asked for by name.
    private void CheckBlocks(TemplateInspection template)
    {
        if (template.Outline.UsesSelf || Parents(template) is not { Count: > 0 } parents || parents.Exists(parent => parent.Outline.UsesSelf))
            return;
        var places = parents.SelectMany(parent => parent.Outline.Blocks).Select(block => block.Block.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var (block, isNested) in template.Outline.Blocks)
        {
            if (!isNested && !places.Contains(block.Name))
                template.Report(block.At, $"the block '{block.Name}' is never printed: no parent has a block of that name. {NearestName.Advice(block.Name, places) ?? "Rename it, or put it into another block."}", isWarning: true);
        }
    }

    // The block may also come from a child.
    private void CheckSelf(TemplateInspection template)
    {
        if (template.Outline.SelfCalls.Count == 0 || template.Outline.Assigned.Contains("self") || Parents(template) is not { } parents)
            return;
        var families = _templates.Values.Where(other => other != template).ToLookup(other => other is null ? null : Extends(other, template));
        if (families[null].Any())
            return;
        var blocks = parents.Concat(families[true]!).Append(template).SelectMany(member => member!.Outline.Blocks).Select(block => block.Block.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var (name, at) in template.Outline.SelfCalls.Where(call => !blocks.Contains(call.Block)))
            template.Report(at, $"there is no block '{name}' for self.{name}(). {NearestName.Advice(name, blocks) ?? "Define it, or correct the name."}");
    }
}
