#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Reads the public headers and judges what bindings and binaries depend on.

    headers.py hazards HEADER...                          counts what a binding cannot use; every count must be 0
    headers.py symbols --nm NM --map MAP --shared LIB --static LIB HEADER...
                                                          declared functions, the version script and exported symbols must
                                                          be the same; each difference is named
    headers.py pins --pins FILE HEADER...                 every field of every record and every constant must be pinned there
    headers.py hollow HEADER...                           prints a C file that defines each function without doing anything:
                                                          all that a binary interface shows of the headers

The headers keep to a small part of C, so a few patterns are enough to read them. What no pattern reads is itself a
finding: nothing passes because it was not understood.
"""
import argparse
import re
import subprocess
import sys
from pathlib import Path

HAZARDS = (
    "varargs", "va_list", "inline function", "function-like macro", "bit-field", "union", "FILE", "time_t", "long",
    "bare enum", "callback", "struct by value", "pointer in record", "width left open", "foreign include",
    "function without SLA_API", "not understood",
)
OWN_INCLUDES = re.compile(r"<(stdint\.h|stddef\.h|sla/\w+\.h)>")
# Text is char; counts and lengths are size_t, which no record holds.
OPEN_WIDTH = re.compile(r"\b(int|short|unsigned|signed|bool|_Bool|float|double|wchar_t|char16_t|char32_t|ssize_t|off_t|u?intptr_t"
                        r"|ptrdiff_t|u?int_(fast|least)\d+_t)\b")
NAMES = {"va_list": "va_list", "union": "union", "FILE": "FILE", "time_t": "time_t", "long": "long"}


class Header:
    """The declarations of one header, without comments and directives."""

    def __init__(self, text):
        text = re.sub(r"\\\n", " ", text)
        text = re.sub(r"/\*.*?\*/", " ", text, flags=re.S)
        text = re.sub(r"//[^\n]*", " ", text)
        self.directives = re.findall(r"^[ \t]*#[^\n]*", text, flags=re.M)
        text = re.sub(r"^[ \t]*#[^\n]*", "", text, flags=re.M)
        text = re.sub(r'extern\s*"C"\s*\{', "", text)
        self.declarations = list(split_declarations(text))


def split_declarations(text):
    """The pieces of `text` that end with a semicolon, or with a brace that no semicolon follows, outside of braces."""
    depth, start = 0, 0
    for place, character in enumerate(text):
        depth += (character == "{") - (character == "}")
        function_body = character == "}" and depth == 0 and not re.match(r"\s*(\w+\s*(\[\w*\]\s*)*)?;", text[place + 1:])
        if depth < 0:  # the brace that closes extern "C"
            depth, start = 0, place + 1
        elif depth == 0 and (character == ";" or function_body):
            piece = " ".join(text[start:place].split())
            start = place + 1
            if piece:
                yield piece
    rest = " ".join(text[start:].split())
    if rest:
        yield rest


FUNCTION = re.compile(r"(?P<before>.*?)\b(?P<name>sla_\w+)\s*\((?P<parameters>.*)\)$")


def function_of(declaration):
    """A match for the declaration of a function, or None."""
    if declaration.startswith("typedef") or "{" in declaration or "(*" in declaration.replace("( *", "(*").split("sla_")[0]:
        return None
    return FUNCTION.fullmatch(declaration)


def functions(headers):
    """The names of all functions that the headers declare."""
    return [match["name"] for header in headers for match in map(function_of, header.declarations) if match]


def calls(source):
    """The public functions that a C source calls: neither in comments nor in texts."""
    text = re.sub(r'/\*.*?\*/|//[^\n]*|"(\\.|[^"\\\n])*"', " ", source, flags=re.S)
    return set(re.findall(r"\b(sla_\w+)\s*\(", text))


def record_types(headers):
    """Typedef names of structs, also of those that are opaque."""
    declarations = [declaration for header in headers for declaration in header.declarations]
    found = (re.fullmatch(r"typedef struct\b.*?(\w+)", declaration) for declaration in declarations)
    return {match[1] for match in found if match}


def enum_types(headers):
    """Typedef names of enums."""
    declarations = [declaration for header in headers for declaration in header.declarations]
    found = (re.fullmatch(r"typedef enum\b.*?(\w+)", declaration) for declaration in declarations)
    return {match[1] for match in found if match}


def hazards_of(header, records, enums):
    """(kind of hazard, where) for each hazard of a header."""
    yield from directive_hazards(header)
    for declaration in header.declarations:
        yield from word_hazards(declaration)
        function = function_of(declaration)
        if function:
            yield from function_hazards(function, records, enums)
        else:
            yield from type_hazards(declaration, enums)


def directive_hazards(header):
    for directive in header.directives:
        macro = re.match(r"\s*#\s*define\s+(\w+)\(", directive)
        if macro and macro[1] != "SLA_API":
            yield "function-like macro", directive
        included = re.match(r"\s*#\s*include\s*(.*)", directive)
        if included and not OWN_INCLUDES.fullmatch(included[1].strip()):
            yield "foreign include", directive


def word_hazards(declaration):
    for hazard, word in NAMES.items():
        if re.search(rf"\b{word}\b", declaration):
            yield hazard, declaration
    if re.search(r"\b(inline|__inline|__inline__)\b", declaration):
        yield "inline function", declaration
    if "..." in declaration:
        yield "varargs", declaration
    if re.search(r"\(\s*\*", declaration):
        yield "callback", declaration
    if OPEN_WIDTH.search(declaration):
        yield "width left open", declaration


def function_hazards(function, records, enums):
    before, parameters = function["before"], function["parameters"]
    if not before.startswith("SLA_API "):
        yield "function without SLA_API", function[0]
    result = before.replace("SLA_API ", "", 1) + "result"
    for piece in [result] + parameters.split(","):
        words = piece.replace("*", " * ").split()
        if "enum" in words or enums.intersection(words):
            yield "bare enum", piece.strip() + " in " + function["name"]
        if "*" not in words and "[" not in piece and ("struct" in words or records.intersection(words)):
            yield "struct by value", piece.strip() + " in " + function["name"]


def field_hazards(field, enums):
    """Records that hold no pointers need no rule on how long the caller's memory must last."""
    if ":" in field:
        yield "bit-field", field
    if "enum" in field.split() or enums.intersection(field.split()):
        yield "bare enum", field
    if "*" in field:
        yield "pointer in record", field
    if re.search(r"\bsize_t\b", field):
        yield "width left open", field


