#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What the example programs promise: exit statuses, complaints on the error stream, output.

    programs_test.py PROGRAMS VIVVO
"""

import json
import os
import pty
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

PROGRAMS, VIVVO = Path(sys.argv.pop(1)), Path(sys.argv.pop(1))
CONTRACT = str(VIVVO / "contract.yaml")
NOW = "2026-11-23T10:00:00Z"
HEADER = "id,received,tier,channel,service,language,holds,impact,workaround,responded\n"
GOOD = "1,2026-11-16T10:00:00+01:00,premium,email,question,en,licence,limited,available,2026-11-16T12:00:00+01:00\n"
GOOD_VERDICT = "1,response,in-scope,,normal,met,2026-11-17T12:00:00Z,7200\n"
EACH = "id,metric,scope,reasons,criterion,state,due,used\n"

# A contract without feeds, in which what is not listed is excluded.
SMALL = """sla: 1
name: Small
time_zone: +00:00
default_calendar: desk
calendars:
  desk: {hours: {mon-fri: 08:00-16:00}}
channels: {phone: {calendar: desk}}
services: {unlisted: excluded, covered: {repair: {}}}
criteria: [{name: any}]
targets: [{within: 4h}]
"""


def run(program, *arguments, text=None, stdout=subprocess.PIPE):
    command = [str(PROGRAMS / program), *map(str, arguments)]
    outcome = subprocess.run(command, input=text, stdout=stdout, stderr=subprocess.PIPE, check=False)
    return outcome.returncode, (outcome.stdout or b"").decode(), outcome.stderr.decode()


class Case(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def file(self, name, content):
        path = Path(self.folder.name) / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def report(self, content, *arguments, contract=CONTRACT):
        """Status, output and complaints of a report on requests with this content."""
        path = self.file("requests.csv", content)
        status, output, complaints = run("report", "--contract", contract, "--now", NOW, *arguments, path)
        return status, output, complaints.replace(str(path), "requests.csv")

    def refused(self, complaint, program, *arguments, **options):
        status, output, complaints = run(program, *arguments, **options)
        self.assertEqual((status, output), (2, ""), complaints)
        self.assertIn(complaint, complaints)


class ReportRows(Case):
    def each(self, content, status, verdicts, *complaints, contract=CONTRACT):
        outcome = self.report(content, "--each", "--metric", "response", contract=contract)
        self.assertEqual(outcome[:2], (status, EACH + verdicts), outcome[2])
        self.assertEqual([line.split(": ", 1)[0] for line in outcome[2].splitlines()], list(complaints))
        return outcome[2]

    def test_good_rows(self):
        self.each(HEADER + GOOD, 0, GOOD_VERDICT)

    def test_header_alone(self):
        self.each(HEADER, 0, "")

    def test_columns_in_any_order_and_only_received_required(self):
        self.each("responded,criterion,received\n2026-11-16T09:00:00Z,critical,2026-11-16T09:00:00Z\n", 0,
                  ",response,out-of-scope,requirement-missing,critical,,,\n")
        self.each("holds,criterion,received\nlicence,critical,2026-11-16T09:00:00Z\n", 0,
                  ",response,in-scope,,critical,breached,2026-11-16T09:00:00Z,165600\n")

    def test_byte_order_mark_and_windows_line_ends(self):
        self.each(b"\xef\xbb\xbf" + (HEADER + GOOD).replace("\n", "\r\n").encode(), 0, GOOD_VERDICT)

    def test_empty_lines_and_a_last_line_without_end(self):
        self.each(HEADER + "\n\r\n" + GOOD.rstrip("\n"), 0, GOOD_VERDICT)

    def test_quoted_fields(self):
        self.each(HEADER + GOOD.replace("question", '"question"').replace("1,", '"a,""b"""' + ",", 1), 0,
                  GOOD_VERDICT.replace("1,", '"a,""b""",', 1))

    def test_facts_held_are_separated_by_spaces_or_semicolons(self):
        for holds in ("newsletter licence", "newsletter;licence", " licence ; newsletter"):
            self.each(HEADER + GOOD.replace("licence", holds), 0, GOOD_VERDICT)

    def test_all_reasons_in_one_row(self):
        row = "7,2026-11-16T20:00:00+01:00,standard,phone,theme,sr,,limited,available,\n"
        self.each(HEADER + row, 0, "7,response,out-of-scope,requirement-missing channel-not-in-tier channel-closed "
                                   "language-not-supported service-excluded,normal,,,\n")

    def test_service_on_no_list_where_that_excludes(self):
        contract = self.file("small.yaml", SMALL)
        self.each("id,received,service\n1,2026-11-16T09:00:00Z,repair\n2,2026-11-16T09:00:00Z,cleaning\n", 0,
                  "1,response,in-scope,,any,breached,2026-11-16T13:00:00Z,147600\n2,response,out-of-scope,service-not-listed,any,,,\n",
                  contract=contract)

    def test_broken_rows_are_named_by_their_line_and_stop_nothing(self):
        broken = {
            "bad instant": GOOD.replace("2026-11-16T10", "2026-13-16T10"),
            "no offset": GOOD.replace("10:00:00+01:00", "10:00:00"),
            "no receipt": GOOD.replace("2026-11-16T10:00:00+01:00", ""),
            "bad response": GOOD.replace("2026-11-16T12:00:00+01:00", "soon"),
            "tier": GOOD.replace("premium", "gold"),
            "channel": GOOD.replace("email", "fax"),
            "attribute": GOOD.replace("limited", "huge"),
            "answered before received": GOOD.replace("T12:00:00", "T09:59:59"),
            "before 1970": GOOD.replace("2026-11-16T10:00:00+01:00", "1969-12-31T23:59:59Z"),
            "after 2100": GOOD.replace("2026-11-16T12:00:00+01:00", "2100-01-01T00:00:00Z"),
            "out of scope as well": GOOD.replace("T12:00:00", "T09:59:59").replace("question", "upgrade"),
        }
        for name, row in broken.items():
            with self.subTest(name):
                self.each(HEADER + GOOD + row + GOOD, 1, GOOD_VERDICT + "1,response,invalid,,,,,\n" + GOOD_VERDICT, "requests.csv:3")

    def test_an_unknown_value_is_answered_with_the_known_ones(self):
        said = self.each(HEADER + GOOD.replace("limited", "huge"), 1, "1,response,invalid,,,,,\n", "requests.csv:2")
        self.assertIn("unknown impact 'huge'; it can be mission-critical, limited, none", said)

    def test_rows_that_cannot_be_split_have_no_id(self):
        unreadable = {
            "open quote": GOOD.replace("question", '"question'),
            "quote inside": GOOD.replace("question", 'ques"tion'),
            "Latin-1": GOOD.encode().replace(b"question", b"r\xe9glage"),
            "NUL": GOOD.encode().replace(b"question", b"ques\0tion"),
            "too many fields": GOOD.replace("\n", ",\n"),
            "too few fields": "1,2026-11-16T10:00:00+01:00\n",
        }
        for name, row in unreadable.items():
            row = row if isinstance(row, bytes) else row.encode()
            with self.subTest(name):
                self.each((HEADER + GOOD).encode() + row + GOOD.encode(), 1,
                          GOOD_VERDICT + ",response,invalid,,,,,\n" + GOOD_VERDICT, "requests.csv:3")

    def test_complaint_says_what_there_is(self):
        complaint = self.each(HEADER + GOOD.replace("email", "fax"), 1, "1,response,invalid,,,,,\n", "requests.csv:2")
        self.assertIn("unknown channel 'fax'; this contract has helpdesk, email, forum, phone", complaint)

    def test_a_complaint_is_cut_between_letters(self):
        letters = "a" + "ж" * 40
        said = self.each(HEADER + GOOD.replace("premium", letters), 1, "1,response,invalid,,,,,\n", "requests.csv:2")
        self.assertIn(f"unknown tier '{letters[:30]}'; this contract has standard, premium", said)
        said = self.each(HEADER + GOOD.replace("limited", letters), 1, "1,response,invalid,,,,,\n", "requests.csv:2")
        self.assertIn(f"unknown impact '{letters[:30]}'; it can be mission-critical", said)

    def test_a_list_that_is_too_long_ends_with_an_ellipsis(self):
        tiers = ["ж" * 100, "б" * 100]
        contract = self.file("small.yaml", SMALL + f"tiers: {{{tiers[0]}: {{}}, {tiers[1]}: {{}}}}\n")
        said = self.each("received,tier\n2026-11-16T09:00:00Z,gold\n", 1, ",response,invalid,,,,,\n", "requests.csv:2",
                         contract=contract)
        self.assertIn(f"unknown tier 'gold'; this contract has {tiers[0]}, …\n", said)
        contract = self.file("large.yaml", SMALL + "attributes: {impact: [" + "ж" * 127 + ", " + "б" * 60 + "]}\n")
        said = self.each(f"received,impact\n2026-11-16T09:00:00Z,{'б' * 40}\n", 1, ",response,invalid,,,,,\n",
                         "requests.csv:2", contract=contract)
        self.assertIn(f"unknown impact '{'б' * 30}'; it can be {'ж' * 127}, …\n", said)

    def test_a_row_is_one_line(self):
        for row in (GOOD.replace("1,", "1\r", 1), GOOD.replace("question", '"ques\rtion"'), "1\r" + GOOD):
            said = self.each(HEADER + row + GOOD, 1, ",response,invalid,,,,,\n" + GOOD_VERDICT, "requests.csv:2")
            self.assertIn("a carriage return is within the line; end each line with a line feed", said)

    def test_a_byte_order_mark_alone_is_an_empty_line(self):
        self.each("\ufeff\n" + HEADER + GOOD, 0, GOOD_VERDICT)

    def test_a_line_of_a_megabyte(self):
        self.each(HEADER + GOOD.replace("licence", "fact;" * 200000 + "licence"), 0, GOOD_VERDICT)
        self.each(HEADER + GOOD.replace("question", "q" * 1000000) + GOOD, 1, "1,response,invalid,,,,,\n" + GOOD_VERDICT,
                  "requests.csv:2")


