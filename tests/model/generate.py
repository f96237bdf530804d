#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Seeded random fixtures and cases in the format of tests/conformance, with the model's answers."""

import json
from collections import Counter
from datetime import timedelta

import generate_feeds
from agreements import Agreement, as_list
from calendars import DAY, HORIZON, format_instant, instant_of, parse_instant
from generate_contracts import ATTRIBUTES, CALENDARS, CRITERIA, EVENTS, METRICS, ROLES, Contracts
from kinds import kinds_of
from model import answer, with_instants

GROUPINGS = ["contract", "tier", "criterion", "channel", "service", "metric", "month", "week", "day"]


class Generator(Contracts):
    """Makes the fixtures and cases of one seed."""

    def __init__(self, seed):
        super().__init__(seed)
        self.number = 0
        self.kinds = Counter()

    # Fixtures

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
        elif self.chance(0.95):
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

    def story(self, received, roles):
        """Events in a likely order with long pauses, now and then without one of them or with another twice."""
        events, instant = [], received
        for role in ["start", "pause", "pause", "resume", "stop", "start", "pause", "stop", "start", "resume", "stop"]:
            if role in roles and self.chance(0.7):
                instant += self.random.choice([0, 1800, self.random.randint(1, DAY), self.random.randint(1, 3 * DAY)])
                events.append({"at": instant, "event": self.random.choice(as_list(roles[role]))})
        return events

    def life(self, metric):
        """A request with events and changes, most of them of some concern to a metric."""
        told = self.chance(0.3)
        received = max(self.base_instant - self.random.randint(0, 3 * DAY), 0) if told else self.instant()
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
        if told:
            events = self.story(received, roles) + events[:3]
            instants += [event["at"] for event in events]
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
            self.count_kinds(case, now)
            self.meet(case["expect"], instants, events)
        return cases

    def count_kinds(self, case, now):
        if "cycles" in case["expect"]:
            self.kinds.update(kinds_of(self.agreement, case["metric"], with_instants(case["request"]), now))

    def meet(self, expectation, instants, events):
        """Lets something happen about a due time."""
        cycles = expectation.get("cycles", [])
        dues = [cycle[key] for cycle in cycles for key in ("due", "due_if_resumed") if key in cycle]
        if dues:
            due = parse_instant(self.random.choice(dues))
            instants.append(due)
            at = max(due + self.random.choice([-1, 0, 0, 1]), instants[0])
            events.append({"at": at, "event": self.random.choice(EVENTS)})

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


def lines(generator, fixtures, lives, others):
    """Fixtures with their cases, as the lines of a vector file."""
    for _ in range(fixtures):
        yield generator.fixture()
        for _ in range(lives):
            yield from generator.clock_cases()
        for _ in range(others):
            yield generator.others()
        for _ in range(max(lives // 10, 1)):
            yield generator.report_case()


def write(path, seed, *numbers):
    """Writes a file of cases; returns how many there are, and how many times a life was of each kind."""
    count, generator = 0, Generator(seed)
    with open(path, "w", encoding="utf-8") as file:
        for line in lines(generator, *numbers):
            count += "op" in line
            file.write(json.dumps(line, ensure_ascii=False) + "\n")
    return count, generator.kinds