def type_hazards(declaration, enums):
    body = re.search(r"\{(.*)\}", declaration)
    is_record = re.match(r"(typedef )?(struct|union)\b", declaration)
    if is_record and body:
        for field in filter(None, map(str.strip, body[1].split(";"))):
            yield from field_hazards(field, enums)
    understood = is_record or re.match(r"enum\b[^;]*\{.*\}$|typedef enum\b", declaration) or \
        re.fullmatch(r"typedef u?int(8|16|32|64)_t sla_\w+", declaration)
    if not understood:
        yield "not understood", declaration


def report_hazards(headers):
    records, enums = record_types(headers.values()), enum_types(headers.values())
    total = 0
    counts = {}
    for name, header in headers.items():
        for hazard, where in hazards_of(header, records, enums):
            counts[hazard, name] = counts.get((hazard, name), 0) + 1
            total += 1
            print(f"{name}: {hazard}: {where}", file=sys.stderr)
    width = max(map(len, HAZARDS))
    print(" " * width + "".join(f"{name:>12}" for name in headers))
    print(f"{'(functions)':<{width}}" + "".join(f"{len(functions([header])):>12}" for header in headers.values()))
    for hazard in HAZARDS:
        print(f"{hazard:<{width}}" + "".join(f"{counts.get((hazard, name), 0):>12}" for name in headers))
    print(f"hazards: headers {len(headers)}, functions {len(functions(headers.values()))}, kinds {len(HAZARDS)}, hazards {total}")
    if not functions(headers.values()):
        print("no function was found: the headers were not read", file=sys.stderr)
        return 1
    return 1 if total else 0


def symbols_of(nm, library, *options):
    """(kind, name without version) of the symbols that a library defines for others."""
    lines = subprocess.run([nm, *options, "--defined-only", library], check=True, stdout=subprocess.PIPE, text=True).stdout
    found = (re.fullmatch(r"[0-9a-f]+ (\w) ([^@\s]+)(@\S+)?", line) for line in lines.splitlines())
    return [(match[1], match[2], match[3] or "") for match in found if match]


def mapped_symbols(version_script):
    """(version, name) of the symbols that a version script makes global, and a complaint for each other pattern than names."""
    text = re.sub(r"/\*.*?\*/|#[^\n]*", " ", version_script, flags=re.S)
    symbols, complaints = [], []
    for version, body in re.findall(r"(\w+)\s*\{(.*?)\}", text, flags=re.S):
        public, local, hidden = body.partition("local:")
        names = re.sub(r"\bglobal:", " ", public).replace(";", " ").split()
        symbols += [(version, name) for name in names if re.fullmatch(r"\w+", name)]
        complaints += [f"the map exports a pattern, {name}, instead of names" for name in names if not re.fullmatch(r"\w+", name)]
        if not local or hidden.replace(";", " ").split() != ["*"]:
            complaints.append(f"the map does not keep the rest local in {version}")
    return symbols, complaints


