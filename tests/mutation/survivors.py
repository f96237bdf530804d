# SPDX-License-Identifier: MIT
"""The list of mutants that survive for a reason (survivors.txt).

An entry is a block of three or more lines: `file function`, `line` with the text of the line that is changed, `change` with
what is done to it, and the reason, which may go over several lines:

    src/clock/next.c keep_earliest
    line    if (found->at < *earliest) {
    change  "<" to "<="
    At equal instants the count begins anew …

Where a line has the same change more than once, ` #2` after the change means the second. `change  any` stands for all
changes of that line.
"""

from collections import namedtuple

from workshop import Failure

PATH = "tests/mutation/survivors.txt"

Entry = namedtuple("Entry", "path scope line change number reason place")


def read(path=PATH):
    with open(path, encoding="utf-8") as file:
        blocks = file.read().split("\n\n")
    entries, place = [], 1
    for block in blocks:
        lines = [line for line in block.split("\n") if line and not line.startswith("#")]
        if lines:
            entries.append(entry_of(lines, "%s:%d" % (path, place)))
        place += block.count("\n") + 2
    return entries


def entry_of(lines, place):
    if len(lines) < 4 or not lines[1].startswith("line ") or not lines[2].startswith("change ") or " " not in lines[0]:
        raise Failure("%s: an entry has a file and a function, a line, a change and a reason; see tests/mutation/survivors.py"
                      % place)
    path, scope = lines[0].split()
    change, _, number = lines[2][len("change "):].strip().partition(" #")
    return Entry(path, scope, lines[1][len("line "):].strip(), change, int(number or 1), " ".join(lines[3:]), place)


def listed_sites(entries, named):
    """The sites that the entries name, and the entries that name none."""
    listed, stale = {}, []
    for entry in entries:
        if entry.change == "any":
            found = [site for key, site in named.items() if key[:3] == entry[:3]]
        else:
            found = [site for site in [named.get(entry[:5])] if site]
        if not found:
            stale.append(entry)
        listed.update((site, entry) for site in found)
    return listed, stale


def written(key):
    """A mutant as an entry, but for its reason."""
    path, scope, line, change, number = key
    return "%s %s\nline    %s\nchange  %s%s" % (path, scope, line, change, "" if number == 1 else " #%d" % number)
