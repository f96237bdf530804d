# SPDX-License-Identifier: MIT
"""The clocks of a request (docs/semantics.md §7): its events played one after another, its due time by trial."""

from agreements import as_list
from calendars import HORIZON, Horizon, Spliced, Without

RUNNING_ORDER = ["cancel", "stop", "pause", "resume", "start"]
STANDING_ORDER = ["start", "pause", "resume", "cancel", "stop"]
CHANGED = ["criterion", "tier"]
PAUSED = "paused"


class Clock:
    """One cycle: when it started and ended, and the pauses within."""

    def __init__(self, started):
        self.started = started
        self.stopped = None
        self.cancelled = None
        self.paused_at_stop = False
        self.halts = []

    @property
    def running(self):
        return self.stopped is None and self.cancelled is None

    @property
    def halted(self):
        return bool(self.halts) and self.halts[-1][1] is None

    def halt(self, instant):
        if not self.halted:
            self.halts.append((instant, None))

    def go_on(self, instant):
        if self.halted:
            self.halts[-1] = (self.halts[-1][0], instant)

    def stop(self, instant):
        self.stopped = instant
        self.paused_at_stop = self.halted
        self.halt(instant)

    def pauses(self, base):
        """The pauses from an instant on; the standstill since the last stop is none."""
        halts = self.halts[:-1] if self.stopped is not None and not self.paused_at_stop else self.halts
        return [(max(begin, base), end) for begin, end in halts if end is None or end > base]

    def covers(self, change):
        """Whether a change meets this clock: changes follow the events of their instant, but for its start (§7.1)."""
        end = self.stopped if self.stopped is not None else self.cancelled
        return end is None or change < end or change == self.started


class Player:
    """Plays the events of a request to the clocks of a metric (§7.1, §7.2, §7.4)."""

    def __init__(self, metric):
        self.roles = {role: as_list(metric.get(role, [])) for role in RUNNING_ORDER}
        self.repeats = metric.get("repeats") in (True, "true")
        self.reopens = metric.get("reopen") == "resume"
        self.paused = False
        self.clocks = []

    def play(self, instant, events):
        running = bool(self.clocks) and self.clocks[-1].running
        for role in RUNNING_ORDER if running else STANDING_ORDER:
            if any(event in self.roles[role] for event in events):
                getattr(self, role)(instant)

    def start(self, instant):
        last = self.clocks[-1] if self.clocks else None
        if last is None or self.repeats and last.stopped is not None:
            self.clocks.append(Clock(instant))
        elif self.reopens and last.stopped is not None:
            last.stopped = None
            if not self.paused:
                last.go_on(instant)
        if self.paused and self.clocks[-1].running:
            self.clocks[-1].halt(instant)

    def pause(self, instant):
        self.paused = True
        if self.clocks and self.clocks[-1].running:
            self.clocks[-1].halt(instant)

    def resume(self, instant):
        self.paused = False
        if self.clocks and self.clocks[-1].running:
            self.clocks[-1].go_on(instant)

    def stop(self, instant):
        if self.clocks and self.clocks[-1].running:
            self.clocks[-1].stop(instant)

    def cancel(self, instant):
        if self.clocks and self.clocks[-1].running:
            self.clocks[-1].cancelled = instant


def is_valid(agreement, request):
    """§7.7"""
    entries = request.get("events", []) + request.get("changes", [])
    times = [request["received"]] + [entry["at"] for entry in entries]
    if any(not HORIZON[0] <= at < HORIZON[1] or at < request["received"] for at in times):
        return False
    changed = {}
    for change in request.get("changes", []):
        for fact in CHANGED:
            if fact in change:
                value = agreement.canonical(fact, change[fact])
                if changed.setdefault((change["at"], fact), value) != value:
                    return False
    return all(agreement.knows(facts) for facts in [request] + request.get("changes", []))


def play_all(player, request, now):
    """The clocks of a player's metric after the events up to now."""
    by_instant = {}
    for event in request.get("events", []) + [{"at": request["received"], "event": "received"}]:
        by_instant.setdefault(event["at"], []).append(event["event"])
    for instant in sorted(instant for instant in by_instant if instant <= now):
        player.play(instant, by_instant[instant])
    return player.clocks


def cycles(agreement, name, request, now):
    """The answer of the clock operation, or None for an invalid request."""
    if not is_valid(agreement, request):
        return None
    metric = agreement.metrics[name]
    clocks = play_all(Player(metric), request, now)
    on_change = metric.get("on_change", "from-start")
    return [
        Verdict(clock, spells(agreement, name, request, clock, on_change, now), now).cycle() for clock in clocks
    ] or [{"state": "not-started"}]


