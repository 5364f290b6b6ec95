namespace Retort.Forms.Text;

/// <summary>
/// What fields and validators say, in the words of WTForms and Flask-WTF: programs match them, and catalogues translate them. The text of each is in every file of the folder translations.
/// </summary>
internal static class Messages
{
    public const string Required = "This field is required.";
    public const string Disabled = "This field is disabled and cannot have a value.";
    public const string ReadOnly = "This field cannot be edited.";
    public const string Invisible = "This field may not hold invisible characters.";
    public const string NoSuchField = "Invalid field name '%s'.";
    public const string NotEqual = "Field must be equal to %(other_name)s.";
    public static readonly Plural TooShort = new("Field must be at least %(min)d character long.", "Field must be at least %(min)d characters long.");
    public static readonly Plural TooLong = new("Field cannot be longer than %(max)d character.", "Field cannot be longer than %(max)d characters.");
    public static readonly Plural WrongLength = new("Field must be exactly %(max)d character long.", "Field must be exactly %(max)d characters long.");
    public const string LengthBetween = "Field must be between %(min)d and %(max)d characters long.";
    public const string NumberAtLeast = "Number must be at least %(min)s.";
    public const string NumberAtMost = "Number must be at most %(max)s.";
    public const string NumberBetween = "Number must be between %(min)s and %(max)s.";
    public const string EntriesAtLeast = "Number of entries must be at least %(min)s.";
    public const string EntriesAtMost = "Number of entries must be at most %(max)s.";
    public const string EntriesBetween = "Number of entries must be between %(min)s and %(max)s.";
    public const string DateAtLeast = "Date must be at least %(min)s.";
    public const string DateAtMost = "Date must be at most %(max)s.";
    public const string DateBetween = "Date must be between %(min)s and %(max)s.";
    public const string Input = "Invalid input.";
    public const string Email = "Invalid email address.";
    public const string IPAddress = "Invalid IP address.";
    public const string MacAddress = "Invalid Mac address.";
    public const string Url = "Invalid URL.";
    public const string Uuid = "Invalid UUID.";
    public const string NotAnyOf = "Invalid value, must be one of: %(values)s.";
    public const string NoneOf = "Invalid value, can't be any of: %(values)s.";
    public const string NotAChoice = "Not a valid choice.";
    public const string ChoiceNotRead = "Invalid Choice: could not coerce.";
    public const string ChoicesNotRead = "Invalid choice(s): one or more data inputs could not be coerced.";
    public static readonly Plural NotChoices = new("'%(value)s' is not a valid choice for this field.", "'%(value)s' are not valid choices for this field.");
    public const string Integer = "Not a valid integer value.";
    public const string Decimal = "Not a valid decimal value.";
    public const string Float = "Not a valid float value.";
    public const string DateTime = "Not a valid datetime value.";
    public const string Date = "Not a valid date value.";
    public const string Time = "Not a valid time value.";
    public const string Week = "Not a valid week value.";
    public const string FileExtension = "File does not have an approved extension: {extensions}";
    public const string FileSize = "File must be between {min_size} and {max_size} bytes.";
    public const string Model = "The values do not fit together.";
    public const string NoSecret = "The secret parameter is missing.";
    public const string InvalidSecret = "The secret parameter is invalid or malformed.";
    public const string NoResponse = "The response parameter is missing.";
    public const string InvalidResponse = "The response parameter is invalid or malformed.";

}

/// <summary>A text for one, and for any other number.</summary>
internal sealed record Plural(string One, string Other);
