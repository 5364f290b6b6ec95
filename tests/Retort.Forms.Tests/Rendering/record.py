"""Records how WTForms renders every kind of field, with every widget and set of attributes: python3 record.py > rendering.json

Debian: apt-get install python3-wtforms. Each row says how to make the field and what came out of it.
Debian 12 has WTForms 3.0.1. What 3.1 and 3.2 say otherwise of flags and attributes is set below before anything is recorded.
"""
import datetime
import decimal
import json
import sys

import wtforms
from markupsafe import Markup
from werkzeug.datastructures import MultiDict
from wtforms import validators, widgets

TEXT = ["required", "disabled", "readonly", "maxlength", "minlength", "pattern"]
STEPPED = ["required", "disabled", "readonly", "max", "min", "step"]
for name, attributes in {
    "Input": ["required", "disabled"], "HiddenInput": ["disabled"], "ColorInput": ["disabled"], "RangeInput": ["disabled", "max", "min", "step"],
    "FileInput": ["required", "disabled", "accept"], "Select": ["required", "disabled"], "TextArea": ["required", "disabled", "readonly", "maxlength", "minlength"],
    "TextInput": TEXT, "PasswordInput": TEXT, "SearchInput": TEXT, "TelInput": TEXT, "URLInput": TEXT, "EmailInput": TEXT,
    "DateTimeInput": STEPPED, "DateInput": STEPPED, "MonthInput": STEPPED, "WeekInput": STEPPED, "TimeInput": STEPPED, "DateTimeLocalInput": STEPPED, "NumberInput": STEPPED,
}.items():
    getattr(widgets, name, widgets.core.Input).validation_attrs = attributes
for name in ("ReadOnly", "Disabled"):
    if not hasattr(validators, name):
        setattr(validators, name, type(name, (), {"field_flags": {name.lower(): True}, "__call__": lambda self, form, field: None}))
if not hasattr(wtforms, "ColorField"):
    wtforms.ColorField = type("ColorField", (wtforms.StringField,), {"widget": widgets.ColorInput()})

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
    ("ColorField", {"default": "#ff8800"}, [["DataRequired", {}]]),
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
    ("FormField", {"fields": [["name", "StringField", {"default": "<a>"}, [["DataRequired", {}]]], ["token", "HiddenField", {"default": "t"}, []], ["on", "BooleanField", {}, []]]}, []),
    ("FormField", {"fields": [["a", "StringField", {}, []], ["last", "HiddenField", {}, []]], "separator": "_"}, []),
    ("FormField", {"fields": []}, []),
    ("FieldList", {"entry": ["StringField", {"default": "d"}, [["Length", {"max": 9}]]], "min_entries": 2}, []),
    ("FieldList", {"entry": ["IntegerField", {"label": "<n>"}, []], "default": [1, 2, 3], "label": "Numbers"}, []),
    ("FieldList", {"entry": ["FormField", {"fields": [["x", "StringField", {}, []], ["y", "HiddenField", {}, []]]}, []], "min_entries": 1}, []),
    ("FieldList", {"entry": ["FieldList", {"entry": ["StringField", {}, []], "min_entries": 2}, []], "min_entries": 1}, []),
    ("FieldList", {"entry": ["StringField", {}, []]}, []),
]
LOCKED = [
    (name, options, [[check, {}]] + more)
    for name, options, more in (FIELDS[0], FIELDS[1], FIELDS[2], FIELDS[3], FIELDS[8], FIELDS[9], FIELDS[15], FIELDS[17], FIELDS[22], FIELDS[25], FIELDS[26])
    for check in ("ReadOnly", "Disabled")
]
GROUPING = [
    ("TableWidget", {}), ("TableWidget", {"with_table_tag": False}), ("ListWidget", {}), ("ListWidget", {"prefix_label": False}), ("ListWidget", {"html_tag": "ol"}),
    ("ListWidget", {"html_tag": "ol", "prefix_label": False}),
]
LABELS = [
    {}, {"class_": "x", "data_x": "<y>"}, {"for_": "elsewhere"}, {"text": "A & B"}, {"text": "A & B", "id": "l"}, {"text": "markup:<b>A &amp; B</b>", "title": "markup:a &amp; b"}, {"hidden": True, "lang": False},
]
MARKED = [
    ("BooleanField", {"label": "markup:I accept the <a href=\"/terms\">terms &amp; more</a>"}, []),
    ("StringField", {"label": "markup:A &lt; B"}, []),
    ("SubmitField", {"label": "markup:Save &amp; close"}, []),
    ("FieldList", {"entry": ["StringField", {"label": "markup:<i>x</i>"}, []], "min_entries": 1, "label": "markup:<b>List</b>"}, []),
    ("SelectField", {"choices": [["a", "markup:A &amp; <b>"], ["c", "A & B"]]}, []),
    ("RadioField", {"choices": [["a", "markup:<img alt=\"A\">"], ["c", "<C>"]], "label": "markup:<i>One</i>"}, []),
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
    ("FieldList", {"entry": ["StringField", {}, []], "min_entries": 1}, [], [["the_field-3", "c"], ["the_field-0", "a"], ["the_field-x", "no"]]),
    ("FieldList", {"entry": ["StringField", {}, []], "max_entries": 1}, [], [["the_field-7", "c"], ["the_field-9", "a"]]),
    ("FormField", {"fields": [["name", "StringField", {}, []], ["on", "BooleanField", {}, []]]}, [], [["the_field-name", "<n>"], ["the_field-on", "y"]]),
    ("ColorField", {}, [], ["red"]), ("IntegerRangeField", {}, [], ["11"]), ("DecimalRangeField", {}, [], ["1.50"]), ("MonthField", {}, [], ["2020-02"]),
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
        "markup": Markup,
    }.get(kind, lambda _: text)(rest)


