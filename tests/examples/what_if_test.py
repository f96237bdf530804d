#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What replay and agenda promise: they agree with what `report` says under the other contract, or at the other time.

    what_if_test.py PROGRAMS VIVVO
"""

import csv
import unittest

from programs_test import CONTRACT, GOOD, HEADER, NOW, SMALL, VIVVO, Case, run

REQUESTS = VIVVO / "requests.csv"
ROUND_THE_CLOCK = VIVVO / "round-the-clock.yaml"
FACTS = ["scope", "reasons", "criterion", "state", "due", "used"]


def verdicts(contract, now=NOW, requests=REQUESTS):
    """The lines of `report --each` by column."""
    _, output, _ = run("report", "--contract", contract, "--now", now, "--each", requests)
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
        self.assertEqual(listed, [])    # nothing is promised

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


if __name__ == "__main__":
    unittest.main()
