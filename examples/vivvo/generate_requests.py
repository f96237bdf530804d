#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Writes requests.csv, an export of support requests to the Vivvo desk, and events.csv, what
happened to them, beside this script.

    generate_requests.py [--rows N FILE EVENTS]

With --rows, that many requests are drawn instead of those of requests.csv, into other files: what a big export looks like.

The same bytes every time: the seed is fixed, and only random() is used, whose numbers do not change between versions of
Python. A first part is hand-made and goes through the edges (clock changes, closings, due times met to the second, every
tier, channel, service and reason for refusal); a second part is drawn at random; broken rows, as real exports have them,
are strewn in at fixed places. What happened is drawn by a generator of its own from a list of stories. The contract covers services that it does not list, so nothing is refused as not listed.
"""

import argparse
import random
from datetime import datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

SEED = 20260101
EVENT_SEED = 20260102
DRAWN = 2150
COLUMNS = "id,received,tier,channel,service,language,holds,impact,workaround,responded"
BELGRADE = ZoneInfo("Europe/Belgrade")
NEW_YORK = ZoneInfo("America/New_York")
KOLKATA = timezone(timedelta(hours=5, minutes=30))
WRITTEN_IN = [timezone.utc, BELGRADE, BELGRADE, NEW_YORK, KOLKATA]

TIERS = ["standard", "standard", "standard", "premium", "premium", "developer"]
CHANNELS = ["helpdesk", "helpdesk", "helpdesk", "email", "email", "forum", "phone"]
COVERED = ["question", "consulting", "pre-sales", "troubleshooting", "troubleshooting", "troubleshooting"]
EXCLUDED = ["specification", "enhancement", "template", "theme", "layout", "code", "customisation", "fields", "upgrade",
            "installation", "training"]
UNLISTED = ["billing", "data-recovery"]
LANGUAGES = ["en", "en", "en", "en-GB", "EN-us", ""]
FOREIGN = ["sr", "de-AT", "sr-Latn-RS"]
JUDGED = [("mission-critical", "none"), ("mission-critical", "available"), ("limited", "none"), ("limited", "available"),
          ("limited", "available"), ("none", "none"), ("none", "available"), ("", "")]

# What the calendar makes interesting, in local time: the nights of the clock changes, closings and holidays.
CLOCK_CHANGES = ["2024-03-31T01:30", "2024-03-31T02:30", "2024-03-31T03:00", "2024-10-27T01:59", "2024-10-27T02:30",
                 "2024-10-27T03:00", "2025-03-30T01:59", "2025-03-30T03:00", "2025-10-26T02:00", "2025-10-26T02:30",
                 "2026-03-29T01:59", "2026-03-29T03:30", "2026-10-25T02:15", "2026-10-25T03:00"]
CLOSINGS = ["2024-01-10T12:59", "2024-01-10T13:00", "2024-01-10T15:00", "2024-03-29T14:59", "2024-04-01T10:59",
            "2024-04-01T11:00", "2024-06-28T10:00", "2024-08-02T17:59", "2024-08-05T09:00", "2024-08-09T18:00",
            "2024-12-23T13:59", "2024-12-24T10:30", "2024-12-31T10:00", "2025-01-03T10:00", "2025-01-06T10:00",
            "2025-04-09T13:30", "2025-04-10T10:00", "2025-04-10T11:30", "2025-05-23T10:00", "2025-06-27T10:00",
            "2025-07-15T14:30", "2025-08-06T12:00", "2025-10-24T15:30", "2025-10-24T16:00", "2025-10-27T11:59",
            "2026-01-06T10:00", "2026-01-19T08:00", "2026-01-19T11:30", "2026-02-20T10:00", "2026-06-26T10:00",
            "2026-07-08T13:30", "2026-08-03T10:00", "2026-08-07T17:00", "2026-12-31T12:59", "2026-12-31T13:00"]
HOLIDAYS = ["2024-01-01T10:00", "2024-01-02T17:59", "2024-01-07T12:00", "2024-02-15T09:00", "2024-05-03T10:00",
            "2024-05-06T17:00", "2025-01-27T10:00", "2025-02-14T17:59", "2025-02-17T09:00", "2025-04-18T10:00",
            "2025-11-11T12:00", "2026-02-16T10:00", "2026-02-17T10:00", "2026-04-10T10:00", "2026-04-13T18:00",
            "2026-05-01T09:00", "2026-11-10T17:59", "2026-11-11T00:00"]

# Mondays of weeks without any closing, for answers to the second.
QUIET_MONDAYS = ["2024-02-26", "2024-05-20", "2024-09-02", "2024-11-18", "2025-03-03", "2025-06-09", "2025-09-15",
                 "2025-11-17", "2026-03-02", "2026-05-18", "2026-09-07", "2026-11-16"]


def local(text):
    return datetime.fromisoformat(text).replace(tzinfo=BELGRADE)


def name_of(number):
    return f"R-{number:05d}"


def later(instant, seconds):
    """Moves on by elapsed seconds, also over a clock change."""
    return (instant.astimezone(timezone.utc) + timedelta(seconds=seconds)).astimezone(BELGRADE)


def after_desk_hours(instant, seconds):
    """Moves on by hours at the desk as the team counts them: Monday to Friday, nine to six, whatever the calendar says."""
    instant = instant.astimezone(BELGRADE)
    while True:
        opens = instant.replace(hour=9, minute=0, second=0)
        closes = instant.replace(hour=18, minute=0, second=0)
        instant = max(instant, opens)
        left = (closes - instant).total_seconds()
        if instant.weekday() < 5 and seconds <= left:
            return later(instant, seconds)
        if instant.weekday() < 5:
            seconds -= max(0, left)
        instant = opens + timedelta(days=1)


class Draws:
    def __init__(self, seed):
        self.draws = random.Random(seed)

    def pick(self, choices):
        return choices[int(self.draws.random() * len(choices))]

    def chance(self, share):
        return self.draws.random() < share

    def written(self, instant, zone=None):
        """RFC 3339 in one of several offsets; in UTC half of the time with Z."""
        if instant is None:
            return ""
        text = instant.astimezone(zone or self.pick(WRITTEN_IN)).isoformat(timespec="seconds")
        return text.replace("+00:00", "Z") if self.chance(0.8) else text


class Export(Draws):
    def __init__(self, seed):
        super().__init__(seed)
        self.rows = []
        self.received = []

    def add(self, received, responded=None, tier="standard", channel="helpdesk", service="troubleshooting", language="en",
            holds="licence", judged=("limited", "available")):
        facts = [tier, channel, service, language, holds, *judged]
        self.rows.append([self.written(received), *facts, self.written(responded)])
        self.received.append(received)

    def lines(self):
        return [f"{name_of(number)}," + ",".join(row) for number, row in enumerate(self.rows, 1)]


def add_around_edges(export):
    for text in CLOCK_CHANGES + CLOSINGS + HOLIDAYS:
        received = local(text)
        for tier, judged, worked in (("standard", JUDGED[3], 21600), ("premium", JUDGED[2], 10800),
                                     ("developer", JUDGED[0], 600)):
            export.add(received, after_desk_hours(received, worked), tier=tier, judged=judged, channel="email")
        export.add(received, later(received, 300), tier="premium", channel="phone", judged=JUDGED[0])
    for date in ((2024, 3, 31), (2024, 10, 27), (2025, 3, 30), (2025, 10, 26), (2026, 3, 29), (2026, 10, 25)):
        change = datetime(*date, 1, 0, tzinfo=timezone.utc)
        export.add(later(change, -1), later(change, 1), tier="premium", judged=JUDGED[0])
        export.add(later(change, 1800), later(change, 3600), judged=JUDGED[1])    # in the repeated hour's second pass


def add_to_the_second(export):
    """Answered at the due instant, at the end of the grace, and a second after each."""
    for monday in QUIET_MONDAYS:
        opening = local(monday + "T09:00")
        tuesday, wednesday = opening + timedelta(days=1), opening + timedelta(days=2)
        for late in (0, 1):
            export.add(opening, later(tuesday.replace(hour=12), late), tier="premium")
            export.add(opening, later(wednesday.replace(hour=15), late))
            export.add(opening.replace(hour=15), later(tuesday.replace(hour=18), late), tier="developer")
            export.add(opening.replace(hour=10), later(opening.replace(hour=10, minute=15), late), judged=JUDGED[0])
            export.add(opening - timedelta(days=1), later(opening.replace(minute=15), late), judged=JUDGED[0])
        export.add(opening.replace(hour=15), tuesday + timedelta(days=1), tier="premium")
        export.add(opening.replace(hour=11), opening.replace(hour=11), judged=JUDGED[0])


def add_every_fact(export):
    """Every tier by channel by service, named or by alias, and each reason for refusal, alone and together."""
    received = local("2025-05-14T11:00")
    for tier in ("standard", "premium", "developer"):
        for channel in ("helpdesk", "email", "forum", "phone"):
            for service in ["question", "consulting", "pre-sales", "troubleshooting"] + EXCLUDED + UNLISTED:
                received = later(received, 60)
                export.add(received, later(received, 7200), tier, channel, service)
    export.add(local("2009-12-31T23:59:59"), judged=JUDGED[0])     # moved over from an older system
    export.add(local("2010-01-01T00:00"), local("2010-01-04T10:00"))
    export.add(local("2030-12-31T23:59:59"))                       # a workstation with a wrong clock
    export.add(local("2031-01-01T00:00"), holds="")
    for monday in QUIET_MONDAYS:
        opening = local(monday + "T09:00")
        export.add(opening, later(opening, 60), holds="")
        export.add(opening, later(opening, 60), holds="", service="pre-sales")
        export.add(opening, later(opening, 60), holds="newsletter;licence")
        export.add(opening, later(opening, 60), holds="newsletter licence")
        export.add(opening, later(opening, 60), language="sr")
        export.add(opening, later(opening, 60), tier="", channel="", service="", language="", judged=("", ""))
        for minute in (0, 59):                                     # the phone rests from twelve to one
            for hour in (11, 12):
                rings = opening.replace(hour=hour, minute=minute)
                export.add(rings, later(rings, 90), tier="premium", channel="phone")
        export.add(opening.replace(hour=20), tier="standard", channel="phone", service="theme", language="de", holds="")


def draw_received(export, first, last):
    instant = later(first, int(export.draws.random() * (last - first).total_seconds()))
    if export.chance(0.75):
        desk_second = int(export.draws.random() * 9 * 3600)
        instant = later(instant.replace(hour=9, minute=0, second=0), desk_second)
    return instant


def draw_responded(export, received, tier, judged):
    if export.chance(0.01):
        return None
    if judged == ("mission-critical", "none") and export.chance(0.96):
        return later(after_desk_hours(received, 0), int(export.draws.random() * 840))
    hours = 12 if tier in ("premium", "developer") else 24
    share = export.draws.random() * (0.98 if export.chance(0.98) else 2.5)
    return after_desk_hours(received, int(share * hours * 3600))


def draw_services(export):
    share = export.draws.random()
    return EXCLUDED if share < 0.07 else UNLISTED if share < 0.1 else COVERED


def add_drawn(export, count):
    first, last = local("2024-01-01T00:00"), local("2026-12-31T12:00")
    for received in sorted(draw_received(export, first, last) for _ in range(count)):
        tier = export.pick(TIERS)
        premium = tier != "standard"
        channel = export.pick(CHANNELS if premium or export.chance(0.1) else CHANNELS[:-1])
        service = export.pick(draw_services(export))
        language = export.pick(FOREIGN) if export.chance(0.03) else export.pick(LANGUAGES)
        holds = "" if export.chance(0.04) else "licence"
        judged = export.pick(JUDGED)
        responded = draw_responded(export, received, tier, judged)
        export.add(received, responded, tier, channel, service, language, holds, judged)


# What real exports hold as well: (after which line, the line).
BROKEN = [
    (17, b"B-00001,2024-13-05T10:00:00Z,standard,email,question,en,licence,limited,available,"),
    (40, b"B-00002,yesterday,premium,email,question,en,licence,limited,available,"),
    (121, b"B-00003,2024-02-30T10:00:00+01:00,premium,email,question,en,licence,limited,available,"),
    (240, b"B-00004,2024-05-14T10:00:00+02:00,gold,helpdesk,question,en,licence,limited,available,"),
    (300, b""),
    (377, b"B-00005,2024-05-14T10:00:00+02:00,standard,helpdesk,question,en,licence,huge,available,"),
    (512, b"B-00006,2024-05-14T10:00:00+02:00,standard,email,question,en,licence,limited,available,2024-05-14T07:59:59Z"),
    (613, b"B-00007,2024-05-14T10:00:00+02:00,standard,helpdesk,question,en,licence,limited"),
    (700, b"B-00008,2024-05-14T10:00:00+02:00,standard,helpdesk,\"question,en,licence,limited,available,"),
    (801, b"B-00009,2024-05-14T10:00:00+02:00,standard,help\"desk,question,en,licence,limited,available,"),
    (950, b"B-00010,1969-12-31T23:59:59Z,standard,helpdesk,question,en,licence,limited,available,"),
    (1111, b"B-00011,2025-03-03T10:00:00+01:00,standard,helpdesk,r\xe9glage,en,licence,limited,available,"),
    (1300, b"B-00012,2025-03-03T10:00:00,standard,helpdesk,question,en,licence,limited,available,"),
    (1500, b"B-00013,2025-03-03T10:00:00+01:00,standard,fax,question,en,licence,limited,available,"),
    (1700, b"B-00014,,standard,helpdesk,question,en,licence,limited,available,"),
    (1850, b"B-00015,2025-03-03T10:00:00+01:00,standard,helpdesk,question,en,licence,limited,available,soon"),
    (2000, b"B-00016,2025-03-03T10:00:00+01:00,standard,helpdesk,question,en,licence,limited,available,,,"),
    (2100, b"B-00017,2112-01-01T00:00:00Z,standard,helpdesk,question,en,licence,limited,available,"),
    (2200, b"B-00018,2025-03-03T10:00:00+01:00,standard,phone,upgrade,sr,,limited,available,2025-03-03T09:59:59+01:00"),
]


# ---- What happened ---------------------------------------------------------------------------------------------------

CRITERIA = ["critical", "normal", "normal", "minor"]
NEW_TIERS = ["standard", "premium", "developer"]
UNKNOWN = ["assigned", "viewed", "escalated", "note-added"]    # no metric names them


def evening(instant, hour, minute=0):
    return instant.astimezone(BELGRADE).replace(hour=hour, minute=minute, second=0)


def next_weekday(instant, weekday, hour):
    days = (weekday - instant.weekday() - 1) % 7 + 1
    return (instant.astimezone(BELGRADE) + timedelta(days=days)).replace(hour=hour, minute=0, second=0)


class Stories(Draws):
    """What can happen to a request: each story gives rows (instant, event, criterion, tier) from its receipt on."""

    def work(self, instant):
        """The instant after some work at the desk, mostly a few hours."""
        hours = 1 + self.draws.random() * (6 if self.chance(0.7) else 40)
        return after_desk_hours(instant, int(hours * 3600))

    def paused(self, begin, end):
        return [(begin, "waiting"), (end, "answered"), (self.work(end), "resolved")]

    def solved(self, received):
        return [(self.work(received), "resolved")]

    def waits_over_the_night(self, received):
        begin = evening(after_desk_hours(received, 600), 17, 30)
        return self.paused(begin, evening(begin + timedelta(days=1), 9, 15))

    def waits_over_the_weekend(self, received):
        friday = next_weekday(received, 4, 16)
        return self.paused(friday, next_weekday(friday, 0, 10))

    def waits_in_closed_time(self, received):
        begin = evening(received + timedelta(days=1), 19)
        return self.paused(begin, evening(begin + timedelta(days=1), 7, 45))

    def waits_at_once_for_days(self, received):
        """Over whatever the receipt lies beside: a clock change, a holiday, a closing."""
        return self.paused(received, later(received, (1 + int(self.draws.random() * 5)) * 86400 + 1800))

    def waits_again_and_again(self, received):
        rows, at = [], received
        for _ in range(2 + int(self.draws.random() * 5)):
            begin = self.work(at)
            at = later(begin, 600 + int(self.draws.random() * 200000))
            rows += [(begin, "waiting"), (at, "answered")]
        return rows + [(self.work(at), "resolved")]

    def waits_for_ever(self, received):
        return [(self.work(received), "waiting")]

    def is_solved_while_waiting(self, received):
        begin = self.work(received)
        return [(begin, "waiting"), (self.work(begin), "resolved")]

    def waits_within_a_wait(self, received):
        first = self.work(received)
        second, third, fourth = (later(first, hours * 3600) for hours in (5, 20, 30))
        return [(first, "waiting"), (second, "waiting"), (third, "answered"), (fourth, "answered"),
                (self.work(fourth), "resolved")]

    def is_answered_unasked(self, received):
        answered = self.work(received)
        return [(answered, "answered"), (self.work(answered), "resolved")]

    def comes_back(self, received):
        resolved = self.work(received)
        reopened = later(resolved, 3600 + int(self.draws.random() * 900000))
        return [(resolved, "resolved"), (reopened, "reopened"), (self.work(reopened), "resolved")]

    def comes_back_often(self, received):
        rows, at = [], received
        for _ in range(3):
            resolved = self.work(at)
            at = later(resolved, int(self.draws.random() * 300000))
            rows += [(resolved, "resolved"), (at, "reopened")]
        return rows + [(self.work(at), "resolved")] if self.chance(0.8) else rows

    def comes_back_waiting(self, received):
        resolved = self.work(received)
        reopened = later(resolved, 86400)
        rows = [(received, "waiting"), (resolved, "resolved"), (reopened, "reopened"), (later(reopened, 7200), "answered")]
        return rows + [(self.work(reopened), "resolved")]

    def is_withdrawn(self, received):
        return [(self.work(received), "withdrawn")]

    def is_withdrawn_for_good(self, received):
        """No cycle follows, whatever comes after."""
        waits = self.work(received)
        withdrawn = self.work(waits)
        return [(waits, "waiting"), (withdrawn, "withdrawn"), (later(withdrawn, 60), "reopened"),
                (self.work(withdrawn), "resolved")]

    def changes_criterion(self, received):
        changed = self.work(received)
        return [(changed, "", self.pick(CRITERIA), ""), (self.work(changed), "resolved")]

    def changes_tier(self, received):
        changed = self.work(received)
        return [(changed, "", "", self.pick(NEW_TIERS)), (self.work(changed), "resolved")]

    def changes_again(self, received):
        first = self.work(received)
        second = self.work(first)
        return [(received, "", self.pick(CRITERIA), ""), (first, "", self.pick(CRITERIA), self.pick(NEW_TIERS)),
                (second, "", self.pick(CRITERIA), ""), (second, "", "", self.pick(NEW_TIERS)),
                (self.work(second), "resolved")]

    def changes_when_it_is_over(self, received):
        resolved = self.work(received)
        return [(resolved, "resolved"), (resolved, "", self.pick(CRITERIA), ""),
                (later(resolved, 1), "", "", self.pick(NEW_TIERS))]

    def changes_while_it_is_over(self, received):
        resolved = self.work(received)
        return [(resolved, "resolved"), (later(resolved, 60), "", self.pick(CRITERIA), ""),
                (later(resolved, 3600), "reopened"), (self.work(later(resolved, 3600)), "resolved")]

    def happens_all_at_once(self, received):
        at = self.work(received)
        events = [event for event in ("waiting", "answered", "resolved", "reopened") if self.chance(0.6)]
        return [(at, event) for event in events] + [(self.work(at), "answered"), (self.work(later(at, 90000)), "resolved")]

    def is_over_at_once(self, received):
        return [(received, "resolved")]

    def is_looked_at(self, received):
        resolved = self.work(received)
        return [(later(received, 30), self.pick(UNKNOWN)), (resolved, self.pick(UNKNOWN)), (resolved, "resolved"),
                (later(resolved, 30), "responded")]

    def everything(self):
        rare = [self.waits_over_the_night, self.waits_over_the_weekend, self.waits_in_closed_time,
                self.waits_at_once_for_days, self.waits_again_and_again, self.waits_for_ever, self.is_solved_while_waiting,
                self.waits_within_a_wait, self.is_answered_unasked, self.comes_back, self.comes_back_often,
                self.comes_back_waiting, self.is_withdrawn, self.is_withdrawn_for_good, self.changes_criterion,
                self.changes_tier, self.changes_again, self.changes_when_it_is_over, self.changes_while_it_is_over,
                self.happens_all_at_once, self.is_over_at_once, self.is_looked_at]
        return rare + [self.solved] * (2 * len(rare))

    def shuffled(self, rows):
        return sorted(rows, key=lambda row: self.draws.random()) if self.chance(0.2) else rows

    def rows_of(self, name, received):
        if self.chance(0.03):
            return []
        rows = self.shuffled(self.pick(self.everything())(received))
        return [",".join([name, self.written(row[0]), *(row[1:] if len(row) > 2 else (row[1], "", ""))]) for row in rows]


# Rows that make their requests invalid, and such as belong to requests that are broken already.
BROKEN_EVENTS = {
    "R-00900": ["R-00900,2024-02-30T10:00:00Z,resolved,,"],
    "R-01200": ["R-01200,2009-06-01T10:00:00+02:00,waiting,,"],
    "R-01201": ["R-01201,2028-01-10T10:00:00+01:00,,urgent,"],
    "R-01500": ["R-01500,2028-01-10T10:00:00+01:00,,,"],
    "R-01800": ["R-01800,2028-01-10T10:00:00+01:00,,critical,", "R-01800,2028-01-10T09:00:00Z,,normal,"],
    "B-00004": ["B-00004,2024-05-15T10:00:00+02:00,resolved,,"],
    "B-00006": ["B-00006,2024-05-14T12:00:00+02:00,waiting,,", "B-00006,soon,answered,,"],
}


def event_lines(lines, export):
    """The rows of events, in the order of the requests."""
    stories = Stories(EVENT_SEED)
    received = {name_of(number): at for number, at in enumerate(export.received, 1)}
    rows = []
    for line in lines:
        name = line.split(b",")[0].decode()
        if name in received:
            rows += stories.rows_of(name, received[name])
        rows += BROKEN_EVENTS.get(name, [])
    return rows


def write_lines(path, lines):
    path.write_bytes(b"".join(line + b"\n" for line in lines))


def write_export(path, events_path, drawn):
    export = Export(SEED)
    add_around_edges(export)
    add_to_the_second(export)
    add_every_fact(export)
    add_drawn(export, drawn)
    lines = [COLUMNS.encode()] + [line.encode() for line in export.lines()]
    for after, broken in reversed(BROKEN):
        lines.insert(after, broken)
    write_lines(path, lines)
    write_lines(events_path, [b"id,at,event,criterion,tier"] + [line.encode() for line in event_lines(lines, export)])


def main():
    options = argparse.ArgumentParser()
    here = Path(__file__)
    options.add_argument("--rows", nargs=3, metavar=("N", "FILE", "EVENTS"),
                         default=(DRAWN, here.with_name("requests.csv"), here.with_name("events.csv")))
    rows, path, events_path = options.parse_args().rows
    write_export(Path(path), Path(events_path), int(rows))


if __name__ == "__main__":
    main()
