"""Writes random calls of Jinja's filters, tests and globals, of the methods of Python's types, and uses of operators, and what Jinja makes of them, in the format of the recorded cases.

usage: arguments.py SEED COUNT > cases.json
"""
import inspect
import json
import random
import re
import resource
import signal
import sys
import warnings

import jinja2
from jinja2 import Environment
from jinja2.filters import FILTERS
from jinja2.sandbox import SandboxedEnvironment
from jinja2.tests import TESTS
from markupsafe import Markup

warnings.simplefilter("ignore")

MEMORY = 2 * 1024 ** 3
SECONDS = 2

VALUES = ["1", "-2", "0", "2.5", "-0.5", "true", "none", "missing", "missing.x", "'abc'", "''", "'a b <c> 12'", "'<x>'|escape", "'12'", "'%s-%s'", "'x'.upper", "b",
          "[3, 1, 2]", "['b', 'A', none]", "[]", "[[1, 2], [3]]", "[{'id': 2, 'n': 'x'}, {'id': 1, 'n': 'Y'}]", "(1, 'two')", "range(3)", "{'k': 1, 'b': [2]}", "{}",
          "dict(a=1).items()", "[1, 2]|map('string')", "12345678901234567890123", "cycler", "namespace(a=1)"]

ARGUMENTS = ["1", "-2", "0", "3", "50", "2.5", "none", "true", "missing", "'a'", "''", "'id'", "'upper'", "'odd'", "'x.y'", "'<b>'|escape", "[1]", "['a', 'b']", "{}"]

LAZY = {"map", "select", "reject", "selectattr", "rejectattr", "batch", "slice", "unique", "items", "groupby", "reverse"}

GLOBALS = {"range": ["|list", "[1]", "|length"], "dict": [""], "cycler": [".next()", ".current", ".items"], "joiner": ["()", ".sep"], "namespace": [".a", "", ".b"],
           "lipsum": ["|length > 0"]}

# Methods by the type of what they are called on; those that change it are printed with it.
RECEIVERS = {str: ["'abc'", "' a b '", "''", "'a,b,c'", "'Ünï ß ı 😀'", "'{a}{0}'", "'12'", "'a\\tb\\r\\nc'"], Markup: ["'<i>x</i>'|safe", "'a,b'|safe", "'{}{a}'|safe", "''|safe"],
             bytes: ["b", "' A b'.encode()", "''.encode()", "'a,b'.encode()", "'%s %(a)s'.encode()"], list: ["[3, 1, 2]", "[]", "['b', 'a', none]", "[[1], [2]]"],
             tuple: ["(1, 'x')", "()"], dict: ["{'a': 1, 'b': [2]}", "{}", "{1: 2}"], int: ["7", "-3", "true", "12345678901234567890123"], float: ["2.5", "-0.5", "1e300"], range: ["range(3)", "range(5, 0, -2)"]}

CHANGING = {"append", "clear", "extend", "insert", "pop", "popitem", "remove", "reverse", "setdefault", "sort", "update"}

# What the engine leaves out of bytes and numbers, or takes in another way.
MISSING = {"from_bytes", "fromhex", "to_bytes", "translate", "maketrans"}

METHOD_ARGUMENTS = ARGUMENTS + ["-1", "1", "'b'", "','", "' '", "'utf-8'", "b", "','.encode()", "97", "('a', 'b')", "{'a': 1}", "{97: 'x'}", "99999999999999999999", "-9223372036854775808"]

OPERATORS = ["+", "-", "*", "/", "//", "%", "~", "==", "!=", "<", "<=", ">", ">=", "in", "not in", "and", "or"]

ENVIRONMENTS = [{}, {}, {"autoescape": True}, {"undefined": "StrictUndefined"}, {"undefined": "ChainableUndefined"}, {"undefined": "DebugUndefined"},
                {"class": "SandboxedEnvironment"}]


class TooSlow(BaseException):
    pass


def parameters(function):
    """Names of a filter's parameters after the filtered value."""
    try:
        found = inspect.signature(function).parameters.values()
    except ValueError:
        return []
    names = [parameter.name for parameter in found if parameter.kind in (parameter.POSITIONAL_OR_KEYWORD, parameter.KEYWORD_ONLY)]
    return names[2 if hasattr(function, "jinja_pass_arg") else 1:]


