# SPDX-License-Identifier: MIT
import datetime
import sys
from importlib.metadata import version
from zoneinfo import ZoneInfo

import numpy
import workclock

import peer

berlin = ZoneInfo("Europe/Berlin")
office = workclock.Schedule([workclock.WorkDay(datetime.time(9), datetime.time(18)),
                             workclock.Holidays(peer.read_holidays())], time_zone=berlin)
inputs = peer.read_inputs("inputs")
edges = peer.read_inputs("edges")
ADD = (("add_24h", 24), ("add_2000h", 2000))


def one_by_one():
    for questions in (inputs, edges):
        peer.stamps_of(questions, berlin)
    peer.introduce("workclock, one call each", version("workclock"), "")
    for question, hours in ADD:
        peer.measure(question, inputs, edges, lambda given: office.add(given["stamp"], hours=hours),
                     lambda stamp: stamp.timestamp())
    for question, until in (("elapsed_30d", "stamp_30d"), ("elapsed_5y", "stamp_5y")):
        peer.measure(question, inputs, edges, lambda given: office.between(given["stamp"], given[until]),
                     lambda delta: delta.total_seconds())


def column(questions):
    return numpy.array([given["at"] for given in questions], dtype="datetime64[s]").astype("datetime64[us]")


def numbers(answers):
    return (answers.astype("int64") // 1000000).tolist()


def as_arrays():
    peer.introduce("workclock, arrays", version("workclock"), "thousands a call")
    for question, hours in ADD:
        peer.measure_arrays(question, column(inputs), column(edges),
                            lambda at: office.add_many(at, datetime.timedelta(hours=hours)), numbers)
    for question, later in (("elapsed_30d", peer.THIRTY_DAYS), ("elapsed_5y", peer.FIVE_YEARS)):
        peer.measure_arrays(question, column(inputs), column(edges),
                            lambda at: office.between_many(at, at + numpy.timedelta64(later, "s")), numbers)


if sys.argv[2:] == ["arrays"]:
    as_arrays()
else:
    one_by_one()
