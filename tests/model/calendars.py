# SPDX-License-Identifier: MIT
"""Calendars as sets of open seconds, computed and walked in the plainest way (docs/semantics.md §1 to §3)."""

import re
from bisect import bisect_right
from datetime import date, datetime, timedelta, timezone
from functools import lru_cache
from zoneinfo import ZoneInfo

DAY = 86400
WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
EPOCH = date(1970, 1, 1)
HORIZON = (0, (date(2100, 1, 1) - EPOCH).days * DAY)
PIECE = 30 * DAY


class Horizon(Exception):
    """The question or its answer lies outside the horizon (§1.5)."""


def parse_instant(text):
    return int(datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=timezone.utc).timestamp())


def format_instant(instant):
    return (datetime(1970, 1, 1) + timedelta(seconds=instant)).isoformat() + "Z"


def asked(instant, end_included=False):
    """An instant that is asked about lies in the horizon (§1.5)."""
    if not HORIZON[0] <= instant < HORIZON[1] + end_included:
        raise Horizon
    return instant


def parse_time(text):
    """HH:MM or HH:MM:SS as seconds since midnight."""
    parts = [int(part) for part in text.split(":")] + [0]
    return parts[0] * 3600 + parts[1] * 60 + parts[2]


@lru_cache(maxsize=None)
def zone(name):
    """A zone by its name or fixed offset (§1.3)."""
    if name == "UTC":
        return timezone.utc
    fixed = re.fullmatch(r"([+-])(\d\d):(\d\d)", name)
    if not fixed:
        return ZoneInfo(name)
    offset = timedelta(hours=int(fixed[2]), minutes=int(fixed[3]))
    return timezone(-offset if fixed[1] == "-" else offset)


