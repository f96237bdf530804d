# SPDX-License-Identifier: MIT
"""What iCalendar feeds close (docs/semantics.md §2.2): simple events, each rule expanded date by date."""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Optional

from calendars import DAY, HORIZON, instant_of, merged, zone

LAST_DATE = date(2100, 1, 3)
ICAL_WEEKDAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]


@dataclass(frozen=True)
class Moment:
    """A DATE, or a DATE-TIME in a zone (None: floating)."""

    day: date
    seconds: Optional[int] = None
    zone_name: Optional[str] = None

    @property
    def all_day(self):
        return self.seconds is None

    def place(self, calendar_place):
        return zone(self.zone_name) if self.zone_name else calendar_place

    def instant(self, calendar_place):
        return instant_of(self.place(calendar_place), self.day, self.seconds or 0)

    def key(self, calendar_place, all_day):
        """What tells occurrences apart: the date of an all-day event, the instant of a timed one."""
        return self.day if all_day else self.instant(calendar_place)

    def on(self, day):
        return Moment(day, self.seconds, self.zone_name)


@dataclass
class Event:
    uid: str = ""
    start: Optional[Moment] = None
    end: Optional[Moment] = None
    duration: Optional[tuple] = None
    rule: Optional[dict] = None
    extra: list = field(default_factory=list)
    excluded: list = field(default_factory=list)
    replaces: Optional[Moment] = None
    cancelled: bool = False
    transparent: bool = False
    categories: list = field(default_factory=list)
    summary: str = ""


def content_lines(text):
    """Each unfolded line as name, parameters, value."""
    for line in re.sub(r"\r?\n[ \t]", "", text).splitlines():
        head, _, value = line.partition(":")
        name, *parameters = head.split(";")
        yield name.upper(), dict(parameter.upper().split("=", 1) for parameter in parameters), head, value


def parse_moment(text, head=""):
    day = datetime.strptime(text[:8], "%Y%m%d").date()
    if len(text) == 8:
        return Moment(day)
    seconds = int(text[9:11]) * 3600 + int(text[11:13]) * 60 + int(text[13:15])
    named = re.search(r"TZID=([^;:]+)", head)
    return Moment(day, seconds, "UTC" if text.endswith("Z") else named and named[1])


def parse_duration(text):
    """Days in local time and exact seconds."""
    parts = re.fullmatch(r"\+?P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?", text)
    weeks, days, hours, minutes, seconds = [int(part or 0) for part in parts.groups()]
    return weeks * 7 + days, hours * 3600 + minutes * 60 + seconds


def unescaped(text):
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], text)


def parse_feed(text):
    """The VEVENTs; what stands inside another component of theirs is not theirs."""
    events, nesting = [], []
    for name, _, head, value in content_lines(text):
        if name == "BEGIN":
            nesting.append(value.upper())
            if nesting[-1] == "VEVENT":
                events.append(Event())
        elif name == "END":
            nesting.pop()
        elif nesting and nesting[-1] == "VEVENT":
            read_property(events[-1], name, head, value)
    return events


def read_property(event, name, head, value):
    if name in ("DTSTART", "DTEND", "RECURRENCE-ID"):
        setattr(event, {"DTSTART": "start", "DTEND": "end"}.get(name, "replaces"), parse_moment(value, head))
    elif name in ("RDATE", "EXDATE"):
        moments = event.extra if name == "RDATE" else event.excluded
        moments += [parse_moment(part, head) for part in value.split(",")]
    elif name == "DURATION":
        event.duration = parse_duration(value)
    elif name == "RRULE":
        event.rule = dict(part.split("=") for part in value.split(";"))
    elif name == "CATEGORIES":
        event.categories += [unescaped(part) for part in re.split(r"(?<!\\),", value)]
    elif name == "SUMMARY":
        event.summary = unescaped(value)
    elif name == "UID":
        event.uid = value
    elif name == "STATUS":
        event.cancelled = value.upper() == "CANCELLED"
    elif name == "TRANSP":
        event.transparent = value.upper() == "TRANSPARENT"


def periods(frequency, interval, start, week_start):
    """The dates of each period of a rule: each interval-th year, month, week or day from that of the start on."""
    day = period_begin(frequency, start, week_start)
    while day < LAST_DATE:
        following = day
        for _ in range(interval):
            before = following
            following = period_after(frequency, following)
            if before == day:
                yield [day + timedelta(days=number) for number in range((following - day).days)]
        day = following


def period_begin(frequency, day, week_start):
    if frequency == "YEARLY":
        return day.replace(month=1, day=1)
    if frequency == "MONTHLY":
        return day.replace(day=1)
    if frequency == "WEEKLY":
        return day - timedelta(days=(day.weekday() - week_start) % 7)
    return day


def period_after(frequency, day):
    if frequency == "YEARLY":
        return day.replace(year=day.year + 1)
    if frequency == "MONTHLY":
        return (day + timedelta(days=31)).replace(day=1)
    return day + timedelta(days=7 if frequency == "WEEKLY" else 1)


def with_defaults(rule, start):
    """What a rule leaves out it takes from the start (RFC 5545 §3.3.10)."""
    rule = dict(rule)
    if rule["FREQ"] == "WEEKLY":
        rule.setdefault("BYDAY", ICAL_WEEKDAYS[start.weekday()])
    elif rule["FREQ"] in ("MONTHLY", "YEARLY") and not {"BYDAY", "BYMONTHDAY"} & rule.keys():
        if rule["FREQ"] == "YEARLY":
            rule.setdefault("BYMONTH", str(start.month))
        rule["BYMONTHDAY"] = str(start.day)
    return rule