def differences(declared, mapped, exported):
    """Complaints where headers (names), map ((version, name)) and library ({name: (kind, version)}) are not of one mind."""
    in_map = [name for _, name in mapped]
    versions = {name: version for version, name in mapped}
    yield from (f"{name} is declared twice" for name in sorted(set(declared)) if declared.count(name) > 1)
    yield from (f"{name} is in the map twice" for name in sorted(versions) if in_map.count(name) > 1)
    for name in sorted(set(declared) | set(in_map) | set(exported)):
        places = {"declared": name in declared, "in the map": name in versions, "exported": name in exported}
        if not all(places.values()):
            yield f"{name} is " + ", ".join(place if there else f"not {place}" for place, there in places.items())
        elif exported[name] != ("T", f"@@{versions[name]}"):
            yield f"{name} is exported as {''.join(exported[name])}, not as a function of {versions[name]}"


def report_symbols(headers, arguments):
    declared = functions(headers.values())
    mapped, complaints = mapped_symbols(Path(arguments.map).read_text(encoding="utf-8"))
    exported = {name: (kind, version) for kind, name, version in symbols_of(arguments.nm, arguments.shared, "-D") if kind != "A"}
    complaints += differences(declared, mapped, exported)
    complaints += [f"the static library defines {name}, which is neither sla_ nor sli_"
                   for kind, name, _ in symbols_of(arguments.nm, arguments.static, "-g")
                   if not name.startswith(("sla_", "sli_", "__"))]
    for complaint in complaints:
        print(complaint, file=sys.stderr)
    print(f"symbols: declared {len(declared)}, mapped {len(mapped)}, exported {len(exported)}, differences {len(complaints)}")
    return 1 if complaints or not declared else 0


def record_fields(headers):
    """"record.field" for each field of each record."""
    for header in headers:
        for declaration in header.declarations:
            record = re.fullmatch(r"typedef struct \w+ \{(.*)\} (\w+)", declaration)
            for field in filter(None, map(str.strip, record[1].split(";"))) if record else ():
                yield record[2] + "." + re.match(r".*?(\w+)\s*(\[.*)?$", field)[1]


def constants(headers):
    """The names of all enumerators, and of the macros that stand for a number other than the version."""
    for header in headers:
        for directive in header.directives:
            macro = re.match(r"\s*#\s*define\s+(SLA_\w+)\s+\S", directive)
            if macro and not macro[1].startswith("SLA_VERSION_"):
                yield macro[1]
        for declaration in header.declarations:
            listed = re.match(r"(?:typedef )?enum\b[^{]*\{(.*)\}", declaration)
            for one in filter(None, map(str.strip, listed[1].split(","))) if listed else ():
                yield one.split("=")[0].strip()


def unpinned(headers, pins):
    """The records, fields and constants that no line of the pins names."""
    pinned = {".".join(re.findall(r"\w+", names)) for names in re.findall(r"^(?:FIELD|CONSTANT)\((\w+(?:, [a-z]\w*)?),", pins, re.M)}
    pinned |= {f"sizeof {record}" for record in re.findall(r"^RECORD\((\w+),", pins, re.M)}
    fields = list(record_fields(headers))
    wanted = fields + sorted({"sizeof " + field.split(".")[0] for field in fields}) + list(constants(headers))
    return wanted, [name for name in wanted if name not in pinned]


def report_pins(headers, pins):
    wanted, missing = unpinned(headers.values(), Path(pins).read_text(encoding="utf-8"))
    for name in missing:
        print(f"{name} is not pinned: add it to {pins}", file=sys.stderr)
    print(f"pins: wanted {len(wanted)}, missing {len(missing)}")
    return 1 if missing or not wanted else 0


def hollow_source(headers):
    """C text that defines each function of the headers, with nothing in it."""
    found = [match for header in headers for match in map(function_of, header.declarations) if match]
    bodies = (match[0] + (" { }" if re.match(r"SLA_API void $", match["before"]) else " { return 0; }") for match in found)
    return "#include <sla/sla.h>\n" + "\n".join(bodies) + "\n"


def main():
    parser = argparse.ArgumentParser(description="Judges the public headers.")
    commands = parser.add_subparsers(dest="command", required=True)
    options = {"hazards": (), "symbols": ("nm", "map", "shared", "static"), "pins": ("pins",), "hollow": ()}
    for command, needed in options.items():
        one = commands.add_parser(command)
        one.add_argument("headers", nargs="+", metavar="HEADER")
        for option in needed:
            one.add_argument(f"--{option}", required=True)
    arguments = parser.parse_args()
    headers = {Path(path).name: Header(Path(path).read_text(encoding="utf-8")) for path in arguments.headers}
    if arguments.command == "hazards":
        return report_hazards(headers)
    if arguments.command == "pins":
        return report_pins(headers, arguments.pins)
    if arguments.command == "hollow":
        print(hollow_source(headers.values()), end="")
        return 0
    return report_symbols(headers, arguments)


if __name__ == "__main__":
    sys.exit(main())
