#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Compiles and runs every complete C program in a Markdown page, and compares its output with the next ```text block.

Usage: guide.py PAGE COMPILER FLAGS...   (the flags include and link the library)
"""
import re
import subprocess
import sys
import tempfile
from pathlib import Path

BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def programs(page):
    """Pairs of a program and the output that stands after it (None where none does)."""
    blocks = [(m.group(1), m.group(2)) for m in BLOCK.finditer(page)]
    for i, (language, text) in enumerate(blocks):
        if language == "c" and "int main" in text:
            follows = blocks[i + 1] if i + 1 < len(blocks) else ("", "")
            yield text, follows[1] if follows[0] == "text" else None


def run(source, folder, compiler):
    source_file, program = folder / "program.c", folder / "program"
    source_file.write_text(source, encoding="utf-8")
    subprocess.run(
        [compiler[0], "-std=c99", "-Wall", "-Wextra", "-Werror", "-o", program, source_file, *compiler[1:]], check=True
    )
    return subprocess.run([program], check=True, capture_output=True, text=True).stdout


def main():
    page, compiler = Path(sys.argv[1]), sys.argv[2:]
    failures = count = 0
    with tempfile.TemporaryDirectory() as folder:
        for source, expected in programs(page.read_text(encoding="utf-8")):
            count += 1
            printed = run(source, Path(folder), compiler)
            if expected is not None and printed != expected:
                failures += 1
                print(f"program {count} of {page.name} printed\n{printed}instead of\n{expected}")
    print(f"{page.name}: {count} programs, {failures} with another output")
    return 1 if failures or not count else 0


if __name__ == "__main__":
    sys.exit(main())
