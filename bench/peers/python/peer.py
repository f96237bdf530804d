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
SECONDS_A_SLICE = 0.002
ROUNDS = 3
LEAST_ARRAY, MOST_ARRAY = 64, 4096


def folder():
    return sys.argv[1]


def read_inputs(name):
    with open(f"{folder()}/{name}.csv", encoding="utf-8") as file:
        return [{name: int(value) for name, value in row.items()} for row in csv.DictReader(file)]


def read_holidays():
    with open(f"{folder()}/holidays.txt", encoding="utf-8") as file:
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


def say_answers(kind, question, numbers):
    for row, number in enumerate(numbers):
        say(kind, question, row, int(number))


def clamp(value, least, most):
    return max(least, min(most, int(value)))


def timed(ask, questions):
    """Seconds a question, and the answers. Seconds are those that passed or those of the processor, whichever are fewer."""
    start, processor_start = time.perf_counter(), time.process_time()
    answers = ask(questions)
    seconds = min(time.perf_counter() - start, time.process_time() - processor_start)
    return seconds / len(questions), answers


def measure_slices(question, inputs, edges, ask, least, most, as_numbers):
    """Prints the median of short slices, and all answers. Edges are not timed."""
    seconds, _ = timed(ask, inputs[:least])
    size = clamp(SECONDS_A_SLICE / seconds, least, most)
    count = clamp(SECONDS_A_ROUND / seconds, max(size, 5), len(inputs))
    slices = [timed(ask, inputs[first : first + size]) for _ in range(ROUNDS) for first in range(0, count, size)]
    say("microseconds", question, count, f"{statistics.median(seconds for seconds, _ in slices) * 1e6:.6f}")
    answers = [number for _, part in slices[: len(slices) // ROUNDS] for number in as_numbers(part)]
    say_answers("answer", question, answers)
    say_answers("edge", question, as_numbers(ask(edges)))


def measure(question, inputs, edges, ask, as_number):
    """Asks one by one."""
    measure_slices(question, inputs, edges, lambda questions: [ask(given) for given in questions], 3, len(inputs),
                   lambda answers: map(as_number, answers))


def measure_arrays(question, inputs, edges, ask, as_numbers):
    """Asks a slice at once."""
    measure_slices(question, inputs, edges, ask, LEAST_ARRAY, MOST_ARRAY, as_numbers)
