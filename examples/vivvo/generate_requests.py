#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Writes requests.csv, an export of support requests to the Vivvo desk, beside this script.

    generate_requests.py [--rows N FILE]

With --rows, that many requests are drawn instead of those of requests.csv, into another file: what a big export looks like.

The same bytes every time: the seed is fixed, and only random() is used, whose numbers do not change between versions of
Python. A first part is hand-made and goes through the edges (clock changes, closings, due times met to the second, every
tier, channel, service and reason for refusal); a second part is drawn at random; broken rows, as real exports have them,
are strewn in at fixed places. The contract covers services that it does not list, so nothing is refused as not listed.
"""

import argparse
import random
from datetime import datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

SEED = 20260101
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


class Export:
    def __init__(self, seed):
        self.draws = random.Random(seed)
        self.rows = []

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

    def add(self, received, responded=None, tier="standard", channel="helpdesk", service="troubleshooting", language="en",
            holds="licence", judged=("limited", "available")):
        facts = [tier, channel, service, language, holds, *judged]
        self.rows.append([self.written(received), *facts, self.written(responded)])

    def lines(self):
        return [f"R-{number:05d}," + ",".join(row) for number, row in enumerate(self.rows, 1)]


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


def write_export(path, drawn):
    export = Export(SEED)
    add_around_edges(export)
    add_to_the_second(export)
    add_every_fact(export)
    add_drawn(export, drawn)
    lines = [COLUMNS.encode()] + [line.encode() for line in export.lines()]
    for after, broken in reversed(BROKEN):
        lines.insert(after, broken)
    path.write_bytes(b"".join(line + b"\n" for line in lines))


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--rows", nargs=2, metavar=("N", "FILE"), default=(DRAWN, Path(__file__).with_name("requests.csv")))
    rows, path = options.parse_args().rows
    write_export(Path(path), int(rows))


if __name__ == "__main__":
    main()
