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


class Coverage:
    """What was counted in one file: `total` and `missed`, by kind. Something missed is a line number and a sentence."""

    def __init__(self):
        self.total = collections.Counter()
        self.missed = collections.defaultdict(list)

    def count(self, kind, reached, line, sentence):
        self.total[kind] += 1
        if not reached:
            self.missed[kind].append((line, sentence))


def read_lines_and_branches(lcov, root, files):
    for record in lcov.read_text().split("end_of_record"):
        name = None
        for entry in record.splitlines():
            key, _, value = entry.partition(":")
            if key == "SF":
                name = str(pathlib.Path(value).relative_to(root))
            elif key == "DA":
                line, count = value.split(",")[:2]
                files[name].count("lines", count != "0", int(line), "never reached")
            elif key == "BRDA":
                line, _, branch, count = value.split(",")
                way = "true" if int(branch) % 2 == 0 else "false"
                files[name].count("branches", count not in ("0", "-"), int(line), f"a condition is never {way}")


def read_conditions(exported, root, files):
    for file in json.loads(exported.read_text())["data"][0]["files"]:
        name = str(pathlib.Path(file["filename"]).relative_to(root))
        for record in file["mcdc_records"]:
            for place, shown in enumerate(record[-1], 1):
                files[name].count("conditions", shown, record[0], f"condition {place} alone never decides")


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
    read_lines_and_branches(pathlib.Path(lcov), root, files)
    read_conditions(pathlib.Path(exported), root, files)
    exempt, complaints = read_exemptions(pathlib.Path(exemptions), root)
    complaints += judge(files, exempt)
    print("\n".join(complaints))
    print("coverage: " + figures(files, exempt))
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