def facts_at(agreement, request, instant):
    """The facts after the changes up to an instant."""
    facts = agreement.facts(request)
    for change in sorted(request.get("changes", []), key=lambda change: change["at"]):
        if change["at"] <= instant:
            facts.update({fact: agreement.canonical(fact, change[fact]) for fact in CHANGED if fact in change})
    return facts


def spells(agreement, name, request, clock, on_change, now):
    """The targets in force one after another, each from its instant on (§7.5)."""
    found = [(clock.started, agreement.target_for(name, facts_at(agreement, request, clock.started)))]
    if on_change == "keep":
        return found
    instants = sorted({change["at"] for change in request.get("changes", [])})
    for instant in (at for at in instants if clock.started < at <= now and clock.covers(at)):
        target = agreement.target_for(name, facts_at(agreement, request, instant))
        if target == found[-1][1]:
            continue
        if on_change == "restart":
            found.clear()
        found.append((instant, target))
    return found


def open_time(spells_found):
    """The open time that a target is measured on (§7.5)."""
    target = spells_found[-1][1]
    if target.kind != "duration":
        return target.calendar
    pieces, calendar = [], None
    for begin, earlier in reversed(spells_found):
        if earlier is not None and earlier.kind != "best-effort":
            calendar = earlier.calendar
        pieces.insert(0, (begin, calendar))
    return Spliced(pieces) if len(pieces) > 1 else calendar


class Verdict:
    """How a clock stands towards its target at now (§7.3, §7.6)."""

    def __init__(self, clock, spells_found, now):
        self.clock = clock
        self.now = now
        self.base = spells_found[0][0]
        self.target = spells_found[-1][1]
        self.measured = self.target is not None and self.target.kind != "best-effort"
        if self.measured:
            self.open_time = open_time(spells_found)
            self.pauses = clock.pauses(self.base)

    def cycle(self):
        answer = {"started": self.clock.started}
        if self.clock.stopped is not None:
            answer["stopped"] = self.clock.stopped
        if self.measured:
            answer["used"] = self.used()
        if self.clock.cancelled is not None:
            answer["state"] = "cancelled"
        elif not self.measured:
            answer["state"] = "no-target" if self.target is None else "best-effort"
        else:
            answer.update(self.judged())
        return answer

    def end(self):
        ends = [self.clock.stopped, self.clock.cancelled, self.now]
        return next(end for end in ends if end is not None)

    def used(self):
        ended = [(begin, self.end() if end is None else end) for begin, end in self.pauses]
        return Without(self.open_time, ended).elapsed(self.base, self.end())

    def due(self, pauses):
        """§7.3: the due time after pauses, taken in order; PAUSED when one of them has no end; None beyond the horizon."""
        taken = []
        due = self.due_without(taken)
        for begin, end in pauses:
            if due is not None and begin >= due:
                break
            if end is None:
                return PAUSED
            taken.append((begin, end))
            due = self.due_without(taken)
        return due

    def due_without(self, pauses):
        if self.target.kind != "business days":
            return self.target.due(self.base, Without(self.open_time, pauses))
        try:
            days = [self.target.calendar.business_days_between(begin, end) for begin, end in pauses]
        except Horizon:
            return None
        return self.target.due(self.base, None, sum(days))

    def judged(self):
        due = self.due(self.pauses)
        if due == PAUSED:
            return {"state": "met"} if self.clock.stopped is not None else self.paused()
        last_met = None if due is None else self.target.last_met(due)
        late = last_met is not None and self.end() > last_met
        answer = {} if due is None else {"due": due}
        if late:
            return {"state": "breached", "open": self.clock.stopped is None, **answer}
        if self.clock.stopped is not None:
            return {"state": "met", **answer}
        return {"state": "running", **answer, **self.outlook()}

    def paused(self):
        begin, _ = self.pauses[-1]
        due = self.due(self.pauses[:-1] + [(begin, self.now)])
        answer = {} if due is None else {"due_if_resumed": due}
        return {"state": "paused", **answer, **self.outlook()}

    def outlook(self):
        """What a clock that is not stopped has left, and whether now is closed time."""
        answer = {"outside_hours": not self.target.calendar.is_open(self.now)}
        if self.target.kind != "business days":
            answer["remaining"] = max(self.target.seconds - self.used(), 0)
        return answer