def days_left(day, yearly):
    """The last number of the month or year, to count from its end."""
    if yearly:
        return (date(day.year + 1, 1, 1) - date(day.year, 1, 1)).days
    return ((day.replace(day=1) + timedelta(days=31)).replace(day=1) - day.replace(day=1)).days


def fits_weekday(day, entry, by_year):
    ordinal, name = entry[:-2], entry[-2:]
    if ICAL_WEEKDAYS[day.weekday()] != name:
        return False
    if not ordinal:
        return True
    number = day.timetuple().tm_yday if by_year else day.day
    if int(ordinal) > 0:
        return (number - 1) // 7 + 1 == int(ordinal)
    return (days_left(day, by_year) - number) // 7 + 1 == -int(ordinal)


def fits(day, rule):
    """Whether a date fits all the parts of a rule but BYSETPOS."""
    if "BYMONTH" in rule and str(day.month) not in rule["BYMONTH"].split(","):
        return False
    if "BYMONTHDAY" in rule:
        numbers = (str(day.day), str(day.day - days_left(day, False) - 1))
        if not set(numbers) & set(rule["BYMONTHDAY"].split(",")):
            return False
    if "BYDAY" not in rule:
        return True
    by_year = rule["FREQ"] == "YEARLY" and "BYMONTH" not in rule
    return any(fits_weekday(day, entry, by_year) for entry in rule["BYDAY"].split(","))


def at_positions(days, positions):
    chosen = [days[int(p) - 1 if int(p) > 0 else int(p)] for p in positions.split(",") if abs(int(p)) <= len(days)]
    return sorted(set(chosen))


def rule_dates(rule, start):
    """The dates of a rule, without regard to COUNT and UNTIL."""
    rule = with_defaults(rule, start)
    week_start = ICAL_WEEKDAYS.index(rule.get("WKST", "MO"))
    for period in periods(rule["FREQ"], int(rule.get("INTERVAL", "1")), start, week_start):
        days = [day for day in period if fits(day, rule)]
        if "BYSETPOS" in rule:
            days = at_positions(days, rule["BYSETPOS"])
        yield from (day for day in days if day >= start)


def rule_moments(event, place):
    until = event.rule.get("UNTIL")
    count = int(event.rule.get("COUNT", -1))
    for day in start_and(rule_dates(event.rule, event.start.day), event.start.day):
        moment = event.start.on(day)
        if count == 0 or until and is_after(moment, parse_moment(until), place):
            return
        count -= 1
        yield moment


def start_and(days, start):
    """DTSTART counts as the first occurrence, whether it fits the rule or not (RFC 5545 §3.3.10)."""
    yield start
    yield from (day for day in days if day > start)


def is_after(moment, until, place):
    if moment.all_day or until.all_day:
        return moment.day > until.day
    if until.zone_name is None:
        return (moment.day, moment.seconds) > (until.day, until.seconds)
    return moment.instant(place) > until.instant(place)


def occurrences(event, place):
    """The moments at which an event starts, after RRULE, RDATE and EXDATE."""
    moments = [event.start] + event.extra
    if event.rule:
        moments += rule_moments(event, place)
    all_day = event.start.all_day
    excluded = {moment.key(place, all_day) for moment in event.excluded}
    by_key = {moment.key(place, all_day): moment for moment in moments}
    return [moment for key, moment in by_key.items() if key not in excluded]


def closed_by(event, moment, place):
    """The interval that one occurrence closes."""
    if event.start.all_day:
        days = event.duration[0] if event.duration else (event.end.day - event.start.day).days if event.end else 1
        return instant_of(place, moment.day, 0), instant_of(place, moment.day, max(days, 1) * DAY)
    begin = moment.instant(place)
    if event.duration:
        days, seconds = event.duration
        return begin, moment.on(moment.day + timedelta(days=days)).instant(place) + seconds
    length = event.end.instant(place) - event.start.instant(place) if event.end else 0
    return begin, begin + length


def admitted(event, options):
    """Whether an event itself closes time: its status, TRANSP and the filters."""
    if event.cancelled or event.transparent and options.get("transparent") == "open":
        return False
    categories = {category.casefold() for category in event.categories}
    summary = event.summary.casefold()

    def named(key):
        return any(text.casefold() in categories for text in options[key])

    def contained(key):
        return any(text.casefold() in summary for text in options[key])

    if "include_categories" in options and not named("include_categories"):
        return False
    if "include_summary" in options and not contained("include_summary"):
        return False
    return not ("exclude_categories" in options and named("exclude_categories")) and not (
        "exclude_summary" in options and contained("exclude_summary")
    )


def closings(text, options, place):
    """What a feed closes for a calendar in a zone, merged."""
    events = parse_feed(text)
    replaced = defaultdict(set)
    for event in events:
        if event.replaces:
            replaced[event.uid].add(event.replaces.key(place, event.replaces.all_day))
    closed = []
    for event in events:
        if admitted(event, options):
            closed += [closed_by(event, moment, place) for moment in unreplaced(event, replaced[event.uid], place)]
    return [(begin, end) for begin, end in merged(closed) if end > HORIZON[0] and begin < HORIZON[1]]


def unreplaced(event, replaced, place):
    if event.replaces:
        return [event.start]
    return [moment for moment in occurrences(event, place) if moment.key(place, event.start.all_day) not in replaced]