EVENTS = "id,at,event,criterion,tier\n"

# Two metrics, the second with a pause; a third without targets.
TWO_METRICS = SMALL.replace("criteria: [{name: any}]", "criteria: [{name: low}, {name: high}]").replace("targets:", """tiers: {basic: {}, gold: {}}
metrics:
  response: {start: received, stop: responded}
  fix: {start: [received, reopened], stop: fixed, pause: waiting, resume: answered, reopen: resume, cancel: withdrawn}
  watched: {start: received, stop: seen}
targets:""").replace("[{within: 4h}]", """
  - {metric: response, within: 4h}
  - {metric: fix, criterion: high, within: 2h}
  - {metric: fix, tier: gold, within: 4h}
  - {metric: fix, within: 8h}
""")


class ReportEvents(Case):
    """What --events adds: three requests, received on Monday at ten, and what is said of them."""

    REQUESTS = "id,received,criterion,service,tier\n" + "".join(
        f"{number},2026-11-16T10:00:00Z,low,repair,basic\n" for number in "ABC")

    def fixes(self, events, status=0, requests=REQUESTS, metric="fix"):
        """(state, due and used) by id, and the complaints with their files and lines."""
        path = self.file("events.csv", events if events.startswith("id,") else EVENTS + events)
        outcome = self.report(requests, "--each", "--metric", metric, "--events", path,
                              contract=self.file("contract.yaml", TWO_METRICS))
        self.assertEqual(outcome[0], status, outcome[2])
        lines = [line.split(",") for line in outcome[1].splitlines()[1:]]
        verdicts = {line[0]: (line[2] if line[2] == "invalid" else line[5], line[6], line[7]) for line in lines}
        return verdicts, outcome[2].replace(str(path), "events.csv")

    def fix(self, events, requests=REQUESTS, **options):
        return self.fixes(events, requests=requests, **options)[0]["A"]

    def test_what_clocks_come_to(self):
        cases = {
            "stop": ("A,2026-11-16T12:00:00Z,fixed,,\n", ("met", "2026-11-17T10:00:00Z", "7200")),
            "pause over the night": ("A,2026-11-16T15:00:00Z,waiting,,\nA,2026-11-17T09:00:00Z,answered,,\n"
                                     "A,2026-11-17T10:00:00Z,fixed,,\n", ("met", "2026-11-17T12:00:00Z", "21600")),
            "rows out of order": ("A,2026-11-17T10:00:00Z,fixed,,\nA,2026-11-17T09:00:00Z,answered,,\n"
                                  "A,2026-11-16T15:00:00Z,waiting,,\n", ("met", "2026-11-17T12:00:00Z", "21600")),
            "pause without end": ("A,2026-11-16T15:00:00Z,waiting,,\n", ("paused", "", "18000")),
            "reopened": ("A,2026-11-16T11:00:00Z,fixed,,\nA,2026-11-16T12:00:00Z,reopened,,\n"
                         "A,2026-11-16T13:00:00Z,fixed,,\n", ("met", "2026-11-17T11:00:00Z", "7200")),
            "withdrawn": ("A,2026-11-16T11:00:00Z,withdrawn,,\n", ("cancelled", "", "3600")),
            "criterion": ("A,2026-11-16T11:00:00Z,,high,\nA,2026-11-16T12:00:00Z,fixed,,\n",
                          ("met", "2026-11-16T12:00:00Z", "7200")),
            "tier": ("A,2026-11-16T11:00:00Z,,,gold\nA,2026-11-16T12:00:00Z,fixed,,\n",
                     ("met", "2026-11-16T14:00:00Z", "7200")),
            "event and change in one row": ("A,2026-11-16T12:00:00Z,fixed,high,\n",
                                            ("met", "2026-11-17T10:00:00Z", "7200")),
            "unknown event": ("A,2026-11-16T12:00:00Z,escalated,,\n", None),
        }
        for name, (events, expected) in cases.items():
            with self.subTest(name):
                self.assertEqual(self.fix(events), expected or self.fix(""))

    def test_columns_in_any_order_and_only_two_required(self):
        self.assertEqual(self.fix("id,at\n"), self.fix(""))
        rows = "event,at,id\nfixed,2026-11-16T12:00:00Z,A\n"
        path = self.file("rows.csv", rows)
        _, output, _ = self.report(self.REQUESTS, "--each", "--metric", "fix", "--events", path,
                                   contract=self.file("contract.yaml", TWO_METRICS))
        self.assertIn("A,fix,in-scope,,low,met,2026-11-17T10:00:00Z,7200\n", output)

    def test_the_column_responded_is_short_for_the_event(self):
        requests = "id,received,service,responded\nA,2026-11-16T10:00:00Z,repair,2026-11-16T12:00:00Z\n"
        short = self.fix("", requests=requests, metric="response")
        requests = "id,received,service\nA,2026-11-16T10:00:00Z,repair\n"
        self.assertEqual(self.fix("A,2026-11-16T12:00:00Z,responded,,\n", requests=requests, metric="response"), short)
        self.assertEqual(short, ("met", "2026-11-16T14:00:00Z", "7200"))

    def test_a_broken_row_makes_its_request_invalid_and_stops_nothing(self):
        stop = "C,2026-11-16T12:00:00Z,fixed,,\n"
        broken = {
            "no instant": ("B,,fixed,,\n", "does not say when"),
            "bad instant": ("B,noon,fixed,,\n", "at: 'noon' is no instant"),
            "before the receipt": ("B,2026-11-16T09:59:59Z,fixed,,\n", "lies before the receipt"),
            "beyond the horizon": ("B,2100-01-01T00:00:00Z,fixed,,\n", "beyond the horizon"),
            "unknown criterion": ("B,2026-11-16T12:00:00Z,,odd,\n", "unknown criterion 'odd'; this contract has low, high"),
            "unknown tier": ("B,2026-11-16T12:00:00Z,,,odd\n", "unknown tier 'odd'; this contract has basic, gold"),
            "nothing": ("B,2026-11-16T12:00:00Z,,,\n", "neither an event nor a change"),
            "too few fields": ("B,2026-11-16T12:00:00Z,fixed\n", "3 fields, the header 5"),
            "too many fields": ("B,2026-11-16T12:00:00Z,fixed,,,,,\n", "8 fields, the header 5"),
        }
        for name, (row, complaint) in broken.items():
            with self.subTest(name):
                verdicts, complaints = self.fixes("A,2026-11-16T12:00:00Z,fixed,,\n" + row + stop, status=1)
                self.assertEqual([verdicts[id][0] for id in "ABC"], ["met", "invalid", "met"])
                self.assertTrue(complaints.startswith("requests.csv:3: line 3 of the events: "), complaints)
                self.assertIn(complaint, complaints)
                self.assertEqual(complaints.count("\n"), 1)

    def test_two_changes_of_one_fact_at_one_instant(self):
        verdicts, complaints = self.fixes("B,2026-11-16T12:00:00Z,,low,\nB,2026-11-16T12:00:00Z,,high,\n", status=1)
        self.assertEqual(verdicts["B"][0], "invalid")
        self.assertRegex(complaints, r"^requests.csv:3: line [23] of the events: .*two different values")

    def test_a_row_without_its_request_is_named_and_stops_nothing(self):
        stop = "{},2026-11-16T12:00:00Z,fixed,,\n".format
        cases = {
            "no such request": ("A", "X", "C"),
            "first": ("X", "A", "C"),
            "last": ("A", "C", "X"),
            "out of order": ("C", "A"),
            "not together": ("A", "B", "A", "C"),
        }
        lines = {"no such request": 3, "first": 2, "last": 4, "out of order": 2, "not together": 4}
        for name, ids in cases.items():
            with self.subTest(name):
                verdicts, complaints = self.fixes("".join(map(stop, ids)), status=1)
                self.assertRegex(complaints, rf"^events.csv:{lines[name]}: no request '[XCA]' follows here; put the rows of")
                self.assertEqual(complaints.count("\n"), 1)
                met = {id for id in "ABC" if verdicts[id][0] == "met"}
                self.assertEqual(met, {"A"} if name == "out of order" else set(ids) - {"X"})

    def test_rows_whose_request_cannot_be_told(self):
        for name, row in {"no id": ",2026-11-16T12:00:00Z,fixed,,\n", "quote": '"B,2026-11-16T12:00:00Z,fixed,,\n'}.items():
            with self.subTest(name):
                verdicts, complaints = self.fixes("A,2026-11-16T12:00:00Z,fixed,,\n" + row, status=1)
                self.assertEqual(verdicts["A"][0], "met")
                self.assertTrue(complaints.startswith("events.csv:3: "), complaints)

    def test_ten_thousand_events_on_one_request(self):
        rows = "".join(f"B,2026-11-16T{10 + n // 3600}:{n // 60 % 60:02}:{n % 60:02}Z,{('waiting', 'answered')[n % 2]},,\n"
                       for n in range(10000))    # five thousand pauses of a second
        stop = "{},2026-11-16T12:00:00Z,fixed,,\n".format
        verdicts, _ = self.fixes(stop("A") + rows + stop("C"))
        self.assertEqual(verdicts["B"], ("breached", "2026-11-17T11:23:20Z", str(40 * 3600 - 5000)))
        self.assertEqual((verdicts["A"][0], verdicts["C"][0]), ("met", "met"))

    def test_many_batches(self):
        requests = "id,received,criterion,service,tier\n" + "".join(
            f"N{n},2026-11-16T10:00:00Z,low,repair,basic\n" for n in range(5000))
        events = "".join(f"N{n},2026-11-16T12:00:00Z,fixed,,\n" for n in range(0, 5000, 7))
        verdicts, complaints = self.fixes(events, requests=requests)
        self.assertEqual([n for n in range(5000) if verdicts[f"N{n}"][0] == "met"], list(range(0, 5000, 7)))
        self.assertEqual(complaints, "")

    def test_events_files_that_are_refused(self):
        requests = self.file("requests.csv", self.REQUESTS)
        contract = self.file("contract.yaml", TWO_METRICS)
        for complaint, content in (("empty", ""), ("unknown column 'when'; there can be id, at, event", "id,when\n"),
                                   ("column 'id' is there twice", "id,at,id\n"), ("no column 'at'", "id,event\n"),
                                   ("no column 'id'", "at,event\n"), ("UTF-8", b"id,at,\xe9\n")):
            self.refused(complaint, "report", "--contract", contract, "--events", self.file("events.csv", content), requests)
        self.refused("/nonexistent.csv", "report", "--contract", contract, "--events", "/nonexistent.csv", requests)
        self.refused("standard input already", "report", "--contract", contract, "--events", "-", "-")


