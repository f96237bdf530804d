# SPDX-License-Identifier: MIT
"""What kinds of trouble a random life holds, so that a run can say that it has met them all."""

from datetime import datetime, timezone

from clocks import RUNNING_ORDER, Player, play_all, spells

DISORDER = "events out of order"
SIMULTANEOUS = "events of one instant"
NESTED = "a pause within a pause"
NO_PAUSE = "a resume without a pause"
NO_RESUME = "a pause that is never resumed"
NO_STOP = "a clock that is never stopped"
NO_START = "a stop before any start"
REOPENED = "a clock that was stopped twice"
CHANGED = "a change within a pause"
CLOSED = "a pause across a closing"
SHIFTED = "a pause across a clock change"
KINDS = [
    DISORDER, SIMULTANEOUS, NESTED, NO_PAUSE, NO_RESUME, NO_STOP, NO_START, REOPENED, CHANGED, CLOSED, SHIFTED,
]  # fmt: skip


class Observer(Player):
    """Plays events and notes what is odd about them."""

    def __init__(self, metric):
        super().__init__(metric)
        self.kinds = set()
        self.stops = 0

    @property
    def running(self):
        return bool(self.clocks) and self.clocks[-1].running

    def pause(self, instant):
        if self.paused and self.running:
            self.kinds.add(NESTED)
        super().pause(instant)

    def resume(self, instant):
        if not self.paused and self.running:
            self.kinds.add(NO_PAUSE)
        super().resume(instant)

    def stop(self, instant):
        if not self.clocks:
            self.kinds.add(NO_START)
        self.stops += self.running
        super().stop(instant)


def kinds_of(agreement, name, request, now):
    """The kinds of a valid request's life up to now, as a metric sees it."""
    metric = agreement.metrics[name]
    observer = Observer(metric)
    clocks = play_all(observer, request, now)
    found = observer.kinds | kinds_of_events(observer.roles, request["events"], now)
    if observer.stops > len(clocks):
        found.add(REOPENED)
    if observer.running:
        found.add(NO_RESUME if observer.paused else NO_STOP)
    for clock in clocks:
        target = spells(agreement, name, request, clock, metric.get("on_change", "from-start"), now)[-1][1]
        for begin, end in clock.pauses(clock.started):
            found |= kinds_of_pause(agreement, target, request, begin, now if end is None else end)
    return found


def kinds_of_events(roles, events, now):
    """What shows in the order of the events that concern the metric."""
    concern = {event for role in RUNNING_ORDER for event in roles[role]}
    instants = [event["at"] for event in events if event["event"] in concern and event["at"] <= now]
    found = set()
    if instants != sorted(instants):
        found.add(DISORDER)
    if len(instants) != len(set(instants)):
        found.add(SIMULTANEOUS)
    return found


def kinds_of_pause(agreement, target, request, begin, end):
    found = set()
    if any(begin < change["at"] < end for change in request["changes"]):
        found.add(CHANGED)
    if offset(agreement.place, begin) != offset(agreement.place, end):
        found.add(SHIFTED)
    if target is not None and crosses_closing(target.calendar, begin, end):
        found.add(CLOSED)
    return found


def offset(place, instant):
    return datetime.fromtimestamp(instant, timezone.utc).astimezone(place).utcoffset()


def crosses_closing(calendar, begin, end):
    """Whether a pause holds open time on both sides of closed time."""
    for first, last in calendar.forward(begin):
        return first <= begin < last < end and calendar.elapsed(last, end) > 0
    return False
