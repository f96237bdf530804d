#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The drawings and the account in docs/clocks.md are those that the programs make: clocks.py DOCS PROGRAMS"""
import re
import subprocess
import sys
import tempfile
from pathlib import Path

docs, programs = Path(sys.argv[1]), Path(sys.argv[2])
page = (docs / "clocks.md").read_text(encoding="utf-8")


def differing_drawings():
    """The names of those that the page shows and of those that are drawn, where they are not the same."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, docs / "clocks" / "draw", programs / "timeline", folder], check=True)
        drawn = {path.name: path.read_bytes() for path in Path(folder).iterdir()}
    committed = {path.name: path.read_bytes() for path in (docs / "clocks").glob("*.svg")}
    shown = set(re.findall(r"\(clocks/([\w-]+\.svg)\)", page))
    return sorted(name for name in {*drawn, *committed, *shown}
                  if name not in shown or drawn.get(name) != committed.get(name))


def account():
    """What `explain` prints of the request that is paused over night, from its clock on."""
    day = "2026-11-09T{}:00:00+01:00".format
    command = [programs / "explain", "--contract", docs / "clocks" / "contract.yaml", "--metric", "fix", "--criterion", "normal",
               "--now", "2026-11-10T12:00:00+01:00", "--event", day(15) + "=waiting",
               "--event", "2026-11-10T11:00:00+01:00=answered", day(10)]
    printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return printed[printed.index("\nfix: ") + 1:]


different = differing_drawings()
if different:
    print("draw them anew with docs/clocks/draw, and show each in docs/clocks.md:", *different)
if account() not in page:
    print("docs/clocks.md does not show what explain prints:", account(), sep="\n")
    different.append("the account")
sys.exit(1 if different else 0)
