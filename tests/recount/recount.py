#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""An independent recount of the Vivvo report: every count, every verdict, every open hour.

    recount.py PROGRAMS VIVVO

PROGRAMS is the folder of the built examples, VIVVO that of the contract, the feeds, the requests and their events. What the programs
print is compared with what agreement.py, which shares no code with the library, comes to.
"""

import calendar
import collections
import csv
import io
import json
import subprocess
import sys
from datetime import date, datetime, timezone
from pathlib import Path

import agreement

NOWS = ["2027-01-01T00:00:00Z", "2026-11-23T10:00:00+01:00", "2025-06-28T13:37:11Z", "2024-10-27T00:30:00Z"]
GROUPINGS = ["", "tier", "criterion", "channel", "service", "month", "week", "day", "tier,criterion", "contract,metric",
             "tier,channel,service,criterion,month"]
COUNTS = ["out_of_scope", "not_started", "no_target", "best_effort", "running", "paused", "cancelled",
          "invalid", "met", "breached_late", "breached_open"]
METRICS = ["response", "resolution"]
STOPPED = ("met", "breached-late")
LISTED = 10
CONTRACT = "Vivvo CMS Support Service Level Agreement"
NOTHING_KNOWN = dict.fromkeys(["received", "tier", "channel", "service", "criterion"])

failures = []


def check(fits, message):
    if not fits:
        failures.append(message)


def compare(found, recounted, where):
    check(found == recounted, f"{where}: {found}, recounted {recounted}")


# ---- Reading the requests ------------------------------------------------------------------------------------------


def instant(text):
    moment = datetime.fromisoformat(text.replace("Z", "+00:00"))
    if moment.tzinfo is None:
        raise ValueError("no offset")
    return int(moment.timestamp())


def known(names, text):
    """(name without alias, None) of what is said, ("", None) of what is not, (None, complaint) of what is unknown."""
    if text and text not in names:
        return None, "unknown " + text
    return (names[text] if text else ""), None


class Row:
    """A line of the export: the request that it holds and whether it is broken."""

    def __init__(self, line, raw, events_of):
        self.line, self.id, self.broken, self.request = line, "", True, dict(NOTHING_KNOWN)
        try:
            fields = raw.decode("utf-8").split(",")    # no field of this export needs quotes
        except UnicodeDecodeError:
            return
        if '"' in raw.decode("utf-8") or len(fields) != 10:
            return
        self.read(*fields)
        self.add_events(events_of.get(self.id, []))

    def read(self, number, received, tier, channel, service, language, holds, impact, workaround, responded):
        complaints = []

        def time(text):
            try:
                return instant(text) if text else None
            except ValueError as error:
                complaints.append(error)
                return None

        self.id = number
        request = {"received": time(received), "language": language, "holds": holds.replace(";", " ").split()}
        request["tier"], unknown_tier = known(agreement.TIERS, tier)
        request["channel"], unknown_channel = known({name: name for name in agreement.CHANNELS["premium"]}, channel)
        request["service"] = {**agreement.COVERED, **agreement.EXCLUDED}.get(service, service)
        judged = impact in ("mission-critical", "limited", "none", "") and workaround in ("none", "available", "")
        request["criterion"] = agreement.criterion(impact, workaround) if judged else None
        request["responded"] = time(responded)
        self.request = request
        self.broken = bool(complaints or unknown_tier or unknown_channel or not judged) or not self.is_consistent()

    def is_consistent(self):
        times = [self.request["received"], self.request["responded"]]
        return times[0] is not None and all(self.is_possible(time) for time in times if time is not None)

    def is_possible(self, time):
        first, end = agreement.HORIZON
        return first <= time < end and self.request["received"] <= time

    def add_events(self, lines):
        responded = self.request["responded"]
        self.request["events"] = [] if responded is None else [(responded, "responded")]
        self.request["changes"] = []
        for line in lines:
            self.broken = self.broken or not self.add_event(*line)
        self.broken = self.broken or self.changes_contradict()

    def add_event(self, number, at, event, criterion, tier):
        """Whether the line is whole."""
        try:
            at = instant(at)
        except ValueError:
            return False
        if event:
            self.request["events"].append((at, event))
        if criterion:
            self.request["changes"].append((at, "criterion", criterion))
        if tier:
            self.request["changes"].append((at, "tier", agreement.TIERS.get(tier)))
        known = criterion in ("", "critical", "normal", "minor") and tier in ("", *agreement.TIERS)
        return known and bool(event or criterion or tier) and (self.broken or self.is_possible(at))

    def changes_contradict(self):
        values = collections.defaultdict(set)
        for at, fact, value in self.request["changes"]:
            values[at, fact].add(value)
        return any(len(of_one_fact) > 1 for of_one_fact in values.values())


def read_events(path):
    """The lines of events by request."""
    lines = [line.split(",") for line in path.read_text(encoding="utf-8").splitlines()]
    compare(lines[0], ["id", "at", "event", "criterion", "tier"], "header of the events")
    events_of = collections.defaultdict(list)
    for line in lines[1:]:
        events_of[line[0]].append(line)
    return events_of


def read_rows(path, events_of):
    lines = path.read_bytes().split(b"\n")
    return [Row(number, raw, events_of) for number, raw in enumerate(lines[1:], 2) if raw]


# ---- Verdicts and groups -------------------------------------------------------------------------------------------


class Verdict:
    def __init__(self, row, metric, now):
        self.row, self.metric = row, metric
        self.reasons, self.state = [], "invalid"
        self.due = self.used = self.late = self.stopped = None
        if row.broken:
            return
        self.reasons = agreement.refusals(row.request)
        self.state = "out-of-scope"
        if not self.reasons:
            self.state, self.due, self.used, self.late, self.stopped = agreement.verdict(row.request, metric, now)

    def as_line(self):
        criterion = self.row.request["criterion"]
        if self.state == "invalid":
            return [self.row.id, self.metric, "invalid", "", "", "", "", ""]
        if self.state == "out-of-scope":
            return [self.row.id, self.metric, self.state, " ".join(self.reasons), criterion, "", "", ""]
        due = "" if self.due is None else datetime.fromtimestamp(self.due, timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
        used = "" if self.used is None else str(self.used)
        state = self.state.replace("breached-late", "breached").replace("breached-open", "breached")
        return [self.row.id, self.metric, "in-scope", "", criterion, state, due, used]


def group_key(verdict, names):
    request = verdict.row.request
    day = None if request["received"] is None else agreement.local_date(request["received"])
    facts = {
        "contract": CONTRACT, "metric": verdict.metric, "tier": request["tier"], "criterion": request["criterion"],
        "channel": request["channel"], "service": request["service"], "day": day and day.isoformat(),
        "month": day and day.strftime("%Y-%m"), "week": day and "%d-W%02d" % day.isocalendar()[:2],
    }
    return tuple(facts[name] or None for name in names)


def group_by(verdicts, names):
    groups = collections.defaultdict(list)
    for verdict in verdicts:
        groups[group_key(verdict, names)].append(verdict)
    return groups


def kept(verdicts):
    """Promises kept, and all that there were to keep."""
    states = collections.Counter(verdict.state for verdict in verdicts)
    return states["met"], states["met"] + states["breached-late"] + states["breached-open"]


# ---- Asking the programs -------------------------------------------------------------------------------------------


class Programs:
    def __init__(self, folder, vivvo):
        self.folder, self.vivvo = Path(folder), Path(vivvo)

    def run(self, program, *arguments, expect=0):
        command = [str(self.folder / program), "--contract", str(self.vivvo / "contract.yaml"), *arguments]
        outcome = subprocess.run(command, capture_output=True, check=False)
        check(outcome.returncode == expect, f"{' '.join(command)}: exit status {outcome.returncode}, not {expect}: "
              + outcome.stderr.decode(errors="replace")[:500])
        return outcome.stdout.decode(), outcome.stderr.decode(errors="replace")

    def report(self, now, *arguments):
        events = ["--events", str(self.vivvo / "events.csv")]
        return self.run("report", "--now", now, *events, *arguments, str(self.vivvo / "requests.csv"), expect=1)


def compare_report(printed, verdicts, names, where):
    ours = {key: list(group) for key, group in group_by(verdicts, names).items()}
    theirs = {tuple(group["key"][name] for name in names): group for group in printed["groups"]}
    compare(len(printed["groups"]), len(ours), f"{where}: number of groups")
    compare(set(theirs) ^ set(ours), set(), f"{where}: groups of one side only")
    for key in set(ours) & set(theirs):
        compare_group(theirs[key], ours[key], f"{where} {key}")
    compare_group(printed["total"], verdicts, f"{where}, total")
    compare_objectives(printed["objectives"], verdicts, where)
    compare_breaches(printed["breaches"], verdicts, where)
    broken = [verdict.row.line for verdict in verdicts if verdict.row.broken]
    compare([row["row"] for row in printed["invalid_rows"]], broken[:LISTED], f"{where}: invalid rows")


def compare_group(group, verdicts, where):
    states = collections.Counter(verdict.state.replace("-", "_") for verdict in verdicts)
    reasons = collections.Counter(reason for verdict in verdicts for reason in verdict.reasons)
    compare(group["requests"], len(verdicts), f"{where}: requests")
    for count in COUNTS:
        compare(group[count], states[count], f"{where}: {count}")
    compare(group["reasons"], dict(reasons), f"{where}: reasons")
    met, total = kept(verdicts)
    compare(group["attainment"], {"met": met, "total": total} if total else None, f"{where}: attainment")
    compare_used(group["used"], sorted(verdict.used for verdict in verdicts if verdict.state in STOPPED), where)


def compare_used(found, used, where):
    """Percentiles are nearest-rank and at most 1/1024 above the true value; the other figures are exact."""
    exact = {"count": len(used), "min": used[0] if used else None, "max": used[-1] if used else None,
             "sum": sum(used)}
    for figure, value in exact.items():
        compare(found[figure], value, f"{where}: {figure} of used time")
    for figure, per_cent in (("p50", 50), ("p95", 95)):
        true = used[(per_cent * len(used) + 99) // 100 - 1] if used else None
        fits = found[figure] is None if true is None else true <= found[figure] <= min(true + true // 1024, used[-1])
        check(fits, f"{where}: {figure} of used time: {found[figure]}, recounted {true}")


def compare_objectives(found, verdicts, where):
    """95 % of responses a month; months without any promise to keep are not listed."""
    recounted = []
    verdicts = [verdict for verdict in verdicts if verdict.metric == "response"]
    for (month,), group in sorted(group_by([verdict for verdict in verdicts if not verdict.row.broken], ["month"]).items()):
        met, total = kept(group)
        if total:
            recounted.append((month, met, total, met * 100 >= 95 * total))
    listed = [(one["period"], one["attainment"]["met"], one["attainment"]["total"], one["holds"]) for one in found]
    compare(listed, recounted, f"{where}: objectives")


def compare_breaches(found, verdicts, where):
    late = [verdict for verdict in verdicts if verdict.late is not None]
    worst = sorted(late, key=lambda verdict: (-verdict.late, verdict.row.line))[:LISTED]
    recounted = [(one.row.line, one.late, one.due, one.stopped) for one in worst]
    listed = [(one["row"], one["late"], instant(one["due"]), one["stopped"] and instant(one["stopped"])) for one in found]
    compare(listed, recounted, f"{where}: worst breaches")


def compare_lines(printed, verdicts, now):
    lines = list(csv.reader(io.StringIO(printed)))
    compare(lines[0], "id,metric,scope,reasons,criterion,state,due,used".split(","), "header of --each")
    compare(len(lines), len(verdicts) + 1, f"--each --now {now}: number of lines")
    for line, verdict in zip(lines[1:], verdicts):
        compare(line, verdict.as_line(), f"--each --now {now}, line {verdict.row.line}")


def compare_complaints(printed, rows, now):
    """Each broken row is named on the error stream by its line, and no other."""
    named = [int(line.split("requests.csv:")[1].split(":")[0]) for line in printed.splitlines() if "requests.csv:" in line]
    broken = [row.line for row in rows if row.broken]
    compare(named, broken, f"--now {now}: broken lines")


def compare_calendar(programs):
    """Each date of the feed's years: the open hours that `calendar` prints."""
    for year in range(2020, 2031):
        for month in range(1, 13):
            printed, _ = programs.run("calendar", "--calendar", "office", f"{year}-{month:02}")
            lines = printed.splitlines()
            compare(len(lines) - 1, calendar.monthrange(year, month)[1], f"calendar {year}-{month:02}: number of dates")
            for line in lines[:-1]:
                compare_date(line)


