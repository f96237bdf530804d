# SPDX-License-Identifier: MIT
"""What a contract says: scope, criteria and target rows (docs/semantics.md §4 to §6)."""

import re
from dataclasses import dataclass
from typing import Optional

from calendars import Always, Combined, Horizon, Weekly, instant_of, merged, parse_exceptions, parse_hours
from calendars import parse_range, parse_time, zone
from feeds import closings

CONDITIONS = ["metric", "criterion", "tier", "channel", "service"]
SET_OPERATIONS = ["union", "intersection", "difference"]


def as_list(value):
    return value if isinstance(value, list) else [value]


def parse_span(text):
    """A duration such as 1h30m in seconds."""
    return sum(int(n) * {"h": 3600, "m": 60, "s": 1}[unit] for n, unit in re.findall(r"(\d+)([hms])", text))


@dataclass(frozen=True)
class Target:
    """A target row: its index, what it asks for and where its due time lies (§4)."""

    index: int
    kind: str
    calendar: Always
    seconds: int = 0
    days: int = 0
    by: Optional[int] = None
    late: bool = False
    roll: Optional[Always] = None
    grace: int = 0

    def due(self, start, open_time, more_days=0):
        """The due time, or None beyond the horizon."""
        try:
            return self.rolled(self.unrolled(start, open_time, more_days))
        except Horizon:
            return None

    def unrolled(self, start, open_time, more_days):
        if self.kind == "immediate":
            return open_time.next_open(start)
        if self.kind == "business days":
            return self.calendar.add_business_days(start, self.days + more_days, self.by)
        return open_time.add_late(start, self.seconds) if self.late else open_time.add(start, self.seconds)

    def rolled(self, due):
        """§4.2"""
        if self.roll is None or self.roll.is_open(due) or self.roll.just_closed(due):
            return due
        return self.roll.next_open(due)

    def last_met(self, due):
        """The last instant at which a stop is met (§4.4), or None beyond the horizon."""
        try:
            return self.calendar.add(due, self.grace)
        except Horizon:
            return None


