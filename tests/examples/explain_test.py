#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What `explain` and `timeline` promise: an account without holes whose sums come to the target, drawings that are XML.

    explain_test.py PROGRAMS VIVVO
"""

import datetime
import json
import re
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree
from pathlib import Path

PROGRAMS, VIVVO = Path(sys.argv.pop(1)), Path(sys.argv.pop(1))

DESK = """sla: 1
name: Desk "<&>" \N{SNOWMAN}
time_zone: Europe/Belgrade
default_calendar: office
calendars:
  office:
    hours: {mon-fri: 09:00-17:00}
    feeds: [holidays]
    exceptions: [{date: 2026-11-26, hours: 09:00-12:00, title: 'Stock "<&>" \\taking'}]
  evening: {hours: {mon-sun: 18:00-19:00}}
criteria: [{name: urgent}, {name: normal}, {name: '«веома хитно, али не сада»'}]
tiers: {basic: {}}
metrics:
  response: {start: received, stop: done, pause: held, resume: freed}
  days: {start: received, stop: done, pause: held, resume: freed}
  rolled: {start: received, stop: done}
  again: {start: received, stop: done, on_change: restart}
  update: {start: asked, stop: done, repeats: true}
  best: {start: received, stop: done}
targets:
  - {metric: response, within: 20h, grace: 1h}
  - {metric: days, within: 2 business days}
  - {metric: rolled, within: 1h, roll: evening}
  - {metric: again, criterion: urgent, within: 1h}
  - {metric: [again, update], within: 4h}
  - {metric: best, within: best-effort}
