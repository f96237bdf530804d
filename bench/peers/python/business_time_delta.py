# SPDX-License-Identifier: MIT
import datetime
from importlib.metadata import version

import businesstimedelta
import pytz

import peer

berlin = pytz.timezone("Europe/Berlin")
inputs = peer.stamps_of(peer.read_inputs("inputs"), berlin)
edges = peer.stamps_of(peer.read_inputs("edges"), berlin)

hours = businesstimedelta.WorkDayRule(start_time=datetime.time(9), end_time=datetime.time(18), working_days=[0, 1, 2, 3, 4],
                                      tz=berlin)
closed = businesstimedelta.HolidayRule(set(peer.read_holidays()), tz=berlin)
office = businesstimedelta.Rules([hours, closed])


def measure_add(question, delta):
    peer.measure(question, inputs, edges, lambda given: given["stamp"] + delta, lambda stamp: stamp.timestamp())


def measure_elapsed(question, until):
    peer.measure(question, inputs, edges, lambda given: office.difference(given["stamp"], given[until]),
                 lambda delta: delta.timedelta.total_seconds())


peer.introduce("businesstimedelta", version("businesstimedelta"), "")
measure_add("add_24h", businesstimedelta.BusinessTimeDelta(office, hours=24))
measure_add("add_2000h", businesstimedelta.BusinessTimeDelta(office, hours=2000))
measure_elapsed("elapsed_30d", "stamp_30d")
measure_elapsed("elapsed_5y", "stamp_5y")