class ReportMetrics(Case):
    def parts(self, *arguments):
        status, output, complaints = self.report(ReportEvents.REQUESTS, *arguments,
                                                 contract=self.file("contract.yaml", TWO_METRICS))
        self.assertEqual((status, complaints), (0, ""))
        return output

    def test_all_that_have_targets_one_after_another(self):
        titles = [line for line in self.parts().splitlines() if line.startswith("Small: ")]
        self.assertEqual(titles, ["Small: response", "Small: fix"])

    def test_those_that_are_named(self):
        self.assertIn("Small: watched\n", self.parts("--metric", "watched"))
        both = self.parts("--metric", "fix", "--metric", "response", "--metric", "fix")
        self.assertEqual([line for line in both.splitlines() if line.startswith("Small: ")],
                         ["Small: fix", "Small: response"])

    def test_json_is_an_array_for_several(self):
        self.assertEqual([part["metric"] for part in json.loads(self.parts("--format", "json"))], ["response", "fix"])
        self.assertEqual(json.loads(self.parts("--format", "json", "--metric", "fix"))["metric"], "fix")

    def test_csv_has_one_header_and_says_which_metric(self):
        lines = self.parts("--format", "csv", "--by", "tier").splitlines()
        self.assertEqual([line.split(",")[:3] for line in lines],
                         [["line", "metric", "tier"], ["group", "response", "basic"], ["total", "", ""],
                          ["group", "fix", "basic"], ["total", "", ""]])
        self.assertTrue(self.parts("--format", "csv", "--metric", "fix").startswith("line,requests,"))

    def test_each_prints_a_line_a_metric(self):
        lines = [line.split(",")[:2] for line in self.parts("--each").splitlines()[1:]]
        self.assertEqual(lines, [[id, metric] for id in "ABC" for metric in ("response", "fix")])

    def test_a_metric_that_is_unknown(self):
        self.refused("unknown metric 'mend'; this contract has response, fix, watched", "report", "--contract",
                     self.file("contract.yaml", TWO_METRICS), "--metric", "mend", "-")


