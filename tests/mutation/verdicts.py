# SPDX-License-Identifier: MIT
"""Tries one mutant: compiles the changed file alone, puts it before the library, and runs the tests that execute the line.

A mutant that these tests pass is compiled once more with optimization: the same code as the original's is no change at all.
Another one meets the tests with the sanitizers of addresses, leaks and undefined behaviour, which are gates like the tests.
The first time that a test kills, the original is put before the library in the same way: it must pass, or the run ends.
"""

import hashlib
import json
import math
import os
import subprocess
import threading
from collections import Counter, namedtuple

from sites import apply
from workshop import FOLDER, HEAP, INCLUDES, Failure, has_own_heap, object_of, run

KILLED, SURVIVED, EQUIVALENT, NOT_COMPILED = "killed", "survived", "equivalent", "not-compiled"
MEMORY_KILOBYTES = 2000000
QUICK_SECONDS = 0.5                          # tests that together take so long are enough for a first look
# Tests that most likely fail when something in the folder is wrong.
OWN_TESTS = {"calendar": ("calendar_", "index_", "interval_"), "clock": ("clock_", "decide_"), "contract": ("contract_",)}
SLOWER = {"plain": 10, "checked": 60}       # a test that takes so many times its usual time hangs
CHECKED_SECONDS = 0.4                        # tests that together take so long meet the sanitizers
CHECKS = ["-g1", "-fsanitize=address,undefined", "-fno-sanitize-recover=all"]
FLAGS = {"plain": ["-O0"], "checked": ["-O0", *CHECKS]}

# `by`: the test that killed it; `passed`: what the tests that it survived are made of.
Verdict = namedtuple("Verdict", "what by passed", defaults=("", ()))


def key_of(site):
    """What a mutant is known by, wherever its function has moved."""
    told = (site.path, site.scope, site.body, str(site.begin - site.body_begin), str(site.end - site.begin), site.replacement)
    return hashlib.sha256("\0".join(told).encode()).hexdigest()[:24]


class Cache:
    """Verdicts of earlier runs. A killed mutant stays killed while its function and the test that did it are as they were;
    one that survived meets the tests that it has not met; one that is the same, or none, is tried again with other headers."""

    def __init__(self, path):
        self.path, self.lock, self.known = path, threading.Lock(), {}
        if os.path.exists(path):
            with open(path, encoding="utf-8") as file:
                for line in file:
                    entry = json.loads(line)
                    self.known[entry["key"]] = entry

    def find(self, key, contents, all_tests, headers):
        entry = self.known.get(key)
        if entry is None:
            return None
        expected = {KILLED: contents.get(entry["by"]), SURVIVED: all_tests}.get(entry["what"], headers)
        return Verdict(entry["what"], entry["by"], entry.get("passed", ())) if entry["with"] == expected else None

    def passed(self, key):
        """The tests that a mutant has survived."""
        return set(self.known.get(key, {}).get("passed", ()))

    def keep(self, key, verdict, with_what, site):
        entry = {"key": key, "what": verdict.what, "by": verdict.by, "with": with_what,
                 "passed": sorted(verdict.passed), "of": "%s %s | %s | %s" % (site.path, site.scope, site.line, site.change)}
        with self.lock, open(self.path, "a", encoding="utf-8") as file:
            self.known[key] = entry
            file.write(json.dumps(entry) + "\n")


