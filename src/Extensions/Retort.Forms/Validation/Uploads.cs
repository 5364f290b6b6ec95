using System.Globalization;
using Retort.Forms.Text;
using Retort.Http;

namespace Retort.Forms.Validation;

// One family: uploads.

internal sealed class FileRequired(string? message) : Validator
{
    public override Verdict Validate(Form form, Field field) =>
        UploadsOf(field).Any() ? Verdict.Pass : Verdict.Stop(message ?? field.Gettext(Messages.Required));

    public override void SetFlags(FieldFlags flags) => flags["required"] = true;

    internal static IEnumerable<FileStorage> UploadsOf(Field field) => field.Data switch
    {
        FileStorage file when Truth.IsSent(file) => [file],
        IEnumerable<FileStorage> files => files.Where(Truth.IsSent),
        _ => [],
    };
}

internal sealed class FileAllowed : Validator
{
    private readonly string[] _extensions;
    private readonly string? _message;

    public FileAllowed(string[] extensions, string? message)
    {
        if (extensions.Length == 0)
            throw new ArgumentException("FileAllowed() allows nothing: give the extensions, such as FileAllowed(\"jpg\", \"png\").", nameof(extensions));
        _extensions = Array.ConvertAll(extensions, extension => extension.TrimStart('.').ToLowerInvariant());
        _message = message;
    }

    public override Verdict Validate(Form form, Field field)
    {
        if (FileRequired.UploadsOf(field).All(IsAllowed))
            return Verdict.Pass;
        var text = _message ?? field.Gettext(Messages.FileExtension);
        return Verdict.Stop(text.Replace("{extensions}", string.Join(", ", _extensions), StringComparison.Ordinal));
    }

    // A control character in the name can hide what follows it from whoever stores the file.
    private bool IsAllowed(FileStorage file)
    {
        var name = file.FileName!.ToLowerInvariant();
        return !name.Any(char.IsControl) && Array.Exists(_extensions, extension => name.Length > extension.Length + 1 && name.EndsWith("." + extension, StringComparison.Ordinal));
    }
}

internal sealed class FileSize : Validator
{
    private readonly long _max;
    private readonly long _min;
    private readonly string? _message;

    public FileSize(long max, long min, string? message)
    {
        if (min > max)
            throw new ArgumentException($"FileSize(max: {max}, min: {min}) allows nothing: min is more than max.");
        (_max, _min, _message) = (max, min, message);
    }

    public override Verdict Validate(Form form, Field field)
    {
        foreach (var file in FileRequired.UploadsOf(field))
        {
            if (file.Stream.Length < _min || file.Stream.Length > _max)
                return Verdict.Stop((_message ?? field.Gettext(Messages.FileSize))
                    .Replace("{min_size}", _min.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal).Replace("{max_size}", _max.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal));
        }
        return Verdict.Pass;
    }
}