"""

HOLIDAY = """BEGIN:VCALENDAR\r
VERSION:2.0\r
PRODID:-//test//EN\r
BEGIN:VEVENT\r
UID:1\r
DTSTAMP:20260101T000000Z\r
DTSTART;VALUE=DATE:20261125\r
SUMMARY:Founders' "<&>" Day\\n\r
END:VEVENT\r
END:VCALENDAR\r
"""

RECEIVED = "2026-11-24T10:00:00+01:00"


def november(text):
    day, clock = text.split()
    return f"2026-11-{day}T{clock}:00+01:00"


def seconds(text):
    return int(datetime.datetime.fromisoformat(text).timestamp())


# Arguments of a life each: what is asked, and what has happened.
LIVES = {
    "running": ["--now", november("24 12:00")],
    "paused": ["--now", november("24 12:00"), "--event", november("24 11:00") + "=held"],
    "late": ["--now", november("30 18:00"), "--event", november("24 12:00") + "=held", "--event",
             november("24 13:00") + "=freed", "--event", november("30 13:30") + "=done"],
    "business days": ["--metric", "days", "--now", november("26 15:00")],
    "rolled": ["--metric", "rolled", "--now", november("24 10:00")],
    "restarted": ["--metric", "again", "--criterion", "normal", "--now", november("24 12:00"), "--change",
                  november("24 11:00") + "=criterion:urgent"],
    "two cycles": ["--metric", "update", "--now", november("27 13:00"), "--event", november("24 11:00") + "=asked",
                   "--event", november("24 12:00") + "=done", "--event", november("26 11:00") + "=asked"],
    "not started": ["--metric", "update", "--now", november("24 12:00")],
    "best effort": ["--metric", "best", "--now", november("24 12:00")],
    "years late": ["--now", "2029-11-24T10:00:00+01:00"],
}


class Case(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.contract = Path(self.folder.name) / "contract.yaml"
        self.contract.write_text(DESK, encoding="utf-8")
        (Path(self.folder.name) / "holidays.ics").write_text(HOLIDAY, encoding="utf-8", newline="")

    def run_program(self, program, *arguments, received=RECEIVED):
        command = [PROGRAMS / program, "--contract", self.contract, *arguments, *([received] if received else [])]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    def printed(self, program, *arguments):
        outcome = self.run_program(program, *arguments)
        self.assertEqual((outcome.returncode, outcome.stderr), (0, ""))
        return outcome.stdout

    def explained(self, *arguments):
        return json.loads(self.printed("explain", "--format", "json", *arguments))

    def refused(self, complaint, *arguments, received=RECEIVED):
        for program in ("explain", "timeline"):
            outcome = self.run_program(program, *arguments, received=received)
            self.assertEqual((outcome.returncode, outcome.stdout), (2, ""))
            self.assertIn(complaint, outcome.stderr)


class Account(Case):
    def check_cycle(self, cycle, now):
        """The spans of a cycle follow one another, add up, and say what its verdict says."""
        spans = cycle["spans"]
        present = min(seconds(cycle["stopped"] or now), seconds(now))
        at, used = seconds(cycle["started"]), 0
        for span in spans:
            self.assertEqual(seconds(span["begin"]), at)
            at = seconds(span["end"])
            if span["kind"] == "counted":
                used += at - seconds(span["begin"])
            self.assertEqual(span["used"], used)
            self.assertEqual(span["ahead"], seconds(span["begin"]) >= present)
            self.assertEqual(span["closed_by"] is not None, span["kind"] == "closed")
            if at == present:
                self.assertEqual(used, cycle["used"])
            if at == seconds(cycle["due"] or now) and cycle["due"] and span["phase"] == "target" and \
                    cycle["target"]["kind"] == "duration":
                self.assertEqual(used, cycle["target"]["amount"])
        self.assertEqual(at, max(present, seconds(cycle["due"] or now) if cycle["due"] else present))

    def test_spans_add_up_to_the_target(self):
        for name, arguments in LIVES.items():
            with self.subTest(name):
                explained = self.explained(*arguments)
                for cycle in explained["cycles"]:
                    if cycle["state"] in ("not-started", "best-effort"):
                        self.assertEqual(cycle["spans"], [])
                    else:
                        self.check_cycle(cycle, explained["now"])

    def test_phases_and_reasons(self):
        cycle = self.explained(*LIVES["late"])["cycles"][0]
        self.assertEqual((cycle["state"], cycle["due"], cycle["late"]), ("breached", november("30 12:00"), 5400))
        self.assertEqual([span["phase"] for span in cycle["spans"]][-3:], ["target", "grace", "late"])
        titles = {span["title"]: span["feed"] for span in cycle["spans"] if span["title"]}
        self.assertEqual(titles, {"Founders' \"<&>\" Day\n": "holidays", 'Stock "<&>" \\taking': None})
        paused = [(span["begin"], span["end"]) for span in cycle["spans"] if span["kind"] == "paused"]
        self.assertEqual(paused, [(november("24 12:00"), november("24 13:00"))])

    def test_cycles_and_states(self):
        explained = self.explained(*LIVES["two cycles"])
        self.assertEqual([cycle["state"] for cycle in explained["cycles"]], ["met", "breached"])
        paused = self.explained(*LIVES["paused"])["cycles"][0]
        self.assertEqual((paused["state"], paused["due"]), ("paused", None))
        self.assertEqual(paused["used"] + paused["remaining"], paused["target"]["amount"])
        self.assertIsNotNone(paused["due_if_resumed"])
        restarted = self.explained(*LIVES["restarted"])["cycles"][0]
        self.assertEqual([span["kind"] for span in restarted["spans"]], ["set aside", "counted"])

    def test_text_has_the_same_lines(self):
        for name, arguments in LIVES.items():
            with self.subTest(name):
                text = self.printed("explain", *arguments)
                counted = re.findall(r" - .* (?:counted|closed|paused|set aside) .*?(\d+):(\d\d):(\d\d)(?=  [a-z\[]|$)", text,
                                     re.MULTILINE)
                totals = [int(h) * 3600 + int(m) * 60 + int(s) for h, m, s in counted]
                spans = [span for cycle in self.explained(*arguments)["cycles"] for span in cycle["spans"]]
                self.assertEqual(totals, [span["used"] for span in spans])

    def test_text_to_the_letter(self):
        text = self.printed("explain", "--metric", "rolled", "--now", november("24 10:30"))
        self.assertIn("""rolled: running
  target: row 3, 1:00:00 on calendar office, due when evening is open
  due: Tue 2026-11-24 18:00:00+01:00
  used: 0:30:00
  remaining: 0:30:00
  from - until                                                                counted     in all
  Tue 2026-11-24 10:00:00+01:00 -- the clock starts
  Tue 2026-11-24 10:00:00+01:00 - Tue 2026-11-24 10:30:00+01:00  counted      0:30:00    0:30:00
  Tue 2026-11-24 10:30:00+01:00 -- now
  Tue 2026-11-24 10:30:00+01:00 - Tue 2026-11-24 11:00:00+01:00  counted      0:30:00    1:00:00  [ahead]
  Tue 2026-11-24 11:00:00+01:00 - Tue 2026-11-24 17:00:00+01:00  counted      6:00:00    7:00:00  [roll]  [ahead]
  Tue 2026-11-24 17:00:00+01:00 - Tue 2026-11-24 18:00:00+01:00  closed                  7:00:00  outside hours  [roll]  [ahead]
  Tue 2026-11-24 18:00:00+01:00 -- due
