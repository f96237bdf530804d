#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Coverage of src/ as the compiler counted it: each line, branch and condition that no test reached and that is not
exempt, and the totals.

usage: report.py LCOV JSON EXEMPT ROOT

LCOV and JSON are what llvm-cov exports. EXEMPT has a line `FILE: TEXT OF THE LINE: REASON` for each line that need not be
reached. Fails when something is missing, when an exemption fits no line or names one that was reached, and when there
are more exemptions than the rules grant: none in calendar/, clock/ and contract/, one line in a hundred elsewhere."""
import collections
import json
import pathlib
import sys

STRICT = ("src/calendar/", "src/clock/", "src/contract/")
ELSEWHERE_ONE_IN = 100
BRANCH_OF_A_DECISION = 6  # as llvm-cov numbers the kinds of regions


class Coverage:
    """What was counted in one file: `total` and `missed`, by kind. Something missed is a line number and a sentence."""

    def __init__(self):
        self.total = collections.Counter()
        self.missed = collections.defaultdict(list)

    def count(self, kind, reached, line, sentence):
        self.total[kind] += 1
        if not reached:
            self.missed[kind].append((line, sentence))


def read_lines(lcov, root, files):
    for record in lcov.read_text().split("end_of_record"):
        name = None
        for entry in record.splitlines():
            key, _, value = entry.partition(":")
            if key == "SF":
                name = str(pathlib.Path(value).relative_to(root))
            elif key == "DA":
                line, count = value.split(",")[:2]
                files[name].count("lines", count != "0", int(line), "never reached")


def place_of(branch, function):
    """Where a branch stands, by lines and columns, or, if it comes of a macro, what uses the macro."""
    place, file = branch[:4], branch[6]
    while file != 0:
        used = next(region for region in function["regions"] if region[7] == 1 and region[6] == file)
        place, file = used[:4], used[5]
    return place


def read_branches(exported, root, files):
    """An inline function of a header is compiled into each file that includes it: its branches count once."""
    reached = collections.defaultdict(lambda: [False, False])
    for function in exported["functions"]:
        name = str(pathlib.Path(function["filenames"][0]).relative_to(root))
        for place, branch in enumerate(function["branches"]):
            both = reached[name, function["name"].rpartition(":")[2], place, place_of(branch, function)[0]]
            both[0] |= branch[4] > 0
            both[1] |= branch[5] > 0
    for (name, _, _, line), both in reached.items():
        files[name].count("branches", both[0], line, "a condition is never true")
        files[name].count("branches", both[1], line, "a condition is never false")


def constant_conditions(record, function):
    """How many conditions of a decision the compiler found constant, such as ALWAYS(x): they have no branch."""
    begin, end = record[0:2], record[2:4]
    places = [place_of(branch, function) for branch in function["branches"] if branch[8] == BRANCH_OF_A_DECISION]
    return len(record[-1]) - sum(begin <= place[0:2] and place[2:4] <= end for place in places)


def read_conditions(exported, root, files):
    """The conditions of inline functions count once as well; constant ones, which cannot decide, not at all."""
    decisions = {}
    for function in exported["functions"]:
        name = str(pathlib.Path(function["filenames"][0]).relative_to(root))
        for record in function["mcdc_records"]:
            constant = constant_conditions(record, function)
            before = decisions.get((name, *record[:4]), (constant, [False] * len(record[-1])))[1]
            decisions[name, *record[:4]] = constant, [one or other for one, other in zip(before, record[-1])]
    for (name, line, *_), (constant, shown) in decisions.items():
        for place, alone in enumerate(shown, 1):
            if not alone and constant > 0:
                constant -= 1
            else:
                files[name].count("conditions", alone, line, f"condition {place} alone never decides")


def read_exemptions(path, root):
    """Line numbers by file, with the complaints about exemptions that fit no line."""
    exempt, complaints = collections.defaultdict(set), []
    for entry in path.read_text().splitlines():
        if not entry or entry.startswith("#"):
            continue
        name, text = (part.strip() for part in entry.split(": ", 1))
        source = [line.strip() for line in (root / name).read_text().splitlines()]
        fitting = {number for number, line in enumerate(source, 1) if line and text.startswith(line + ": ")}
        if not fitting:
            complaints.append(f"exemption fits no line: {entry}")
        exempt[name] |= fitting
    return exempt, complaints


def judge(files, exempt):
    complaints = []
    for name, file in sorted(files.items()):
        missed = [(line, sentence) for kind in file.missed for line, sentence in file.missed[kind]]
        complaints += [f"{name}:{line}: {sentence}" for line, sentence in sorted(set(missed)) if line not in exempt[name]]
        idle = exempt[name] - {line for line, _ in missed}
        complaints += [f"{name}:{line}: is exempt, but reached" for line in sorted(idle)]
        if exempt[name] and name.startswith(STRICT):
            complaints.append(f"{name}: nothing may be exempt in {', '.join(STRICT)}")
    elsewhere = sum(file.total["lines"] for name, file in files.items() if not name.startswith(STRICT))
    granted = elsewhere // ELSEWHERE_ONE_IN
    spent = sum(len(lines) for lines in exempt.values())
    if spent > granted:
        complaints.append(f"{spent} lines are exempt; {granted} are granted")
    return complaints


def figures(files, exempt):
    """Of what is not exempt."""
    parts = []
    for kind in ("lines", "branches", "conditions"):
        total = sum(file.total[kind] for file in files.values())
        missed = sum(line not in exempt[name] for name, file in files.items() for line, _ in file.missed[kind])
        parts.append(f"{kind} {total - missed}/{total} ({(total - missed) * 1000 // total / 10} %)")
    return ", ".join(parts) + f", exempt {sum(len(lines) for lines in exempt.values())}"


def main(lcov, exported, exemptions, root):
    root = pathlib.Path(root).resolve()
    files = collections.defaultdict(Coverage)
    exported = json.loads(pathlib.Path(exported).read_text())["data"][0]
    read_lines(pathlib.Path(lcov), root, files)
    read_branches(exported, root, files)
    read_conditions(exported, root, files)
    exempt, complaints = read_exemptions(pathlib.Path(exemptions), root)
    complaints += judge(files, exempt)
    print("\n".join(complaints))
    print("coverage: " + figures(files, exempt))
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
