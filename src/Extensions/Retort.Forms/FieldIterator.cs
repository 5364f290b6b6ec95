using Retort.Jinja.Values;

namespace Retort.Forms;

/// <summary>Gives a template the parts of a field one by one.</summary>
internal sealed class FieldIterator(IEnumerable<Field> fields) : ValueIterator
{
    private readonly IEnumerator<Field> _fields = fields.GetEnumerator();

    public override bool MoveNext(out Value item)
    {
        var more = _fields.MoveNext();
        item = more ? Value.From(_fields.Current) : default;
        return more;
    }
}
