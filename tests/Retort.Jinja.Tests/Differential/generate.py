"""Writes random templates and what Jinja makes of them, in the format of the recorded cases.

usage: generate.py SEED COUNT > cases.json
"""
import json
import random
import re
import resource
import sys
import warnings

import jinja2
from jinja2 import BaseLoader, Environment, TemplateNotFound
from jinja2.sandbox import ImmutableSandboxedEnvironment, SandboxedEnvironment

warnings.simplefilter("ignore")

# What only the newest version takes.
TARGETS = ["ns.n, x = it, ns.n"] if tuple(map(int, jinja2.__version__.split(".")[:3])) >= (3, 1, 6) else []

# Chance writes templates whose text doubles at every step: what needs more memory than this fails with a MemoryError, and what prints more is left out.
MEMORY = 2 * 1024 ** 3
LONGEST = 200_000

CONTEXT = {
    "a": 1, "b": 2.5, "c": "text", "d": [3, 1, 2], "e": {"k": "v", "n": 1, "items": 5}, "f": True, "g": None,
    "h": "<b>&'\"", "i": ["x", "Y", "z"], "j": [], "k": "", "l": 0, "m": -7, "n": 10 ** 25,
    "o": [{"id": 2, "name": "bob", "tags": ["p", "q"]}, {"id": 1, "name": "Al", "tags": []}, {"id": 3, "name": "cy"}],
    "p": {"$tuple": [1, "two", 3.0]}, "q": "Ünï ß ǆ 😀", "r": {"$markup": "<i>safe</i>"}, "s": "a b\nc\td", "t": {"x": {"y": [1, 2, {"z": "deep"}]}},
    "u": [[1, 2], [3, 4], [5]], "v": "12", "w": 3.0, "x1": 1e20, "y1": 1.5e-7,
}


def decode(value):
    if isinstance(value, dict):
        if "$tuple" in value:
            return tuple(decode(item) for item in value["$tuple"])
        if "$markup" in value:
            return jinja2.utils.markupsafe.Markup(value["$markup"])
        return {key: decode(item) for key, item in value.items()}
    return [decode(item) for item in value] if isinstance(value, list) else value


class Loader(BaseLoader):
    def __init__(self, templates):
        self.templates = templates

    def get_source(self, environment, template):
        if template not in self.templates:
            raise TemplateNotFound(template)
        return self.templates[template], template, lambda: True


PROBE = Environment()
PROBE_CONTEXT = None


def works(text):
    global PROBE_CONTEXT
    if PROBE_CONTEXT is None:
        PROBE_CONTEXT = decode(CONTEXT)
        PROBE_CONTEXT.update(it=1, x=1, y="y", v1="v", v2=[1], ns={"k": 1}, blk="blk", w1=1, p1="p", p2=2, mac=str, mac2=str, loop={"index": 1, "depth": 1})
    try:
        return len(PROBE.from_string("{{ " + text + " }}").render(PROBE_CONTEXT)) < LONGEST
    except Exception:
        return False


