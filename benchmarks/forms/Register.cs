using Retort.Forms;
using static Retort.Forms.Validators;

namespace Retort.Benchmarks.Forms;

/// <summary>A form of ten fields, the same as python.py has.</summary>
internal sealed class Register(FormData? formData) : Form(formData)
{
    public StringField Username = new("Username", DataRequired(), Length(3, 20), Lowercase);
    public PasswordField Password = new("Password", InputRequired(), Length(8, 80));
    public PasswordField Repeat = new("Repeat", EqualTo("password"));
    public IntegerField Age = new("Age", Optional(), NumberRange(18, 120));
    public DecimalField Price = new("Price", InputRequired(), NumberRange(0));
    public DateField Born = new("Born", Optional());
    public SelectField Plan = new("Plan") { Choices = [("free", "Free"), ("team", "Team"), ("all", "All")] };
    public StringField Country = new("Country", AnyOf(["de", "fr", "ru"]));
    public TextAreaField About = new("About", Optional(), Length(max: 500));
    public BooleanField Terms = new("Terms", DataRequired());

    // An expression is worth keeping, as it is kept by Python's class.
    private static readonly Validator Lowercase = Regexp("[a-z]+$");
}
