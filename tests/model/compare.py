#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Compares the library with the model on random cases.

    compare.py RUNNER [FOLDER]

RUNNER is the program of tests/conformance. SLA_MODEL_SEED (default: 1), SLA_MODEL_FIXTURES (default: 10), and for each
fixture SLA_MODEL_LIVES (default: 15, each asked three times) and SLA_MODEL_OTHERS (default: 40) say what to generate.
It counts the kinds of lives that it has met, and fails when many lives have left one out. The file of cases is written
to FOLDER (default: a temporary one) and kept there.
"""

import os
import subprocess
import sys
import tempfile

from generate import write
from kinds import KINDS

MANY_LIVES = 100


def setting(name, default):
    return int(os.environ.get("SLA_MODEL_" + name, default))


def compare(runner, folder):
    seed = setting("SEED", 1)
    path = os.path.join(folder, "model-%d.jsonl" % seed)
    print("SLA_MODEL_SEED=%d" % seed)
    fixtures, lives = setting("FIXTURES", 10), setting("LIVES", 15)
    count, kinds = write(path, seed, fixtures, lives, setting("OTHERS", 40))
    ran = subprocess.run([runner, path], stdout=subprocess.PIPE, encoding="utf-8", check=False)
    print(ran.stdout, end="")
    print("%d lives, %d comparisons" % (fixtures * lives, count))
    for kind in KINDS:
        print("%7d of %s" % (kinds[kind], kind))
    if fixtures * lives >= MANY_LIVES and any(kinds[kind] == 0 for kind in KINDS):
        return 1
    return ran.returncode if "\n%d passed, 0 failed" % count in "\n" + ran.stdout else ran.returncode or 1


def main(runner, folder=None):
    if folder:
        return compare(runner, folder)
    with tempfile.TemporaryDirectory() as temporary:
        return compare(runner, temporary)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
