# SPDX-License-Identifier: MIT
"""Seeded random contracts near a date, often one on which a clock changes."""

from datetime import date, datetime, timedelta, timezone
from random import Random

import generate_feeds
from calendars import DAY, EPOCH, WEEKDAYS, zone

ZONES = [
    "Australia/Lord_Howe", "Pacific/Apia", "America/St_Johns", "Antarctica/Troll", "Africa/Casablanca",
    "America/Sao_Paulo", "Asia/Gaza", "Europe/Dublin", "Europe/Berlin", "America/New_York", "Asia/Kathmandu",
    "Europe/Belgrade", "Asia/Tokyo", "Asia/Kolkata", "UTC", "+05:30", "-09:30", "-03:00", "Africa/Cairo",
    "America/Asuncion", "Asia/Tehran", "Atlantic/Azores", "America/Havana", "Pacific/Kwajalein", "America/Nuuk",
    "Africa/Monrovia", "Pacific/Kiritimati", "Antarctica/Casey", "Asia/Amman", "America/Caracas", "Asia/Pyongyang",
    "Africa/El_Aaiun", "America/Scoresbysund", "Asia/Beirut", "Pacific/Chatham", "Europe/Lisbon", "Asia/Hebron",
]  # fmt: skip
NAMED_DATES = {
    "Pacific/Apia": [date(2011, 12, 29), date(2011, 9, 24)],
    "Pacific/Kwajalein": [date(1993, 8, 20)],
    "Africa/Monrovia": [date(1972, 1, 7)],
    "Pacific/Kiritimati": [date(1994, 12, 31)],
    "Antarctica/Casey": [date(2020, 10, 4), date(2010, 3, 5)],
    "America/St_Johns": [date(2006, 10, 29), date(1988, 4, 3)],
}
EVENTS = [
    "responded", "resolved", "reopened", "waiting", "answered", "vendor", "vendor-done", "withdrawn", "asked", "replied",
    "assigned", "noted", "received",
]  # fmt: skip
ROLES = ["start", "stop", "pause", "resume", "cancel"]
CALENDARS = ["office", "desk", "wide", "rest", "always"]
ATTRIBUTES = {"impact": ["high", "medium", "low"], "workaround": ["none", "partial", "full"], "vip": ["yes", "no"]}
CRITERIA = ["p1", "p2", "p3", "p4"]
METRICS = ["response", "resolution", "fix", "next", "handling", "odd"]


def change_dates(place, year):
    """The dates of a year on which the offset of a zone changes."""
    days = [datetime(year, 1, 1, tzinfo=timezone.utc) + timedelta(days=n) for n in range(366)]
    offsets = [day.astimezone(place).utcoffset() for day in days]
    return [day.date() for day, before, after in zip(days, offsets, offsets[1:]) if before != after]


