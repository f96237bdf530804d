#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The committed files of the example: made by their generator, and in the form that RFC 5545 asks for.

    vivvo_test.py VIVVO
"""

import collections
import csv
import importlib.util
import itertools
import sys
import tempfile
import unittest
from pathlib import Path

VIVVO = Path(sys.argv.pop(1))


def unfolded(path):
    return path.read_bytes().replace(b"\r\n ", b"").decode("utf-8").split("\r\n")


def events(path):
    """The properties of each event, by name without parameters."""
    found, event = [], None
    for line in unfolded(path):
        if line == "BEGIN:VEVENT":
            event = {}
        elif line == "END:VEVENT":
            found.append(event)
            event = None
        elif event is not None:
            name, _, value = line.partition(":")
            event[name.split(";")[0]] = value
    return found


class Requests(unittest.TestCase):
    def setUp(self):
        lines = (VIVVO / "requests.csv").read_bytes().decode("latin-1").splitlines()
        self.rows = [row for row in csv.DictReader(lines) if row["id"].startswith("R-")]

    def values(self, column):
        return {row[column] for row in self.rows}

    def test_are_what_the_generator_writes(self):
        spec = importlib.util.spec_from_file_location("generate_requests", VIVVO / "generate_requests.py")
        generator = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(generator)
        with tempfile.TemporaryDirectory() as folder:
            generator.__file__ = str(Path(folder) / "generate_requests.py")
            generator.main()
            for name in ("requests.csv", "events.csv"):
                self.assertEqual((Path(folder) / name).read_bytes(), (VIVVO / name).read_bytes(), name)

    def test_are_enough_and_say_everything(self):
        self.assertGreaterEqual(len(self.rows), 2000)
        self.assertEqual(self.values("tier"), {"standard", "premium", "developer", ""})
        self.assertEqual(self.values("channel"), {"helpdesk", "email", "forum", "phone", ""})
        self.assertLessEqual({"upgrade", "installation", "theme", "pre-sales", "consulting", "billing"},
                             self.values("service"))
        self.assertEqual(self.values("impact"), {"mission-critical", "limited", "none", ""})
        self.assertEqual({received[:4] for received in self.values("received")} & {"2024", "2025", "2026"},
                         {"2024", "2025", "2026"})

    def test_have_unique_ids(self):
        self.assertEqual(max(collections.Counter(row["id"] for row in self.rows).values()), 1)


class Events(unittest.TestCase):
    def setUp(self):
        lines = (VIVVO / "events.csv").read_text(encoding="utf-8").splitlines()
        self.rows = list(csv.DictReader(lines))

    def test_stand_in_the_order_of_the_requests_those_of_one_together(self):
        requests = [line.split(b",")[0].decode() for line in (VIVVO / "requests.csv").read_bytes().split(b"\n")]
        ids = [group for group, _ in itertools.groupby(row["id"] for row in self.rows)]
        self.assertEqual(ids, [id for id in requests if id in set(ids) and id])

    def test_say_everything(self):
        self.assertLessEqual({"waiting", "answered", "resolved", "reopened", "withdrawn", "responded", "escalated"},
                             {row["event"] for row in self.rows})
        self.assertLessEqual({"critical", "normal", "minor"}, {row["criterion"] for row in self.rows})
        self.assertLessEqual({"standard", "premium", "developer"}, {row["tier"] for row in self.rows})
        most = collections.Counter((row["id"], row["event"]) for row in self.rows)
        for event, times in (("waiting", 5), ("reopened", 3), ("resolved", 3)):
            self.assertGreaterEqual(max(count for (_, said), count in most.items() if said == event), times)


class Feeds(unittest.TestCase):
    def test_lines_end_with_crlf_and_are_folded(self):
        for name in ("holidays-rs.ics", "closings.ics"):
            lines = (VIVVO / name).read_bytes().split(b"\n")
            self.assertEqual(lines.pop(), b"")
            self.assertTrue(all(line.endswith(b"\r") and len(line) <= 76 for line in lines), name)

    def test_events_have_what_rfc_5545_requires(self):
        for name in ("holidays-rs.ics", "closings.ics"):
            ids = [(event["UID"], event.get("RECURRENCE-ID")) for event in events(VIVVO / name)]
            self.assertEqual(len(ids), len(set(ids)), name)
            self.assertTrue(all("DTSTAMP" in event and "DTSTART" in event for event in events(VIVVO / name)), name)

    def test_no_rule_is_endless(self):
        for name in ("holidays-rs.ics", "closings.ics"):
            rules = [event["RRULE"] for event in events(VIVVO / name) if "RRULE" in event]
            self.assertTrue(rules)
            self.assertTrue(all("UNTIL=" in rule or "COUNT=" in rule for rule in rules), name)


if __name__ == "__main__":
    unittest.main()