class Judge:
    def __init__(self, workshop, tests, with_checks):
        self.with_checks = with_checks
        self.workshop, self.tests = workshop, {test.name: test for test in tests}
        self.lines = workshop.lines(tests)
        self.cache = Cache(FOLDER + "/verdicts.jsonl")
        self.contents = {test.name: test.content for test in tests}
        together = "".join(sorted(self.contents.values())) + ("" if with_checks else "quick")
        self.all_tests = hashlib.sha256(together.encode()).hexdigest()[:20]
        self.killers = {}  # per function: how often each test has killed
        self.originals = {}
        self.trusted = set()  # tests, with the kind of library, that the original has passed
        self.place = threading.local()
        self.places = iter(range(1000))
        self.lock = threading.Lock()

    def judge(self, site, source):
        key = key_of(site)
        verdict = self.cache.find(key, self.contents, self.all_tests, self.workshop.header_digest)
        if verdict is None:
            verdict = self.try_out(site, apply(site, source), self.cache.passed(key))
            basis = {KILLED: self.contents.get(verdict.by), SURVIVED: self.all_tests}
            self.cache.keep(key, verdict, basis.get(verdict.what, self.workshop.header_digest), site)
        if verdict.what == KILLED:
            with self.lock:
                self.killers.setdefault(site.path, Counter())[verdict.by] += 1
                self.killers.setdefault((site.path, site.scope), Counter())[verdict.by] += 4
        return verdict

    def try_out(self, site, changed, passed):
        folder = self.folder()
        path = os.path.join(folder, site.path)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            file.write(changed)
        try:
            return self.verdict_of(site, folder, passed)
        finally:
            os.remove(path)

    def folder(self):
        """Each worker has its own."""
        if not hasattr(self.place, "folder"):
            with self.lock:
                self.place.folder = os.path.join(FOLDER, "jobs", "%d-%d" % (os.getpid(), next(self.places)))
        return self.place.folder

    def verdict_of(self, site, folder, passed):
        objects = self.compile(site, folder, FLAGS["plain"])
        if objects is None:
            return Verdict(NOT_COMPILED)
        chosen = [test for test in self.chosen_tests(site) if test.content + test.name not in passed]
        killer = self.killer(site, folder, objects, chosen, "plain")
        if killer is None and not passed and self.is_equivalent(site, folder):
            return Verdict(EQUIVALENT)
        short = self.short_tests(site, passed) if killer is None and self.with_checks else []
        if short:
            killer = self.killer(site, folder, self.compile(site, folder, FLAGS["checked"]), short, "checked")
        if killer is not None:
            return Verdict(KILLED, killer)
        met = {test.content + test.name for test in chosen} | {"checked " + test.content + test.name for test in short}
        return Verdict(SURVIVED, passed=passed | met)

    def short_tests(self, site, passed):
        """What the sanitizers find, any test will do that comes by: the shortest."""
        likely = [test for test in self.chosen_tests(site) if not has_own_heap(test.name)]
        short = first_of(sorted(likely, key=lambda test: test.seconds), CHECKED_SECONDS)
        return [test for test in short if "checked " + test.content + test.name not in passed]

    # ---- Compiling ----

    def compile(self, site, folder, flags, changed=True):
        """The objects of the files that the change concerns, with it or without; None when they do not compile."""
        objects = []
        headers = ["-I" + folder + "/src"] if changed else []
        for source in self.workshop.dependents(site.path):
            made = object_of(folder, source)
            place = os.path.join(folder, source) if changed and source == site.path else source
            command = [self.workshop.compiler, *flags, *self.workshop.library_flags, *headers, *INCLUDES, "-c", place, "-o", made]
            if subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False).returncode != 0:
                return None
            objects.append(made)
        return objects

    def is_equivalent(self, site, folder):
        """Whether an optimizing compiler makes the same of it as of the original."""
        flags = ["-O2", "-fno-semantic-interposition"]
        objects = self.compile(site, folder, flags)
        return objects is not None and \
            all(bytes_of(made) == self.original(source, flags)
                for source, made in zip(self.workshop.dependents(site.path), objects))

    def original(self, source, flags):
        if source not in self.originals:
            made = object_of(self.folder(), source) + ".original"
            run([self.workshop.compiler, *flags, *self.workshop.library_flags, *INCLUDES, "-c", source, "-o", made])
            self.originals[source] = bytes_of(made)
        return self.originals[source]

    # ---- Tests ----

    def chosen_tests(self, site):
        """Those that execute the line, or one beside it where no code is said to be on it: likely killers first."""
        executed = self.lines.get(site.path, {})
        numbers = sorted(map(int, executed))
        if site.scope in ("enum",) or not any(number == site.line_number for number in numbers):
            below = [number for number in numbers if number < site.line_number][-1:]
            above = [number for number in numbers if number > site.line_number][:1]
            near = numbers if self.is_outside_of_functions(site) else below + above
        else:
            near = [site.line_number]
        names = {name for number in near for name in executed[str(number)]}
        names |= {"fault/" + site.path.split("/")[1]} & set(self.tests) # its child processes tell no lines
        with self.lock:
            kills = self.killers.get(site.path, Counter()) + self.killers.get((site.path, site.scope), Counter())
        own = OWN_TESTS[site.path.split("/")[1]]
        likely = sorted((self.tests[name] for name in names),
                        key=lambda test: (test.seconds + 0.01) / (1 + kills[test.name] + 3 * test.name.startswith(own)))
        return likely if self.with_checks else first_of(likely, QUICK_SECONDS)

    @staticmethod
    def is_outside_of_functions(site):
        return not site.body.startswith("{\n") or "return" not in site.body and ";" not in site.body

    def killer(self, site, folder, objects, tests, kind):
        """The first test that fails, or None."""
        library = self.link(folder, objects, kind)
        for test in tests:
            if not self.passes(test, library, kind):
                self.need_original_to_pass(site, folder, test, kind)
                return test.name
        return None

    def link(self, folder, objects, kind):
        library = os.path.join(folder, kind + "-libsla.so") # by this name tests/fault knows whose allocations they are
        linker = ["ld"] if kind == "plain" else [self.workshop.compiler, *CHECKS]
        run([*linker, "-shared", "-o", library, *objects])
        return library

    def need_original_to_pass(self, site, folder, test, kind):
        """Else it is the way of trying, such as a sanitizer that cannot be loaded, that kills."""
        if (test.name, kind) in self.trusted:
            return
        library = self.link(folder, self.compile(site, folder, FLAGS[kind], changed=False), kind)
        if not self.passes(test, library, kind):
            raise Failure("the test %s fails on the original of %s as well (%s)" % (test.name, site.path, kind))
        self.trusted.add((test.name, kind))

    def passes(self, test, library, kind):
        environment = {**self.workshop.environment, "LD_LIBRARY_PATH": FOLDER + "/plain"}
        seconds = max(1, math.ceil(SLOWER[kind] * test.seconds))
        limits = "ulimit -c 0; ulimit -t %d" % seconds
        preloaded = os.path.abspath(library)
        if kind == "checked": # the sanitizer reserves more addresses than there is memory, and limits what is used itself
            preloaded = self.workshop.asan + ":" + preloaded
            environment["ASAN_OPTIONS"] = "hard_rss_limit_mb=%d" % (MEMORY_KILOBYTES // 1000)
        else:
            limits += "; ulimit -v %d" % MEMORY_KILOBYTES
            if not has_own_heap(test.name):
                preloaded = HEAP + ":" + preloaded
                environment["SLA_HEAP_LEFT"] = test.left
        command = ["sh", "-c", limits + '; export LD_PRELOAD="$0"; exec "$@"', preloaded, *test.command]
        try:
            done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL,
                                  env=environment, check=False, timeout=30 + 20 * seconds)
        except subprocess.TimeoutExpired:
            return False
        return done.returncode == 0


def first_of(tests, seconds):
    """The first tests that together take no longer, and one at least."""
    chosen = []
    for test in tests:
        seconds -= test.seconds
        if chosen and seconds < 0:
            break
        chosen.append(test)
    return chosen


def bytes_of(path):
    with open(path, "rb") as file:
        return file.read()