class ReportAsAWhole(Case):
    def test_counts_broken_rows(self):
        status, output, _ = self.report(HEADER + GOOD + GOOD.replace("premium", "gold"), "--format", "json",
                                        "--metric", "response")
        group = json.loads(output)["groups"][0]
        self.assertEqual((status, group["requests"], group["met"], group["invalid"]), (1, 2, 1, 1))

    def test_broken_rows_stand_in_the_groups_of_what_they_say(self):
        rows = GOOD.replace("question", "q" * 300) + GOOD.replace("premium", "gold")
        _, output, _ = self.report(HEADER + rows, "--format", "json", "--by", "tier,service",
                                   "--metric", "response")
        keys = [group["key"] for group in json.loads(output)["groups"]]
        self.assertEqual(keys, [{"tier": None, "service": "question"}, {"tier": "premium", "service": None}])

    def test_formats_and_keys(self):
        for form in ("text", "csv", "json"):
            status, output, complaints = self.report(HEADER + GOOD, "--format", form, "--by", "tier,month")
            self.assertEqual((status, complaints), (0, ""))
            self.assertIn("premium", output)
            self.assertIn("2026-11", output)

    def test_reads_the_standard_input(self):
        outcome = run("report", "--contract", CONTRACT, "--now", NOW, "--each", "--metric", "response", "-", text=(HEADER + GOOD).encode())
        self.assertEqual(outcome, (0, EACH + GOOD_VERDICT, ""))

    def test_current_time_is_the_default(self):
        path = self.file("requests.csv", "holds,received,criterion\nlicence,2010-01-04T09:00:00Z,normal\n")
        status, output, _ = run("report", "--contract", CONTRACT, "--each", path)
        self.assertEqual(status, 0)
        self.assertIn(",breached,2010-01-06T15:00:00Z,", output)

    def test_feed_from_elsewhere(self):
        closed = (VIVVO / "closings.ics").read_bytes().replace(b"TRANSP:TRANSPARENT\r\n", b"")
        feed = self.file("other.ics", closed.replace(b"DTSTART;VALUE=DATE:20250523", b"DTSTART;VALUE=DATE:20261117"))
        status, output, _ = self.report(HEADER + GOOD, "--each", "--metric", "response", "--feed", f"closings={feed}")
        self.assertEqual((status, output), (0, EACH + GOOD_VERDICT.replace("11-17", "11-18")))

    def test_output_that_cannot_be_written(self):
        path = self.file("requests.csv", HEADER + GOOD * 3000)
        for option in (["--each"], [], ["--format", "json"]):
            with open("/dev/full", "wb") as full:
                status, _, complaints = run("report", "--contract", CONTRACT, "--now", NOW, *option, path, stdout=full)
            self.assertEqual(status, 2)
            self.assertIn("cannot be written", complaints)

    def test_progress_on_a_terminal_only(self):
        rows = HEADER + GOOD * 70000
        self.assertEqual(self.report(rows)[2], "")
        try:
            reader, writer = pty.openpty()
        except OSError as missing:
            self.skipTest(f"no terminal can be had here: {missing}")
        command = [str(PROGRAMS / "report"), "--contract", CONTRACT, "--now", NOW, str(self.file("requests.csv", rows))]
        status = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=writer, check=False).returncode
        os.close(writer)
        self.assertEqual(status, 0)
        self.assertIn(b"70000 rows", os.read(reader, 10000))
        os.close(reader)


