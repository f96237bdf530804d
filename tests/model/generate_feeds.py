# SPDX-License-Identifier: MIT
"""Seeded random iCalendar feeds of simple events, near a date."""

from datetime import timedelta
from itertools import islice

from calendars import format_instant
from feeds import ICAL_WEEKDAYS, parse_moment, rule_dates

SUMMARIES = ["Holiday", "Празник", "Día festivo\\; puente", "Office party\\, all day", "Bank HOLIDAY (observed)"]
CATEGORIES = ["Holiday", "Observance", "Maintenance", "Holiday,Observance", "School\\, closed", "observance"]
TZIDS = ["Europe/Berlin", "America/New_York", "Asia/Tokyo", "Australia/Lord_Howe", "America/Sao_Paulo", "Pacific/Apia"]
DURATIONS = ["PT15M", "PT1H30M", "PT4H", "PT10H", "P1D", "P1DT2H", "P1W", "PT86400S"]
FILTERS = {
    "include_categories": [["Holiday"], ["holiday", "Maintenance"]],
    "exclude_categories": [["Observance"], ["OBSERVANCE", "school, closed"]],
    "include_summary": [["holiday", "puente"]],
    "exclude_summary": [["party"], ["observed"]],
}
HEAD = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//libsla//model//EN"]


def ical_date(day):
    return day.strftime("%Y%m%d")