class Generator:
    def __init__(self, rnd):
        self.r = rnd
        self.names = list(CONTEXT)
        self.locals = []
        self.macros = []
        self.depth = 0
        self.extensions = []

    def pick(self, *options):
        option = self.r.choice(options)
        return option() if callable(option) else option

    def name(self):
        if self.locals and self.r.random() < 0.4:
            return self.r.choice(self.locals)
        return self.r.choice(self.names) if self.r.random() < 0.97 else "missing"

    def literal(self):
        return self.pick("1", "0", "-3", "2.5", "1e3", "'str'", "'<x>'", '"q\\"uo\\n"', "true", "none", "False", "[]", "[1, 'a', none]", "{'k': 1, 'z': [2]}",
                         "(1, 2)", "()", "(1,)", "0x1F", "1_000", "'é'", "''", "99999999999999999999", "'%s'", "'a,b,c'", "10", "'Hello World'")

    def expr(self, depth=0):
        """An expression; most of those that fail on their own are thrown away, so that templates get somewhere."""
        if depth > 0:
            return self.any_expr(depth)
        for _ in range(6):
            text = self.any_expr(0)
            if self.r.random() < 0.05 or works(text):
                break
        return text

    def any_expr(self, depth):
        r = self.r.random()
        if depth > 3 or r < 0.22:
            return self.name()
        if r < 0.36:
            return self.literal()
        e = lambda: self.expr(depth + 1)
        return self.pick(
            lambda: f"{e()} {self.r.choice(['+', '-', '*', '/', '//', '%', '~', '~', '+'])} {e()}",
            lambda: f"{e()} {self.r.choice(['==', '!=', '<', '>', '<=', '>=', 'in', 'not in'])} {e()}",
            lambda: f"{e()} {self.r.choice(['and', 'or'])} {e()}",
            lambda: f"not {e()}", lambda: f"({e()})", lambda: f"-{e()}",
            lambda: f"{e()} if {e()} else {e()}", lambda: f"({e()} if {e()})",
            lambda: f"{self.name()}.{self.r.choice(['k', 'x', 'id', 'name', 'y', 'items', 'upper', 'n', '0', 'real'])}",
            lambda: f"{self.name()}[{e()}]", lambda: f"{self.name()}[{self.r.choice(['0', '-1', ':2', '::-1', '1:', ':-1', '::2', chr(39) + 'k' + chr(39)])}]",
            lambda: f"{self.name()}{self.method()}",
            lambda: f"({e()}){self.filter(depth)}", lambda: f"{self.name()}{self.filter(depth)}", lambda: f"{self.name()}{self.filter(depth)}{self.filter(depth)}",
            lambda: f"{self.name()} is {self.test()}", lambda: f"({e()}) is {self.test()}", lambda: f"{e()} is not {self.test()}",
            lambda: f"[{e()}, {e()}]", lambda: f"{{'k': {e()}, {self.literal()}: {e()}}}", lambda: f"({e()}, {e()})",
            lambda: f"range({self.r.randint(0, 6)})", lambda: f"dict(a={e()})",
            lambda: f"{self.r.choice(self.macros)}({e()})" if self.macros else e(),
            lambda: f"{e()} < {e()} < {e()}", lambda: self.view(e), lambda: self.text_of(e), lambda: f"{self.text_of(e)} {self.r.choice(['+', '~', '==', '<', 'in'])} {self.text_of(e)}", lambda: f"{self.r.randint(0, 9)} ** {self.r.randint(0, 3)}",
        )

    def view(self, e):
        """Views of dictionaries as sets."""
        view = lambda: self.r.choice(["e", "e", "t", self.name()]) + self.r.choice([".keys()", ".keys()", ".items()", ".values()", ""])
        other = self.r.choice([view, view, lambda: self.r.choice(["['k', 'q']", "[('k', 'v')]", "'kn'", "('n',)", "d", "range(2)", "[[1]]"]), e])
        operands = [view(), other()]
        self.r.shuffle(operands)
        left, right = operands
        # The order of a set differs from run to run.
        return self.r.choice([f"{left} {self.r.choice(['==', '!=', '<', '<=', '>', '>=', 'in'])} {right}", f"({left} - {right})|list|sort", f"({left} - {right})|length"])

    def text_of(self, e):
        """What chat templates do with text: strip, slice, split, join."""
        text = self.r.choice(["c", "s", "q", "h", "r", "v", "' x '", "o[0].name", "o[0]['name']", "i[0]", self.name()])
        for _ in range(self.r.randint(1, 3)):
            text = self.r.choice([
                lambda: f"{text}.strip()", lambda: f"{text}.lstrip()", lambda: f"{text}.rstrip()", lambda: f"({text})|trim", lambda: f"{text}.strip('t \\n')",
                lambda: f"{text}[{self.r.choice(['1:', ':-1', '2:4', '-2:', '::-1', ':', '1:99', '5:1', '::2', 'a:', ':none', 'true:', 'c:'])}]",
                lambda: f"{text}.split('t')[{self.r.choice(['0', '-1', '1'])}]", lambda: f"{text}.split('e', 1)|join('-')",
                lambda: f"({text} + {self.r.choice(['c', 's', chr(39) + '<' + chr(39), 'r', 'a', 'k'])})", lambda: f"({text} ~ {self.r.choice(['a', 's', 'r', 'g', 'b'])})",
                lambda: f"({text} if {text} is string else {self.name()})", lambda: f"{text}.replace('e', '<')", lambda: f"{text}.startswith('t', 1)"])()
        return text

    def method(self):
        return self.r.choice([
            ".upper()", ".lower()", ".title()", ".strip()", ".split()", ".split(',')", ".replace('a', 'b')", ".startswith('t')", ".endswith('x')", ".join(['1', '2'])",
            ".items()", ".keys()", ".values()", ".get('k')", ".get('nope', 3)", ".index(1)", ".count('t')", ".capitalize()", ".center(9)", ".ljust(6, '*')", ".rjust(6)",
            ".zfill(5)", ".find('e')", ".isdigit()", ".isalpha()", ".swapcase()", ".splitlines()", ".partition('e')", ".encode()", ".casefold()", ".format(1, k=2)",
            ".append(1)", ".pop()", ".copy()", ".bit_length()", ".is_integer()", ".expandtabs(4)", ".rsplit(None, 1)", ".removeprefix('te')", ".lstrip('t')"])

    def filter(self, depth):
        e = lambda: self.expr(depth + 2)
        return "|" + self.pick(
            "upper", "lower", "length", "count", "first", "last", "list", "join", "join(', ')", "join('<')", "sort", "sort(reverse=true)", "reverse", "unique|list",
            "string", "int", "float", "abs", "round", "round(1)", "round(1, 'floor')", "e", "escape", "safe", "forceescape", "title", "capitalize", "trim", "trim('t')",
            "replace('t', '<')", "default('dd')", "d('x', true)", "default", "tojson", "tojson(indent=2)", "sum", "max", "min", "batch(2)|list", "batch(2, 'x')|list",
            "slice(2)|list", "slice(2, 0)|list", "map('upper')|list", "map(attribute='id')|list", "map(attribute='name', default='nn')|list", "select|list",
            "reject('none')|list", "selectattr('id')|list", "selectattr('id', 'gt', 1)|list", "rejectattr('name', 'eq', 'bob')|list", "groupby('id')",
            "groupby('name', default='q')|list", "dictsort", "dictsort(by='value')", "items|list", "wordcount", "truncate(5)", "truncate(5, true, '..', 0)", "wordwrap(4)",
            "center(10)", "indent", "indent(2, true)", "urlencode", "striptags", "xmlattr", "pprint", "filesizeformat", "format(1)", "attr('k')", "attr('upper')",
            "sort(attribute='id')|map(attribute='id')|join('-')", "map('int')|sum", "select('odd')|list", "select('string')|list", "map('string')|join", "urlize",
            "sum(attribute='id')", "max(attribute='id')", "int(7, 2)", "filesizeformat(true)", "random is defined", "map('default', 'x')|list", "tojson|safe", "map('length')|list",
            lambda: f"default({e()})", lambda: f"join({e()})", lambda: f"replace('e', {e()})")

    def test(self):
        return self.r.choice(["defined", "undefined", "none", "string", "number", "mapping", "sequence", "iterable", "callable", "true", "false", "boolean", "integer",
                              "float", "odd", "even", "divisibleby 3", "divisibleby(2)", "eq 1", "ne(2)", "lt 5", "gt(1)", "ge 2", "in [1, 2, 'text']", "sameas none",
                              "upper", "lower", "escaped", "filter", "test", "eq 'text'", "sameas(f)"])

    def ws(self):
        return self.r.choice(["", "", "", "-", "+"]), self.r.choice(["", "", "", "-"])

    def tag(self, inner):
        left, right = self.ws()
        return "{%" + left + " " + inner + " " + right + "%}"

    def text(self):
        return self.r.choice(["text ", "\n", "  \n", " ", "<p>", "\n  ", "ü", "", "line\n", "\t", "{# c #}", "{#- c -#}\n", "{{ '{{' }}", "%", "}", "{"])

    def output(self):
        left = self.r.choice(["", "", "", "-"])
        right = self.r.choice(["", "", "", "-"])
        return "{{" + left + " " + self.expr() + " " + right + "}}"

    def body(self, level=0, n=None):
        saved = list(self.locals)
        parts = [self.statement(level) for _ in range(n or self.r.randint(1, 4))]
        self.locals = saved
        return "".join(parts)

    def statement(self, level):
        r = self.r.random()
        if r < 0.3:
            return self.text()
        if r < 0.55 or level > 3:
            return self.output()
        b = lambda: self.body(level + 1)
        return self.pick(
            lambda: self.tag(f"if {self.expr()}") + b() + self.tag("endif"),
            lambda: self.tag(f"if {self.expr()}") + b() + self.tag(f"elif {self.expr()}") + b() + self.tag("else") + b() + self.tag("endif"),
            lambda: self.loop(level), lambda: self.loop(level), lambda: self.loop(level),
            lambda: self.set_tag(), lambda: self.set_tag(), lambda: self.set_tag(),
            lambda: self.set_block(level), lambda: self.macro(level), lambda: self.with_tag(level),
            lambda: self.tag("filter " + self.r.choice(["upper", "escape", "trim", "replace('e', '3')", "title|trim"])) + b() + self.tag("endfilter"),
            lambda: self.tag("autoescape " + self.r.choice(["true", "false", "f", "g"])) + b() + self.tag("endautoescape"),
            lambda: self.call(level), lambda: self.wrapper(level), lambda: self.counter(level), lambda: self.tree(), lambda: self.chat(), lambda: self.special(level),
            lambda: "{% raw %}{{ x }}{% if %}" + self.text().replace("{#", "") + "{% endraw %}",
            lambda: self.tag(self.r.choice(["include 'inc'", "include ['nope', 'inc']", "include 'nope' ignore missing", "include c",
                                                      "include ['nope', 'no'] ignore missing with context", "include i ignore missing", "include 'loops'", "include ['nope', c]", "include []"])),
            # Not inside filter and set blocks, macros and calls: Jinja does not print it there.
            lambda: self.tag(f"include {self.r.choice([chr(39) + 'inc' + chr(39), '[c, ' + chr(39) + 'inc' + chr(39) + ']'])} without context") if level == 0 else self.output(),
            lambda: self.tag(self.r.choice(["import 'mod' as mod", "from 'mod' import hello", "from 'mod' import hello as hi with context", "import 'mod' as mod with context"]))
            + "{{ mod }}{{ hi('x') if hi else '' }}" + self.r.choice(["", "{{ mod.hello(1) }}", "{{ mod.value }}", "{{ hello }}"]),
        )

    def loop(self, level):
        target = self.r.choice(["it", "it", "x, y", "k, v", "a"])
        recursive = self.r.random() < 0.1
        iterable = self.r.choice([self.name(), self.name(), "range(3)", "d", "o", "e.items()", "u", "[1, 2, 3]", "t|dictsort", self.expr(2)])
        cond = f" if {self.expr(2)}" if self.r.random() < 0.25 else ""
        saved = list(self.locals)
        self.locals += target.split(", ")
        loop_vars = ["loop.index", "loop.index0", "loop.first", "loop.last", "loop.length", "loop.revindex", "loop.previtem", "loop.nextitem|default('none')", "loop.depth",
                     "loop.cycle('o', 'e')", "loop.changed(it)"]
        inner = self.body(level + 1) + ("{{ " + self.r.choice(loop_vars) + " }}" if self.r.random() < 0.5 else "")
        if recursive:
            inner += "{{ loop(it) if loop.depth < 3 and it is iterable and it is not string }}"
        self.locals = saved
        other = self.tag("else") + self.body(level + 1) if self.r.random() < 0.2 else ""
        return self.tag(f"for {target} in {iterable}{cond}{' recursive' if recursive else ''}") + inner + other + self.tag("endfor")

    def set_tag(self):
        value = self.expr()
        name = self.r.choice(["v1", "v2", "a", "it", "ns", "c"])
        if name == "ns":
            if "ns" in self.locals and self.r.random() < 0.7:
                return self.tag(f"set ns.{self.r.choice(['k', 'z'])} = {value}")
            self.locals.append("ns")
            return self.tag(f"set ns = namespace(k={value})")
        self.locals.append(name)
        if self.r.random() < 0.1:
            # The same name twice is left out: CPython 3.11.2 stores such a pair in the wrong order.
            return self.tag(f"set {name}, {'v1' if name == 'v2' else 'v2'} = {value}, {self.expr(2)}")
        return self.tag(f"set {name} = {value}")

    def set_block(self, level):
        text = self.tag("set blk" + self.r.choice(["", "", "|upper", " | trim | replace('t', '<')"])) + self.body(level + 1) + self.tag("endset")
        self.locals.append("blk")
        return text

    def with_tag(self, level):
        value = self.expr(1)
        saved = list(self.locals)
        self.locals.append("w1")
        text = self.tag(f"with w1 = {value}" + self.r.choice(["", ", w2 = 3", ", a = w1"])) + self.body(level + 1) + self.tag("endwith")
        self.locals = saved
        return text

    def macro(self, level):
        name = self.r.choice(["mac", "mac2"])
        signature = self.r.choice(["p1", "p1, p2='d'", "p1=1, p2=p1", "p1='x'", ""])
        saved = list(self.locals)
        self.locals += [part.split("=")[0].strip() for part in signature.split(",") if part]
        extra = self.r.choice(["", "", "{{ varargs }}", "{{ kwargs }}", "{{ caller() if caller else 'nc' }}"])
        text = self.tag(f"macro {name}({signature})") + self.body(level + 1) + extra + self.tag("endmacro")
        self.locals = saved
        self.macros.append(name)
        return text + self.r.choice(["", "{{ %s(1) }}" % name, "{{ %s() }}" % name, "{{ %s(1, 2, 3) }}" % name, "{{ %s(p1=5) }}" % name, "{{ %s.arguments }}" % name])

    def call(self, level):
        if not self.macros:
            return self.output()
        return self.tag(f"call{self.r.choice(['', '(z)'])} {self.r.choice(self.macros)}({self.expr(2)})") + self.body(level + 1) + self.tag("endcall")

    def wrapper(self, level):
        """A macro that wraps its caller, called around another call."""
        name = self.r.choice(["wrap", "wrap2"])
        saved = list(self.locals)
        self.locals.append("p1")
        inner = self.body(level + 2, 1)
        self.locals = saved
        passed = self.r.choice(["", "", "1", "p1", "p1, 2", "z=3"])
        macro = self.tag(f"macro {name}(p1{self.r.choice(['', '=4'])})") + f"<{name}>" + inner + "{{ caller(" + passed + ") }}" + self.r.choice(["", "{{ caller }}", "{{ varargs }}"]) + self.tag("endmacro")
        taken = self.r.choice(["", "", "(z)", "(z=1)", "(z, y)"])
        body = self.r.choice([lambda: self.body(level + 2, 1), lambda: "{{ z }}{{ p1 }}", lambda: self.tag(f"call {name}(8)") + "{{ z }}" + self.output() + self.tag("endcall")])()
        return macro + self.tag(f"call{taken} {name}({self.expr(2)})") + body + self.tag("endcall")

    def counter(self, level):
        """A namespace changed in loops and macros."""
        change = self.r.choice(["ns.n = ns.n + 1", "ns.n = ns.n ~ it", "ns.text = (ns.text or '') + '[' + it|string|trim + ']'", "ns.seen = (ns.seen or []) + [it]", "ns.k = loop", *TARGETS])
        start = self.r.choice(["n=0", "n=0, text=''", "{'n': 1}", "e", "n=''"])
        inner = self.r.choice([change, change, f"if it {self.r.choice(['>', '==', 'in'])} {self.name()}"])
        middle = self.tag("set " + change) if inner == change else self.tag(inner) + self.tag("set " + change) + self.tag("else") + self.body(level + 2, 1) + self.tag("endif")
        return (self.tag(f"set ns = namespace({start})") + self.tag(f"for it in {self.r.choice(['d', 'i', 'o', self.name()])}") + middle + self.tag("endfor")
                + self.r.choice(["{{ ns.n }}", "{{ ns.n }}{{ ns.text }}", "{{ ns.seen }}", "{{ ns.k is defined }}", "{{ ns.nope.x }}"]))

    def tree(self):
        items = self.r.choice(["u", "o", "[[1, [2]], 3]", "[{'x': [{'x': []}]}]", self.name()])
        inside = self.r.choice(["loop(it)", "loop(it.tags)", "loop(it.x)", "loop(it)|upper", "loop(it)|length", "'(' ~ loop(it) ~ ')'"])
        shown = self.r.choice(["{{ loop.depth }}", "{{ loop.index }}{{ loop.last }}", "{{ it if it is not iterable }}", "{{ loop.previtem }}", "{{ outer }}{% set outer = loop.depth0 %}"])
        condition = self.r.choice(["", "", " if it", " if it is iterable"])
        guard = self.r.choice(["if it is iterable and it is not string", "if it is mapping or it is sequence", "if loop.depth < 3"])
        return self.tag(f"for it in {items}{condition} recursive") + shown + self.tag(guard) + "{{ " + inside + " }}" + self.tag("endif") + self.r.choice(["", self.tag("else") + "none"]) + self.tag("endfor")

    def chat(self):
        """The shape of the templates that come with language models."""
        messages = "[{'role': 'user', 'content': ' hi '}, {'role': 'assistant', 'content': 'a<b\\n'}, {'role': 'system', 'content': [{'type': 'text', 'text': 'x'}]}]"
        start = self.r.choice(["", "{% if messages[0]['role'] == 'system' %}{% set sys = messages[0].content %}{% set messages = messages[1:] %}{% else %}{% set sys = '' %}{% endif %}{{ sys }}",
                               "{% set ns = namespace(last=-1) %}{% for m in messages[::-1] %}{% if m.role == 'user' and ns.last < 0 %}{% set ns.last = loop.index0 %}{% endif %}{% endfor %}{{ ns.last }}"])
        content = self.r.choice(["m.content", "m['content']", "m.content if m.content is string else m.content[0].text", "m.get('content', '')", "m.content|string"])
        line = self.r.choice(["{{ '[' + c + ']' }}", "{{ '<|' + m.role + '|>\\n' + c|trim + '\\n' }}", "{{ '[' ~ c ~ loop.index ~ ']' }}", "{{ c.split('<')[-1].lstrip('b') }}", "{{ c[1:-1] + c[:2].rstrip() }}",
                              "{% if c.startswith(' ') or 'a<' in c %}{{ c.strip() }}{% elif loop.last %}{{ c|tojson }}{% endif %}", "{%- if loop.first and m['role'] != 'user' -%}{{ 1 // 0 }}{%- endif -%}{{ c|trim == 'hi' }}"])
        return "{% set messages = " + messages + " %}" + start + self.tag("for m in messages") + "{% set c = " + content + " %}" + line + self.tag("endfor")

    def special(self, level):
        """Tags of extensions. Where they are not loaded they are errors of syntax, so that is only tried now and then."""
        loaded = self.extensions
        options = []
        if "jinja2.ext.i18n" in loaded:
            options += [lambda: self.trans(), lambda: self.trans(), lambda: "{{ " + self.r.choice(["_('Hello')", "gettext('n %(x)s', x=a)", "ngettext('one', '%(num)s many', a)", "_('<b>') ~ h", "_(c)"]) + " }}"]
        if "jinja2.ext.do" in loaded:
            options += [lambda: self.tag(f"do {self.expr()}"), lambda: self.tag("do d.append(4)")]
        if "jinja2.ext.loopcontrols" in loaded:
            options += [lambda: self.tag("for it in " + self.r.choice(["d", "range(5)", "o"])) + self.tag(f"if {self.expr(2)}") + self.body(level + 2, 1) + self.tag(self.r.choice(["break", "continue"]))
                        + self.tag("endif") + "{{ loop.index }}" + self.r.choice(["", "{{ loop.previtem }}", self.tag("else") + "else"]) + self.tag("endfor")]
        if self.r.random() < 0.02:
            options = [lambda: self.tag(self.r.choice(["break", "do 1", "trans", "nope", "endif", "continue", "debug"]))]
        return self.r.choice(options)() if options else self.output()

    def trans(self):
        head = self.r.choice(["trans", "trans x=a", "trans x=" + self.expr(2), "trans trimmed", "trans x=a, y=c", "trans count=d|length", "trans a", "trans 'ctx' x=a", "trans notrimmed x=h"])
        body = self.r.choice(["Hello {{ x }}", "a\n  b {{ x }}\n", "100% {{ a }}", "{{ c }} <b>{{ h }}</b>", "", "{{ missing }}"])
        plural = self.r.choice(["", "", self.tag(self.r.choice(["pluralize", "pluralize count", "pluralize x"])) + "{{ count }} many {{ x }}"])
        return self.tag(head) + body + plural + self.tag("endtrans")

    def templates(self):
        templates = {}
        if self.r.random() < 0.25:
            base = self.text() + "{% block one %}" + self.body(2) + "{% endblock %}" + self.text() + "{% block two scoped %}" + self.output() + "{% endblock %}" + self.text()
            if self.r.random() < 0.3:
                base = "{% for it in d %}" + base.replace("one", "loopblock", 1) + "{% endfor %}{{ self.two() }}"
            templates["base"] = base
            child = "{% extends 'base' %}" + self.r.choice(["", self.set_tag(), self.macro(2), self.text()])
            child += "{% block one %}" + self.body(2) + self.r.choice(["", "{{ super() }}"]) + "{% endblock %}"
            child += self.r.choice(["", "{% block two %}" + self.output() + self.r.choice(["", "{{ it }}", "{{ super() }}"]) + "{% endblock %}"])
            templates["main"] = child
        else:
            templates["main"] = self.body(0, self.r.randint(1, 5))
        templates["inc"] = "[inc " + self.r.choice(["{{ a }}", "{{ it }}", "{{ c }}{% set c = 1 %}", "{{ loop.index }}", "{{ missing.x }}", "{{ v1 }}"]) + "]"
        templates["loops"] = "{{ loop.index }}{{ it }}" + self.r.choice(["", "{% for it in d %}{{ loop.index }}{% include 'inc' %}{% endfor %}", "{% set it = 1 %}{{ it }}"])
        templates["mod"] = "mod{% macro hello(n) %}hello {{ n }} {{ a }} {{ v1 }}{% endmacro %}{% set value = 5 %}{% set _p = 1 %}" + self.r.choice(["", "{{ a }}"])
        return templates