class ReportRefusals(Case):
    def refused_file(self, complaint, content):
        path = self.file("requests.csv", content)
        self.refused(complaint, "report", "--contract", CONTRACT, path)

    def refused_contract(self, complaint, content):
        path = self.file("contract.yaml", content)
        self.refused(complaint, "report", "--contract", path, VIVVO / "requests.csv")

    def test_files(self):
        self.refused_file("empty", "")
        self.refused_file("empty", "\n\n")
        self.refused_file("unknown column 'subject'; there can be id, received,", "id,received,subject\n")
        self.refused_file("column 'id' is there twice", "id,received,id\n")
        self.refused_file("twice", HEADER.replace("\n", ",criterion,id\n"))
        self.refused_file("no column 'received'", "id,tier\n")
        self.refused_file("UTF-8", b"id,received,r\xe9\n")
        self.refused_file("quote", 'id,"received\n')

    def test_unreadable_files(self):
        for path in ("/nonexistent/requests.csv", self.folder.name):
            self.refused(str(path), "report", "--contract", CONTRACT, path)

    def test_contracts(self):
        self.refused("/nonexistent/contract.yaml", "report", "--contract", "/nonexistent/contract.yaml", "requests.csv")
        self.refused_contract("contract.yaml", "")
        self.refused_contract("contract.yaml", "sla: [1")
        self.refused_contract("contract.yaml:1:1", "sla: 1\nname: N\n")
        self.refused_contract("holidays-rs.ics", Path(CONTRACT).read_text(encoding="utf-8"))    # no feeds beside it
        self.refused_contract("no metric of the contract has targets; say --metric NAME", SMALL.split("targets:")[0])

    def test_feeds(self):
        requests = VIVVO / "requests.csv"
        empty = self.file("empty.ics", "")
        self.refused("feed 'closings'", "report", "--contract", CONTRACT, "--feed", f"closings={empty}", requests)
        self.refused("NAME=FILE", "report", "--contract", CONTRACT, "--feed", "closings", requests)
        self.refused("NAME=FILE", "report", "--contract", CONTRACT, "--feed", f"birthdays={empty}", requests)
        self.refused("/nonexistent.ics", "report", "--contract", CONTRACT, "--feed", "closings=/nonexistent.ics", requests)

    def test_command_lines(self):
        requests = VIVVO / "requests.csv"
        self.refused("--contract", "report", requests)
        self.refused("one file", "report", "--contract", CONTRACT)
        self.refused("one file", "report", "--contract", CONTRACT, requests, requests)
        self.refused("--frobnicate", "report", "--contract", CONTRACT, "--frobnicate", requests)
        self.refused("yesterday", "report", "--contract", CONTRACT, "--now", "yesterday", requests)
        self.refused("1970", "report", "--contract", CONTRACT, "--now", "1969-12-31T23:59:59Z", requests)
        self.refused("--by month;tier", "report", "--contract", CONTRACT, "--by", "month;tier", requests)
        self.refused("--format xml", "report", "--contract", CONTRACT, "--format", "xml", requests)


