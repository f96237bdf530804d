#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""docs/quality.md is what scripts/quality writes: each check has its row, none is of a run that failed, and each command is
there. The names of gates are those of .ci/run."""
import importlib.machinery
import importlib.util
import pathlib
import re
import sys


def load(script):
    loader = importlib.machinery.SourceFileLoader("quality", str(script))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("quality", loader))
    loader.exec_module(module)
    return module


def complaints_about(check, row, root):
    command, date, figures = row
    if command not in (check.small, check.night):
        yield f"{check.name}: the page says {command}"
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", date) or not figures or figures.startswith("FAILED"):
        yield f"{check.name}: no figures of a run that passed: {date} {figures}"
    gates = (root / ".ci" / "run").read_text()
    for command in (check.small, check.night):
        program, *arguments = [word for word in command.split() if not re.match(r"[A-Z_]+=", word)]
        if program != "ctest" and not (root / program).is_file():
            yield f"{check.name}: there is no {program}"
        if program == ".ci/run":
            yield from (f"{check.name}: .ci/run has no gate {gate}" for gate in arguments if f"check_{gate}()" not in gates)


def main(root):
    root = pathlib.Path(root)
    quality = load(root / "scripts" / "quality")
    page = (root / "docs" / "quality.md").read_text()
    rows = quality.rows_of(page)
    complaints = [] if quality.render(rows) == page else ["docs/quality.md is not what scripts/quality writes"]
    for check in quality.CHECKS:
        complaints += complaints_about(check, rows.get(check.name, (check.night, "never", "-")), root)
    return "\n".join(complaints) or 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
