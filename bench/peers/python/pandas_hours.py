# SPDX-License-Identifier: MIT
import pandas

import peer


def stamps_of(inputs):
    return [pandas.Timestamp(given["at"], unit="s", tz="Europe/Berlin") for given in inputs]


inputs = stamps_of(peer.read_inputs("inputs"))
edges = stamps_of(peer.read_inputs("edges"))
holidays = peer.read_holidays()

peer.introduce("pandas CustomBusinessHour", pandas.__version__, "has no elapsed business time")
for question, hours in (("add_24h", 24), ("add_2000h", 2000)):
    offset = pandas.offsets.CustomBusinessHour(n=hours, start="09:00", end="18:00", holidays=holidays)
    peer.measure(question, inputs, edges, lambda stamp: stamp + offset, lambda stamp: stamp.timestamp())
