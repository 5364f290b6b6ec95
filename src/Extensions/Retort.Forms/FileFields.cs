using Retort.Forms.Widgets;
using Retort.Http;

namespace Retort.Forms;

/// <summary>
/// An uploaded file. Its name is what the client claims: save it under <see cref="SafeName"/> or a name of your own. The page's form needs <c>enctype="multipart/form-data"</c>.
/// Source: flask_wtf.file.FileField.
/// </summary>
public class FileField(string? label = null, params Validator[] validators) : Field<FileStorage?>(label, validators)
{
    private static readonly FileInput One = new();

    /// <summary>The upload's name made safe for a file of this machine; null when there is no upload or nothing of the name remains. Source: werkzeug.utils.secure_filename.</summary>
    public string? SafeName => Data?.FileName is { } name && FileNames.Secure(name) is { Length: > 0 } safe ? safe : null;

    /// <inheritdoc/>
    public override string ValueText => string.Empty;

    /// <inheritdoc/>
    protected override Widget DefaultWidget => One;

    /// <inheritdoc/>
    protected internal override string? ProcessFormData(IReadOnlyList<object?> values)
    {
        if (values.OfType<FileStorage>().FirstOrDefault(Truth.IsSent) is { } file)
            Data = file;
        else
            RawData = [];
        return null;
    }
}

/// <summary>Any number of uploaded files. Source: flask_wtf.file.MultipleFileField.</summary>
public class MultipleFileField(string? label = null, params Validator[] validators) : Field<IReadOnlyList<FileStorage>?>(label, validators)
{
    private static readonly FileInput Several = new(multiple: true);

    /// <inheritdoc/>
    public override string ValueText => string.Empty;

    /// <inheritdoc/>
    protected override Widget DefaultWidget => Several;

    /// <inheritdoc/>
    protected internal override string? ProcessFormData(IReadOnlyList<object?> values)
    {
        List<FileStorage> files = [.. values.OfType<FileStorage>().Where(Truth.IsSent)];
        if (files.Count > 0)
            Data = files;
        else
            RawData = [];
        return null;
    }
}
