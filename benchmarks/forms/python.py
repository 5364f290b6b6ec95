"""Times WTForms on a form of ten fields: making and validating it, with good values and with bad ones; then rendering it. Writes microseconds of CPU and what came out as JSON."""
import json
import sys
import time

from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, DateField, DecimalField, Form, IntegerField, PasswordField, SelectField, StringField, TextAreaField
from wtforms.validators import AnyOf, DataRequired, EqualTo, InputRequired, Length, NumberRange, Optional, Regexp

good, bad = (MultiDict(values) for values in json.load(sys.stdin))


class Register(Form):
    username = StringField("Username", [DataRequired(), Length(3, 20), Regexp("[a-z]+$")])
    password = PasswordField("Password", [InputRequired(), Length(8, 80)])
    repeat = PasswordField("Repeat", [EqualTo("password")])
    age = IntegerField("Age", [Optional(), NumberRange(18, 120)])
    price = DecimalField("Price", [InputRequired(), NumberRange(0)])
    born = DateField("Born", [Optional()])
    plan = SelectField("Plan", choices=[("free", "Free"), ("team", "Team"), ("all", "All")])
    country = StringField("Country", [AnyOf(["de", "fr", "ru"])])
    about = TextAreaField("About", [Optional(), Length(max=500)])
    terms = BooleanField("Terms", [DataRequired()])


def measure(call):
    call()
    best = 1e9
    for _ in range(10):
        start, count = time.process_time(), 0
        while time.process_time() - start < 0.1:
            call()
            count += 1
        best = min(best, (time.process_time() - start) / count)
    return best * 1e6


def validate(data):
    form = Register(data)
    form.validate()
    return form


def render(form):
    return "".join(str(field.label) + str(field) for field in form)


invalid = validate(bad)
json.dump({
    "valid": [measure(lambda: validate(good)), json.dumps(validate(good).errors)],
    "invalid": [measure(lambda: validate(bad)), "\n".join(error for field in invalid for error in field.errors)],
    "render": [measure(lambda: render(invalid)), render(invalid)],
}, sys.stdout)
