# SPDX-License-Identifier: MIT
"""What mutants are tried with: the library and the test programs, built once, and which lines each test executes."""

import glob
import hashlib
import json
import os
import subprocess
import tempfile
from collections import namedtuple
from concurrent.futures import ThreadPoolExecutor

FOLDERS = ("src/calendar", "src/clock", "src/contract")
FOLDER = "build/mutation"
HEAP = os.path.abspath(FOLDER + "/heap.so")
# They are long, and ask about other folders.
LEFT_OUT = {"zone_system_test", "zone_test", "feed_recurrence_test", "feed_refusals_test", "threads_test"}
MODEL = {"SLA_MODEL_SEED": "1", "SLA_MODEL_FIXTURES": "12", "SLA_MODEL_LIVES": "12", "SLA_MODEL_OTHERS": "40"}
# Conditions of ALWAYS and NEVER (src/base/always.h) are constants here, as where coverage is measured.
COMMON = ["-std=c11", "-w", "-DNDEBUG", "-DSLA_COVERAGE"]
INCLUDES = ["-Iinclude", "-Isrc"]

# `left`: the blocks of memory that the test leaves behind, in libraries and zones that are kept.
Test = namedtuple("Test", "name command seconds left content")


class Failure(Exception):
    """What ends the whole run."""


def run(command, **options):
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", errors="replace",
                          check=False, **options)
    if done.returncode != 0:
        raise Failure("%s\n%s" % (" ".join(command), done.stdout))
    return done.stdout


def digest_of(paths, *more):
    summed = hashlib.sha256()
    for path in sorted(paths):
        with open(path, "rb") as file:
            summed.update(path.encode() + b"\0" + file.read() + b"\0")
    for text in more:
        summed.update(text.encode())
    return summed.hexdigest()[:20]


def files_below(folder):
    return [os.path.join(at, name) for at, _, names in os.walk(folder) for name in names]


def pkg_config(*arguments):
    return run(["pkg-config", *arguments]).split()


def wraps_functions(source):
    """Whether the program takes the place of functions that the library calls, which it can only where both are linked."""
    name = os.path.basename(source)[:-2]
    with open(os.path.dirname(source) + "/CMakeLists.txt", encoding="utf-8") as file:
        return any(name in line and "--wrap" in line for line in file)


def object_of(folder, source):
    return os.path.join(folder, source.replace("/", "_")[:-2] + ".o")


def has_own_heap(test_name):
    return test_name.startswith("fault/")