CATALOG = {"Hello %(x)s": "Hallo %(x)s", "Hello": "Hallo <1>", "%(count)s many %(x)s": "%(count)s viele %(x)s", "a b %(x)s": "%(x)s b a", "ctxHello %(x)s": "im %(x)s"}


def install(environment, settings):
    find = lambda key, missing: settings["catalogs"]["de"].get(key, missing)
    number = lambda one, many, n: one if n == 1 else many
    environment.install_gettext_callables(
        lambda message: find(message, message), lambda one, many, n: find(number(one, many, n), number(one, many, n)), settings["newstyle"],
        lambda context, message: find(f"{context}{message}", message), lambda context, one, many, n: find(f"{context}{number(one, many, n)}", number(one, many, n)))


DELIMITERS = [
    {"block_start_string": "<%", "block_end_string": "%>", "variable_start_string": "<<", "variable_end_string": ">>", "comment_start_string": "<#", "comment_end_string": "#>"},
    {"block_start_string": "#{", "block_end_string": "}#", "variable_start_string": "${", "variable_end_string": "}$", "comment_start_string": "#{#", "comment_end_string": "#}"},
    {"variable_start_string": "[[", "variable_end_string": "]]"}, {"block_start_string": "{{%", "block_end_string": "%}}"},
    {"variable_start_string": "{%=", "variable_end_string": "%}"}, {"block_start_string": "@(", "block_end_string": ")@", "comment_start_string": "@*", "comment_end_string": "*@"},
]