def compare_date(line):
    day = date.fromisoformat(line[:10])
    hours = line[16:].split("  ")[0]
    pieces = [[datetime.fromtimestamp(time, agreement.BELGRADE).strftime("%H:%M") for time in piece]
              for piece in agreement.open_pieces(day)]
    compare(hours, " ".join("-".join(piece) for piece in pieces) or "closed", f"calendar {day}")


def main(folder, vivvo):
    programs = Programs(folder, vivvo)
    rows = read_rows(Path(vivvo) / "requests.csv", read_events(Path(vivvo) / "events.csv"))
    check(len(rows) >= 2000, f"only {len(rows)} requests")
    for now in NOWS:
        verdicts = {metric: [Verdict(row, metric, instant(now)) for row in rows] for metric in METRICS}
        printed, complaints = programs.report(now, "--each")
        compare_lines(printed, [verdict for pair in zip(*verdicts.values()) for verdict in pair], now)
        compare_complaints(complaints, rows, now)
        for by in GROUPINGS:
            names = by.split(",") if by else []
            printed, complaints = programs.report(now, "--format", "json", "--by", by)
            for part, metric in zip(json.loads(printed), METRICS):
                compare_report(part, verdicts[metric], names, f"{metric} --now {now} --by {by}")
            compare_complaints(complaints, rows, now)
    compare_calendar(programs)
    for failure in failures[:40]:
        print(failure, file=sys.stderr)
    print(f"{len(rows)} requests, {len(METRICS)} metrics, {len(NOWS)} times, {len(GROUPINGS)} groupings: {len(failures)} differences")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