def arguments(rnd, names):
    """Some positional arguments and some by name, in parentheses; nothing at all if there are none."""
    given = [rnd.choice(ARGUMENTS) for _ in range(rnd.choice([0, 1, 1, 1, 2, 2, 3, 4]))]
    if names and rnd.random() < 0.5:
        given = given[:rnd.choice([0, 0, 1])]
        given += [f"{name}={rnd.choice(ARGUMENTS)}" for name in rnd.sample(names, rnd.randint(1, len(names)))]
    if rnd.random() < 0.04:
        given.append("bogus=1")
    return f"({', '.join(given)})" if given else ""


def method(rnd):
    kind = rnd.choice(list(RECEIVERS))
    name = rnd.choice([name for name in dir(kind) if name[0] != "_" and callable(getattr(kind, name)) and (kind is str or name not in MISSING)])
    given = ", ".join(rnd.choice(METHOD_ARGUMENTS) for _ in range(rnd.choice([0, 1, 1, 1, 2, 2, 3])))
    receiver = rnd.choice(RECEIVERS[kind])
    return f"{{% set x = {receiver} %}}{{{{ [x.{name}({given}){', x' if name in CHANGING else ''}] }}}}"


def operation(rnd):
    value = lambda: rnd.choice(VALUES + METHOD_ARGUMENTS + [receiver for receivers in RECEIVERS.values() for receiver in receivers])
    if rnd.random() < 0.2:
        bound = lambda: rnd.choice(["", "", "1", "-1", "none", "missing", "'a'", "2.5", "9999"])
        # Constants are sliced by Jinja's optimizer, which does not fail where the template would.
        return f"{{% set x = {value()} %}}{{{{ [x[{bound()}:{bound()}{rnd.choice(['', ':' + bound()])}]] }}}}"
    return f"{{{{ [({value()}) {rnd.choice(OPERATORS)} ({value()})] }}}}"


def template(rnd):
    kind = rnd.random()
    return method(rnd) if kind < 0.25 else operation(rnd) if kind < 0.4 else "{{ " + expression(rnd) + " }}"


def expression(rnd):
    kind = rnd.random()
    if kind < 0.7:
        name = rnd.choice([name for name in FILTERS if name != "random"])
        return f"({rnd.choice(VALUES)})|{name}{arguments(rnd, parameters(FILTERS[name]))}" + (rnd.choice(["", "|list"]) if name in LAZY else "")
    if kind < 0.88:
        name = rnd.choice([name for name in TESTS if name.isidentifier()])
        return f"({rnd.choice(VALUES)}) is {name}{arguments(rnd, [])}"
    name = rnd.choice(list(GLOBALS))
    return f"{name}{arguments(rnd, ['n', 'min', 'max', 'html', 'sep', 'a']) or '()'}{rnd.choice(GLOBALS[name])}"


def outcome(settings, text):
    options = {key: value for key, value in settings.items() if key != "class"}
    if "undefined" in options:
        options["undefined"] = getattr(jinja2, options["undefined"])
    cls = SandboxedEnvironment if "class" in settings else Environment
    signal.alarm(SECONDS)
    try:
        return {"output": cls(**options).from_string(text).render(b=b"by\xff")}
    except (MemoryError, RecursionError, TooSlow):
        return None
    except Exception as error:
        return {"error": {"type": type(error).__name__, "message": str(error)}}
    finally:
        signal.alarm(0)


def give_up(*_):
    raise TooSlow


def main():
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    signal.signal(signal.SIGALRM, give_up)
    seed, count = int(sys.argv[1]), int(sys.argv[2])
    cases = []
    number = 0
    while len(cases) < count:
        number += 1
        rnd = random.Random(f"arguments {seed}-{number}")
        text = template(rnd)
        settings = rnd.choice(ENVIRONMENTS)
        result = outcome(settings, text)
        # Addresses, the order of sets and the names of Markup's methods differ from run to run and between versions.
        if result is None or re.search(r"(?i)0x[0-9a-f]{6}|bound method|\{('[^']*'|\([^()]*\)), ", json.dumps(result)):
            continue
        context = {"b": {"$bytes": "Ynn/"}}
        cases.append({"id": f"arguments {seed}-{number}", "templates": {"<string>": text}, "main": "<string>", "context": context, "env": settings, **result})
    json.dump(cases, sys.stdout)


main()
