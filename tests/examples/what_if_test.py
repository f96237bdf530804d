#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What replay and agenda promise: they agree with what `report` says under the other contract, or at the other time.

    what_if_test.py PROGRAMS VIVVO
"""

import csv
import unittest
from datetime import datetime, timedelta

from programs_test import CONTRACT, GOOD, HEADER, NOW, SMALL, VIVVO, Case, run

REQUESTS = VIVVO / "requests.csv"
ROUND_THE_CLOCK = VIVVO / "round-the-clock.yaml"
FACTS = ["scope", "reasons", "criterion", "state", "due", "used"]


def verdicts(contract, now=NOW, requests=REQUESTS):
    """The lines of `report --each` by column."""
    _, output, _ = run("report", "--contract", contract, "--now", now, "--each", "--metric", "response", requests)
    return list(csv.DictReader(output.splitlines()))


def changed(contract, other):
    """What `replay --format csv` should list, by two runs of report."""
    pairs = zip(verdicts(contract), verdicts(other))
    return [(before["id"], fact, before[fact], after[fact])
            for before, after in pairs for fact in FACTS if before[fact] != after[fact]]


class Replay(Case):
    def replay(self, *arguments, requests=REQUESTS, contract=CONTRACT):
        return run("replay", "--contract", contract, "--now", NOW, *arguments, requests)

    def rows(self, content, *arguments, status=0, contract=CONTRACT):
        """What is listed for requests with this content, and the complaints."""
        outcome = self.replay("--format", "csv", *arguments, requests=self.file("requests.csv", content), contract=contract)
        self.assertEqual(outcome[0], status, outcome[2])
        return list(csv.reader(outcome[1].splitlines()))[1:], outcome[2]

    def edited(self, *edits):
        """A contract beside its feeds, with each (old, new) replaced."""
        text = ROUND_THE_CLOCK.read_text(encoding="utf-8")
        for old, new in edits:
            self.assertIn(old, text)
            text = text.replace(old, new)
        for feed in ("holidays-rs.ics", "closings.ics"):
            self.file(feed, (VIVVO / feed).read_bytes())
        return self.file("other.yaml", text)

    def test_against_itself_changes_nothing(self):
        status, output, _ = self.replay("--against", CONTRACT)
        self.assertEqual(status, 1)    # broken rows
        self.assertTrue(output.startswith("2932 requests, 0 differ\n"), output[:200])
        self.assertEqual(self.replay("--against", CONTRACT, "--format", "csv")[1], "id,fact,before,after\n")

    def test_lists_what_two_runs_of_report_tell_apart(self):
        _, output, _ = self.replay("--against", ROUND_THE_CLOCK, "--format", "csv")
        listed = [tuple(row) for row in csv.reader(output.splitlines())][1:]
        self.assertEqual(listed, changed(CONTRACT, ROUND_THE_CLOCK))
        self.assertGreater(len(listed), 1000)

    def test_sums_up_what_two_runs_of_report_count(self):
        _, output, _ = self.replay("--against", ROUND_THE_CLOCK)
        listed = changed(CONTRACT, ROUND_THE_CLOCK)
        self.assertIn(f"\n2932 requests, {len({row[0] for row in listed})} differ\n", output)
        for fact in FACTS:
            self.assertRegex(output, rf"\n  {fact} +{sum(row[1] == fact for row in listed)}\n")
        met, breached = ([sum(row["state"] == state for row in verdicts(contract))
                          for contract in (CONTRACT, ROUND_THE_CLOCK)] for state in ("met", "breached"))
        self.assertRegex(output, rf"\nmet +{met[0]} +{met[1]}\n")
        self.assertRegex(output, rf"\nbreached +{breached[0]} +{breached[1]}\n")
        self.assertRegex(output, rf"\nattainment +{met[0]} of {met[0] + breached[0]} +{met[1]} of {met[1] + breached[1]}\n")

    def test_a_line_says_what_was_and_what_would_be(self):
        requests = self.file("requests.csv", HEADER + GOOD.replace("16T12:", "17T09:"))
        status, output, _ = self.replay("--against", ROUND_THE_CLOCK, requests=requests)
        self.assertEqual((status, output.splitlines()[0]),
                         (0, "1: state met -> breached; due 2026-11-17T12:00:00Z -> 2026-11-16T21:00:00Z; used 28800 -> 82800"))

    def test_a_request_without_id_goes_by_its_line(self):
        requests = self.file("requests.csv", "received,holds,criterion\n2026-11-16T10:00:00Z,licence,normal\n")
        _, output, _ = self.replay("--against", ROUND_THE_CLOCK, requests=requests)
        self.assertTrue(output.startswith("line 2: due "), output)

    def test_the_same_document_with_another_feed(self):
        closings = (VIVVO / "closings.ics").read_bytes().replace(b"TRANSP:TRANSPARENT\r\n", b"")
        feed = self.file("other.ics", closings.replace(b"DTSTART;VALUE=DATE:20250523", b"DTSTART;VALUE=DATE:20261117"))
        listed, _ = self.rows(HEADER + GOOD, "--against-feed", f"closings={feed}")
        self.assertEqual(listed, [["1", "due", "2026-11-17T12:00:00Z", "2026-11-18T12:00:00Z"]])

    def test_scope_and_reasons(self):
        other = self.edited(("languages: [en]", "languages: [sr]"))
        listed, _ = self.rows(HEADER + GOOD, "--against", other)
        self.assertEqual(listed, [["1", "scope", "in-scope", "out-of-scope"],
                                  ["1", "reasons", "", "language-not-supported"],
                                  ["1", "state", "met", ""], ["1", "due", "2026-11-17T12:00:00Z", ""],
                                  ["1", "used", "7200", ""]])

    def test_names_are_found_in_each_contract(self):
        other = self.edited(("premium: {aliases: [developer]", "developer: {aliases: [premium]"),
                            ("tier: premium", "tier: developer"))
        self.assertEqual(self.rows(HEADER + GOOD, "--against", other, contract=ROUND_THE_CLOCK), ([], ""))

    def test_a_column_that_one_contract_alone_knows(self):
        other = self.edited(("attributes: {impact: [mission-critical, limited, none], workaround: [none, available]}\n",
                             "attributes: {impact: [mission-critical, limited, none]}\n"),
                            (", workaround: none}", "}"))
        for contracts in ((ROUND_THE_CLOCK, other), (other, ROUND_THE_CLOCK)):
            listed, complaints = self.rows(HEADER + GOOD, "--against", contracts[1], contract=contracts[0])
            self.assertEqual((listed, complaints), ([], ""))
        rows = HEADER + GOOD.replace("limited", "mission-critical")
        listed, _ = self.rows(rows, "--against", other, contract=ROUND_THE_CLOCK)
        self.assertEqual(listed[0], ["1", "criterion", "normal", "critical"])

    def test_a_row_that_is_broken_under_one_is_listed_with_the_reason(self):
        other = self.edited(("premium: {aliases: [developer]", "gold: {aliases: [developer]"), ("tier: premium", "tier: gold"))
        reason = "unknown tier 'premium'; this contract has standard, gold"
        listed, complaints = self.rows(HEADER + GOOD, "--against", other, status=1)
        self.assertEqual(listed[0], ["1", "scope", "in-scope", f"invalid: {reason}"])
        self.assertTrue(complaints.endswith(f"requests.csv:2: {reason} (second contract)\n"), complaints)
        listed, complaints = self.rows(HEADER + GOOD, "--against", CONTRACT, status=1, contract=other)
        self.assertEqual(listed[0], ["1", "scope", f"invalid: {reason}", "in-scope"])
        self.assertTrue(complaints.endswith(f"requests.csv:2: {reason} (first contract)\n"), complaints)

    def test_a_row_that_is_broken_under_both_is_no_difference(self):
        listed, complaints = self.rows(HEADER + GOOD.replace("T12:00:00", "T09:59:59"), "--against", ROUND_THE_CLOCK, status=1)
        self.assertEqual((listed, len(complaints.splitlines())), ([], 1))

    def test_a_metric_is_found_by_name(self):
        listed, _ = self.rows(HEADER + GOOD, "--against", ROUND_THE_CLOCK, "--metric", "resolution")
        self.assertEqual(listed, [])    # in office hours under both

    def test_refusals(self):
        def refused(complaint, *arguments):
            self.refused(complaint, "replay", "--contract", CONTRACT, *arguments)
        refused("--against FILE", REQUESTS)
        refused("one file", "--against", CONTRACT)
        refused("one file", "--against", CONTRACT, REQUESTS, REQUESTS)
        refused("not a stream", "--against", CONTRACT, "-")
        refused("/nonexistent.yaml", "--against", "/nonexistent.yaml", REQUESTS)
        refused("/nonexistent.csv", "--against", CONTRACT, "/nonexistent.csv")
        refused("NAME=FILE", "--against-feed", "birthdays=x.ics", REQUESTS)
        refused("unknown metric 'fix'", "--against", CONTRACT, "--metric", "fix", REQUESTS)
        refused("unknown metric 'response'", "--against", self.file("small.yaml", SMALL.replace(
            "targets:", "metrics: {fix: {start: received, stop: fixed}}\ntargets:")), REQUESTS)
        refused("--format json", "--against", CONTRACT, "--format", "json", REQUESTS)
        refused("1970", "--against", CONTRACT, "--now", "1969-12-31T23:59:59Z", REQUESTS)
        refused("unknown column 'subject'", "--against", CONTRACT, self.file("requests.csv", "id,received,subject\n"))
        with open("/dev/full", "wb") as full:
            self.assertEqual(run("replay", "--contract", CONTRACT, "--against", CONTRACT, REQUESTS, stdout=full)[0], 2)


AGENDA = "at,id,metric,happens,state,flags\n"
AGENDA_NOW = "2025-06-12T09:00:00Z"


def instant(text):
    return datetime.fromisoformat(text.replace("Z", "+00:00"))


def open_requests(now):
    """The example's whole rows that had been received by `now`; those of its last two weeks are not answered yet."""
    lines = [line for line in REQUESTS.read_bytes().decode("latin-1").splitlines() if line.startswith("R-")]
    for row in csv.reader(lines):
        if timedelta(0) <= now - instant(row[1]):
            yield row[:-1] + ["" if now - instant(row[1]) < timedelta(days=14) else row[-1]]