ENVIRONMENTS = [
    {}, {}, {}, {"autoescape": True}, {"autoescape": True}, {"trim_blocks": True}, {"lstrip_blocks": True}, {"trim_blocks": True, "lstrip_blocks": True},
    {"undefined": "StrictUndefined"}, {"undefined": "ChainableUndefined"}, {"undefined": "DebugUndefined"}, {"keep_trailing_newline": True},
    {"class": "SandboxedEnvironment"}, {"extensions": ["jinja2.ext.do", "jinja2.ext.loopcontrols"]},
    {"class": "ImmutableSandboxedEnvironment", "autoescape": True}, {"class": "SandboxedEnvironment", "undefined": "StrictUndefined", "extensions": ["jinja2.ext.do"]},
    {"extensions": ["jinja2.ext.i18n"], "i18n": {"newstyle": False, "language": "de", "catalogs": {"de": CATALOG}}},
    {"extensions": ["jinja2.ext.i18n", "jinja2.ext.do"], "autoescape": True, "trim_blocks": True, "i18n": {"newstyle": True, "language": "de", "catalogs": {"de": CATALOG}}},
    {"line_statement_prefix": "#", "line_comment_prefix": "##"}, {"line_statement_prefix": "%", "trim_blocks": True}, {"line_statement_prefix": "%%", "line_comment_prefix": "//", "lstrip_blocks": True},
    {"optimized": False}, {"newline_sequence": "\r\n", "keep_trailing_newline": True}, {"optimized": False, "autoescape": True, "undefined": "StrictUndefined"},
    {"trim_blocks": True, "lstrip_blocks": True, "extensions": ["jinja2.ext.loopcontrols"], "class": "ImmutableSandboxedEnvironment"},
]


