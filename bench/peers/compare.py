#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""usage: compare.py FOLDER

Compares the answers of all peers with libsla's, names the cause of each difference, and prints the times."""

import collections
import csv
import datetime
import json
import pathlib
import sys
import zoneinfo

COLUMNS = {"a": ("add_24h", "day_3"), "b": ("add_2000h", "day_222"), "c": ("elapsed_30d", "days_30d"),
           "d": ("elapsed_5y", "days_5y")}
SPANS = {"elapsed_30d": 30 * 86400, "elapsed_5y": 157788000}
LATE = {"add_24h": "late_24h", "add_2000h": "late_2000h"}
DAY = 86400
OPEN_A_DAY = 9 * 3600
ORDER = ["libsla", "libsla-arrays", "yardstick", "numpy", "pandas", "workclock", "workclock-arrays", "businesstimedelta", "rickar-dates",
         "rickar-rules", "dayjs-business-time", "moment-business-time", "perl"]
BERLIN = zoneinfo.ZoneInfo("Europe/Berlin")


def read_inputs(path):
    with open(path, encoding="utf-8") as file:
        return [{name: int(value) for name, value in row.items()} for row in csv.DictReader(file)]


class Peer:
    def __init__(self, path):
        self.name = path.stem
        self.version = self.note = self.missing = ""
        self.microseconds = {}
        self.asked = {}
        self.answers = collections.defaultdict(list)  # question: its kind ("answer" or "edge"), row and answer
        for line in path.read_text(encoding="utf-8").splitlines():
            self.read(*line.split("\t"))
        elapsed = [got for question in SPANS for _, _, got in self.answers[question]]
        self.counts_in_minutes = bool(elapsed) and all(got % 60 == 0 for got in elapsed)

    def read(self, kind, *fields):
        if kind == "microseconds":
            self.asked[fields[0]] = int(fields[1])
            self.microseconds[fields[0]] = float(fields[2])
        elif kind in ("answer", "edge"):
            self.answers[fields[0]].append((kind, int(fields[1]), int(float(fields[2]))))
        else:
            setattr(self, {"peer": "title"}.get(kind, kind), fields[0] if fields else "")


def offset(instant):
    return datetime.datetime.fromtimestamp(instant, BERLIN).utcoffset().total_seconds()


def local(instant):
    return datetime.datetime.fromtimestamp(instant, BERLIN).replace(tzinfo=None)


def clock_changes_between(begin, end):
    offsets = [offset(instant) for instant in range(begin, end + DAY, DAY)]
    return len(set(offsets)) > 1


def cause_of_due_time(given, question, got):
    expected = given[question]
    if got == given[LATE[question]]:
        return "tie: says the next opening instead of the closing"
    if got <= 0:
        return "no answer"
    if abs(got - expected) == 1:
        return "one second off"
    if local(got) - local(expected) == datetime.timedelta(0):
        return "the repeated hour"
    return shift_cause(given["at"], max(expected, got), got - expected, given[LATE[question]] - got)


def cause_of_elapsed_time(given, question, got):
    if got < 0:
        return "no answer"
    if abs(got - given[question]) == 1:
        return "one second off"
    return shift_cause(given["at"], given["at"] + SPANS[question], got - given[question], 0)


def shift_cause(begin, end, difference, to_late):
    for seconds in {difference, -to_late}:
        if abs(seconds) < 120:
            return "seconds off"
        if abs(seconds) == 3600 and clock_changes_between(begin, end):
            return "one hour off across a clock change"
        if seconds % OPEN_A_DAY == 0:
            return "whole business days off"
        if seconds % DAY == 0:
            return "whole days off"
    return "other"


def cause(peer, given, question, got):
    if peer.counts_in_minutes and got > 0 and abs(got - given[question]) < 120:
        return "counts in whole minutes"
    if question in LATE:
        return cause_of_due_time(given, question, got)
    if question in SPANS:
        return cause_of_elapsed_time(given, question, got)
    return "other"


def compare(peer, inputs):
    """The differences by question and cause, each with what was asked and what was answered."""
    found = {}
    for question, answers in peer.answers.items():
        for kind, row, got in answers:
            given = inputs[kind][row]
            if got != given[question]:
                found.setdefault((question, cause(peer, given, question, got)), []).append((given, got))
    return found


def text_of(instant):
    return datetime.datetime.fromtimestamp(instant, BERLIN).isoformat(sep=" ")


def example_of(question, given, got):
    if question in LATE:
        shown = "nothing" if got <= 0 else text_of(got)
        return f"from {text_of(given['at'])}: {shown}, libsla {text_of(given[question])}"
    return f"from {text_of(given['at'])}: {got}, libsla {given[question]}"


def figure(value):
    if value is None:
        return "-"
    if value < 0.01:
        return f"{value:.4f}"
    digits = 3 if value < 0.995 else 2 if value < 9.995 else 1 if value < 99.95 else 0
    return f"{value:,.{digits}f}"


def time_of(peer, column):
    return next((peer.microseconds[name] for name in COLUMNS[column] if name in peer.microseconds), None)


def print_times(peers):
    print("\nMicroseconds an operation, medians: (a) due +24 h, (b) due +2000 h, (c) elapsed in 30 days, (d) elapsed in 5 years\n")
    print("| peer | version | (a) | (b) | (c) | (d) | answers that differ | note |")
    print("| --- | --- | ---: | ---: | ---: | ---: | ---: | --- |")
    for peer in peers:
        if peer.missing:
            print(f"| {peer.title} | {peer.missing} | - | - | - | - | - | |")
            continue
        times = " | ".join(figure(time_of(peer, column)) for column in COLUMNS)
        compared = sum(len(answers) for answers in peer.answers.values())
        differing = sum(len(cases) for cases in peer.differences.values())
        share = f"{differing:,} of {compared:,}" if compared else "-" if peer.name.startswith("libsla") else "none"
        print(f"| {peer.title} | {peer.version} | {times} | {share} | {peer.note} |")


def print_differences(peers):
    print("\nAnswers that differ from libsla's, by cause\n")
    print("| peer | question | cause | differ | of | the first |")
    print("| --- | --- | --- | ---: | ---: | --- |")
    for peer in peers:
        for (question, why), cases in sorted(peer.differences.items()):
            print(f"| {peer.title} | {question} | {why} | {len(cases):,} | {len(peer.answers[question]):,} | "
                  f"{example_of(question, *cases[0])} |")


def as_json(peer):
    differences = [{"question": question, "cause": why, "count": len(cases), "compared": len(peer.answers[question]),
                    "first": example_of(question, *cases[0])}
                   for (question, why), cases in sorted(peer.differences.items())]
    return {"peer": peer.title, "version": peer.version, "missing": peer.missing or None, "note": peer.note,
            "microseconds": peer.microseconds, "asked": peer.asked, "differences": differences}


def main():
    folder = pathlib.Path(sys.argv[1])
    inputs = {"answer": read_inputs(folder / "inputs.csv"), "edge": read_inputs(folder / "edges.csv")}
    peers = sorted(map(Peer, (folder / "results").glob("*.txt")), key=lambda peer: ORDER.index(peer.name))
    for peer in peers:
        peer.differences = compare(peer, inputs)
    print_times(peers)
    print_differences(peers)
    with open(folder / "peers.json", "w", encoding="utf-8") as file:
        json.dump([as_json(peer) for peer in peers], file, indent=1)
        file.write("\n")


main()