""", text)

    def test_scope_with_its_clauses(self):
        self.contract = VIVVO / "contract.yaml"
        text = self.printed("explain", "--service", "theme", "--now", RECEIVED)
        self.assertIn("""out of scope
  not-yet-valid           passed
  expired                 passed
  requirement-missing     failed: licence
  channel-not-in-tier     not judged
  channel-closed          not judged
  language-not-supported  not judged
  service-excluded        failed: template (Services not provided, 2)
  service-not-listed      not judged
""", text)
        scope = self.explained("--service", "theme", "--now", RECEIVED)["scope"]
        failed = {check["reason"]: (check["of"], check["clause"]) for check in scope["checks"]
                  if check["outcome"] == "failed"}
        self.assertEqual((scope["in_scope"], failed), (False, {
            "requirement-missing": ("licence", None), "service-excluded": ("template", "Services not provided, 2")}))

    def test_rows_that_were_tried(self):
        self.contract = VIVVO / "contract.yaml"
        arguments = ["--set", "impact=mission-critical", "--set", "workaround=available", "--now", RECEIVED]
        self.assertIn("""criterion: normal
  row 1 critical: asks for workaround none; the request says available
  row 2 minor: asks for impact none; the request says mission-critical
  row 3 normal: fits
target at receipt: row 3
  row 1: asks for criterion critical; the request says normal
  row 2: asks for tier premium; the request does not say it
  row 3: fits