class Workshop:
    def __init__(self, jobs):
        self.jobs = jobs
        self.compiler = os.environ.get("CC", "cc")
        self.library_flags = COMMON + ["-fPIC", "-DSLA_API="] + pkg_config("--cflags", "libical", "yaml-0.1")
        self.library_links = pkg_config("--libs", "libical", "yaml-0.1") + ["-lpthread"]
        self.sources = sorted(glob.glob("src/*/*.c"))
        self.headers = sorted(glob.glob("src/*/*.h") + glob.glob("include/sla/*.h"))
        self.header_digest = digest_of(self.headers)
        self.asan = run([self.compiler, "-print-file-name=libasan.so"]).strip()
        self.environment = {name: value for name, value in os.environ.items() if not name.startswith(("SLA_", "LD_", "GCOV"))}
        self.environment.update(SLA_ROUNDS="10", CMOCKA_TEST_ABORT="1", TZ="UTC")

    # ---- Building ----

    def each(self, function, items):
        with ThreadPoolExecutor(self.jobs) as workers:
            return list(workers.map(function, items))

    def build(self):
        stamp = digest_of(self.sources + self.headers + files_below("tests/unit") + files_below("tests/api") +
                          glob.glob("tests/conformance/*.c") + glob.glob("tests/invalid/*.c") + glob.glob("tests/fault/*.[ch]") +
                          ["tests/mutation/heap.c"], run([self.compiler, "--version"]),
                          " ".join(self.library_flags))
        if self.is_of("build", stamp):
            return
        for name in ("plain", "covered", "tests", "depends"):
            os.makedirs(os.path.join(FOLDER, name), exist_ok=True)
        run([self.compiler, "-std=gnu11", "-O2", "-fno-builtin", "-fPIC", "-shared", "tests/mutation/heap.c", "-o", HEAP])
        self.each(self.build_object, self.sources)
        plain = [object_of(FOLDER + "/plain", source) for source in self.sources]
        covered = [object_of(FOLDER + ("/covered" if source.startswith(FOLDERS) else "/plain"), source)
                   for source in self.sources]
        run([self.compiler, "-shared", "-o", FOLDER + "/plain/libsla.so", *plain, *self.library_links])
        run([self.compiler, "-shared", "--coverage", "-o", FOLDER + "/covered/libsla.so", *covered, *self.library_links])
        self.each(self.build_program, sorted(self.programs().items()))
        self.keep("build", stamp)

    def build_object(self, source):
        depends = os.path.join(FOLDER, "depends", source.replace("/", "_"))
        run([self.compiler, "-O1", *self.library_flags, *INCLUDES, "-MMD", "-MF", depends, "-c", source, "-o",
             object_of(FOLDER + "/plain", source)])
        if source.startswith(FOLDERS):
            run([self.compiler, "-O0", "--coverage", *self.library_flags, *INCLUDES, "-c", source, "-o",
                 object_of(FOLDER + "/covered", source)])

    def programs(self):
        """The sources of each test program."""
        made = {}
        for source in sorted(glob.glob("tests/unit/*_test.c") + glob.glob("tests/api/*_test.c")):
            name = os.path.basename(source)[:-2]
            if name not in LEFT_OUT and not wraps_functions(source):
                made[name] = [source]
        made["conformance"] = sorted(glob.glob("tests/conformance/*.c"))
        made["invalid_test"] = ["tests/invalid/invalid_test.c"]
        if os.path.isdir("tests/fault"):
            made["fault"] = sorted(glob.glob("tests/fault/*.c"))
        return made

    def build_program(self, program):
        name, sources = program
        own = ["-D_GNU_SOURCE", '-DFAULT_SCRATCH="%s"' % FOLDER, '-DFAULT_TESTS="tests"'] if name == "fault" else []
        run([self.compiler, "-O1", *COMMON, *own, *INCLUDES, *sources, "-o", os.path.join(FOLDER, "tests", name),
             "-L" + FOLDER + "/plain", "-lsla", *pkg_config("--cflags", "--libs", "cmocka", "jansson"), *self.library_links, "-ldl"])

    def dependents(self, path):
        """The sources that a change of the file changes."""
        if path.endswith(".c"):
            return [path]
        found = []
        for source in self.sources:
            with open(os.path.join(FOLDER, "depends", source.replace("/", "_")), encoding="utf-8") as file:
                if source.startswith(FOLDERS) and path in file.read().split():
                    found.append(source)
        return found

    # ---- Tests ----

    def tests(self):
        """All tests, with the seconds of the processor that they take."""
        shared = glob.glob("tests/unit/*.h")
        listed = []
        for name, sources in self.programs().items():
            program = os.path.join(FOLDER, "tests", name)
            content = digest_of(sources + shared)
            if name == "conformance":
                vectors = sorted(glob.glob("tests/conformance/*.jsonl")) + [self.model_cases(program)]
                listed += [("conformance/" + os.path.basename(path), [program, path], digest_of(sources + [path]))
                           for path in vectors]
            elif name == "invalid_test":
                listed.append((name, [program, "tests/invalid"], digest_of(files_below("tests/invalid"))))
            elif name == "fault":
                content = digest_of(files_below("tests/fault"))
                listed += [("fault/" + group, [program, group], content) for group in ("calendar", "contract", "clock")]
            else:
                listed.append((name, [program], content))
        return self.each(lambda entry: Test(*entry[:2], *self.usual(*entry[:2]), entry[2]), listed)

    def model_cases(self, program):
        stamp = digest_of(files_below("tests/model"), str(MODEL))
        folder = os.path.abspath(FOLDER)
        path = os.path.join(FOLDER, "model-1.jsonl")
        if not self.is_of("model", stamp) or not os.path.exists(path):
            run(["/usr/bin/python3", "-B", "tests/model/compare.py", program, folder],
                env={**self.environment, **MODEL, "LD_LIBRARY_PATH": FOLDER + "/plain"})
            self.keep("model", stamp)
        return path

    def usual(self, name, command):
        """The seconds of the processor that a test takes, and the blocks that it leaves."""
        counted = "%s/left-%s" % (FOLDER, name.replace("/", "_"))
        own_heap = {} if has_own_heap(name) else {"LD_PRELOAD": HEAP, "SLA_HEAP_COUNT": counted}
        with tempfile.TemporaryFile() as output:
            running = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT,
                                       env={**self.environment, "LD_LIBRARY_PATH": FOLDER + "/plain", **own_heap})
            _, status, used = os.wait4(running.pid, 0)
            running.returncode = os.waitstatus_to_exitcode(status)
            if running.returncode != 0:
                output.seek(0)
                raise Failure("the test %s fails before anything is changed (%d):\n%s"
                              % (name, running.returncode, output.read().decode(errors="replace")))
        if not own_heap:
            return used.ru_utime + used.ru_stime, ""
        with open(counted, encoding="utf-8") as file:
            left = file.read()
        os.remove(counted)
        return used.ru_utime + used.ru_stime, left

    # ---- Lines ----

    def lines(self, tests):
        """Per file and line, the names of the tests that execute it."""
        stamp = digest_of([FOLDER + "/build.stamp"], *sorted(test.name + test.content for test in tests))
        path = FOLDER + "/lines.json"
        if not self.is_of("lines", stamp) or not os.path.exists(path):
            executed = {}
            for name, found in self.each(self.lines_of, tests):
                for source, numbers in found.items():
                    for number, hit in numbers.items():
                        names = executed.setdefault(source, {}).setdefault(number, [])
                        if hit and name not in names:
                            names.append(name)
            with open(path, "w", encoding="utf-8") as file:
                json.dump(executed, file)
            self.keep("lines", stamp)
        with open(path, encoding="utf-8") as file:
            return json.load(file)

    def lines_of(self, test):
        folder = os.path.abspath(os.path.join(FOLDER, "counted", test.name.replace("/", "_")))
        run(["rm", "-rf", folder])
        os.makedirs(folder)
        run(test.command, env={**self.environment, "LD_LIBRARY_PATH": FOLDER + "/covered", "GCOV_PREFIX": folder,
                               "GCOV_PREFIX_STRIP": "99"})
        counted = sorted(os.path.basename(path)[:-5] for path in glob.glob(folder + "/*.gcda"))
        found = {}
        if counted:
            for name in counted:
                os.symlink(os.path.abspath(os.path.join(FOLDER, "covered", name + ".gcno")),
                           os.path.join(folder, name + ".gcno"))
            told = subprocess.run(["gcov", "--json-format", "--stdout"] + [name + ".gcda" for name in counted], cwd=folder,
                                  stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True, encoding="utf-8").stdout
            for line in told.splitlines():
                for file in json.loads(line)["files"] if line.startswith("{") else ():
                    for counts in file["lines"]:
                        numbers = found.setdefault(file["file"], {})
                        number = str(counts["line_number"])
                        numbers[number] = numbers.get(number, False) or counts["count"] > 0
        run(["rm", "-rf", folder])
        return test.name, found

    # ---- What was built from what ----

    def is_of(self, what, stamp):
        try:
            with open(os.path.join(FOLDER, what + ".stamp"), encoding="utf-8") as file:
                return file.read() == stamp
        except OSError:
            return False

    def keep(self, what, stamp):
        with open(os.path.join(FOLDER, what + ".stamp"), "w", encoding="utf-8") as file:
            file.write(stamp)