class Agenda(Case):
    def setUp(self):
        super().setUp()
        rows = open_requests(instant(AGENDA_NOW))
        self.requests = self.file("requests.csv", HEADER + "".join(",".join(row) + "\n" for row in rows))

    def agenda(self, *arguments, requests=None, now=AGENDA_NOW):
        status, output, complaints = run("agenda", "--contract", CONTRACT, "--now", now, *arguments,
                                         requests or self.requests)
        self.assertEqual((status, output[:len(AGENDA)]), (0, AGENDA), complaints)
        return list(csv.DictReader(output.splitlines())), complaints

    def one(self, row, *arguments, now=NOW):
        """What is on the agenda of one request: instant, what happens, state and flags."""
        entries, _ = self.agenda("--metric", "response", *arguments, requests=self.file("one.csv", HEADER + row), now=now)
        return [(entry["at"], entry["happens"], entry["state"], entry["flags"]) for entry in entries]

    def test_is_sorted_and_lies_between_now_and_until(self):
        until = "2025-06-13T09:00:00Z"
        entries, _ = self.agenda("--limit", "10000", "--share", "50", "--share", "80", "--before", "1h", "--after", "30m")
        instants = [entry["at"] for entry in entries]
        self.assertEqual(instants, sorted(instants))
        self.assertGreater(instants[0], AGENDA_NOW)
        self.assertGreater(len(instants), 20)
        within, _ = self.agenda("--limit", "10000", "--share", "50", "--share", "80", "--before", "1h", "--after", "30m",
                                "--until", until)
        self.assertEqual(within, [entry for entry in entries if entry["at"] < until])
        self.assertLess(len(within), len(entries))

    def test_the_limit_keeps_the_first(self):
        entries, complaints = self.agenda("--limit", "10000")
        self.assertEqual(complaints, "")
        for limit in (1, 2, 7, len(entries) - 1):
            first, complaints = self.agenda("--limit", limit)
            self.assertEqual(first, entries[:limit])
            self.assertIn(f"more after the first {limit};", complaints)
        self.assertEqual(self.agenda("--limit", len(entries)), (entries, ""))

    def test_a_limit_over_many_batches_of_rows(self):
        rows = self.requests.read_text(encoding="utf-8").splitlines(keepends=True)[-40:]
        few = self.file("few.csv", HEADER + "".join(rows))
        many = self.file("many.csv", HEADER + "".join(rows * 60))
        entries, _ = self.agenda("--limit", "10000", requests=few)
        repeated, _ = self.agenda("--limit", "500", requests=many)
        self.assertEqual(len(repeated), 500)
        self.assertEqual([entry["at"] for entry in repeated],
                         sorted(entry["at"] for entry in entries for _ in range(60))[:500])

    def test_report_sees_each_change_of_state_at_its_instant_and_not_before(self):
        entries, _ = self.agenda("--limit", "10000", "--metric", "response")
        changes = [entry for entry in entries if "state" in entry["happens"].split()]
        self.assertGreater(len(changes), 3)
        for entry in changes:
            at = instant(entry["at"])
            before, after = ({row["id"]: row["state"] for row in verdicts(CONTRACT, now.isoformat(), self.requests)}[entry["id"]]
                             for now in (at - timedelta(seconds=1), at))
            self.assertEqual(after, entry["state"])
            self.assertNotEqual(before, after)

    def test_nothing_else_changes_its_state(self):
        until = "2025-06-30T00:00:00Z"
        entries, _ = self.agenda("--limit", "10000", "--until", until, "--metric", "response")
        changed_states = {entry["id"] for entry in entries if "state" in entry["happens"].split()}
        states = zip(verdicts(CONTRACT, AGENDA_NOW, self.requests), verdicts(CONTRACT, until, self.requests))
        self.assertEqual(changed_states, {before["id"] for before, after in states if before["state"] != after["state"]})

    def test_what_happens_to_one_request(self):
        waiting = GOOD.replace("2026-11-16T12:00:00+01:00", "")    # 12 hours from Monday, 10:00
        self.assertEqual(
            self.one(waiting, "--share", "50", "--before", "2h", "--after", "1h30m", now="2026-11-16T09:30:00Z"),
            [("2026-11-16T15:00:00Z", "share=50", "running", ""),
             ("2026-11-16T17:00:00Z", "flags", "running", "outside-hours"),
             ("2026-11-17T08:00:00Z", "flags", "running", ""),
             ("2026-11-17T10:00:00Z", "before=2h", "running", ""),
             ("2026-11-17T12:00:01Z", "state flags", "breached", "open"),
             ("2026-11-17T13:30:00Z", "after=1h30m", "breached", "open")])

    def test_whoever_is_to_be_told_is_told_when_there(self):
        waiting = GOOD.replace("2026-11-16T12:00:00+01:00", "")
        arguments = ("--before", "1h", "--action", "phone-desk")    # 12:00 local time is lunch
        self.assertIn(("2026-11-17T12:00:00Z", "before=1h", "running", ""),
                      self.one(waiting, *arguments, now="2026-11-16T09:30:00Z"))

    def test_what_is_over_has_no_agenda(self):
        self.assertEqual(self.one(GOOD), [])
        self.assertEqual(self.one(GOOD.replace("question", "upgrade").replace("2026-11-16T12:00:00+01:00", "")), [])

    def test_what_has_not_been_received_is_not_known(self):
        self.assertEqual(self.one(GOOD.replace("2026-11-16T12:00:00+01:00", ""), now="2026-11-16T08:59:59Z"), [])

    def test_broken_rows_are_named(self):
        rows = HEADER + GOOD.replace("premium", "gold") + GOOD.replace("T12:00:00", "T09:59:59")
        path = self.file("broken.csv", rows)
        status, output, complaints = run("agenda", "--contract", CONTRACT, "--now", NOW, path)
        self.assertEqual((status, output), (1, AGENDA))
        self.assertEqual([line.split(": ")[0] for line in complaints.splitlines()], [f"{path}:2", f"{path}:3"])

    def test_refusals(self):
        def refused(complaint, *arguments):
            self.refused(complaint, "agenda", "--contract", CONTRACT, "--now", NOW, *arguments)
        refused("one file")
        refused("one file", REQUESTS, REQUESTS)
        refused("--until", "--until", NOW, REQUESTS)
        refused("1970", "--until", "2100-01-01T00:00:00Z", REQUESTS)
        refused("--limit 0", "--limit", "0", REQUESTS)
        refused("ten: invalid numeric value", "--limit", "ten", REQUESTS)
        refused("unknown metric 'fix'", "--metric", "fix", REQUESTS)
        refused("unknown calendar 'shop'", "--action", "shop", REQUESTS)
        refused("/nonexistent.csv", "/nonexistent.csv")
        for share in ("-1", "10001", "half", "80%", ""):
            refused("percentage", "--share", share, REQUESTS)
        for duration in ("2d", "30", "m", "30m1h", "-30m", ""):
            refused("duration", f"--before={duration}", REQUESTS)
            refused("duration", f"--after={duration}", REQUESTS)
        refused("64 thresholds", *["--share=1"] * 65, REQUESTS)