class Agreement:
    """A contract document with the texts of its feeds."""

    def __init__(self, contract, feeds):
        self.contract = contract
        self.feeds = feeds
        self.place = zone(contract["time_zone"])
        self.calendars = {"always": Always(self.place)}
        self.tiers = contract.get("tiers", {})
        self.channels = contract.get("channels", {})
        services = contract.get("services", {})
        self.covered = services.get("covered", {})
        self.excluded = services.get("excluded", {})
        self.unlisted = services.get("unlisted", "covered")
        self.tier_names = canonical_names([self.tiers])
        self.service_names = canonical_names([self.covered, self.excluded])
        self.attributes = contract.get("attributes", {})
        self.criteria = contract.get("criteria", [])
        self.metrics = contract.get("metrics", {"response": {"start": "received", "stop": "responded"}})
        self.targets = [self.target(i, row) for i, row in enumerate(contract.get("targets", []))]

    def calendar(self, name):
        if name not in self.calendars:
            self.calendars[name] = self.build_calendar(self.contract["calendars"][name])
        return self.calendars[name]

    def build_calendar(self, entry):
        place = zone(entry["time_zone"]) if "time_zone" in entry else self.place
        for how in SET_OPERATIONS:
            if how in entry:
                return Combined(place, how, [self.calendar(name) for name in entry[how]])
        closed = []
        for feed in entry.get("feeds", []):
            closed += closings(self.feeds[feed], self.contract.get("feeds", {}).get(feed, {}), place)
        return Weekly(place, parse_hours(entry["hours"]), parse_exceptions(entry.get("exceptions", [])), merged(closed))

    def target(self, index, row):
        calendar = self.calendar(row.get("calendar", self.contract.get("default_calendar", "always")))
        roll = self.calendar(row["roll"]) if "roll" in row else None
        shared = dict(calendar=calendar, roll=roll, grace=parse_span(row.get("grace", "")))
        within = row["within"]
        if within in ("immediate", "best-effort"):
            return Target(index, within, **shared)
        days = re.fullmatch(r"(\d+) business days?(?: by (.+))?", within)
        if days:
            by = days[2] and parse_time(days[2])
            return Target(index, "business days", days=int(days[1]), by=by, **shared)
        late = row.get("tie") == "next-open"
        return Target(index, "duration", seconds=parse_span(within), late=late, **shared)

    def canonical(self, fact, value):
        names = {"tier": self.tier_names, "service": self.service_names}.get(fact, {})
        return names.get(value, value)

    def facts(self, request):
        """What rows ask about, as at receipt, without aliases."""
        facts = {fact: self.canonical(fact, request[fact]) for fact in ("tier", "channel", "service") if fact in request}
        criterion = request.get("criterion")
        if criterion is None and "attributes" in request:
            criterion = self.criterion({**facts, **request["attributes"]})
        if criterion is not None:
            facts["criterion"] = criterion
        return facts

    def fits(self, conditions, facts):
        return all(
            name in facts and facts[name] in [self.canonical(name, value) for value in as_list(values)]
            for name, values in conditions.items()
        )

    def criterion(self, facts):
        """§6: the first row that accepts."""
        for row in self.criteria:
            if self.fits(row.get("when", {}), facts):
                return row["name"]
        return None

    def target_for(self, metric, facts):
        """§4.3: the first row whose conditions all hold, or None."""
        facts = {**facts, "metric": metric}
        for row, target in zip(self.contract.get("targets", []), self.targets):
            if self.fits({name: row[name] for name in CONDITIONS if name in row}, facts):
                return target
        return None

    def knows(self, facts):
        """§7.7: whether the contract knows the tier, channel, criterion and attribute values."""
        known = {
            "tier": self.tier_names,
            "channel": self.channels,
            "criterion": [row["name"] for row in self.criteria],
        }
        attributes = facts.get("attributes", {})
        return all(facts[name] in known[name] for name in known if name in facts) and all(
            value in self.attributes.get(name, []) for name, value in attributes.items()
        )

    def scope(self, request):
        """§5: all reasons, and what goes with them."""
        reasons = [name for name, applies in self.reasons(request).items() if applies]
        if not reasons:
            return {"scope": "in-scope"}
        answer = {"scope": "out-of-scope", "reasons": sorted(reasons)}
        if "channel-closed" in reasons:
            answer.update(next_opening(self.channel_calendar(request["channel"]), request["received"]))
        clause = self.excluded.get(self.service(request), {}).get("clause")
        if "service-excluded" in reasons and clause is not None:
            answer["clauses"] = {"service-excluded": clause}
        return answer

    def service(self, request):
        return self.canonical("service", request.get("service"))

    def reasons(self, request):
        received = request["received"]
        first, until = parse_range(self.contract.get("valid", {}))
        service = self.service(request)
        listed = service in self.covered or service in self.excluded
        return {
            "not-yet-valid": first is not None and received < instant_of(self.place, first, 0),
            "expired": until is not None and received >= instant_of(self.place, until, 0),
            "requirement-missing": not set(self.required(service)) <= set(request.get("holds", [])),
            "channel-not-in-tier": self.not_offered(request),
            "channel-closed": self.channel_closed(request),
            "language-not-supported": self.language_missing(request),
            "service-excluded": service in self.excluded,
            "service-not-listed": service is not None and not listed and self.unlisted == "excluded",
        }

    def required(self, service):
        for entries in (self.covered, self.excluded):
            if "requires" in entries.get(service, {}):
                return entries[service]["requires"]
        return self.contract.get("requires", [])

    def not_offered(self, request):
        if "tier" not in request or "channel" not in request:
            return False
        return request["channel"] not in self.offered(self.canonical("tier", request["tier"]))

    def offered(self, tier):
        channels = set(self.tiers[tier].get("channels", []))
        for included in self.tiers[tier].get("includes", []):
            channels |= self.offered(self.canonical("tier", included))
        return channels

    def channel_calendar(self, channel):
        name = self.channels[channel].get("calendar")
        return name and self.calendar(name)

    def channel_closed(self, request):
        calendar = self.channel_calendar(request["channel"]) if "channel" in request else None
        return calendar is not None and not calendar.is_open(request["received"])

    def language_missing(self, request):
        if "languages" not in self.contract or "language" not in request:
            return False
        spoken = request["language"].lower() + "-"
        return not any(spoken.startswith(language.lower() + "-") for language in self.contract["languages"])


def next_opening(calendar, instant):
    """The next opening of a channel; one that never opens again has none."""
    try:
        return {"next_open": calendar.next_open(instant)}
    except Horizon:
        return {}


def canonical_names(tables):
    """Every name and alias with the name it stands for."""
    names = {}
    for table in tables:
        for name, entry in table.items():
            names.update({alias: name for alias in entry.get("aliases", [])})
            names[name] = name
    return names
