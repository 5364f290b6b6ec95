namespace Retort.Forms;

/// <summary>A field that holds a form.</summary>
internal interface IEnclosing
{
    /// <summary>The form inside.</summary>
    Form Inner { get; }
}

/// <summary>A field that holds fields of one kind.</summary>
internal interface IFieldList
{
    /// <summary>The fields that were not left empty.</summary>
    IEnumerable<Field> Filled { get; }
}
