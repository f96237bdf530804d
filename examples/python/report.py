#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Due times, scope and a compliance report for a CSV file of requests: report.py CONTRACT REQUESTS.csv NOW

Requests lie in one NumPy array that the library reads in place; verdicts are written straight into others.
Rows that cannot be read are left out here; examples/report.c shows how they are counted.
"""
import csv
import sys

import numpy as np

from sla import Error, SIZE_MAX, check, ffi, find, instant, lib, load_contract, made, reasons, written


def dtype(record):
    """The NumPy type of a C record, field by field at the C offsets."""
    fields = [(name, f.offset, f.type) for name, f in ffi.typeof(record).fields]
    of = {"int64_t": "i8", "uint64_t": "u8", "int32_t": "i4", "sla_status": "i4"}

    def numpy_type(c_type):
        if c_type.kind == "array":
            return (of[c_type.item.cname], (c_type.length,))
        return of[c_type.cname]

    return np.dtype(
        {
            "names": [name for name, _, _ in fields],
            "offsets": [offset for _, offset, _ in fields],
            "formats": [numpy_type(c_type) for _, _, c_type in fields],
            "itemsize": ffi.sizeof(record),
        }
    )


def column(array, record):
    """The array's own memory as C sees it."""
    return ffi.from_buffer(f"{record}[]", array, require_writable=True)


def criterion(contract, request, row):
    values = ffi.new("int32_t[]", max(1, lib.sla_contract_count(contract, lib.SLA_ELEMENT_ATTRIBUTE)))
    for i in range(lib.sla_contract_count(contract, lib.SLA_ELEMENT_ATTRIBUTE)):
        name = ffi.string(lib.sla_contract_name(contract, lib.SLA_ELEMENT_ATTRIBUTE, i)).decode()
        values[i] = lib.SLA_UNSAID
        if row.get(name):
            check(lib.sla_contract_find_value(contract, i, row[name].encode(), SIZE_MAX, values + i))
    found = ffi.new("int32_t *")
    lib.sla_contract_decide_criterion(contract, request, values, found)
    return found[0]


def read(contract, row):
    request = ffi.new("sla_request *")
    request.received = instant(row["received"])
    for field in ("tier", "channel", "service", "language"):
        setattr(request, field, find(contract, getattr(lib, f"SLA_ELEMENT_{field.upper()}"), row[field]))
    for fact in row["holds"].replace(";", " ").split():
        index = find(contract, lib.SLA_ELEMENT_FACT, fact)
        request.holds |= 1 << index if index >= 0 else 0
    request.criterion = criterion(contract, request, row)
    return request, instant(row["responded"]) if row["responded"] else None


def read_all(contract, path):
    """The rows that can be read: requests as one array, answers as a list."""
    requests, answers = [], []
    with open(path, encoding="utf-8-sig", errors="replace", newline="") as file:
        for row in csv.DictReader(file):
            try:
                request, responded = read(contract, row)
            except (Error, AttributeError, TypeError):
                continue
            requests.append(bytes(ffi.buffer(request)))
            answers.append(responded)
    return np.frombuffer(bytearray(b"".join(requests)), dtype("sla_request")), answers


def decide(contract, metric, requests):
    scopes = np.zeros(len(requests), dtype("sla_scope"))
    dues = np.zeros(len(requests), dtype("sla_due"))
    statuses = np.zeros((2, len(requests)), np.int32)
    lib.sla_contract_decide_scope_many(
        contract, len(requests), column(requests, "sla_request"), column(scopes, "sla_scope"), column(statuses[0], "int32_t")
    )
    lib.sla_contract_due_many(
        contract, metric, len(requests), column(requests, "sla_request"), column(dues, "sla_due"), column(statuses[1], "int32_t")
    )
    return scopes, dues, statuses.max(axis=0)


def compliance(contract, metric, now, requests, answers, scopes):
    report = made(lib.sla_report_new, lib.sla_report_free, contract, metric, lib.SLA_BY_TIER, 5)
    records, verdicts = column(requests, "sla_request"), column(scopes, "sla_scope")
    event, cycle, count = ffi.new("sla_event *"), ffi.new("sla_cycle *"), ffi.new("size_t *")
    event.event = find(contract, lib.SLA_ELEMENT_EVENT, "responded")
    for i, responded in enumerate(answers):
        event.at = responded or 0
        status = lib.sla_clock_evaluate(
            contract, metric, records + i, event, responded is not None, ffi.NULL, 0, now, cycle, 1, count, ffi.NULL
        )
        if status != lib.SLA_OK:
            check(lib.sla_report_add_invalid(report, i, records + i, status, ffi.NULL, 0, ffi.NULL))
        else:
            cycles = count[0] if verdicts[i].in_scope else 0
            check(lib.sla_report_add(report, i, records + i, verdicts + i, cycle, cycles, ffi.NULL))
    return report


def text_of(report):
    length = ffi.new("size_t *")
    lib.sla_report_write(report, lib.SLA_FORMAT_TEXT, ffi.NULL, 0, length, ffi.NULL)
    buffer = ffi.new("char[]", length[0] + 1)
    check(lib.sla_report_write(report, lib.SLA_FORMAT_TEXT, buffer, length[0] + 1, length, ffi.NULL))
    return ffi.string(buffer).decode()


def main():
    contract = load_contract(sys.argv[1])
    metric = find(contract, lib.SLA_ELEMENT_METRIC, "response")
    requests, answers = read_all(contract, sys.argv[2])
    scopes, dues, statuses = decide(contract, metric, requests)

    for i in range(min(5, len(requests))):
        scope = "in scope" if scopes["in_scope"][i] else " ".join(reasons(int(scopes["reasons"][i])))
        due = written(dues["at"][i], lib.sla_contract_zone(contract)) if dues["kind"][i] == lib.SLA_DUE_AT else "no due time"
        print(f"{written(requests['received'][i])}  {due:25}  {scope}")
    print(f"{len(requests)} requests, {int((statuses != 0).sum())} of them refused\n")
    print(text_of(compliance(contract, metric, instant(sys.argv[3]), requests, answers, scopes)), end="")


if __name__ == "__main__":
    main()
