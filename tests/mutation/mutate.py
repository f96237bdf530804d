# SPDX-License-Identifier: MIT
"""Mutation testing of the library; scripts/mutate says how to call it."""

import argparse
import fnmatch
import glob
import hashlib
import os
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import survivors
from sites import labels, sites_of
from verdicts import EQUIVALENT, KILLED, NOT_COMPILED, SURVIVED, Judge
from workshop import FOLDER, FOLDERS, Failure, Workshop

LEAST_SCORE = 95.0


def options(arguments):
    parser = argparse.ArgumentParser(prog="scripts/mutate", description="Changes the library and sees whether a test fails.")
    parser.add_argument("--sample", type=int, metavar="N", help="so many mutants, drawn at random (default: all)")
    parser.add_argument("--seed", type=int, default=int(time.strftime("%Y%m%d")), metavar="S",
                        help="of the sample (default: the date of today)")
    parser.add_argument("--files", default="*", metavar="PATTERN", help="only files whose path fits (default: all)")
    parser.add_argument("--jobs", type=int, default=os.cpu_count(), metavar="J", help="(default: one for each processor)")
    parser.add_argument("--least", type=float, default=LEAST_SCORE, metavar="P", help="the score that is asked (default: %(default)s)")
    parser.add_argument("--try-listed", action="store_true", help="try the listed survivors too")
    parser.add_argument("--quick", action="store_true", help="without the sanitizers")
    return parser.parse_args(arguments)


def all_sites():
    """The sources, and each mutant by what the list of survivors calls it."""
    sources, named = {}, {}
    for path in sorted(path for folder in FOLDERS for path in glob.glob(folder + "/*.[ch]")):
        with open(path, encoding="utf-8") as file:
            sources[path] = file.read()
        named.update(labels(sites_of(path, sources[path])))
    return sources, named


def place_in_sample(key, seed):
    """By a hash, so that a sample stays what it is where the sources do."""
    return hashlib.sha256(repr((seed, key)).encode()).digest()


class Progress:
    def __init__(self, total):
        self.total, self.done, self.began = total, 0, time.monotonic()

    def step(self):
        self.done += 1
        if self.done % 50 == 0:
            seconds = time.monotonic() - self.began
            print("%d of %d, %.0f s" % (self.done, self.total, seconds), flush=True)


def try_all(chosen, sources, jobs, with_checks):
    """The verdict of each mutant."""
    workshop = Workshop(jobs)
    workshop.build()
    judge = Judge(workshop, workshop.tests(), with_checks)
    progress = Progress(len(chosen))

    def try_one(entry):
        key, site = entry
        verdict = judge.judge(site, sources[site.path])
        progress.step()
        return key, verdict
    with ThreadPoolExecutor(jobs) as workers:
        return dict(workers.map(try_one, chosen))


def write_results(verdicts, named):
    with open(FOLDER + "/results.txt", "w", encoding="utf-8") as file:
        for key, verdict in sorted(verdicts.items()):
            file.write("%-12s %s:%d %s %s%s | %s%s\n" % (verdict.what, key[0], named[key].line_number, key[1], key[3],
                       "" if key[4] == 1 else " #%d" % key[4], key[2], " | " + verdict.by if verdict.by else ""))


def report(verdicts, named, listed, stale):
    """Says what is wrong, and whether anything is."""
    wrong = False
    for key, verdict in sorted(verdicts.items()):
        is_listed = named[key] in listed
        if verdict.what == SURVIVED and not is_listed:
            print("survived, line %d:\n%s\n" % (named[key].line_number, survivors.written(key)))
        elif is_listed and verdict.what != SURVIVED:
            print("%s: the listed mutant is %s %s; take it off the list\n%s\n"
                  % (listed[named[key]].place, verdict.what, verdict.by, survivors.written(key)))
            wrong = True
    for entry in stale:
        print("%s: no such mutant of %s; take it off the list, or mend its text" % (entry.place, entry.path))
        wrong = True
    return wrong


def main(arguments):
    asked = options(arguments)
    os.makedirs(FOLDER, exist_ok=True)
    sources, named = all_sites()
    listed, stale = survivors.listed_sites(survivors.read(), named)
    chosen = [(key, site) for key, site in named.items()
              if fnmatch.fnmatch(key[0], asked.files) and (asked.try_listed or site not in listed)]
    chosen.sort(key=lambda entry: place_in_sample(entry[0], asked.seed))
    if asked.sample is not None and asked.sample < len(chosen):
        print("mutation: a sample of %d out of %d with --seed %d" % (asked.sample, len(chosen), asked.seed), flush=True)
        chosen = chosen[:asked.sample]
    verdicts = try_all(chosen, sources, asked.jobs, not asked.quick)
    if asked.sample is None:
        write_results(verdicts, named)
    wrong = report(verdicts, named, listed, stale)
    counts = Counter(verdict.what for key, verdict in verdicts.items() if named[key] not in listed)
    judged = counts[KILLED] + counts[SURVIVED]
    if judged == 0:
        raise Failure("no mutant of '%s' compiled and differed from the original, so nothing was tried" % asked.files)
    score = 100.0 * counts[KILLED] / judged
    print("mutation: mutants %d, not-compiled %d, equivalent %d, killed %d, survived %d, listed %d, score %.1f %%"
          % (len(verdicts), counts[NOT_COMPILED], counts[EQUIVALENT], counts[KILLED], counts[SURVIVED], len(listed), score))
    return 1 if wrong or score < asked.least else 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except Failure as failure:
        sys.exit("mutation: %s" % failure)
