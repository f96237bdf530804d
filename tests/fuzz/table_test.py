#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Which fuzzer calls which public function.

    table_test.py            exits 1 when a public function has no fuzzer, or README.md's table is not what the sources say
    table_test.py --write    writes that table into README.md, between its two marks

A fuzzer calls what its own source calls; calls in headers that fuzzers share are not counted for anybody.
"""
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path.insert(0, str(HERE.parent / "abi"))

from headers import Header, calls, functions  # noqa: E402

README = HERE / "README.md"
BEGIN = "<!-- functions: written by table_test.py --write -->"
END = "<!-- end of functions -->"


def public_functions():
    """(header, function) of all headers."""
    for path in sorted((ROOT / "include" / "sla").glob("*.h")):
        header = Header(path.read_text(encoding="utf-8"))
        yield from ((path.name, function) for function in functions([header]))


def fuzzers_by_function():
    """{function: names of the fuzzers that call it}"""
    found = {}
    for source in sorted(HERE.glob("*_fuzzer.c")):
        for function in calls(source.read_text(encoding="utf-8")):
            found.setdefault(function, []).append(source.name[:-len("_fuzzer.c")])
    return found


def table(declared, callers):
    yield "| header | function | fuzzers |"
    yield "| --- | --- | --- |"
    for header, function in declared:
        yield f"| `{header}` | `{function}` | {', '.join(callers.get(function, ()))} |"


def parts_of(readme):
    """What stands before the table, the table, and what follows."""
    before, mark, rest = readme.partition(BEGIN)
    written, end, after = rest.partition(END)
    if not mark or not end:
        sys.exit(f"{README.name} has no table between '{BEGIN}' and '{END}'")
    return before, written, after


def main():
    declared = list(public_functions())
    callers = fuzzers_by_function()
    before, written, after = parts_of(README.read_text(encoding="utf-8"))
    expected = "\n" + "\n".join(table(declared, callers)) + "\n"
    if sys.argv[1:] == ["--write"]:
        README.write_text(before + BEGIN + expected + END + after, encoding="utf-8")
        written = expected
    complaints = [f"{function} of {header} is called by no fuzzer" for header, function in declared if function not in callers]
    if written != expected:
        complaints.append("the table of README.md is not what the sources say: tests/fuzz/table_test.py --write")
    for complaint in complaints:
        print(complaint, file=sys.stderr)
    print(f"fuzz-table: functions {len(declared)}, fuzzed {sum(function in callers for _, function in declared)}, "
          f"complaints {len(complaints)}")
    return 1 if complaints or not declared else 0


if __name__ == "__main__":
    sys.exit(main())