class Contracts:
    """Makes the contracts of one seed."""

    def __init__(self, seed):
        self.random = Random(seed)

    def chance(self, probability):
        return self.random.random() < probability

    def some(self, values):
        """One value, or a list of some."""
        if self.chance(0.6):
            return self.random.choice(values)
        return self.random.sample(values, self.random.randint(1, min(3, len(values))))

    # Calendars

    def choose_place(self):
        self.zone = self.random.choice(ZONES)
        self.base = self.base_date(zone(self.zone))
        self.base_instant = (self.base - EPOCH).days * DAY

    def base_date(self, place):
        named = NAMED_DATES.get(self.zone, [])
        if named and self.chance(0.5):
            return self.random.choice(named)
        if self.chance(0.04):
            return self.random.choice([date(1970, 1, 5), date(2099, 12, 20), date(2099, 12, 30)])
        year = self.random.choice([1973, 1985, 1999, 2007, 2011, 2018, 2024, 2026, 2027, 2033, 2055, 2084])
        changes = change_dates(place, year)
        if changes and self.chance(0.7):
            return self.random.choice(changes)
        return date(year, 1, 1) + timedelta(days=self.random.randint(0, 360))

    def time(self):
        draw = self.random.random()
        hour, minute = self.random.randint(0, 23), self.random.randint(0, 59)
        if draw < 0.5:
            return "%02d:%02d" % (hour, self.random.choice([0, 30]))
        if draw < 0.65:
            return self.random.choice(["00:00", "00:01", "01:00", "02:00", "02:30", "03:00", "23:00", "23:01", "23:59"])
        if draw < 0.9:
            return "%02d:%02d" % (hour, minute)
        return "%02d:%02d:%02d" % (hour, minute, self.random.randint(0, 59))

    def window(self):
        if self.chance(0.08):
            return "00:00-24:00"
        if self.chance(0.15):
            return "09:00-17:00"
        start, end = self.time(), self.time()
        return self.window() if start[:5] == end[:5] else "%s-%s" % (start, end)

    def windows(self):
        if self.chance(0.1):
            first, middle, last = sorted(["%02d:00" % hour for hour in self.random.sample(range(24), 3)])
            return [first + "-" + middle, middle + "-" + last]
        return [self.window(), self.window()] if self.chance(0.3) else self.window()

    def hours(self):
        if self.chance(0.35):
            return {self.random.choice(["mon-fri", "mon-sun", "sun,tue-thu", "fri-sun"]): self.windows()}
        days = self.random.sample(WEEKDAYS, self.random.randint(2, 7))
        return {day: self.windows() for day in sorted(days, key=WEEKDAYS.index)}

    def exception(self):
        day = self.base + timedelta(days=self.random.randint(-6, 12))
        if self.chance(0.3):
            day = self.base + timedelta(days=self.random.randint(-1, 1))
        entry = {"date": day.isoformat()}
        if self.chance(0.4):
            last = day + timedelta(days=self.random.randint(1, 4))
            entry = {"from": day.isoformat(), self.random.choice(["until", "through"]): last.isoformat()}
        if self.chance(0.6):
            entry["hours"] = self.windows()
        return entry

    def weekly(self, feeds):
        calendar = {"hours": self.hours()}
        if self.chance(0.5):
            calendar["time_zone"] = self.zone if self.chance(0.5) else self.random.choice(ZONES)
        if self.chance(0.5):
            calendar["exceptions"] = [self.exception() for _ in range(self.random.randint(1, 4))]
        if feeds and self.chance(0.7):
            calendar["feeds"] = self.random.sample(sorted(feeds), self.random.randint(1, len(feeds)))
        return calendar

    def calendars(self, feeds):
        how = self.random.choice(["union", "intersection", "difference"])
        wide = {self.random.choice(["union", "intersection", "difference"]): ["office", "desk"]}
        if self.chance(0.3):
            wide["time_zone"] = self.random.choice(ZONES)
        rest = {how: self.random.choice([["always", "office"], ["wide", "desk"], ["always", "desk"], ["desk", "office"]])}
        if self.chance(0.3):
            rest = {how: ["always", "wide", "desk"]}
        return {"office": self.weekly(feeds), "desk": self.weekly(feeds), "wide": wide, "rest": rest}

    # Contracts

    def within(self):
        draw = self.random.random()
        if draw < 0.12:
            return "immediate"
        if draw < 0.17:
            return "best-effort"
        if draw < 0.4:
            days = "%d business days" % self.random.randint(1, 5)
            return days + (" by " + self.random.choice(["09:00", "16:30", "00:30", "23:59"]) if self.chance(0.4) else "")
        return self.random.choice(["%dh", "%dm", "%dh30m", "%ds"]) % self.random.choice([1, 2, 4, 8, 16, 24, 40, 90])

    def row(self, metric, criterion):
        row = {"metric": metric, "criterion": criterion, "within": self.within()}
        if self.chance(0.3):
            row["tier"] = self.some(["basic", "plus", "top", "gold"])
        if self.chance(0.1):
            row["channel"] = self.some(["email", "web", "phone"])
        if self.chance(0.1):
            row["service"] = self.some(["repair", "advice", "course"])
        for condition in ("metric", "criterion"):
            if self.chance(0.03):
                del row[condition]
        if self.chance(0.4):
            row["calendar"] = self.random.choice(CALENDARS)
        if row["within"][-1] in "hms" and row["within"][0].isdigit() and self.chance(0.4):
            row["tie"] = self.random.choice(["close", "next-open"])
        if self.chance(0.2):
            row["roll"] = self.random.choice(CALENDARS)
        if self.chance(0.15):
            row["grace"] = self.random.choice(["15m", "1h", "8h", "30h"])
        return row

    def targets(self):
        rows = []
        for metric in METRICS:
            for criterion in CRITERIA:
                rows += [self.row(metric, criterion) for _ in range(self.random.choice([0, 1, 1, 2, 2, 3]))]
                if self.chance(0.5):
                    rows.append({"metric": metric, "criterion": criterion, "within": self.within()})
        return rows or [self.row("response", "p1")]

    def on_change(self):
        return self.random.choice(["keep", "from-start", "from-start", "restart"])

    def odd_metric(self):
        """A metric of random events, some of which play several roles."""
        metric = {role: self.some(EVENTS[:9]) for role in ROLES if role in ("start", "stop") or self.chance(0.6)}
        metric[self.random.choice(["repeats", "reopen"])] = "true"
        if "reopen" in metric:
            metric["reopen"] = "resume"
        return dict(metric, on_change=self.on_change())

    def metrics(self):
        paused = {"pause": ["waiting", "vendor"], "resume": ["answered", "vendor-done"]}
        return {
            "response": {"start": "received", "stop": "responded", "cancel": "withdrawn", "on_change": self.on_change()},
            "resolution": {
                "start": ["received", "reopened"], "stop": "resolved", "cancel": "withdrawn", "reopen": "resume",
                "on_change": self.on_change(), **paused,
            },
            "fix": {"start": "received", "stop": "resolved", "on_change": self.on_change(), **paused},
            "next": {
                "start": "asked", "stop": ["replied", "resolved"], "repeats": "true", "on_change": self.on_change(),
                **paused,
            },
            "handling": {"start": "assigned", "stop": "resolved", "on_change": self.on_change(), **paused},
            "odd": self.odd_metric(),
        }  # fmt: skip

    def criteria(self):
        rows = []
        for name in self.random.choice([CRITERIA, ["p1", "p2", "p1", "p3", "p4"]]):
            asked = self.random.sample(sorted(ATTRIBUTES), self.random.randint(0 if name == "p4" else 1, 2))
            when = {attribute: self.some(ATTRIBUTES[attribute]) for attribute in asked}
            if self.chance(0.2):
                tiers = self.some(["basic", "silver", "top"])
                when.update(self.random.choice([{"tier": tiers}, {"channel": "web"}, {"service": "fix"}]))
            rows.append({"name": name, "when": when} if when else {"name": name})
        return rows

    def services(self):
        advice = self.random.choice([{}, {"requires": []}, {"requires": ["maintenance", "partner"]}])
        excluded = {"training": {"clause": "7.1", "aliases": ["course"]}, "hardware": {}}
        if self.chance(0.5):
            excluded["audit"] = self.random.choice([{}, {"clause": "7.3"}])
        return {
            "unlisted": self.random.choice(["covered", "excluded"]),
            "covered": {"repair": {"aliases": ["fix"]}, "advice": advice, "audit": {}},
            "excluded": excluded,
        }

    def contract(self, feeds):
        valid = {"from": (self.base - timedelta(days=self.random.randint(1, 30))).isoformat()}
        valid[self.random.choice(["until", "through"])] = (self.base + timedelta(days=40)).isoformat()
        contract = {
            "sla": 1, "name": "random", "time_zone": self.zone, "calendars": self.calendars(feeds),
            "channels": {"email": {}, "web": {}, "phone": {"calendar": "desk"}, "chat": {"calendar": "wide"}},
            "tiers": {
                "basic": {"channels": ["email", "web"]},
                "plus": {"channels": ["phone"], "aliases": ["silver"], "includes": ["basic"]},
                "top": {"channels": ["chat"], "aliases": ["gold", "vip"], "includes": self.random.choice([[], ["plus"]])},
            },
            "services": self.services(), "attributes": ATTRIBUTES, "criteria": self.criteria(),
            "metrics": self.metrics(), "targets": self.targets(),
        }  # fmt: skip
        if self.chance(0.9):
            contract["default_calendar"] = self.random.choice(CALENDARS)
        if self.chance(0.5):
            contract["valid"] = valid
        if self.chance(0.5):
            contract["languages"] = self.random.sample(["en", "de", "pt-BR", "zh-Hant", "sr"], 2)
        if self.chance(0.5):
            contract["requires"] = self.random.sample(["licence", "maintenance"], self.random.randint(1, 2))
        if feeds:
            contract["feeds"] = {name: generate_feeds.options(self.random) for name in feeds}
        return contract
