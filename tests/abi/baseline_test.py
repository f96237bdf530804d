#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""usage: baseline_test.py ROOT

scripts/abi passes a library of the headers as they stand, and more functions; it names what was removed or changed. The
library is a hollow one: each function of the headers with an empty body, which is all that a binary interface shows.
"""
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from headers import Header, hollow_source

ADDED = "sla_version_number"
# What is done to which header; what scripts/abi must say; None: nothing is wrong.
CHANGES = (
    ("nothing", "base.h", "SLA_API", "SLA_API", None),
    ("a function is added", "base.h", "SLA_API const char *sla_version(void);",
     "SLA_API const char *sla_version(void);\nSLA_API int32_t " + ADDED + "(void);", None),
    ("a function goes", "base.h", "SLA_API const char *sla_version(void);", "", "sla_version()"),
    ("a parameter is added", "report.h", "sla_report_group_count(const sla_report *report)",
     "sla_report_group_count(const sla_report *report, int32_t by)", "sla_report_group_count"),
    ("a parameter gets another type", "calendar.h", "sla_calendar_is_open(const sla_calendar *calendar, int64_t at",
     "sla_calendar_is_open(const sla_calendar *calendar, int32_t at", "sla_calendar_is_open"),
    ("a result gets another type", "calendar.h", "SLA_API int64_t sla_calendar_covers_until", "SLA_API int32_t sla_calendar_covers_until",
     "sla_calendar_covers_until"),
    ("a field of a record grows", "contract.h", "    int32_t tier;\n    int32_t channel;", "    int64_t tier;\n    int32_t channel;",
     "int32_t tier"),
    ("fields of a record swap places", "clock.h", "    int32_t metric;\n    int32_t changes;", "    int32_t changes;\n    int32_t metric;",
     "sla_transition"),
    ("a field gets another sign", "report.h", "    uint64_t row;", "    int64_t row;", "sla_breach"),
)


def change(include, name, old, new):
    header = include / "sla" / name
    text = header.read_text(encoding="utf-8")
    if old not in text:
        raise SystemExit(f"{name} has no \"{old}\" any more: plant another change")
    header.write_text(text.replace(old, new, 1), encoding="utf-8")


def hollow_library(include):
    source, library = include.parent / "hollow.c", include.parent / "libsla.so"
    headers = [Header(header.read_text(encoding="utf-8")) for header in sorted((include / "sla").glob("*.h"))]
    source.write_text(hollow_source(headers), encoding="utf-8")
    (include.parent / "hollow.map").write_text("SLA_0 { global: sla_*; local: *; };", encoding="utf-8")
    subprocess.run(["cc", "-g", "-shared", "-fPIC", "-w", f"-I{include}", "-Wl,-soname,libsla.so.0",
                    f"-Wl,--version-script={include.parent}/hollow.map", "-o", library, source], check=True)
    return library


def check(root, library, include):
    run = subprocess.run([f"{root}/scripts/abi", "check", library], capture_output=True, text=True, check=False,
                         env={**os.environ, "SLA_HEADERS": str(include)})
    return run.returncode, run.stdout + run.stderr


def complaints(root, what, include, expected):
    """What is wrong with how the changed headers are judged, and a library of them beside the true headers: there even a
    function more is one that no header declares."""
    library = hollow_library(include)
    undeclared = ADDED if what == "a function is added" else expected
    for against, wanted in ((include, expected), (Path(root) / "include", undeclared)):
        code, said = check(root, library, against)
        as_expected = code == 0 if wanted is None else code == 1 and wanted in said
        if not as_expected:
            yield f"{what}, against {against}: exit code {code}, and scripts/abi said: {said}"


def main(root):
    failures = []
    for what, name, old, new, expected in CHANGES:
        with tempfile.TemporaryDirectory() as folder:
            include = Path(shutil.copytree(f"{root}/include", f"{folder}/include"))
            change(include, name, old, new)
            failures += complaints(root, what, include, expected)
    planted = sum(expected is not None for *_, expected in CHANGES)
    print(f"planted changes of the interface: planted {planted}, failures {len(failures)}")
    return "\n".join(failures) or 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
