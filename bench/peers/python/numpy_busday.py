# SPDX-License-Identifier: MIT
import numpy

import peer

calendar = numpy.busdaycalendar(holidays=peer.read_holidays())
FIELDS = ("date", "date_30d", "date_5y")


def dates_of(inputs):
    rows = [tuple(numpy.datetime64(given[name], "D") for name in FIELDS) for given in inputs]
    return numpy.array(rows, dtype=[(name, "datetime64[D]") for name in FIELDS])


def numbers(answers):
    return answers.astype("int64").tolist()


inputs = dates_of(peer.read_inputs("inputs"))
edges = dates_of(peer.read_inputs("edges"))
peer.introduce("numpy busday_*", numpy.__version__,
               "whole days only, thousands a call: 3 and 222 business days on, business days in 30 days and 5 years")
for question, days in (("day_3", 3), ("day_222", 222)):
    peer.measure_arrays(question, inputs, edges,
                        lambda dates: numpy.busday_offset(dates["date"], days, roll="forward", busdaycal=calendar), numbers)
for question, until in (("days_30d", "date_30d"), ("days_5y", "date_5y")):
    peer.measure_arrays(question, inputs, edges,
                        lambda dates: numpy.busday_count(dates["date"], dates[until], busdaycal=calendar), numbers)
