"""Records how WTForms renders every kind of field, with every widget and set of attributes: python3 record.py > rendering.json

Debian: apt-get install python3-wtforms. Each row says how to make the field and what came out of it.
"""
import datetime
import decimal
import json
import sys

import wtforms
from werkzeug.datastructures import MultiDict
from wtforms import validators, widgets

ATTRIBUTES = [
    {},
    {"class_": "wide", "size": 32},
    {"class": "a&b", "placeholder": "\"<'>"},
    {"id": "other", "data_role": "x", "aria_label": "y"},
    {"required": False, "disabled": True, "readonly": False},
    {"value": "given", "title": "é \U0001f600"},
    {"maxlength": 7, "style": "a: b; c: d", "tabindex": 0, "x_y": 1.5},
]
CHOICES = [["a", "A & B"], ["b", "<b>"], ["", "none"]]
GROUPS = {"One <1>": [["a", "A"]], "Two": [["b", "B"], ["c", "C"]]}
FIELDS = [
    ("StringField", {"default": "x<y>&\"'"}, [["Length", {"min": 2, "max": 5}]]),
    ("TextAreaField", {"default": "\nline <1>\r\nline 2"}, [["Length", {"max": 50}], ["DataRequired", {}]]),
    ("PasswordField", {"default": "secret"}, [["InputRequired", {}]]),
    ("HiddenField", {"default": "h"}, []),
    ("SearchField", {"default": "s"}, [["Length", {"min": 1}]]),
    ("TelField", {"default": "+49 1"}, []),
    ("URLField", {"default": "http://a.b/?c=d&e"}, []),
    ("EmailField", {"default": "a@b.co"}, [["DataRequired", {}]]),
    ("IntegerField", {"default": 5}, [["NumberRange", {"min": 1, "max": 9}]]),
    ("IntegerRangeField", {"default": 5}, [["NumberRange", {"min": 1, "max": 9}]]),
    ("FloatField", {"default": 0.1}, [["NumberRange", {"min": 0.5}]]),
    ("DecimalField", {"default": "decimal:2.345"}, []),
    ("DecimalField", {"default": "decimal:1.20", "places": None}, []),
    ("DecimalRangeField", {"default": "decimal:3"}, []),
    ("BooleanField", {"default": True}, [["DataRequired", {}]]),
    ("BooleanField", {"default": False}, []),
    ("DateField", {"default": "date:2020-02-29"}, [["Optional", {}]]),
    ("DateTimeField", {"default": "datetime:2020-01-02T03:04:05"}, []),
    ("DateTimeLocalField", {"default": "datetime:2020-01-02T03:04:05"}, []),
    ("TimeField", {"default": "time:03:04:05"}, []),
    ("MonthField", {"default": "date:2020-02-29"}, []),
    ("SelectField", {"choices": CHOICES, "default": "b"}, [["InputRequired", {}]]),
    ("SelectField", {"choices": GROUPS, "default": "c"}, []),
    ("SelectMultipleField", {"choices": CHOICES, "default": ["a", "b"]}, []),
    ("RadioField", {"choices": CHOICES, "default": "a"}, [["InputRequired", {}]]),
    ("FileField", {}, [["InputRequired", {}]]),
    ("MultipleFileField", {}, []),
    ("SubmitField", {"label": "Send <now>"}, []),
]
WIDGETS = [
    ("TextInput", {}), ("PasswordInput", {"hide_value": False}), ("HiddenInput", {}), ("CheckboxInput", {}), ("FileInput", {}), ("FileInput", {"multiple": True}),
    ("SubmitInput", {}), ("TextArea", {}), ("ColorInput", {}), ("SearchInput", {}), ("TelInput", {}), ("URLInput", {}), ("EmailInput", {}), ("DateInput", {}),
    ("DateTimeInput", {}), ("DateTimeLocalInput", {}), ("MonthInput", {}), ("WeekInput", {}), ("TimeInput", {}), ("NumberInput", {}),
    ("NumberInput", {"step": 3, "min": 1, "max": 9}), ("RangeInput", {}), ("RangeInput", {"step": "any"}),
]
SUBMITTED = [
    ("StringField", {}, [], ["sent <&>", "second"]), ("StringField", {"default": "x"}, [], []), ("IntegerField", {}, [], ["5x"]), ("IntegerField", {}, [], [" 1_0 "]),
    ("DecimalField", {}, [], ["1,5"]), ("FloatField", {}, [], ["nan"]), ("BooleanField", {"default": True}, [], []), ("BooleanField", {}, [], ["false"]),
    ("BooleanField", {}, [], ["on"]), ("DateField", {}, [], ["31.12."]), ("DateTimeField", {}, [], ["2020-01-02", "03:04:05"]), ("TimeField", {}, [], ["7:5"]),
    ("SelectField", {"choices": CHOICES}, [], ["b"]), ("SelectField", {"choices": CHOICES}, [], ["zz"]), ("SelectMultipleField", {"choices": CHOICES}, [], ["a", "zz", "b"]),
    ("RadioField", {"choices": CHOICES}, [], [""]), ("PasswordField", {}, [], ["typed"]), ("TextAreaField", {}, [], ["</textarea><script>"]), ("HiddenField", {}, [], ["\u202e"]),
]


def value(text):
    if not isinstance(text, str) or ":" not in text:
        return text
    kind, rest = text.split(":", 1)
    return {
        "decimal": decimal.Decimal,
        "date": datetime.date.fromisoformat,
        "datetime": datetime.datetime.fromisoformat,
        "time": datetime.time.fromisoformat,
    }.get(kind, lambda _: text)(rest)


def make(name, options, checks, widget=None, render_kw=None, sent=None):
    kwargs = {key: value(option) for key, option in options.items()}
    if isinstance(kwargs.get("choices"), list):
        kwargs["choices"] = [tuple(pair) for pair in kwargs["choices"]]
    if widget:
        kwargs["widget"] = getattr(widgets, widget[0])(**widget[1])
    kwargs["validators"] = [getattr(validators, check)(**limits) for check, limits in checks]
    kwargs["render_kw"] = render_kw

    class Form(wtforms.Form):
        the_field = getattr(wtforms, name)(**kwargs)

    formdata = None if sent is None else MultiDict([("the_field", each) for each in sent] + [("other", "1")])
    return Form(formdata).the_field


rows = []


def row(name, options, checks, attributes, widget=None, render_kw=None, sent=None):
    field = make(name, options, checks, widget, render_kw, sent)
    rows.append({
        "field": name, "options": options, "validators": checks, "widget": widget, "render_kw": render_kw, "sent": sent, "attributes": attributes,
        "html": str(field(**attributes)), "label": str(field.label(class_="l")), "flags": {flag: getattr(field.flags, flag) for flag in dir(field.flags) if not flag.startswith("_")},
        "parts": [[str(part), str(part.label), part.id] for part in field] if name in ("SelectField", "SelectMultipleField", "RadioField") else [],
    })


for name, options, checks in FIELDS:
    for attributes in ATTRIBUTES:
        row(name, options, checks, attributes)
    row(name, options, checks, {"class_": "call"}, render_kw={"class_": "kw", "data_x": "1", "rows": 3})
for widget in WIDGETS:
    for name, options, checks in (FIELDS[0], FIELDS[8], FIELDS[14]):
        row(name, options, checks, {"class_": "w"}, widget=widget)
for name, options, checks, sent in SUBMITTED:
    row(name, options, checks, {}, sent=sent)
json.dump(rows, sys.stdout, indent=None, separators=(",", ":"))
sys.stdout.write("\n")
