#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Seeded random fixtures and cases in the format of tests/conformance, with the model's answers."""

import json
from datetime import date, datetime, timedelta, timezone
from random import Random

import generate_feeds
from agreements import Agreement, as_list
from calendars import DAY, EPOCH, HORIZON, WEEKDAYS, Horizon, format_instant, instant_of, parse_instant, zone
from model import answer

ZONES = [
    "Australia/Lord_Howe", "Pacific/Apia", "America/St_Johns", "Antarctica/Troll", "Africa/Casablanca",
    "America/Sao_Paulo", "Asia/Gaza", "Europe/Dublin", "Europe/Berlin", "America/New_York", "Asia/Kathmandu",
    "Europe/Belgrade", "Asia/Tokyo", "Asia/Kolkata", "UTC", "+05:30", "-09:30", "-03:00", "Africa/Cairo",
    "America/Asuncion", "Asia/Tehran", "Atlantic/Azores", "America/Havana", "Pacific/Kwajalein", "America/Nuuk",
]  # fmt: skip
NAMED_DATES = {
    "Pacific/Apia": [date(2011, 12, 29), date(2011, 9, 24)],
    "Pacific/Kwajalein": [date(1993, 8, 20)],
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
GROUPINGS = ["contract", "tier", "criterion", "channel", "service", "metric", "month", "week", "day"]


def change_dates(place, year):
    """The dates of a year on which the offset of a zone changes."""
    days = [datetime(year, 1, 1, tzinfo=timezone.utc) + timedelta(days=n) for n in range(366)]
    offsets = [day.astimezone(place).utcoffset() for day in days]
    return [day.date() for day, before, after in zip(days, offsets, offsets[1:]) if before != after]


class Generator:
    """Makes the fixtures and cases of one seed."""

    def __init__(self, seed):
        self.random = Random(seed)
        self.number = 0

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
        return "%s-%s" % (start, end) if start.ljust(8, "0") != end.ljust(8, "0") and start[:5] != end[:5] else self.window()

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
            row["tier"] = self.some(["basic", "plus", "top"])
        if self.chance(0.1):
            row["channel"] = self.some(["email", "web", "phone"])
        if self.chance(0.1):
            row["service"] = self.some(["repair", "advice"])
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
        for name in CRITERIA:
            asked = self.random.sample(sorted(ATTRIBUTES), self.random.randint(0 if name == "p4" else 1, 2))
            when = {attribute: self.some(ATTRIBUTES[attribute]) for attribute in asked}
            if self.chance(0.1):
                when["tier"] = self.some(["basic", "plus", "top"])
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
            "default_calendar": self.random.choice(CALENDARS),
            "channels": {"email": {}, "web": {}, "phone": {"calendar": "desk"}, "chat": {"calendar": "wide"}},
            "tiers": {
                "basic": {"channels": ["email", "web"]},
                "plus": {"channels": ["phone"], "aliases": ["silver"], "includes": ["basic"]},
                "top": {"channels": ["chat"], "aliases": ["gold", "vip"], "includes": self.random.choice([[], ["plus"]])},
            },
            "services": self.services(), "attributes": ATTRIBUTES, "criteria": self.criteria(),
            "metrics": self.metrics(), "targets": self.targets(),
        }  # fmt: skip
        if self.chance(0.5):
            contract["valid"] = valid
        if self.chance(0.5):
            contract["languages"] = self.random.sample(["en", "de", "pt-BR", "zh-Hant", "sr"], 2)
        if self.chance(0.5):
            contract["requires"] = self.random.sample(["licence", "maintenance"], self.random.randint(1, 2))
        if feeds:
            contract["feeds"] = {name: generate_feeds.options(self.random) for name in feeds}
        return contract

    def fixture(self):
        """A fixture whose calendars all open near its date; it also sets the place of the cases that follow."""
        while True:
            self.choose_place()
            names = ["f1", "f2"][: self.random.choice([0, 1, 1, 2])]
            feeds = {name: generate_feeds.feed(self.random, self.base) for name in names}
            contract = self.contract(feeds)
            self.agreement = Agreement(contract, feeds)
            if all(self.opens(name) for name in contract["calendars"]):
                self.number += 1
                self.name = "model-%d" % self.number
                return {"fixture": self.name, "contract": contract, "feeds": feeds}

    def opens(self, name):
        """Whether a calendar opens soon."""
        begin = self.base_instant - 30 * DAY
        for first, _ in self.agreement.calendar(name).forward(max(begin, 0)):
            return first < begin + 90 * DAY
        return False

    # Instants

    def instant(self):
        """An instant near the date, often one at which something opens, closes or changes."""
        near = self.base_instant + self.random.randint(-8 * DAY, 18 * DAY)
        draw = self.random.random()
        if draw < 0.4:
            return near
        calendar = self.agreement.calendar(self.random.choice(CALENDARS))
        if draw < 0.5:
            place = calendar.place
            return instant_of(place, self.base + timedelta(days=self.random.randint(-2, 3)), 0)
        for begin, end in calendar.forward(near):
            return self.random.choice([begin, end, end]) + self.random.choice([-1, 0, 0, 0, 1])
        return near

    def asked_instant(self):
        if self.chance(0.01):
            return self.random.choice([HORIZON[0], HORIZON[0] - 1, HORIZON[1] - 1, HORIZON[1], HORIZON[1] - DAY])
        return self.instant()

    # Cases

    def case(self, operation, **arguments):
        """A case with the model's answer."""
        self.number += 1
        case = {"id": "model-%d" % self.number, "fixture": self.name, "rule": "model", "op": operation, **arguments}
        case["expect"] = answer(self.agreement, case)
        return case

    def calendar_case(self):
        operation = self.random.choice(
            ["is_open", "elapsed", "add", "add_late", "next_open", "next_close", "add_business_days"]
        )
        arguments = {"calendar": self.random.choice(CALENDARS)}
        if operation == "elapsed":
            instants = [self.asked_instant(), self.asked_instant()]
            arguments.update(zip(("from", "until"), map(format_instant, instants)))
        else:
            arguments["at"] = format_instant(self.asked_instant())
        if operation.startswith("add"):
            arguments.update(self.amount(operation, arguments))
        return self.case(operation, **arguments)

    def amount(self, operation, arguments):
        if operation == "add_business_days":
            by = {"by": self.random.choice(["09:00", "16:30", "00:00", "02:30", "23:59"])} if self.chance(0.4) else {}
            return {"days": self.random.choice([0, 0, 1, 2, 3, 5, 10]), **by}
        return {"seconds": self.random.choice([0, 1, 3600, 28800, self.random.randint(1, 400000)]) * self.sign()
                if self.chance(0.6) else self.touching_amount(arguments)}  # fmt: skip

    def sign(self):
        return self.random.choice([-1, 1, 1])

    def touching_amount(self, arguments):
        """An amount that ends where something opens or closes."""
        begin = parse_instant(arguments["at"])
        end = self.instant()
        if not HORIZON[0] <= begin <= HORIZON[1]:
            return 60
        return self.agreement.calendar(arguments["calendar"]).elapsed(begin, end)

    def request(self, received=None):
        """A request, mostly valid."""
        request = {"received": format_instant(self.instant() if received is None else received)}
        facts = {
            "tier": (["basic", "plus", "top", "silver", "gold"], 0.9),
            "channel": (["email", "web", "phone", "chat"], 0.9),
            "service": (["repair", "fix", "advice", "audit", "training", "course", "hardware", "other"], 0.9),
            "language": (["en", "en-GB", "EN-us", "de", "pt", "pt-BR", "zh-Hant-TW", "eng"], 0.8),
        }
        for fact, (values, probability) in facts.items():
            if self.chance(probability):
                request[fact] = self.random.choice(values)
        if self.chance(0.8):
            request["holds"] = self.random.sample(["licence", "maintenance", "partner", "other"], self.random.randint(1, 4))
        if self.chance(0.6):
            request["criterion"] = self.random.choice(CRITERIA)
        else:
            request["attributes"] = self.attributes()
        return request

    def attributes(self):
        return {name: self.random.choice(values) for name, values in ATTRIBUTES.items() if self.chance(0.9)}

    def later(self, received, instants, repeated=0.25):
        """An instant in the life of a request, sometimes one that was there before."""
        if instants and self.chance(repeated):
            return self.random.choice(instants) + self.random.choice([0, 0, 0, 0, 0, 1])
        instant = received + int(self.random.expovariate(1) * self.random.choice([3600, 30000, 2 * DAY, 5 * DAY]))
        if self.chance(0.2):
            instant = max(self.instant(), received)
        instants.append(instant)
        return instant

    def life(self, metric):
        """A request with events and changes, most of them of some concern to a metric."""
        received = self.instant()
        request, instants = self.request(received), [received]
        repeated = self.random.choice([0.1, 0.25, 0.7])
        roles = self.agreement.metrics[metric]
        names = [name for role in ROLES for name in as_list(roles.get(role, []))]
        names += self.random.sample(EVENTS, self.random.randint(0, 3))
        events = [
            {"at": self.later(received, instants, repeated), "event": self.random.choice(names)}
            for _ in range(self.random.choice([0, 1, 2, 3, 4, 6, 9, 12]))
        ]
        if self.chance(0.7):
            events.append({"at": received + self.random.choice([0, 0, 1, 3600]), "event": as_list(roles["start"])[0]})
        changes = [self.change(received, instants, repeated) for _ in range(self.random.choice([0, 0, 0, 1, 1, 2, 3]))]
        self.spoil(received, events)
        return request, instants, events, changes

    def change(self, received, instants, repeated):
        change = {"at": self.later(received, instants, repeated)}
        draw = self.random.random()
        if draw < 0.65:
            change["criterion"] = self.random.choice(CRITERIA)
        if draw > 0.5:
            change["tier"] = self.random.choice(["basic", "plus", "top", "gold"])
        return change

    def spoil(self, received, events):
        """Makes some few requests invalid (§7.7)."""
        if self.chance(0.99):
            return
        spoilt = self.random.randint(0, 1)
        if spoilt == 0:
            events.append({"at": received - 1, "event": "noted"})
        else:
            events.append({"at": HORIZON[1], "event": "noted"})

    def written(self, request, events, changes):
        """The request as a case says it, in no order."""
        request = dict(request)
        for key, entries in (("events", events), ("changes", changes)):
            if entries:
                shuffled = self.random.sample(entries, len(entries))
                request[key] = [dict(entry, at=format_instant(entry["at"])) for entry in shuffled]
        return request

    def clock_cases(self):
        """The same life asked at several times, and with events moved to its due times."""
        metric = self.random.choice(METRICS)
        request, instants, events, changes = self.life(metric)
        if self.chance(0.01):
            request.update(self.random.choice([{"tier": "nickel"}, {"criterion": "p9"}, {"channel": "fax"}]))
        cases = []
        for _ in range(3):
            now = min(max(self.random.choice(instants), self.later(instants[0], instants)), HORIZON[1] - 1)
            case = self.case(
                "clock", request=self.written(request, events, changes), metric=metric, now=format_instant(now)
            )
            cases.append(case)
            dues = [cycle[key] for cycle in case["expect"].get("cycles", []) for key in ("due", "due_if_resumed") if key in cycle]
            if dues:
                due = parse_instant(self.random.choice(dues))
                instants.append(due)
                name = self.random.choice(EVENTS)
                events.append({"at": max(due + self.random.choice([-1, 0, 0, 1]), instants[0]), "event": name})
        return cases

    def due_case(self):
        return self.case("due", request=self.request(), metric=self.random.choice(METRICS))

    def scope_case(self):
        return self.case("scope", request=self.request())

    def criterion_case(self):
        return self.case("criterion", attributes=self.attributes())

    def report_case(self):
        metric = self.random.choice(METRICS)
        lives = [self.life(metric) for _ in range(self.random.randint(1, 12))]
        requests = [self.written(request, events, changes) for request, _, events, changes in lives]
        now = self.base_instant + self.random.randint(0, 40) * DAY
        return self.case(
            "report", requests=requests, now=format_instant(min(now, HORIZON[1] - 1)), metric=metric,
            group_by=self.random.sample(GROUPINGS, self.random.randint(0, 3)),
        )  # fmt: skip

    def others(self):
        """A case that is not the life of a request."""
        kinds = [self.calendar_case, self.due_case, self.scope_case, self.criterion_case]
        return self.random.choices(kinds, [10, 3, 2, 1])[0]()


def lines(seed, fixtures, lives, others):
    """Fixtures with their cases, as the lines of a vector file."""
    generator = Generator(seed)
    for _ in range(fixtures):
        yield generator.fixture()
        for _ in range(lives):
            yield from generator.clock_cases()
        for _ in range(others):
            yield generator.others()
        for _ in range(max(lives // 10, 1)):
            yield generator.report_case()


def write(path, *arguments):
    count = 0
    with open(path, "w", encoding="utf-8") as file:
        for line in lines(*arguments):
            count += "op" in line
            file.write(json.dumps(line, ensure_ascii=False) + "\n")
    return count
