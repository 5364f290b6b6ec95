using System.Collections;
using System.Data;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Retort.Jinja.Values;

/// <summary>How to read a kind of list of the host; one object for all lists of a type.</summary>
internal abstract class HostSequence
{
    public abstract int Count(object list);

    public abstract Value At(object list, int index);

    public virtual ValueIterator Iterate(object list) => new SequenceIterator(Items(list).GetEnumerator(), "list_iterator");

    private IEnumerable<Value> Items(object list)
    {
        for (var i = 0; i < Count(list); i++)
            yield return At(list, i);
    }
}

/// <summary>Arrays.</summary>
internal sealed class HostArray<T> : HostSequence
{
    public override int Count(object list) => ((T[])list).Length;

    public override Value At(object list, int index) => HostValues.FromTyped(((T[])list)[index]);

    public override ValueIterator Iterate(object list) => new ArrayIterator<T>((T[])list);
}

/// <summary><see cref="List{T}"/>, any other <see cref="IList{T}"/>, and lists that can only be read.</summary>
internal sealed class HostList<T> : HostSequence
{
    public override int Count(object list) => list is IList<T> own ? own.Count : ((IReadOnlyList<T>)list).Count;

    public override Value At(object list, int index) => HostValues.FromTyped(
        list.GetType() == typeof(List<T>) ? Unsafe.As<List<T>>(list)[index] : list is IList<T> own ? own[index] : ((IReadOnlyList<T>)list)[index]);

    public override ValueIterator Iterate(object list) => list.GetType() == typeof(List<T>) ? new ListIterator<T>((List<T>)list) : base.Iterate(list);
}

/// <summary>Lists without a type of item.</summary>
internal sealed class HostUntypedList : HostSequence
{
    public override int Count(object list) => ((IList)list).Count;

    public override Value At(object list, int index) => HostValues.From(((IList)list)[index]);
}

/// <summary>Lists by their generic interface alone, where no code can be made for the type of their items: in an app compiled natively.</summary>
internal sealed class HostReflectedList(Type list) : HostSequence
{
    private readonly Func<object, int> _count = HostShapes.FindCount(list)!;
    private readonly MethodInvoker _at = MethodInvoker.Create(Trimming.Kept(list).GetMethod("get_Item")!);

    public override int Count(object list) => _count(list);

    public override Value At(object list, int index) => HostValues.From(_at.Invoke(list, index));
}

/// <summary>Data tables and their views, by row.</summary>
internal sealed class HostDataTable : HostSequence
{
    public override int Count(object list) => list is DataTable table ? table.Rows.Count : ((DataView)list).Count;

    public override Value At(object list, int index) => Value.FromHost(list is DataTable table ? table.Rows[index] : ((DataView)list)[index].Row, ValueKind.Dict);
}

/// <summary>JSON arrays.</summary>
internal sealed class HostJsonArray : HostSequence
{
    public override int Count(object list) => ((JsonElement)list).GetArrayLength();

    public override Value At(object list, int index) => JsonValues.From(((JsonElement)list)[index]);

    public override ValueIterator Iterate(object list) => new SequenceIterator(((JsonElement)list).EnumerateArray().Select(JsonValues.From).GetEnumerator(), "list_iterator");
}
