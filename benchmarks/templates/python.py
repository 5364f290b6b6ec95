"""Times Jinja2 on the templates and data it reads as JSON from its input; writes microseconds of CPU and the output for each."""
import json
import sys
import time

from jinja2 import DictLoader, Environment

data = json.load(sys.stdin)
environment = Environment(loader=DictLoader(data["templates"]), autoescape=lambda name: name != "chat", auto_reload=False)


class Item:
    def __init__(self, values):
        self.__dict__.update(values)


def objects(name):
    return [Item(values) for values in data[name]]


models = {
    "products": {"products": objects("products")},
    "fortunes": {"fortunes": objects("fortunes")},
    "table": {"table": data["table"]},
    "page": {"title": "Title", "items": objects("items")},
    "tiny": {"name": "World"},
    "chat": {"messages": data["messages"], "bos": "<s>", "eos": "</s>", "add_generation_prompt": True},
}


def measure(call):
    call()
    best = 1e9
    for _ in range(5):
        start, count = time.process_time(), 0
        while time.process_time() - start < 0.1:
            call()
            count += 1
        best = min(best, (time.process_time() - start) / count)
    return best * 1e6


result = {}
for name, model in models.items():
    template = environment.get_template(name)
    result[name] = [measure(lambda: template.render(model)), template.render(model)]
result["compile"] = [measure(lambda: environment.from_string(data["large"])), ""]
json.dump(result, sys.stdout)
