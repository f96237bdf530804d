#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""usage: surroundings_test.py ROOT BUILD LOCALES

§1.2: the conformance runner and the example programs write the same bytes wherever they run: without an environment, with odd
time zones and languages, in a folder that nobody may enter or that is gone, without standard input.
"""
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT, BUILD, LOCALES = (Path(argument).resolve() for argument in sys.argv[1:4])
VIVVO = ROOT / "examples" / "vivvo"
RECEIVED = "2026-11-23T16:00:00+01:00"
NOW = "2026-11-23T12:00:00Z"


def example(name, *arguments):
    return [BUILD / "examples" / name, "--contract", VIVVO / "contract.yaml", *arguments]


def programs():
    yield [BUILD / "tests" / "conformance" / "conformance", *sorted((ROOT / "tests" / "conformance").glob("*.jsonl"))]
    for format_name in ("text", "json", "csv"):
        yield example("report", "--now", NOW, "--by", "tier,month", "--format", format_name, "--events", VIVVO / "events.csv",
                      VIVVO / "requests.csv")
    yield example("agenda", "--now", NOW, "--share", "80", "--before", "30m", VIVVO / "requests.csv")
    yield example("replay", "--now", NOW, "--against", VIVVO / "round-the-clock.yaml", VIVVO / "requests.csv")
    yield example("calendar", "--calendar", "office", "2026-11")
    yield example("due", "--tier", "premium", "--criterion", "normal", RECEIVED)
    yield example("scope", "--tier", "standard", "--channel", "phone", "--service", "theme", RECEIVED)
    yield example("explain", "--now", NOW, "--tier", "premium", "--holds", "licence", "--set", "impact=limited", RECEIVED)
    yield example("timeline", "--now", NOW, "--criterion", "normal", RECEIVED)


def with_environment(**variables):
    def prepare(folder):
        return {"env": {**os.environ, **variables}, "cwd": folder}
    return prepare


def without_environment(folder):
    return {"env": {}, "cwd": folder}


def in_a_closed_folder(folder):
    def enter():
        os.chdir(folder)
        os.chmod(folder, 0)
    return {"preexec_fn": enter}


def in_a_folder_that_is_gone(folder):
    def enter():
        gone = tempfile.mkdtemp(dir=folder)
        os.chdir(gone)
        os.rmdir(gone)
    return {"preexec_fn": enter}


def without_standard_input(folder):
    return {"preexec_fn": lambda: os.close(0), "cwd": folder, "stdin": None}


SURROUNDINGS = {
    "no environment": without_environment,
    "TZ=:/nonexistent": with_environment(TZ=":/nonexistent"),
    "TZ=Pacific/Apia": with_environment(TZ="Pacific/Apia"),
    "TZDIR=/nonexistent": with_environment(TZDIR="/nonexistent", TZ="Europe/Paris"),
    "LC_ALL=tr_TR.UTF-8": with_environment(LC_ALL="tr_TR.UTF-8", LOCPATH=str(LOCALES)),
    "LC_ALL=de_DE.UTF-8": with_environment(LC_ALL="de_DE.UTF-8", LOCPATH=str(LOCALES)),
    "LANG=xx": with_environment(LANG="xx", LANGUAGE="xx"),
    "HOME=/nonexistent": with_environment(HOME="/nonexistent", TMPDIR="/nonexistent", XDG_CONFIG_HOME="/nonexistent"),
    "a folder that nobody may enter": in_a_closed_folder,
    "a folder that is gone": in_a_folder_that_is_gone,
    "no standard input": without_standard_input,
}


def run(command, prepare):
    with tempfile.TemporaryDirectory() as folder:
        options = {"stdin": subprocess.DEVNULL, **prepare(folder)}
        outcome = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False, **options)
        os.chmod(folder, 0o700)
    return outcome.returncode, outcome.stdout, outcome.stderr


def differences(command):
    usual = run(command, with_environment())
    # 1: the example's rows that are broken on purpose
    if usual[0] not in (0, 1) or not usual[1]:
        yield f"{command[0]} fails: {usual}"
        return
    for name, prepare in SURROUNDINGS.items():
        found = run(command, prepare)
        if found != usual:
            yield f"{name}: {' '.join(map(str, command))}\nusually: {usual}\nhere: {found}"


def main():
    commands = list(programs())
    found = [difference for command in commands for difference in differences(command)]
    for difference in found:
        print(difference[:4000], file=sys.stderr)
    print(f"surroundings: programs {len(commands)}, surroundings {len(SURROUNDINGS)}, differences {len(found)}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