def respell(text, rnd, env):
    """The same template in other delimiters, or with some of its tags as line statements."""
    names = {"{%": "block_start_string", "%}": "block_end_string", "{{": "variable_start_string", "}}": "variable_end_string", "{#": "comment_start_string", "#}": "comment_end_string"}
    if any(name in env for name in names.values()):
        text = re.sub("|".join(map(re.escape, names)), lambda match: env.get(names[match[0]], match[0]), text)
    if prefix := env.get("line_statement_prefix"):
        colon = lambda tag: rnd.choice(["", "", ":"]) if re.match("(el)?if|else|for", tag) or rnd.random() < 0.03 else ""
        text = re.sub(r"\{%[-+]? ([^%\n]*?) [-]?%\}", lambda match: f"\n{rnd.choice(['', '  ', chr(9)])}{prefix} {match[1]}{colon(match[1])}\n" if rnd.random() < 0.5 else match[0], text)
    if (comment := env.get("line_comment_prefix")) and rnd.random() < 0.5:
        text = text.replace("\n", f" {comment} note\n", 1)
    return text


def make(env, templates):
    options = {key: value for key, value in env.items() if key not in ("class", "i18n")}
    if "undefined" in options:
        options["undefined"] = getattr(jinja2, options["undefined"])
    cls = {"SandboxedEnvironment": SandboxedEnvironment, "ImmutableSandboxedEnvironment": ImmutableSandboxedEnvironment}.get(env.get("class"), Environment)
    environment = cls(loader=Loader(templates), **options)
    if "jinja2.ext.i18n" in env.get("extensions", []):
        install(environment, env["i18n"])
    return environment


