# SPDX-License-Identifier: MIT
"""The Vivvo agreement, read a second time: nothing here is taken from the library, the contract document or the feeds.

Time is walked minute by minute (everything in this agreement begins and ends on a full minute); holidays come from the law
on state holidays and the computus of the Julian calendar.
"""

import functools
from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

BELGRADE = ZoneInfo("Europe/Belgrade")
DAY = timedelta(days=1)
HORIZON = (0, int(datetime(2100, 1, 1, tzinfo=timezone.utc).timestamp()))

# ---- The calendar ----------------------------------------------------------------------------------------------------

# Of the office's closings, those of whole dates: (first, last).
CLOSED_DATES = [
    (date(2024, 8, 5), date(2024, 8, 9)), (date(2025, 8, 4), date(2025, 8, 8)), (date(2026, 8, 3), date(2026, 8, 7)),
    (date(2024, 12, 31), date(2024, 12, 31)), (date(2025, 12, 31), date(2025, 12, 31)),
    (date(2024, 6, 28), date(2024, 6, 28)), (date(2026, 6, 26), date(2026, 6, 26)),
    (date(2025, 1, 3), date(2025, 1, 3)), (date(2025, 1, 6), date(2025, 1, 6)), (date(2026, 1, 6), date(2026, 1, 6)),
]

# And those with a time of day, local.
CLOSED_TIMES = [
    ("2024-01-10T13:00", "2024-01-10T15:00"), ("2024-04-10T13:00", "2024-04-10T15:00"),
    ("2024-07-10T13:00", "2024-07-10T15:00"), ("2024-10-09T13:00", "2024-10-09T15:00"),
    ("2025-01-08T13:00", "2025-01-08T15:00"), ("2025-04-10T10:00", "2025-04-10T11:30"),
    ("2025-07-09T13:00", "2025-07-09T15:00"), ("2025-10-08T13:00", "2025-10-08T15:00"),
    ("2026-01-14T13:00", "2026-01-14T15:00"), ("2026-04-08T13:00", "2026-04-08T15:00"),
    ("2026-10-14T13:00", "2026-10-14T15:00"),
    ("2024-03-29T15:00", "2024-04-01T11:00"), ("2025-10-24T16:00", "2025-10-27T12:00"),
    ("2024-12-23T14:00", "2024-12-24T11:00"), ("2025-07-15T14:30", "2025-07-15T18:00"),
    ("2026-01-19T08:00", "2026-01-19T11:30"),
]
CLOSED_TIMES = [(datetime.fromisoformat(begin), datetime.fromisoformat(end)) for begin, end in CLOSED_TIMES]

NEW_YEARS_EVE_OPEN = date(2026, 12, 31)    # nine to one, whatever else


def orthodox_easter(year):
    """The Julian computus, moved to the Gregorian calendar (13 days, 1900 to 2099)."""
    moon = (19 * (year % 19) + 15) % 30
    sunday = (2 * (year % 4) + 4 * (year % 7) - moon + 34) % 7
    month, day = divmod(moon + sunday + 114, 31)
    return date(year, month, day + 1) + 13 * DAY


def is_working_day(day, free):
    return day.weekday() < 5 and day not in free


@functools.lru_cache(maxsize=None)
def holidays(year):
    """The law: a state holiday on a Sunday makes the first next working day free; religious holidays are not moved."""
    if not 2020 <= year <= 2030:    # the feed's years
        return frozenset()
    state = [date(year, *day) for day in ((1, 1), (1, 2), (2, 15), (2, 16), (5, 1), (5, 2), (11, 11))]
    easter = orthodox_easter(year)
    free = set(state) | {date(year, 1, 7)} | {easter + n * DAY for n in (-2, -1, 0, 1)}
    for day in state:
        if day.weekday() == 6:
            while not is_working_day(day, free):
                day += DAY
            free.add(day)
    return frozenset(free)


def is_open_minute(local):
    day = local.date()
    if day == NEW_YEARS_EVE_OPEN:
        return 9 <= local.hour < 13
    if local.weekday() > 4 or not 9 <= local.hour < 18 or day in holidays(day.year):
        return False
    naive = local.replace(tzinfo=None)
    return not any(first <= day <= last for first, last in CLOSED_DATES) and not any(
        begin <= naive < end for begin, end in CLOSED_TIMES)


