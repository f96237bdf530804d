#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""A slow model of docs/semantics.md that answers the cases of tests/conformance by itself.

    model.py FILE.jsonl...    compares its answers with those that the files expect
"""

import json
import sys

from agreements import Agreement
from calendars import Horizon, asked, date_of, format_instant, parse_instant, parse_time
from clocks import cycles

INSTANT_KEYS = {"at", "due", "due_if_resumed", "started", "stopped", "next_open"}
COUNTS = [
    "out_of_scope", "not_started", "no_target", "best_effort", "running", "paused", "cancelled", "invalid", "met",
    "breached_late", "breached_open",
]  # fmt: skip


def with_instants(request):
    """A request with its times as seconds."""
    request = dict(request, received=parse_instant(request["received"]))
    for key in ("events", "changes"):
        request[key] = [dict(entry, at=parse_instant(entry["at"])) for entry in request.get(key, [])]
    return request


def with_texts(answer):
    """An answer with its times as text."""
    return {key: format_instant(value) if key in INSTANT_KEYS else value for key, value in answer.items()}


def on_calendar(agreement, case):
    calendar = agreement.calendar(case["calendar"])
    at = asked(parse_instant(case["at"]))
    by = parse_time(case["by"]) if "by" in case else None
    questions = {
        "is_open": lambda: {"open": calendar.is_open(at)},
        "add": lambda: {"at": calendar.add(at, case["seconds"])},
        "add_late": lambda: {"at": calendar.add_late(at, case["seconds"])},
        "next_open": lambda: {"at": calendar.next_open(at)},
        "next_close": lambda: {"at": calendar.next_close(at)},
        "add_business_days": lambda: {"at": calendar.add_business_days(at, case["days"], by)},
    }
    return with_texts(questions[case["op"]]())


def elapsed(agreement, case):
    begin, end = asked(parse_instant(case["from"]), True), asked(parse_instant(case["until"]), True)
    return {"seconds": agreement.calendar(case["calendar"]).elapsed(begin, end)}


def due(agreement, case):
    request = with_instants(case["request"])
    received = asked(request["received"])
    target = agreement.target_for(case["metric"], agreement.facts(request))
    if target is None or target.kind == "best-effort":
        return {"target": "none" if target is None else "best-effort"}
    answer = target.due(received, target.calendar)
    if answer is None:
        raise Horizon
    return {"at": format_instant(answer)}


def scope(agreement, case):
    request = with_instants(case["request"])
    asked(request["received"])
    return with_texts(agreement.scope(request))


def criterion(agreement, case):
    return {"criterion": agreement.criterion(case["attributes"])}


def clock(agreement, case):
    found = cycles(agreement, case["metric"], with_instants(case["request"]), asked(parse_instant(case["now"])))
    return {"status": "invalid"} if found is None else {"cycles": [with_texts(cycle) for cycle in found]}


def report(agreement, case):
    """§8.1"""
    groups = {}
    for entry in case["requests"]:
        request = with_instants(entry)
        key = {name: key_of(agreement, request, case["metric"], name) for name in case["group_by"]}
        group = groups.setdefault(json.dumps(key), {"key": key, "requests": 0, "reasons": {}, **dict.fromkeys(COUNTS, 0)})
        count(agreement, request, case["metric"], parse_instant(case["now"]), group)
    return {"groups": list(groups.values())}


def count(agreement, request, metric, now, group):
    group["requests"] += 1
    found = cycles(agreement, metric, request, now)
    if found is None:
        group["invalid"] += 1
        return
    reasons = [name for name, applies in agreement.reasons(request).items() if applies]
    for reason in reasons:
        group["reasons"][reason] = group["reasons"].get(reason, 0) + 1
    if reasons:
        group["out_of_scope"] += 1
        return
    for cycle in found:
        group[class_of(cycle)] += 1


def class_of(cycle):
    if cycle["state"] == "breached":
        return "breached_open" if cycle["open"] else "breached_late"
    return cycle["state"].replace("-", "_")


def key_of(agreement, request, metric, name):
    if name in ("contract", "metric"):
        return agreement.contract["name"] if name == "contract" else metric
    if name not in ("day", "month", "week"):
        return agreement.facts(request).get(name)
    day = date_of(agreement.place, request["received"])
    if name == "week":
        return "%04d-W%02d" % day.isocalendar()[:2]
    return day.isoformat()[: 10 if name == "day" else 7]


OPERATIONS = {"elapsed": elapsed, "due": due, "scope": scope, "criterion": criterion, "clock": clock, "report": report}


def answer(agreement, case):
    """What a case expects, by the model."""
    try:
        return OPERATIONS.get(case["op"], on_calendar)(agreement, case)
    except Horizon:
        return {"status": "horizon"}


def comparable(expectation):
    """An expectation without the order of groups."""
    if "groups" in expectation:
        return sorted(json.dumps(group, sort_keys=True) for group in expectation["groups"])
    return expectation


def check(path):
    agreements, compared, different = {}, 0, 0
    for line in open(path, encoding="utf-8"):
        case = json.loads(line)
        if "contract" in case:
            agreements[case["fixture"]] = Agreement(case["contract"], case.get("feeds", {}))
        elif case["op"] != "load":
            found = answer(agreements[case["fixture"]], case)
            compared += 1
            if comparable(found) != comparable(case["expect"]):
                different += 1
                print("%s %s\n  expected %s\n  model    %s" % (path, case["id"], case["expect"], found))
    print("%s: %d compared, %d different" % (path, compared, different))
    return different


if __name__ == "__main__":
    sys.exit(1 if sum([check(path) for path in sys.argv[1:]]) else 0)