def place(error, templates):
    if isinstance(error, jinja2.TemplateSyntaxError):
        return error.name, error.lineno
    found = None
    tb = error.__traceback__
    while tb is not None:
        if tb.tb_frame.f_code.co_filename in templates:
            found = tb.tb_frame.f_code.co_filename, tb.tb_lineno
        tb = tb.tb_next
    return found or (None, None)


def outcome(env, templates):
    try:
        output = make(env, templates).get_template("main").render(decode(CONTEXT))
        return {"output": output} if len(output) < LONGEST else None
    except (RecursionError, MemoryError):
        return None
    except Exception as error:
        name, line = place(error, templates)
        result = {"type": type(error).__name__, "message": str(error)}
        if line is not None:
            result.update(line=line, template=name)
        return {"error": result}


def main():
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    seed, count = int(sys.argv[1]), int(sys.argv[2])
    cases = []
    number = 0
    while len(cases) < count:
        number += 1
        rnd = random.Random(f"{seed}-{number}")
        env = rnd.choice(ENVIRONMENTS) | (rnd.choice(DELIMITERS) if rnd.random() < 0.12 else {})
        generator = Generator(rnd)
        generator.extensions = env.get("extensions", [])
        templates = {name: respell(text, rnd, env) for name, text in generator.templates().items()}
        # Older versions of Jinja's immutable sandbox forget these two.
        if "Immutable" in env.get("class", "") and re.search(r"\.(pop|clear)\(", str(templates)):
            continue
        result = outcome(env, templates)
        # Addresses and the order of sets differ from run to run, and the names of Markup's methods between versions of MarkupSafe.
        if result is None or re.search(r"\{('[^']*'|[-\d.]+|\([^()]*\))(, |\})", result.get("output", "")) or re.search(r"(?i)0x[0-9a-f]{6}|AssertionError|lipsum|SyntaxWarning|bound method", json.dumps(result)) or result.get("error", {}).get("type") in ("SyntaxError", "AssertionError"):
            continue
        cases.append({"id": f"{seed}-{number}", "templates": templates, "main": "main", "context": CONTEXT, "env": env, **result})
    json.dump(cases, sys.stdout)


main()
