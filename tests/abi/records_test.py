#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""usage: records_test.py RECORDS INCLUDE COMPILER [OPTION]...

records.c compiles as it stands, and no longer when a record or a constant of the headers was changed.
"""
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

# What is done to which header, and what the compiler must say to it.
CHANGES = (
    ("a field grows", "base.h", "int32_t severity;", "int64_t severity;", "sla_error.severity has another place or size"),
    ("fields swap places", "contract.h", "    int32_t tier;\n    int32_t channel;", "    int32_t channel;\n    int32_t tier;",
     "sla_request.tier has another place or size"),
    ("a reserve is used up", "clock.h", "    int64_t reserved[5];\n} sla_cycle;", "    int64_t reserved[4];\n} sla_cycle;",
     "sla_cycle has another size"),
    ("a field goes", "report.h", "    int64_t met;\n    int64_t breached_late;", "    int64_t breached_late;", "met"),
    ("padding comes in", "contract.h", "    int64_t amount;    /* seconds of", "    int32_t amount;    /* seconds of", "padding|sla_target"),
    ("a constant moves", "base.h", "SLA_CYCLE = 7,", "SLA_CYCLE = 17,", "SLA_CYCLE is another number"),
)


def compile_records(records, include, command):
    run = subprocess.run([*command, f"-I{include}", str(records)], capture_output=True, text=True, check=False)
    return run.returncode, run.stderr


def change(include, name, old, new):
    header = include / "sla" / name
    text = header.read_text(encoding="utf-8")
    if old not in text:
        raise SystemExit(f"{name} has no \"{old}\" any more: plant another change")
    header.write_text(text.replace(old, new, 1), encoding="utf-8")


def main(records, include, *command):
    code, said = compile_records(records, include, command)
    if code != 0:
        return f"records.c does not compile:\n{said}"
    failures = []
    for what, name, old, new, expected in CHANGES:
        with tempfile.TemporaryDirectory() as folder:
            changed = Path(shutil.copytree(include, Path(folder) / "include"))
            change(changed, name, old, new)
            code, said = compile_records(records, changed, command)
        if code == 0 or not any(word in said for word in expected.split("|")):
            failures.append(f"{what}: not found; the compiler said: {said or 'nothing'}")
    print(f"planted changes of records: planted {len(CHANGES)}, found {len(CHANGES) - len(failures)}")
    return "\n".join(failures) or 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