""", self.printed("explain", *arguments))
        explained = self.explained(*arguments)
        self.assertEqual(explained["criterion_rows"][0], {
            "row": 1, "name": "critical", "fits": False, "asks_for": "workaround", "accepts": ["none"],
            "found": "available"})
        self.assertEqual([row["fits"] for row in explained["target_rows"]], [False, False, True])
        self.assertEqual(explained["cycles"][0]["target"]["row"], 3)
        said = self.printed("explain", "--criterion", "critical", "--metric", "resolution", "--now", RECEIVED)
        self.assertIn("criterion: critical\n  the request says so\ntarget at receipt: row 5\n"
                      "  row 1: asks for metric response; the question is about resolution\n", said)

    def test_output_that_cannot_be_written(self):
        for program in ("explain", "timeline"):
            with open("/dev/full", "wb") as full:
                command = [PROGRAMS / program, "--contract", self.contract, "--now", RECEIVED, RECEIVED]
                outcome = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
            self.assertEqual(outcome.returncode, 2)
            self.assertIn("cannot be written", outcome.stderr)


class Files(Case):
    """A row of an export, and what has happened to it in a file of events."""

    def setUp(self):
        super().setUp()
        self.requests = Path(self.folder.name) / "requests.csv"
        self.requests.write_text(f"id,received,criterion\n1,{RECEIVED},normal\n2,{RECEIVED},normal\n3,never,normal\n",
                                 encoding="utf-8")
        self.events = Path(self.folder.name) / "events.csv"
        self.events.write_text(f"id,at,event,criterion\n1,{november('24 11:00')},done,\n2,{november('24 12:00')},held,\n"
                               f"2,{november('24 13:00')},freed,\n2,{november('30 13:30')},done,\n", encoding="utf-8")

    def test_a_row_is_explained_as_if_it_were_told(self):
        told = self.printed("explain", "--criterion", "normal", *LIVES["late"])
        outcome = self.run_program("explain", "--now", november("30 18:00"), "--requests", self.requests, "--events",
                                   self.events, "--id", "2", received=None)
        self.assertEqual((outcome.returncode, outcome.stdout, outcome.stderr), (0, told, ""))

    def test_refusals(self):
        requests = ["--requests", self.requests]
        self.refused("22: there is no request of that id", *requests, "--id", "22", received=None)
        self.refused("3: ", *requests, "--id", "3", received=None)
        self.refused("go together", *requests, received=None)
        self.refused("go together", "--id", "2", received=None)
        self.refused("says itself when it was received", *requests, "--id", "2")
        self.refused("/nonexistent.csv", "--requests", "/nonexistent.csv", "--id", "2", received=None)


class Drawing(Case):
    def test_is_well_formed(self):
        for name, arguments in LIVES.items():
            with self.subTest(name):
                drawing = xml.etree.ElementTree.fromstring(self.printed("timeline", *arguments))
                self.assertEqual(drawing.tag, "{http://www.w3.org/2000/svg}svg")

    def test_long_names_are_cut_between_characters(self):
        name = "«веома хитно, али не сада»"
        drawing = xml.etree.ElementTree.fromstring(self.printed(
            "timeline", "--criterion", name, "--change", november("24 11:00") + "=criterion:" + name, "--now",
            november("24 12:00")))
        texts = [text.text for text in drawing.iter("{http://www.w3.org/2000/svg}text")]
        self.assertIn("«веома хитно, Tue 11:00", texts)

    def test_names_what_matters(self):
        drawing = xml.etree.ElementTree.fromstring(self.printed("timeline", *LIVES["late"]))
        texts = {text.text for text in drawing.iter("{http://www.w3.org/2000/svg}text")}
        self.assertLessEqual({"start Tue 10:00", "due Mon 12:00", "at the latest Mon 13:00", "stop Mon 13:30",
                              "now Mon 18:00", "Founders' \"<&>\" Day ", 'Stock "<&>" \\taking', "breached",
                              "21:30:00 of 20:00:00"}, texts)


class Refusals(Case):
    def test_what_is_told(self):
        self.refused("say when the request was received", received=None)
        self.refused("yesterday", received="yesterday")
        self.refused("--event noon: say INSTANT=EVENT", "--event", "noon")
        self.refused("--event noon=done: ", "--event", "noon=done")
        self.refused("unknown event 'paid'; this contract has received, ", "--event", RECEIVED + "=paid")
        self.refused("--change priority:high: say INSTANT=criterion:NAME or INSTANT=tier:NAME", "--change",
                     RECEIVED + "=priority:high")
        self.refused("unknown criterion 'high'; this contract has urgent, normal, «веома", "--change", RECEIVED + "=criterion:high")
        self.refused("unknown tier ''", "--change", RECEIVED + "=tier:")
        self.refused("--set impact: say ATTRIBUTE=VALUE", "--set", "impact")
        self.refused("unknown attribute 'impact'", "--set", "impact=none")
        self.refused("unknown metric 'fix'", "--metric", "fix")
        self.refused("unknown tier 'gold'; this contract has basic", "--tier", "gold")

    def test_values_of_an_attribute(self):
        self.contract = VIVVO / "contract.yaml"
        self.refused("--set impact=huge: impact can be mission-critical, limited, none", "--set", "impact=huge")

    def test_invalid_requests(self):
        self.refused("the request is invalid: ", "--now", RECEIVED, "--event", "2026-11-23T10:00:00+01:00=done")
        self.refused("", "--now", "1969-12-31T23:59:59Z")

    def test_formats(self):
        outcome = self.run_program("explain", "--format", "xml")
        self.assertEqual((outcome.returncode, outcome.stderr), (2, "--format xml: say text or json\n"))


if __name__ == "__main__":
    unittest.main()
