#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The report that the README shows is the one that the program prints: report_in_readme.py README PROGRAM VIVVO"""
import re
import subprocess
import sys
from pathlib import Path

readme, program, vivvo = Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3])
shown = re.search(r"^```report\n(.*?)^```$", readme.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL).group(1)
command = [program, "--contract", vivvo / "contract.yaml", "--now", "2026-11-23T12:00:00Z", "--by", "tier,criterion",
           "--events", vivvo / "events.csv"]
printed = subprocess.run([*command, vivvo / "requests.csv"], capture_output=True, text=True).stdout
lines = [line.rstrip() for line in printed.splitlines()]
missing = [line for line in shown.splitlines() if line not in lines]
print("\n".join(["lines of the README that the program does not print:", *missing]) if missing else "the same")
sys.exit(1 if missing or len(shown.splitlines()) < 10 else 0)