def ordinal_weekday(random, day):
    """A weekday with its ordinal in the month, from its begin or its end, that the day fits."""
    name = ICAL_WEEKDAYS[day.weekday()]
    following = (day.replace(day=1) + timedelta(days=31)).replace(day=1)
    if random.random() < 0.3:
        return "-%d%s" % (((following - day).days - 1) // 7 + 1, name)
    return "%d%s" % ((day.day - 1) // 7 + 1, name)


def weekdays_with(random, day):
    names = set(random.sample(ICAL_WEEKDAYS, random.randint(0, 3))) | {ICAL_WEEKDAYS[day.weekday()]}
    return ",".join(sorted(names, key=ICAL_WEEKDAYS.index))


def rule_parts(random, day):
    """A rule whose first occurrence is the day."""
    return random.choice(
        [
            lambda: "FREQ=DAILY",
            lambda: "FREQ=DAILY;BYDAY=" + weekdays_with(random, day),
            lambda: "FREQ=WEEKLY",
            lambda: "FREQ=WEEKLY;BYDAY=" + weekdays_with(random, day),
            lambda: "FREQ=WEEKLY;WKST=SU;BYDAY=" + weekdays_with(random, day),
            lambda: "FREQ=MONTHLY",
            lambda: "FREQ=MONTHLY;BYMONTHDAY=%d" % day.day,
            lambda: "FREQ=MONTHLY;BYDAY=" + ordinal_weekday(random, day),
            lambda: "FREQ=MONTHLY;BYSETPOS=%d;BYDAY=%s" % (1 + (day.day - 1) // 7, ICAL_WEEKDAYS[day.weekday()]),
            lambda: "FREQ=MONTHLY;BYMONTHDAY=%d,%d" % (day.day, random.choice([-1, -2, 1, 31])),
            lambda: "FREQ=YEARLY",
            lambda: "FREQ=YEARLY;BYMONTH=%d;BYMONTHDAY=%d" % (day.month, day.day),
            lambda: "FREQ=YEARLY;BYMONTH=%d;BYDAY=%s" % (day.month, ordinal_weekday(random, day)),
        ]
    )()


def rule(random, day, all_day):
    parts = rule_parts(random, day)
    if random.random() < 0.3:
        parts += ";INTERVAL=%d" % random.randint(2, 3)
    if parts.startswith(("FREQ=DAILY", "FREQ=WEEKLY")) or random.random() < 0.4:
        until = ical_date(day + timedelta(days=random.randint(0, 40)))
        until += random.choice(["", "", "T120000Z"]) if all_day else "T120000Z"
        parts += random.choice([";COUNT=%d" % random.randint(1, 9), ";UNTIL=" + until])
    return parts


class EventMaker:
    """One event, or one with the events that override some of its occurrences."""

    def __init__(self, random, base, uid):
        self.random = random
        self.uid = uid
        self.day = base + timedelta(days=random.randint(-9, 20))
        if random.random() < 0.15:
            self.day = base + timedelta(days=random.randint(-1, 1))
        self.all_day = random.random() < 0.5
        self.time = random.choice(["T%02d%02d00" % (random.randint(0, 23), random.choice([0, 15, 30, 45])), "T023000"])
        self.zone = random.choice(["", "Z"] + [";TZID=" + name for name in TZIDS])

    def moment(self, name, day, time=None):
        if self.all_day:
            return "%s;VALUE=DATE:%s" % (name, ical_date(day))
        parameter, suffix = ("", "Z") if self.zone == "Z" else (self.zone, "")
        return "%s%s:%s%s%s" % (name, parameter, ical_date(day), time or self.time, suffix)

    def moment_elsewhere(self, name, day):
        """The same moment written in UTC, or for an all-day event with a time."""
        if self.all_day:
            return "%s:%sT100000" % (name, ical_date(day))
        if not self.zone:
            return self.moment(name, day)
        instant = parse_moment(self.moment("", day).split(":")[1], self.zone).instant(None)
        return "%s:%sZ" % (name, format_instant(instant)[:-1].replace("-", "").replace(":", ""))

    def length(self, day):
        """The lines that say how long an event is."""
        draw = self.random.random()
        if self.all_day:
            days = self.random.randint(0, 4)
            ended = [self.moment("DTEND", day + timedelta(days=days))]
            return ended if draw < 0.4 else ["DURATION:P%dD" % max(days, 1)] if draw < 0.7 else []
        if draw < 0.5:
            return ["DURATION:" + self.random.choice(DURATIONS)]
        if draw < 0.75:
            return [self.moment("DTEND", day, "T235900")]
        return [self.moment("DTEND", day + timedelta(days=self.random.randint(0, 2)))] if draw < 0.95 else []

    def marks(self):
        lines = ["SUMMARY:" + self.random.choice(SUMMARIES)]
        if self.random.random() < 0.5:
            lines.append("CATEGORIES:" + self.random.choice(CATEGORIES))
        if self.random.random() < 0.3:
            lines.append("TRANSP:" + self.random.choice(["TRANSPARENT", "OPAQUE"]))
        if self.random.random() < 0.2:
            lines.append("STATUS:" + self.random.choice(["CANCELLED", "CONFIRMED", "TENTATIVE"]))
        return lines

    def component(self, lines):
        return ["BEGIN:VEVENT", "UID:" + self.uid, "DTSTAMP:20260101T000000Z", *lines, "END:VEVENT"]

    def single(self):
        return self.component([self.moment("DTSTART", self.day), *self.length(self.day), *self.marks()])

    def recurring(self):
        """A rule with dates added, dates left out and some replaced."""
        recurrence = rule(self.random, self.day, self.all_day)
        parts = dict(part.split("=") for part in recurrence.split(";"))
        days = list(islice(rule_dates(parts, self.day), 4)) or [self.day]
        lines = [self.moment("DTSTART", self.day), *self.length(self.day), "RRULE:" + recurrence]
        if self.random.random() < 0.3:
            days.append(self.day + timedelta(days=self.random.randint(1, 20)))
            lines.append(self.some_moment("RDATE", days[-1:]))
        if self.random.random() < 0.3:
            lines.append(self.some_moment("EXDATE", days))
        events = self.component(lines + self.marks())
        if self.random.random() < 0.4 and not set("COUNT UNTIL".split()) & parts.keys():
            events += self.override(self.random.choice(days))
        return events

    def some_moment(self, name, days):
        day = self.random.choice(days)
        if self.random.random() < 0.3 and (name == "EXDATE" or not self.all_day):
            return self.moment_elsewhere(name, day)
        return self.moment(name, day)

    def override(self, day):
        moved = day + timedelta(days=self.random.randint(0, 3))
        name = self.random.choice([self.moment, self.moment if self.all_day else self.moment_elsewhere])
        lines = [name("RECURRENCE-ID", day), self.moment("DTSTART", moved), *self.length(moved)]
        return self.component(lines + self.marks())


def folded(line, random):
    if len(line) < 40 or random.random() < 0.7:
        return line
    return line[:30] + "\r\n " + line[30:]


def feed(random, base):
    lines = list(HEAD)
    for number in range(random.randint(1, 5)):
        event = EventMaker(random, base, "%d@model" % number)
        lines += event.single() if random.random() < 0.4 else event.recurring()
    return "\r\n".join([folded(line, random) for line in lines] + ["END:VCALENDAR", ""])


def options(random):
    """How a feed is read."""
    chosen = {}
    if random.random() < 0.3:
        chosen["transparent"] = random.choice(["open", "closed"])
    if random.random() < 0.4:
        name = random.choice(list(FILTERS))
        chosen[name] = random.choice(FILTERS[name])
    return chosen