def midnight(day):
    return int(datetime(day.year, day.month, day.day, tzinfo=BELGRADE).timestamp())


@functools.lru_cache(maxsize=None)
def open_pieces(day):
    """The open intervals [begin, end) of a local date, in seconds since 1970."""
    pieces = []
    for minute in range(midnight(day), midnight(day + DAY), 60):
        if is_open_minute(datetime.fromtimestamp(minute, BELGRADE)):
            if pieces and pieces[-1][1] == minute:
                pieces[-1][1] = minute + 60
            else:
                pieces.append([minute, minute + 60])
    return pieces


def local_date(instant):
    return datetime.fromtimestamp(instant, BELGRADE).date()


def pieces_from(instant):
    day = local_date(instant)
    while True:
        for begin, end in open_pieces(day):
            if end > instant:
                yield max(begin, instant), end
        day += DAY


def is_open(instant):
    return next(pieces_from(instant))[0] == instant


def next_open(instant):
    return next(pieces_from(instant))[0]


def add(instant, seconds):
    for begin, end in pieces_from(instant):
        if seconds <= end - begin:
            return begin + seconds
        seconds -= end - begin


def elapsed(begin, end):
    used = 0
    for opens, closes in pieces_from(begin):
        if opens >= end:
            return used
        used += min(closes, end) - opens


# ---- What is covered -------------------------------------------------------------------------------------------------

TIERS = {"standard": "standard", "premium": "premium", "developer": "premium"}
CHANNELS = {"standard": ("helpdesk", "email", "forum"), "premium": ("helpdesk", "email", "forum", "phone")}
COVERED = {"question": "question", "consulting": "question", "pre-sales": "pre-sales", "troubleshooting": "troubleshooting"}
EXCLUDED = {"specification": "specification", "enhancement": "specification", "template": "template", "theme": "template",
            "layout": "template", "code": "code", "customisation": "code", "fields": "fields", "upgrade": "upgrade",
            "installation": "upgrade", "training": "training"}


def phone_is_staffed(instant):
    local = datetime.fromtimestamp(instant, BELGRADE)
    return is_open(instant) and local.hour != 12


def refusals(request):
    """Why a request is not covered, in the order of the reasons' numbers."""
    day = local_date(request["received"])
    tier, channel, service = request["tier"], request["channel"], request["service"]
    language = request["language"].lower()
    judged = (
        ("not-yet-valid", day < date(2010, 1, 1)),
        ("expired", day >= date(2031, 1, 1)),
        ("requirement-missing", "licence" not in request["holds"] and service != "pre-sales"),
        ("channel-not-in-tier", tier and channel and channel not in CHANNELS[tier]),
        ("channel-closed", channel == "phone" and not phone_is_staffed(request["received"])),
        ("language-not-supported", language and language != "en" and not language.startswith("en-")),
        ("service-excluded", service in EXCLUDED.values()),
    )
    return [reason for reason, applies in judged if applies]


# ---- How soon, and whether it was kept -------------------------------------------------------------------------------

def criterion(impact, workaround):
    if impact == "mission-critical" and workaround == "none":
        return "critical"
    return "minor" if impact == "none" else "normal"


class Promise:
    """What is to be kept: at once with a quarter of an hour, or some hours at the desk; None stands for best effort."""

    def __init__(self, hours):
        self.at_once = hours == 0
        self.seconds = hours * 3600

    def due(self, counted):
        """The due time over the pieces of time that count; None when they come to their end before it."""
        if self.at_once:
            return next_open(counted[0][0])
        left = self.seconds
        for begin, end in counted:
            here = None if end is None else elapsed(begin, end)
            if here is None or here >= left:
                return add(begin, left)
            left -= here
        return None

    def limit(self, due):
        return add(due, 15 * 60) if self.at_once else due


def promise(metric, tier, criterion_then):
    hours = {
        "response": {"critical": 0, "normal": 12 if tier == "premium" else 24},
        "resolution": {"critical": 9, "normal": 27 if tier == "premium" else 54},
    }[metric]
    return Promise(hours[criterion_then]) if criterion_then in hours else None


