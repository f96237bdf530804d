# SPDX-License-Identifier: MIT
"""Makes documents with one change each out of good ones, always the same ones.

A document is a tree: a text, a list, or a Mapping (pairs, so that a key can stand twice). Each mutant is marked by how
it was made, not by what anybody says of it:
  "shape"      what a schema can see; it says too whether the document is still good
  "reference"  what only the loader can see: names, zones, orders of dates, cycles
"""
import copy
import json
import random

SEED = 20261123
PER_RULE = 9  # mutants of one rule from one document

TEXT_KEYS = {"title", "clause", "note"}
REQUIRED = {(): {"sla", "name", "time_zone"}, ("criteria", "*"): {"name"}, ("targets", "*"): {"within"},
            ("objectives", "*"): {"metric", "attainment"}, ("calendars", "*"): {"hours"}}
NAMED = {("calendars",), ("feeds",), ("channels",), ("tiers",), ("services", "covered"), ("services", "excluded"),
         ("attributes",), ("metrics",)}
FREE_KEYS = NAMED | {("calendars", "*", "hours"), ("criteria", "*", "when")}
ONE_OR_LIST = {("metrics", "*", role) for role in ("start", "stop", "pause", "resume", "cancel")} \
    | {("targets", "*", key) for key in ("metric", "criterion", "tier", "channel", "service")} \
    | {("objectives", "*", key) for key in ("criterion", "tier", "channel", "service")} \
    | {("calendars", "*", "hours", "*"), ("calendars", "*", "exceptions", "*", "hours"), ("criteria", "*", "when", "*")}
FILLED_LISTS = {("languages",), ("attributes", "*"), ("calendars", "*", "union"), ("calendars", "*", "intersection"),
                ("calendars", "*", "difference")} \
    | {("feeds", "*", key) for key in ("include_categories", "exclude_categories", "include_summary", "exclude_summary")} \
    | (ONE_OR_LIST - {("calendars", "*", "hours", "*"), ("calendars", "*", "exceptions", "*", "hours")})

DATE = (["2026-02-30", "2025-02-29", "2100-02-29", "31.12.2026", "2026-1-1", "2026-13-01", "tomorrow", "", "20260101",
         "0000-01-01", "2026-01-01T00:00:00Z"], [])
WINDOW = (["09:00-25:00", "09:60-17:00", "09:00-24:01", "9:00-17:00", "09:00-09:00", "09:00-09:00:00", "00:00-00:00",
           "24:00-06:00", "09:00", "nine-to-five", "09:00 - 17:00", "09:00-17:00:60", "", "09:00-17:00-18:00"],
          ["00:00-24:00", "22:00-06:00", "09:00:30-17:00:45", "23:59:59-24:00:00"])
WITHIN = (["2d", "soon", "-4h", "4 hours", "0h", "0h0m0s", "1h 30m", "30m1h", "4H", "1.5h", "h", "", "Immediate",
           "business days", "2 business", "2 business days by 25:00", "2 business days by 9:00", "2 business days by 16:00:00",
           "two business days", "1234567890h", "-1 business days", "best effort"],
          ["immediate", "best-effort", "90s", "1h30m15s", "007h", "0h1s", "1 business day", "0 business days",
           "3 business days by 24:00", "999999999h"])
DURATION = (["2d", "-15m", "15", "", "15 m", "m", "1234567890s"], ["0m", "15m", "1h0s"])
PERCENTAGE = (["120%", "100.0001%", "95", "95 %", "-5%", "99.99999%", "95.%", "", "%", "1000%"],
              ["0%", "100%", "100.0%", "99.9999%", "7%", "099%"])
DAYS = (["monday", "Mon", "mon-", "mon,", "mon, tue", "", "mon-fri-sun", "weekdays", "mon;tue"],
        ["sat-mon", "mon,mon", "tue-tue", "fri-sun,wed"])
WORDS = {"sla": (["2", "1.0", "", "one"], ["1"]), "tie": (["later", "Close", ""], ["close", "next-open"]),
         "repeats": (["yes", "maybe", "TRUE", "1"], ["true", "false"]), "reopen": (["restart", ""], ["ignore", "resume"]),
         "on_change": (["sometimes", ""], ["keep", "from-start", "restart"]), "per": (["year", "Month"], ["day", "week", "all"]),
         "transparent": (["busy", ""], ["open", "closed"]), "unsupported": (["warn", ""], ["skip", "error"]),
         "unlisted": (["maybe", ""], ["covered", "excluded"]),
         "covers_until": (["never", "2026-02-30", ""], ["always", "2030-06-30"])}
LIKE = (["first-answer", "", "Resolution"], ["resolution", "agent-work"])