class Due(Case):
    def due(self, expected, *arguments):
        self.assertEqual(run("due", "--contract", CONTRACT, *arguments), (0, expected, ""))

    def refused_due(self, complaint, *arguments):
        self.refused(complaint, "due", "--contract", CONTRACT, *arguments)

    def test_answers(self):
        self.due("2026-11-23T10:00:00+01:00 due 2026-11-24T13:00:00+01:00\n",
                 "--tier", "developer", "--criterion", "normal", "2026-11-23T09:00:00Z")
        self.due("2026-11-23T10:00:00+01:00 due 2026-11-25T16:00:00+01:00\n",
                 "--criterion", "normal", "2026-11-23T09:00:00Z")
        self.due("2026-10-24T12:00:00+02:00 due 2026-10-26T09:00:00+01:00, at the latest 2026-10-26T09:15:00+01:00\n",
                 "--criterion", "critical", "2026-10-24T10:00:00Z")
        self.due("2026-11-23T10:00:00+01:00 best effort\n", "--criterion", "minor", "2026-11-23T09:00:00Z")
        self.due("2026-11-23T10:00:00+01:00 no target\n", "--metric", "resolution", "2026-11-23T09:00:00Z")

    def test_says_where_the_feeds_end(self):
        status, output, _ = run("due", "--contract", CONTRACT, "--criterion", "normal", "2026-12-30T10:00:00+01:00",
                                "2027-01-11T10:00:00+01:00")
        self.assertEqual(status, 0)
        self.assertIn("the feeds do not reach that far", output.splitlines()[1])

    def test_refusals(self):
        self.refused_due("unknown tier 'gold'; this contract has standard, premium", "--tier", "gold", NOW)
        self.refused_due("noon", "noon")
        with open("/dev/full", "wb") as full:
            self.assertEqual(run("due", "--contract", CONTRACT, NOW, stdout=full)[0], 2)