# ---- What happened ---------------------------------------------------------------------------------------------------


class Life:
    """A metric's clock, moved from event to event: when it counted, and how it came to its end."""

    ROLES = {
        "response": {"responded": "stop"},
        "resolution": {"waiting": "pause", "answered": "resume", "resolved": "stop", "reopened": "reopen",
                       "withdrawn": "cancel"},
    }

    def __init__(self, metric, received, events, now):
        self.began, self.now = received, now
        self.ended = self.cancelled = None
        self.waiting = self.waited_at_the_end = self.counting = False
        self.pieces = []    # [begin, end] of the time that counts; end None: still on
        roles = self.ROLES[metric]
        happened = {received: {"start"}}
        for at, event in events:
            if at <= now and event in roles:
                happened.setdefault(at, set()).add(roles[event])
        for at in sorted(happened):
            self.move(at, happened[at])

    def move(self, at, roles):
        if "start" in roles or self.ended is not None:
            order = ["start", "reopen", "pause", "resume", "cancel", "stop"]
        else:
            order = ["cancel", "stop", "pause", "resume", "reopen"]
        for role in order:
            if role in roles and self.cancelled is None:
                getattr(self, role)(at)

    def set_counting(self, at):
        counts = self.ended is None and self.cancelled is None and not self.waiting
        if counts and not self.counting:
            self.pieces.append([at, None])
        elif self.counting and not counts:
            self.pieces[-1][1] = at
        self.counting = counts

    def start(self, at):
        self.set_counting(at)

    def pause(self, at):
        self.waiting = True
        self.set_counting(at)

    def resume(self, at):
        self.waiting = False
        self.set_counting(at)

    def stop(self, at):
        if self.ended is None:
            self.ended, self.waited_at_the_end = at, self.waiting
            self.set_counting(at)

    def reopen(self, at):
        if self.ended is not None:
            self.ended = None
            self.set_counting(at)

    def cancel(self, at):
        if self.ended is None:
            self.cancelled = at
            self.set_counting(at)

    def end(self):
        """The last instant that matters."""
        return next(at for at in (self.cancelled, self.ended, self.now) if at is not None)

    def is_met_by(self, change):
        """A change at the end comes too late, unless the clock ended as it began."""
        over = self.ended is not None or self.cancelled is not None
        return change <= self.now and (not over or change < self.end() or change == self.began)

    def used(self):
        return sum(elapsed(begin, self.end() if end is None else end) for begin, end in self.pieces)

    def as_if_it_went_on(self):
        """The pieces that count, if what stopped it had not: a clock that waits does not go on."""
        waits = self.waiting if self.ended is None else self.waited_at_the_end
        if waits or not self.pieces:
            return self.pieces
        return self.pieces[:-1] + [[self.pieces[-1][0], None]]


def facts_at_the_end(request, life):
    """The tier and criterion after the changes that met the clock: a change counts from the start."""
    facts = {"tier": request["tier"], "criterion": request["criterion"]}
    for at, fact, value in sorted(request["changes"], key=lambda change: change[0]):
        if life.is_met_by(at):
            facts[fact] = value
    return facts["tier"], facts["criterion"]


def verdict(request, metric, now):
    """(state, due, used seconds, open seconds late, stopped); what does not apply is None."""
    if request["received"] > now:
        return "not-started", None, None, None, None
    life = Life(metric, request["received"], request["events"], now)
    promised = promise(metric, *facts_at_the_end(request, life))
    used = None if promised is None else life.used()
    if life.cancelled is not None:
        return "cancelled", None, used, None, None
    if promised is None:
        return "best-effort", None, None, None, None
    due = promised.due(life.as_if_it_went_on())
    if due is None:
        return "paused" if life.ended is None else "met", None, used, None, life.ended
    if life.end() > promised.limit(due):
        state = "breached-open" if life.ended is None else "breached-late"
        return state, due, used, elapsed(due, life.end()), life.ended
    return "running" if life.ended is None else "met", due, used, None, life.ended