@lru_cache(maxsize=400000)
def instant_of(place, day, seconds):
    """Local to instant (§1.4): fold=0 is the first of two and, in a gap, the offset before the change."""
    day += timedelta(days=seconds // DAY)
    seconds %= DAY
    local = datetime(day.year, day.month, day.day, seconds // 3600, seconds // 60 % 60, seconds % 60, tzinfo=place)
    offset = local.utcoffset()
    return (day - EPOCH).days * DAY + seconds - (offset.days * DAY + offset.seconds)


def date_span(place, day):
    """The interval of a local date (§1.4)."""
    return instant_of(place, day, 0), instant_of(place, day, DAY)


def date_of(place, instant):
    """The local date whose interval holds the instant."""
    day = (datetime(1970, 1, 1) + timedelta(seconds=instant)).date() - timedelta(days=2)
    while instant_of(place, day, DAY) <= instant:
        day += timedelta(days=1)
    return day


def merged(intervals):
    """The union of intervals, in order, without overlaps, touches and empty ones."""
    result = []
    for begin, end in sorted(interval for interval in intervals if interval[0] < interval[1]):
        if result and begin <= result[-1][1]:
            result[-1] = (result[-1][0], max(end, result[-1][1]))
        else:
            result.append((begin, end))
    return result


def clipped(intervals, begin, end):
    return [(max(b, begin), min(e, end)) for b, e in intervals if b < end and e > begin]


def minus(intervals, holes):
    """What is left of merged intervals outside the holes."""
    result = []
    for begin, end in intervals:
        for hole_begin, hole_end in holes:
            if hole_end <= begin or hole_begin >= end:
                continue
            if begin < hole_begin:
                result.append((begin, hole_begin))
            begin = min(hole_end, end)
        if begin < end:
            result.append((begin, end))
    return result


class OpenTime:
    """A set of open instants. A kind of it says what is open in [begin, end); all arithmetic walks from piece to piece."""

    def open_in(self, begin, end):
        raise NotImplementedError

    def piece(self, number):
        if not hasattr(self, "pieces"):
            self.pieces = {}
        if number not in self.pieces:
            begin = max(number * PIECE, HORIZON[0])
            end = min(number * PIECE + PIECE, HORIZON[1])
            self.pieces[number] = clipped(merged(self.open_in(begin, end)), begin, end)
        return self.pieces[number]

    def forward(self, instant):
        """The open intervals after the instant, in order; one that crosses the end of a piece comes in two."""
        for number in range(instant // PIECE, HORIZON[1] // PIECE + 1):
            for begin, end in self.piece(number):
                if end > instant:
                    yield max(begin, instant), end

    def backward(self, instant):
        for number in range(instant // PIECE, -1, -1):
            for begin, end in reversed(self.piece(number)):
                if begin < instant:
                    yield begin, min(end, instant)

    def is_open(self, instant):
        return any(begin <= instant < end for begin, end in self.piece(instant // PIECE))

    def elapsed(self, begin, end):
        """§3.1"""
        if end < begin:
            return -self.elapsed(end, begin)
        total = 0
        for open_begin, open_end in self.forward(begin):
            if open_begin >= end:
                break
            total += min(open_end, end) - open_begin
        return total

    def next_open(self, instant):
        """§3.3"""
        for begin, _ in self.forward(instant):
            return begin
        raise Horizon

    def next_close(self, instant):
        """§3.3"""
        for begin, end in self.forward(instant):
            if begin > instant:
                break
            instant = end
        return asked(instant)

    def previous_close(self, instant):
        """The latest end of open time that is not after the instant, or the instant itself inside open time."""
        for _, end in self.backward(instant):
            return end
        raise Horizon

    def add(self, instant, seconds):
        """§3.2: the earliest forwards, the latest backwards."""
        if seconds < 0:
            return self.add_backwards(instant, -seconds)
        if seconds == 0:
            return instant
        for begin, end in self.forward(instant):
            if seconds <= end - begin:
                return asked(begin + seconds)
            seconds -= end - begin
        raise Horizon

    def add_backwards(self, instant, seconds):
        for begin, end in self.backward(instant):
            if seconds <= end - begin:
                return end - seconds
            seconds -= end - begin
        raise Horizon

    def add_late(self, instant, seconds):
        """§3.2: the latest forwards, the earliest backwards."""
        reached = self.add(instant, seconds)
        if seconds >= 0:
            return self.next_open(reached)
        return self.previous_close(reached) if reached > HORIZON[0] else reached

    def just_closed(self, instant):
        """Whether the instant is the closing instant of an open interval."""
        return not self.is_open(instant) and instant > HORIZON[0] and self.is_open(instant - 1)


class Days(OpenTime):
    """Open time with a zone, which has business days (§3.4)."""

    def __init__(self, place):
        self.place = place

    def open_on(self, day):
        """The open intervals of a local date, cut at its midnights."""
        begin, end = date_span(self.place, day)
        if begin >= HORIZON[1]:
            raise Horizon
        begin = max(begin, HORIZON[0])
        return clipped(merged(self.intervals_from(begin, end)), begin, end) if begin < end else []

    def intervals_from(self, begin, end):
        for interval in self.forward(begin):
            if interval[0] >= end:
                return
            yield interval

    def business_day(self, day, count):
        """The count-th business day after a date."""
        while count > 0:
            day += timedelta(days=1)
            count -= bool(self.open_on(day))
        return day

    def add_business_days(self, instant, count, by=None):
        """§3.4"""
        received = self.next_open(instant)
        day = self.business_day(date_of(self.place, received), count)
        while True:
            answer = self.open_on(day)[-1][1] if by is None else instant_of(self.place, day, by)
            if answer >= received:
                return asked(answer)
            day = self.business_day(day, 1)

    def business_days_between(self, begin, end):
        """B(end) - B(begin) of §7.3."""
        day = date_of(self.place, self.next_open(begin))
        last = date_of(self.place, self.next_open(end))
        count = 0
        while day < last:
            day += timedelta(days=1)
            count += bool(self.open_on(day))
        return count


class Always(Days):
    """§2.5"""

    def open_in(self, begin, end):
        return [(begin, end)]


class Weekly(Days):
    """Weekly hours without what feeds close, with exceptions (§2.1 to §2.3)."""

    def __init__(self, place, hours, exceptions, closings):
        super().__init__(place)
        self.hours = hours
        self.exceptions = exceptions
        self.closings = closings
        self.closing_begins = [begin for begin, _ in closings]

    def open_in(self, begin, end):
        weekly, excepted = [], []
        for day in dates_around(begin, end):
            if day in self.exceptions:
                excepted += self.windows_on(day, self.exceptions[day])
            else:
                weekly += self.windows_on(day, self.hours[day.weekday()])
        return minus(merged(weekly), self.closings_near(begin, end)) + excepted

    def windows_on(self, day, windows):
        begin, end = date_span(self.place, day)
        if begin >= end:
            return []
        return [(instant_of(self.place, day, start), instant_of(self.place, day, stop)) for start, stop in windows]

    def closings_near(self, begin, end):
        first = max(bisect_right(self.closing_begins, begin - 5 * DAY) - 1, 0)
        return self.closings[first : bisect_right(self.closing_begins, end + 5 * DAY)]


def dates_around(begin, end):
    """Every local date of any zone whose windows may reach into [begin, end)."""
    first = EPOCH + timedelta(days=begin // DAY - 3)
    return [first + timedelta(days=number) for number in range(end // DAY - begin // DAY + 7)]


class Combined(Days):
    """§2.4"""

    def __init__(self, place, how, parts):
        super().__init__(place)
        self.how = how
        self.parts = parts

    def open_in(self, begin, end):
        result, *others = [part.piece(begin // PIECE) for part in self.parts]
        for other in others:
            result = self.combine(result, other, begin, end)
        return result

    def combine(self, one, other, begin, end):
        if self.how == "union":
            return merged(one + other)
        if self.how == "intersection":
            other = minus([(begin, end)], other)
        return minus(one, other)


class Without(OpenTime):
    """Open time outside pauses: O \\ P of §7.3."""

    def __init__(self, whole, pauses):
        self.whole = whole
        self.pauses = merged(pauses)

    def open_in(self, begin, end):
        return minus(self.whole.piece(begin // PIECE), self.pauses)


class Spliced(OpenTime):
    """Each calendar from its instant to that of the next (§7.5)."""

    def __init__(self, spells):
        self.spells = spells

    def open_in(self, begin, end):
        result = []
        ends = [spell_begin for spell_begin, _ in self.spells[1:]] + [HORIZON[1]]
        for (spell_begin, calendar), spell_end in zip(self.spells, ends):
            result += clipped(calendar.piece(begin // PIECE), spell_begin, spell_end)
        return result


def parse_windows(hours):
    """A window or a list of them; one whose end is not after its start ends on the next date (§2.1)."""
    windows = []
    for text in [hours] if isinstance(hours, str) else hours:
        start, end = [parse_time(part) for part in text.split("-")]
        windows.append((start, end if end > start else end + DAY))
    return windows


def parse_hours(hours):
    """The windows of each weekday."""
    week = [[] for _ in WEEKDAYS]
    for days, windows in hours.items():
        for part in days.split(","):
            ends = [WEEKDAYS.index(name.strip()) for name in part.split("-")]
            for number in range((ends[-1] - ends[0]) % 7 + 1):
                week[(ends[0] + number) % 7] += parse_windows(windows)
    return week


def parse_range(entry):
    """The first date and the end date (exclusive) of a mapping with date, or from with until or through."""
    first = entry.get("date", entry.get("from"))
    until = entry.get("until")
    if until is None:
        last = entry.get("through", entry.get("date"))
        until = last and (date.fromisoformat(last) + timedelta(days=1)).isoformat()
    return first and date.fromisoformat(first), until and date.fromisoformat(until)


def parse_exceptions(entries):
    """For each date the windows of the last exception in document order (§2.3)."""
    exceptions = {}
    for entry in entries:
        day, until = parse_range(entry)
        while day < until:
            exceptions[day] = parse_windows(entry.get("hours", []))
            day += timedelta(days=1)
    return exceptions
