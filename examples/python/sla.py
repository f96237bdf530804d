# SPDX-License-Identifier: MIT
"""libsla for Python through cffi, without a compiled helper: the library's own headers are the declarations.

`lib` has the functions and constants of <sla/sla.h>, `ffi` makes memory for them; the few functions below turn text, statuses
and records into what Python programs expect.
"""
import os
import re
from pathlib import Path

import cffi

HEADERS = ("base.h", "calendar.h", "contract.h", "clock.h", "report.h")
INT64_MIN, SIZE_MAX = -(2**63), 2**64 - 1


def declarations(include):
    """The headers as cffi takes them: without directives, `extern "C"` and SLA_API."""
    text = "\n".join((Path(include) / "sla" / name).read_text(encoding="utf-8") for name in HEADERS)
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    text = re.sub(r'#ifdef __cplusplus\s+(extern "C" \{|\})\s+#endif', "", text)
    text = re.sub(r"^\s*#.*$", "", text, flags=re.MULTILINE)
    return text.replace("SLA_API ", "").replace("INT32_MAX", "0x7fffffff")


ffi = cffi.FFI()
ffi.cdef(declarations(os.environ.get("SLA_INCLUDE", "/usr/local/include")))
lib = ffi.dlopen(os.environ.get("SLA_LIBRARY", "libsla.so.0"))
NONE = INT64_MIN


class Error(Exception):
    """A call that failed: the status's name, and what the library says of it."""


def check(status, error=None):
    if status != lib.SLA_OK:
        message = "" if error is None else f": line {error.line}: " + ffi.string(error.message).decode()
        raise Error(ffi.string(lib.sla_status_name(status)).decode() + message)


def made(make, release, *arguments):
    """The object that `make(*arguments, &object, &error)` gives; let go when Python no longer needs it."""
    out, error = ffi.new(f"{ffi.typeof(make).args[-2].item.cname}[1]"), ffi.new("sla_error *")
    check(make(*arguments, out, error), error)
    return ffi.gc(out[0], release)


def load_contract(path):
    """Loads a contract document with the feeds that it asks for, which are looked for beside it."""
    path = Path(path)
    text = path.read_bytes()
    document = made(lib.sla_document_load, lib.sla_document_free, text, len(text))
    for i in range(lib.sla_document_feed_count(document)):
        feed = (path.parent / ffi.string(lib.sla_document_feed_file(document, i)).decode()).read_bytes()
        error = ffi.new("sla_error *")
        name = lib.sla_document_feed_name(document, i)
        check(lib.sla_document_set_feed(document, name, SIZE_MAX, feed, len(feed), error), error)
    return made(lib.sla_document_build, lib.sla_contract_unref, document, ffi.NULL)


def find(contract, element, name):
    """The index of a name; SLA_UNSAID for none, SLA_UNKNOWN for one that the contract does not know."""
    if not name:
        return lib.SLA_UNSAID
    index = ffi.new("int32_t *")
    lib.sla_contract_find(contract, element, name.encode(), SIZE_MAX, index)
    return index[0]


def instant(text):
    value, error = ffi.new("int64_t *"), ffi.new("sla_error *")
    check(lib.sla_instant_parse(text.encode(), SIZE_MAX, value, error), error)
    return value[0]


def written(seconds, zone=ffi.NULL):
    buffer = ffi.new("char[32]")
    check(lib.sla_instant_format(int(seconds), zone, buffer, 32))
    return ffi.string(buffer).decode()


def reasons(bits):
    return [ffi.string(lib.sla_reason_name(1 << i)).decode() for i in range(8) if bits >> i & 1]