def unbound(name, options, checks, widget=None, render_kw=None):
    kwargs = {key: value(option) for key, option in options.items()}
    if isinstance(kwargs.get("choices"), list):
        kwargs["choices"] = [(choice, value(label)) for choice, label in kwargs["choices"]]
    if widget:
        kwargs["widget"] = getattr(widgets, widget[0])(**widget[1])
    if name == "FormField":
        fields = {inner: unbound(*rest) for inner, *rest in kwargs.pop("fields")}
        kwargs["form_class"] = type("Inner", (wtforms.Form,), fields)
    elif name == "FieldList":
        kwargs["unbound_field"] = unbound(*kwargs.pop("entry"))
    if name != "FormField":
        kwargs["validators"] = [getattr(validators, check)(**limits) for check, limits in checks]
    kwargs["render_kw"] = render_kw
    return getattr(wtforms, name)(**kwargs)


def make(name, options, checks, widget=None, render_kw=None, sent=None):
    class Form(wtforms.Form):
        the_field = unbound(name, options, checks, widget, render_kw)

    # Values that were sent: of the field itself, or of others by their whole names.
    formdata = None if sent is None else MultiDict([each if isinstance(each, list) else ("the_field", each) for each in sent] + [("other", "1")])
    return Form(formdata).the_field


rows = []


def row(name, options, checks, attributes, widget=None, render_kw=None, sent=None, label=None):
    field = make(name, options, checks, widget, render_kw, sent)
    label = label or {"class_": "l"}
    # A widget that does not fit the field fails here as there.
    try:
        html = str(field(**attributes))
    except Exception:
        return
    rows.append({
        "field": name, "options": options, "validators": checks, "widget": widget, "render_kw": render_kw, "sent": sent, "attributes": attributes, "label_attributes": label,
        "html": html, "label": str(field.label(**{key: value(each) for key, each in label.items()})),
        "flags": {flag: getattr(field.flags, flag) for flag in dir(field.flags) if not flag.startswith("_")},
        "parts": [[str(part), str(part.label), part.id] for part in field] if name in PARTED else [],
    })


PARTED = ("SelectField", "SelectMultipleField", "RadioField", "FormField", "FieldList")
for name, options, checks in FIELDS:
    for attributes in ATTRIBUTES:
        row(name, options, checks, attributes)
    row(name, options, checks, {"class_": "call"}, render_kw={"class_": "kw", "data_x": "1", "rows": 3})
for widget in WIDGETS:
    for name, options, checks in FIELDS:
        # A text area of an upload holds Python's word False there.
        if name not in ("FormField", "FieldList") and not (widget[0] == "TextArea" and name in ("FileField", "MultipleFileField")):
            row(name, options, checks, {"class_": "w"}, widget=widget)
for widget in GROUPING:
    for name, options, checks in FIELDS:
        if name in PARTED and not isinstance(options.get("choices"), dict):
            row(name, options, checks, {"class_": "w"}, widget=widget)
for name, options, checks in LOCKED + MARKED:
    row(name, options, checks, {})
for label in LABELS:
    row(*FIELDS[0], {}, label=label)
    row(*MARKED[1], {}, label=label)
for name, options, checks, sent in SUBMITTED:
    row(name, options, checks, {}, sent=sent)
sys.stdout.write("[" + ",\n".join(json.dumps(each, separators=(",", ":")) for each in rows) + "]\n")