# A repeating metric, so that a request can have several cycles.
FIXING = SMALL.replace("targets:", "metrics: {fix: {start: [received, reopened], stop: fixed, pause: waiting, "
                                   "resume: answered, repeats: true}}\ntargets:")
FIX_REQUESTS = """id,received,channel,service
1,2026-11-16T08:00:00Z,,repair
2,2026-11-16T09:00:00Z,,repair
3,2026-11-16T10:00:00Z,,repair
"""
FIX_EVENTS = """id,at,event
1,2026-11-16T11:00:00Z,fixed
1,2026-11-16T12:00:00Z,reopened
1,2026-11-16T13:00:00Z,fixed
2,2026-11-16T10:00:00Z,waiting
"""


class Events(Case):
    def setUp(self):
        super().setUp()
        self.contract = self.file("fixing.yaml", FIXING)
        self.shorter = self.file("shorter.yaml", FIXING.replace("4h", "2h"))
        self.requests = self.file("requests.csv", FIX_REQUESTS)

    def run_with(self, program, events, *arguments):
        self.events = self.file("events.csv", events)
        return run(program, "--contract", self.contract, "--metric", "fix", "--events", self.events, *arguments, self.requests)

    def replay(self, events, *arguments):
        return self.run_with("replay", events, "--against", self.shorter, "--now", "2026-11-16T13:30:00Z", *arguments)

    def agenda(self, events):
        status, output, complaints = self.run_with("agenda", events, "--now", "2026-11-16T13:30:00Z",
                                                    "--until", "2026-11-18T00:00:00Z")
        self.assertEqual((status, complaints), (0, ""))
        return [(row["id"], row["at"], row["happens"], row["state"]) for row in csv.DictReader(output.splitlines())]

    def test_replay_sees_what_has_happened(self):
        status, output, complaints = self.replay(FIX_EVENTS, "--format", "csv")
        self.assertEqual((status, complaints), (0, ""))
        self.assertEqual(output.splitlines()[1:], ["1,due,2026-11-16T16:00:00Z,2026-11-16T14:00:00Z",
                                                   "3,state,running,breached",
                                                   "3,due,2026-11-16T14:00:00Z,2026-11-16T12:00:00Z"])

    def test_replay_counts_every_cycle(self):
        _, output, _ = self.replay(FIX_EVENTS)
        self.assertRegex(output, r"\n3 requests, 2 differ\n")
        self.assertRegex(output, r"\nmet +2 +1\n")         # fixed after 3 hours, and after 1
        self.assertRegex(output, r"\nbreached +0 +2\n")
        self.assertRegex(output, r"\nattainment +2 of 2 +1 of 3\n")

    def test_events_without_a_request_are_named_once(self):
        status, _, complaints = self.replay(FIX_EVENTS + "9,2026-11-16T10:00:00Z,fixed\n")
        self.assertEqual((status, len(complaints.splitlines())), (1, 1), complaints)
        self.assertIn(f"{self.events}:6: no request '9'", complaints)

    def test_a_broken_event_makes_its_request_invalid(self):
        broken = FIX_EVENTS + "3,soon,fixed\n"
        status, output, complaints = self.replay(broken, "--format", "csv")
        self.assertEqual((status, len(output.splitlines())), (1, 2))
        self.assertIn(f"{self.requests}:4: line 6 of the events: at: 'soon'", complaints)
        status, output, complaints = self.run_with("agenda", broken, "--now", "2026-11-16T13:30:00Z")
        self.assertEqual((status, "\n3," in output), (1, False))
        self.assertIn("line 6 of the events", complaints)

    def test_agenda_sees_what_has_happened(self):
        unanswered = [("3", "2026-11-16T14:00:01Z", "state flags", "breached")]
        closing = [("2", "2026-11-16T16:00:00Z", "flags", "paused")]
        entries = self.agenda(FIX_EVENTS)
        self.assertEqual([entry for entry in entries if entry[0] == "1"], [])
        self.assertEqual([entry for entry in entries if entry[0] == "2"][:1], closing)
        self.assertEqual([entry for entry in entries if entry[0] == "3"], unanswered)
        self.assertEqual(self.agenda(FIX_EVENTS + "3,2026-11-16T13:00:00Z,fixed\n")[:1], closing)

    def test_many_events_of_one_request(self):
        """More than the library reads without a workspace."""
        pauses = "".join(f"2,2026-11-16T09:{minute:02}:{second}Z,{event}\n" for minute in range(60)
                         for second, event in (("00", "waiting"), ("30", "answered")))
        _, output, _ = self.replay("id,at,event\n" + pauses, "--format", "csv")
        self.assertIn("2,due,2026-11-16T13:30:00Z,2026-11-16T11:30:00Z", output)
        self.assertIn(("2", "2026-11-16T13:30:01Z", "state flags", "breached"), self.agenda("id,at,event\n" + pauses))

    def test_refusals(self):
        arguments = ("--contract", self.contract, "--metric", "fix")
        self.refused("not a stream", "replay", *arguments, "--against", self.shorter, "--events", "-", self.requests)
        for program in (("replay", "--against", self.shorter), ("agenda",)):
            self.refused("/nonexistent.csv", *program, *arguments, "--events", "/nonexistent.csv", self.requests)
            self.refused("no column 'at'", *program, *arguments, "--events", self.file("bad.csv", "id\n"), self.requests)


if __name__ == "__main__":
    unittest.main()