REFERENCES = {("default_calendar",), ("channels", "*", "calendar"), ("tiers", "*", "channels", "*"),
              ("tiers", "*", "includes", "*"), ("criteria", "*", "when", "*"), ("criteria", "*", "when", "*", "*"),
              ("objectives", "*", "metric")} \
    | {("calendars", "*", operation, "*") for operation in ("union", "intersection", "difference")} \
    | {("targets", "*", key) for key in ("metric", "criterion", "tier", "channel", "service", "calendar", "roll")} \
    | {("targets", "*", key, "*") for key in ("metric", "criterion", "tier", "channel", "service")} \
    | {("objectives", "*", key) for key in ("criterion", "tier", "channel", "service")} \
    | {("objectives", "*", key, "*") for key in ("criterion", "tier", "channel", "service")}


class Mapping:
    """Keys and values in order; a key may stand twice."""

    def __init__(self, pairs):
        self.pairs = [list(pair) for pair in pairs]


def tree(value):
    """From what a YAML reader gives."""
    if isinstance(value, dict):
        return Mapping((key, tree(entry)) for key, entry in value.items())
    return [tree(entry) for entry in value] if isinstance(value, list) else str(value)


def write(value):
    """As JSON, which is YAML."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(json.dumps(key) + ": " + write(entry) for key, entry in value.pairs) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(write, value)) + "]"
    return json.dumps(value)


# ---- Places: the steps from the root, as indexes of pairs and items, and the path that the format's tables know ----

def places(value, steps=(), path=()):
    yield steps, path
    if isinstance(value, Mapping):
        for i, (key, entry) in enumerate(value.pairs):
            if not key.startswith("x-"):
                yield from places(entry, steps + (i,), path + ("*" if path in FREE_KEYS else key,))
    elif isinstance(value, list):
        for i, entry in enumerate(value):
            yield from places(entry, steps + (i,), path + ("*",))


def at(value, steps):
    for step in steps:
        value = value.pairs[step][1] if isinstance(value, Mapping) else value[step]
    return value


def replaced(root, steps, value):
    root = copy.deepcopy(root)
    if not steps:
        return value
    parent = at(root, steps[:-1])
    if isinstance(parent, Mapping):
        parent.pairs[steps[-1]][1] = value
    else:
        parent[steps[-1]] = value
    return root


def changed(root, steps, change):
    root = copy.deepcopy(root)
    change(at(root, steps))
    return root


# ---- Rules: each yields (name, mark, still good, document) ----

def add_unknown_key(root):
    for steps, path in places(root):
        if isinstance(at(root, steps), Mapping) and path not in FREE_KEYS:
            yield "shape", False, changed(root, steps, lambda record: record.pairs.append(["colour", "red"]))


def add_skipped_key(root):
    for steps, path in places(root):
        if isinstance(at(root, steps), Mapping):
            yield "shape", True, changed(root, steps, lambda record: record.pairs.append(["x-colour", ["red"]]))


def rename_key(root):
    for steps, path in places(root):
        record = at(root, steps)
        if isinstance(record, Mapping) and path not in FREE_KEYS:
            for i, (key, _) in enumerate(record.pairs):
                if not key.startswith("x-"):
                    yield "shape", False, changed(root, steps, lambda r, i=i, key=key: r.pairs.__setitem__(
                        i, ["q" + key, r.pairs[i][1]]))


def repeat_key(root):
    for steps, _ in places(root):
        record = at(root, steps)
        if isinstance(record, Mapping):
            for i, (key, _) in enumerate(record.pairs):
                yield "shape", False, changed(root, steps, lambda r, i=i: r.pairs.append(copy.deepcopy(r.pairs[i])))


def drop_required_key(root):
    for steps, path in places(root):
        record = at(root, steps)
        for i, (key, _) in enumerate(record.pairs if isinstance(record, Mapping) else ()):
            if key in REQUIRED.get(path, ()):
                yield "shape", False, changed(root, steps, lambda r, i=i: r.pairs.pop(i))


def drop_text(root):
    for steps, path in places(root):
        record = at(root, steps)
        for i, (key, _) in enumerate(record.pairs if isinstance(record, Mapping) and path not in FREE_KEYS else ()):
            if key in TEXT_KEYS or key.startswith("x-"):
                yield "shape", True, changed(root, steps, lambda r, i=i: r.pairs.pop(i))


def change_type(root):
    for steps, path in places(root):
        value = at(root, steps)
        if not isinstance(value, str):
            yield "shape", False, replaced(root, steps, Mapping([("a", "b")]) if isinstance(value, list) else [["a"]])
        if not isinstance(value, Mapping):
            yield "shape", False, replaced(root, steps, Mapping([]))
        if isinstance(value, str) and path not in ONE_OR_LIST:
            yield "shape", False, replaced(root, steps, [value])
        if not isinstance(value, str) and path not in ONE_OR_LIST:
            yield "shape", False, replaced(root, steps, "text")
        if not isinstance(value, str) and not {"union", "intersection", "difference"} & set(path):
            yield "shape", False, replaced(root, steps, [["a", ["b"]]])


def empty_list(root):
    for steps, path in places(root):
        if path in FILLED_LISTS:
            yield "shape", False, replaced(root, steps, [])


def scalars_of(path):
    key = path[-1] if path else ""
    if path[:1] in (("valid",), ("calendars",)) and key in ("from", "until", "through", "date"):
        return DATE
    if path[:3] == ("calendars", "*", "hours") or path[-2:] in (("*", "hours"), ("hours", "*")):
        return WINDOW
    if path == ("metrics", "*", "like"):
        return LIKE
    return {"within": WITHIN, "grace": DURATION, "attainment": PERCENTAGE}.get(key) or WORDS.get(key, ((), ()))


def change_scalar(root):
    for steps, path in places(root):
        if isinstance(at(root, steps), str):
            bad, good = scalars_of(path)
            for text in bad:
                yield "shape", False, replaced(root, steps, text)
            for text in good:
                yield "shape", True, replaced(root, steps, text)


def empty_name(root):
    for steps, path in places(root):
        if path in REFERENCES or path in (("name",), ("time_zone",), ("languages", "*"), ("requires", "*")):
            if isinstance(at(root, steps), str):
                yield "shape", False, replaced(root, steps, "")


def change_days(root):
    for steps, path in places(root):
        if path == ("calendars", "*", "hours"):
            for good, texts in ((False, DAYS[0]), (True, DAYS[1])):
                for text in texts:
                    yield "shape", good, changed(root, steps, lambda h, text=text: h.pairs.append([text, "09:00-10:00"]))


def combine_and_open(root):
    for steps, path in places(root):
        if path == ("calendars", "*"):
            for key, value in (("hours", Mapping([("mon", "09:00-10:00")])), ("union", ["always", "always"]),
                               ("difference", ["always", "always"])):
                if key not in [present for present, _ in at(root, steps).pairs]:
                    yield "shape", False, changed(root, steps, lambda c, pair=[key, value]: c.pairs.append(pair))


def end_twice(root):
    for steps, path in places(root):
        if path in (("valid",), ("calendars", "*", "exceptions", "*")):
            keys = [key for key, _ in at(root, steps).pairs]
            for key in ("until", "through", "date"):
                if key not in keys and (key != "date" or path != ("valid",)):
                    yield "shape", False, changed(root, steps, lambda r, key=key: r.pairs.append([key, "2099-01-01"]))


def reverse_dates(root):
    for steps, path in places(root):
        if path and path[-1] in ("until", "through") and at(root, steps) > "0002":
            yield "reference", False, replaced(root, steps, "0001-01-01")


def break_reference(root):
    for steps, path in places(root):
        if path in REFERENCES and isinstance(at(root, steps), str):
            yield "reference", False, replaced(root, steps, "nobody")


def break_zone(root):
    for steps, path in places(root):
        if path and path[-1] == "time_zone":
            for zone in ("GMT+1", "Europe/Beograd", "+25:00", "europe", "../UTC", "+1", "Local"):
                yield "reference", False, replaced(root, steps, zone)


def close_cycle(root):
    for steps, path in places(root):
        if path in (("calendars", "*"), ("tiers", "*")):
            name = at(root, steps[:-1]).pairs[steps[-1]][0]
            kept = [pair for pair in at(root, steps).pairs if path[0] == "tiers" and pair[0] != "includes"]
            circle = ("union", ["always", name]) if path[0] == "calendars" else ("includes", [name])
            yield "reference", False, replaced(root, steps, Mapping([*kept, circle]))


def never_open(root):
    for steps, path in places(root):
        if path == ("calendars", "*"):
            yield "reference", False, replaced(root, steps, Mapping([("difference", ["always", "always"])]))
            yield "reference", False, replaced(root, steps, Mapping([("hours", Mapping([]))]))


RULES = [add_unknown_key, add_skipped_key, rename_key, repeat_key, drop_required_key, drop_text, change_type, empty_list,
         change_scalar, empty_name, change_days, combine_and_open, end_twice, reverse_dates, break_reference, break_zone,
         close_cycle, never_open]
PLENTY = {change_scalar: 8, change_type: 4, rename_key: 3, repeat_key: 2, break_reference: 3}


def mutants(documents):
    """(name, mark, still good, text) of a fixed choice of mutants of the documents, which are (name, tree)."""
    chance = random.Random(SEED)
    for name, root in documents:
        for rule in RULES:
            made = list(rule(root))
            chosen = sorted(chance.sample(range(len(made)), min(len(made), PER_RULE * PLENTY.get(rule, 1))))
            for i in chosen:
                mark, good, document = made[i]
                yield f"{name}-{rule.__name__.replace('_', '-')}-{i}", mark, good, write(document) + "\n"
