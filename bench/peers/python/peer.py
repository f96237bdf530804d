# SPDX-License-Identifier: MIT
"""What the peers in Python share: the inputs, the clock, and the form of the results (see ../README.md)."""

import csv
import datetime
import statistics
import sys
import time

THIRTY_DAYS = 30 * 86400
FIVE_YEARS = 157788000
SECONDS_A_ROUND = 0.3
ROUNDS = 5


def read_inputs(folder, name="inputs.csv"):
    with open(f"{folder}/{name}", encoding="utf-8") as file:
        return [{name: int(value) for name, value in row.items()} for row in csv.DictReader(file)]


def read_holidays(folder):
    with open(f"{folder}/holidays.txt", encoding="utf-8") as file:
        return [datetime.date.fromisoformat(line.strip()) for line in file]


def stamps_of(inputs, zone):
    """Adds the instants of a question, and 30 days and 5 years later, as datetimes of the zone."""
    for given in inputs:
        for name, seconds in (("stamp", 0), ("stamp_30d", THIRTY_DAYS), ("stamp_5y", FIVE_YEARS)):
            given[name] = datetime.datetime.fromtimestamp(given["at"] + seconds, zone)
    return inputs


def say(*fields):
    print(*fields, sep="\t")


def introduce(peer, version, note):
    say("peer", peer)
    say("version", version)
    say("note", note)


def timed_round(ask, inputs):
    start = time.perf_counter()
    answers = [ask(given) for given in inputs]
    return time.perf_counter() - start, answers


def measure(question, inputs, edges, ask, as_number):
    """Asks one by one, as many questions as fit a round; prints the median and every answer as a number. Edges are not timed."""
    seconds, _ = timed_round(ask, inputs[:3])
    count = max(5, min(len(inputs), int(SECONDS_A_ROUND / (seconds / 3))))
    rounds = [timed_round(ask, inputs[:count]) for _ in range(ROUNDS)]
    report(question, count, statistics.median(seconds for seconds, _ in rounds))
    say_answers("answer", question, map(as_number, rounds[0][1]))
    say_answers("edge", question, map(as_number, map(ask, edges)))


def measure_arrays(question, inputs, edges, ask, as_numbers):
    """Asks all at once."""
    rounds = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        answers = ask(inputs)
        rounds.append(time.perf_counter() - start)
    report(question, len(answers), statistics.median(rounds))
    say_answers("answer", question, as_numbers(answers))
    say_answers("edge", question, as_numbers(ask(edges)))


def report(question, count, seconds):
    say("microseconds", question, count, f"{seconds / count * 1e6:.6f}")


def say_answers(kind, question, numbers):
    for row, number in enumerate(numbers):
        say(kind, question, row, int(number))


def folder():
    return sys.argv[1]