class Scope(Case):
    def scope(self, expected, *arguments):
        self.assertEqual(run("scope", "--contract", CONTRACT, *arguments), (0, expected, ""))

    def test_answers(self):
        self.scope("in scope\n", "--holds", "licence", "--tier", "premium", "--channel", "phone",
                   "2026-11-23T10:00:00+01:00")
        self.scope("in scope\n", "--service", "pre-sales", "2026-11-23T10:00:00+01:00")
        self.scope("out of scope\n  service-excluded: Services not provided, 5\n", "--holds", "licence", "--service",
                   "installation", "2026-11-23T10:00:00+01:00")

    def test_next_opening_of_a_closed_channel(self):
        status, output, _ = run("scope", "--contract", CONTRACT, "--holds", "licence", "--tier", "premium",
                                "--channel", "phone", "2026-11-23T12:30:00+01:00")
        self.assertEqual(status, 0)
        self.assertIn("channel-closed", output)
        self.assertIn("the channel opens at 2026-11-23T13:00:00+01:00\n", output)

    def test_refusals(self):
        self.refused("unknown fact 'permit'; this contract has licence",
                     "scope", "--contract", CONTRACT, "--holds", "permit", NOW)
        self.refused("received", "scope", "--contract", CONTRACT)


class Calendar(Case):
    def lines(self, month, *arguments):
        status, output, complaints = run("calendar", "--contract", CONTRACT, *arguments, month)
        self.assertEqual((status, complaints), (0, ""))
        return output.splitlines()

    def test_hours_and_reasons(self):
        lines = self.lines("2026-11")
        self.assertEqual(len(lines), 31)
        self.assertEqual(lines[0], "2026-11-01 Sun  closed")
        self.assertEqual(lines[9], "2026-11-10 Tue  09:00-18:00")
        self.assertEqual(lines[10], "2026-11-11 Wed  closed  Armistice Day (holidays)")
        self.assertEqual(lines[30], "open for 180:00 hours")

    def test_closings_within_a_day(self):
        lines = self.lines("2026-01")
        self.assertEqual(lines[13], "2026-01-14 Wed  09:00-13:00 15:00-18:00  Staff meeting (closings)")
        self.assertEqual(lines[18], "2026-01-19 Mon  11:30-18:00  Inclement weather: ice on the roads (closings)")

    def test_exception(self):
        self.assertEqual(self.lines("2026-08")[2], "2026-08-03 Mon  closed  Administrative closing")
        self.assertEqual(self.lines("2026-12")[30][:27], "2026-12-31 Thu  09:00-13:00")

    def test_combined_and_endless_calendars(self):
        self.assertEqual(self.lines("2026-11", "--calendar", "phone-desk")[9][:39],
                         "2026-11-10 Tue  09:00-12:00 13:00-18:00")
        self.assertEqual(self.lines("2026-10", "--calendar", "always")[24], "2026-10-25 Sun  00:00-24:00")
        self.assertEqual(self.lines("2026-10", "--calendar", "always")[31], "open for 745:00 hours")

    def test_refusals(self):
        for month in ("2026-13", "2026-00", "November", "2026-11-01", "1969-12", "2100-01", ""):
            self.refused("", "calendar", "--contract", CONTRACT, month)
        self.refused("unknown calendar 'shop'", "calendar", "--contract", CONTRACT, "--calendar", "shop", "2026-11")


if __name__ == "__main__":
    unittest.main()
