#!/usr/bin/python3
"""usage: second_parser_test.py CONTRACT_VIEW_PROGRAM

Contract documents as libyaml and as a second parser see them: PyYAML's, in Python alone. Of each document, and of random
mutations of it, PyYAML's tree is written down again as JSON with every text in quotes, and the library is asked about both
spellings: the contracts or complaints must be the same but for their places. What PyYAML refuses the library must refuse, except
for a tab between two tokens, which JSON and YAML allow and PyYAML does not know.

SLA_ROUNDS says how many mutations of each document; SLA_SEED makes them others than usual.
"""
import glob
import os
import random
import subprocess
import sys
import tempfile

import yaml
import yaml.composer
import yaml.parser
import yaml.reader
import yaml.resolver
import yaml.scanner

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
ROUNDS = int(os.environ.get("SLA_ROUNDS", "8"))
AT_A_TIME = 200
TAB = r"found character '\t' that cannot start any token"


class Refused(Exception):
    pass


class Parser(yaml.reader.Reader, yaml.scanner.Scanner, yaml.parser.Parser):
    def __init__(self, text):
        yaml.reader.Reader.__init__(self, text)
        yaml.scanner.Scanner.__init__(self)
        yaml.parser.Parser.__init__(self)


def quoted(text):
    def escape(character):
        if character in '"\\':
            return "\\" + character
        return f"\\u{ord(character):04x}" if ord(character) < 32 or 0x7f <= ord(character) < 0xa0 or \
            character in "\u2028\u2029\ufeff" else character
    return '"' + "".join(map(escape, text)) + '"'


def as_json(parser):
    """The document as JSON. None when it has what contracts do not use: anchors, tags, a second document."""
    if parser.check_event(yaml.StreamStartEvent):
        parser.get_event()
    if parser.check_event(yaml.StreamEndEvent):
        return None
    start = parser.get_event()
    if start.tags:
        return None
    written = node_as_json(parser)
    parser.get_event()
    return written if parser.check_event(yaml.StreamEndEvent) else drained(parser)


def drained(parser):
    while parser.check_event():
        parser.get_event()
    return None


def node_as_json(parser):
    event = parser.get_event()
    if isinstance(event, yaml.AliasEvent) or event.anchor is not None or event.tag is not None:
        drained(parser)
        raise StopIteration
    if isinstance(event, yaml.ScalarEvent):
        return quoted(event.value)
    entries = []
    if isinstance(event, yaml.SequenceStartEvent):
        while not parser.check_event(yaml.SequenceEndEvent):
            entries.append(node_as_json(parser))
        parser.get_event()
        return "[" + ", ".join(entries) + "]"
    while not parser.check_event(yaml.MappingEndEvent):
        if not parser.check_event(yaml.ScalarEvent, yaml.AliasEvent):
            drained(parser)
            raise StopIteration
        entries.append(node_as_json(parser) + ": " + node_as_json(parser))
    parser.get_event()
    return "{" + ", ".join(entries) + "}"


def second_view(data):
    """PyYAML's document as JSON, None when it reads what contracts do not use; Refused when it cannot read it, or reads half a
    character (the escape of a surrogate)."""
    try:
        tree = as_json(Parser(data.decode("utf-8")))
        return None if tree is None else tree.encode("utf-8")
    except StopIteration:
        return None
    except (yaml.YAMLError, UnicodeError) as error:
        raise Refused(str(error)) from error


def library_views(program, folder, documents):
    """What the library sees in each: a list of lines."""
    names = []
    for number, data in enumerate(documents):
        names.append(os.path.join(folder, str(number)))
        with open(names[-1], "wb") as file:
            file.write(data)
    views = []
    for first in range(0, len(names), AT_A_TIME):
        output = subprocess.run([program, *names[first:first + AT_A_TIME]], check=True, capture_output=True,
                                timeout=600).stdout.decode().split("\n")
        at = 0
        while output[at]:
            count = int(output[at].split("\t")[1])
            views.append(output[at + 1:at + 1 + count])
            at += 1 + count
    return views


def is_refused(view):
    return bool(view) and view[0].startswith("SLA_")


PIECES = ["\n", "  ", "\t", ": ", "- ", "[", "]", "{", "}", ", ", "'", '"', "#", " #", "|\n", ">-\n  ", "?", "&a ", "*a", "!x ",
          "---\n", "...\n", "\\", "\\n", "\r\n", "\u00e4", "\u2028", "~", "%", "@", "`", "<<: ", "x-a: ", ":", "-", "0", " "]


def mutated(chance, data):
    """One to three small changes: pieces put in, taken out, doubled, moved."""
    text = data.decode("utf-8", "replace")
    for _ in range(chance.randint(1, 3)):
        at = chance.randrange(len(text) + 1)
        end = min(len(text), at + chance.randint(1, 30))
        change = chance.randrange(4)
        if change == 0:
            text = text[:at] + chance.choice(PIECES) + text[at:]
        elif change == 1:
            text = text[:at] + text[end:]
        elif change == 2:
            text = text[:end] + text[at:]
        else:
            other = chance.randrange(len(text) + 1)
            text = text[:at] + text[other:other + end - at] + text[at:]
    return text.encode("utf-8")


def sources():
    paths = glob.glob(os.path.join(ROOT, "tests/invalid/*/contract.yaml")) + glob.glob(
        os.path.join(ROOT, "tests/schema/good/*")) + glob.glob(os.path.join(ROOT, "tests/fuzz/corpus/document/*")) + glob.glob(
            os.path.join(ROOT, "tests/fuzz/cases/document/*")) + glob.glob(os.path.join(ROOT, "examples/vivvo/*.yaml"))
    for path in sorted(paths):
        with open(path, "rb") as file:
            yield file.read()


def all_documents():
    chance = random.Random(int(os.environ.get("SLA_SEED", "20261123")))
    for data in sources():
        yield data
        for _ in range(ROUNDS):
            yield mutated(chance, data)


def tell(what, data, *views):
    print(f"{what}:\n{data!r}")
    for view in views:
        print("   ", "\n    ".join(view[:5]))


def main(program):
    documents = list(all_documents())
    both, trees, failures, refused, unused = [], [], 0, 0, 0
    with tempfile.TemporaryDirectory() as folder:
        for data, view in zip(documents, library_views(program, folder, documents)):
            try:
                tree = second_view(data)
            except Refused as reason:
                refused += 1
                if not is_refused(view) and TAB not in str(reason):
                    failures += 1
                    tell(f"PyYAML refuses ({reason}), the library does not", data, view)
                continue
            if tree is None:
                unused += 1
            else:
                both.append((data, view))
                trees.append(tree)
        compared = 0
        for (data, view), other in zip(both, library_views(program, folder, trees)):
            unreadable = len(view) == 1 and "this is not YAML" in view[0] or "cannot be read" in "".join(view[:1])
            compared += not unreadable
            if not unreadable and view != other:
                failures += 1
                tell("two spellings of one tree differ", data, view, other)
    print(f"second-parser: documents {len(documents)}, trees-compared {compared}, second-refuses {refused}, "
          f"with-what-contracts-do-not-use {unused}, failures {failures}")
    return 1 if failures or compared == 0 or refused == 0 else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
