#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The API from Python: the headers parse in cffi, arrays pass without a copy, the example prints its report."""
import subprocess
import sys
from pathlib import Path

root = Path(sys.argv[1])
sys.path.insert(0, str(root / "examples" / "python"))
try:
    import cffi  # noqa: F401
    import numpy as np
except ImportError as missing:
    print(f"skipped: {missing}")
    sys.exit(77)

from sla import SIZE_MAX, check, ffi, find, instant, lib, load_contract, made, written  # noqa: E402
from report import column, dtype  # noqa: E402

VIVVO = root / "examples" / "vivvo"


def every_declaration_is_in_the_library():
    functions = [name for name in dir(lib) if name.startswith("sla_")]
    assert len(functions) > 80, functions
    for name in functions:
        getattr(lib, name)  # raises when the shared library does not export it


def records_have_their_sizes_in_numpy():
    for record, size in (("sla_request", 64), ("sla_scope", 24), ("sla_due", 32), ("sla_cycle", 128), ("sla_group", 192)):
        assert dtype(record).itemsize == size, record


def office():
    zone = made(lib.sla_zone_load, lib.sla_zone_unref, b"Europe/Belgrade", SIZE_MAX, ffi.NULL, 0)
    builder = made(lib.sla_calendar_builder_new, lib.sla_calendar_builder_free, zone, 0, 4102444800)
    check(lib.sla_calendar_builder_add_hours(builder, 31, 9 * 3600, 18 * 3600, ffi.NULL))
    return made(lib.sla_calendar_builder_build, lib.sla_calendar_unref, builder)


def a_batch_passes_without_a_copy():
    calendar = office()
    start = instant("2026-11-23T08:00:00Z")
    at = start + np.arange(100_000, dtype=np.int64) * 977
    seconds = np.full_like(at, 24 * 3600)
    due, statuses = np.empty_like(at), np.empty(len(at), np.int32)
    memory = column(due, "int64_t")
    assert int(ffi.cast("uintptr_t", memory)) == due.ctypes.data, "NumPy's own memory is handed over"
    check(lib.sla_calendar_add_many(calendar, len(at), column(at, "int64_t"), column(seconds, "int64_t"), memory,
                                    column(statuses, "int32_t")))
    assert not statuses.any()
    result, scalar = ffi.new("int64_t *"), []
    for instant_of_element in at[::1000]:
        check(lib.sla_calendar_add(calendar, int(instant_of_element), 24 * 3600, result))
        scalar.append(result[0])
    assert scalar == due[::1000].tolist(), "§3.5: batch = scalar"
    assert written(due[0]) == "2026-11-25T14:00:00Z"


def one_bad_element_does_not_stop_a_batch():
    contract = load_contract(VIVVO / "contract.yaml")
    requests = np.zeros(3, dtype("sla_request"))
    requests["received"] = [instant("2026-11-23T10:00:00Z"), -1, instant("2026-11-23T10:00:00Z")]
    for field in ("tier", "channel", "service", "language"):
        requests[field] = lib.SLA_UNSAID
    requests["criterion"] = find(contract, lib.SLA_ELEMENT_CRITERION, "normal")
    dues, statuses = np.zeros(3, dtype("sla_due")), np.empty(3, np.int32)
    check(lib.sla_contract_due_many(contract, 0, 3, column(requests, "sla_request"), column(dues, "sla_due"),
                                    column(statuses, "int32_t")))
    assert statuses.tolist() == [lib.SLA_OK, lib.SLA_HORIZON, lib.SLA_OK]
    assert dues["at"][0] == dues["at"][2] > requests["received"][0]


def the_example_prints_its_report():
    command = [sys.executable, root / "examples/python/report.py", VIVVO / "contract.yaml", VIVVO / "requests.csv",
               "2026-11-23T12:00:00Z"]
    printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    assert "premium" in printed and "standard" in printed, printed
    assert " requests, 0 of them refused" not in printed, "the sample has requests that are refused"


def main():
    tests = [every_declaration_is_in_the_library, records_have_their_sizes_in_numpy, a_batch_passes_without_a_copy,
             one_bad_element_does_not_stop_a_batch, the_example_prints_its_report]
    for test in tests:
        test()
        print("ok", test.__name__)


main()
