#!/usr/bin/python3
"""usage: worst_inputs.py FOLDER_OF_REPLAY_PROGRAMS [NAME…]

Makes large inputs that ask for as much work or memory as the stated bounds allow, megabytes that nobody wants to commit, and
hands each to the fuzzer of its kind, whose replaying program fails over a second or 256 MB. Prints what each took.
"""
import os
import re
import subprocess
import sys
import tempfile

FEED_BYTES = 16 << 20
DOCUMENT_BYTES = 4 << 20


# ---- Feeds ----

def calendar(body):
    return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n" + body + "END:VCALENDAR\r\n"


def event(uid, lines):
    return f"BEGIN:VEVENT\r\nUID:{uid}\r\n{lines}END:VEVENT\r\n"


def fill(make, size=FEED_BYTES - 100):
    """The pieces make(0), make(1), … up to so many bytes."""
    pieces, total = [], 0
    while True:
        piece = make(len(pieces))
        total += len(piece)
        if total > size:
            return "".join(pieces)
        pieces.append(piece)


def at_most(count, make, size=FEED_BYTES - 100):
    pieces, total = [], 0
    for i in range(count):
        piece = make(i)
        total += len(piece)
        if total > size:
            break
        pieces.append(piece)
    return "".join(pieces)


def day(number):
    return f"{1970 + number // 336 % 400:04}{number // 28 % 12 + 1:02}{number % 28 + 1:02}"


def exdates(name, count):
    return "".join(f"{name};VALUE=DATE:{','.join(day(j) for j in range(i, min(i + 5000, count)))}\r\n"
                   for i in range(0, count, 5000))


def feed_of_exception_dates():
    return calendar(at_most(2, lambda i: event(i, "DTSTART;VALUE=DATE:20200101\r\n" + exdates("EXDATE", 199000))))


def feed_of_too_many_exception_dates():
    return calendar(fill(lambda i: event(i, "DTSTART;VALUE=DATE:20200101\r\n" + exdates("EXDATE", 190000))))


def feed_of_exception_dates_each_on_its_line():
    return calendar(at_most(39, lambda i: event(i, "DTSTART:20200101T000000Z\r\n" + "EXDATE:20260101T000000Z\r\n" * 10000)))


def feed_of_extra_dates():
    return calendar(at_most(2, lambda i: event(i, "DTSTART;VALUE=DATE:20200101\r\n" + exdates("RDATE", 199000))))


def feed_of_categories():
    return calendar(at_most(13, lambda i: event(i, "DTSTART;VALUE=DATE:20200101\r\nCATEGORIES:" + "a," * 30000 + "a\r\n")))


def feed_of_many_properties():
    return calendar(at_most(400, lambda i: event(i, "DTSTART;VALUE=DATE:20200101\r\n" + "SUMMARY:x\r\n" * 990)))


def feed_of_bare_events():
    return calendar(at_most(99990, lambda i: "BEGIN:VEVENT\r\nEND:VEVENT\r\n"))


def feed_of_small_events():
    return calendar(at_most(99990, lambda i: event(i, f"DTSTART;VALUE=DATE:{day(i)}\r\nSUMMARY:Day {i}\r\n")))


def feed_of_full_events():
    return calendar(at_most(43000, lambda i: event(
        i, f"DTSTAMP:20250101T000000Z\r\nDTSTART;TZID=Europe/Belgrade:{day(i)}T080000\r\nDTEND;TZID=Europe/Belgrade:{day(i)}"
        f"T120000\r\nSUMMARY:Day {i}\r\nSEQUENCE:1\r\nTRANSP:OPAQUE\r\n")))


def feed_of_daily_rules():
    return calendar(at_most(28000, lambda i: event(i, f"DTSTART;VALUE=DATE:{day(i)}\r\nRRULE:FREQ=DAILY\r\n")))


def feed_of_short_rules():
    return calendar(at_most(28000, lambda i: event(i, f"DTSTART;VALUE=DATE:{day(i)}\r\nRRULE:FREQ=DAILY;COUNT=60\r\n")))


def feed_of_rules_that_fit_never():
    return calendar(at_most(2000, lambda i: event(
        i, "DTSTART;VALUE=DATE:15000101\r\nRRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30;COUNT=2\r\n")))


def feed_of_rules_with_many_times():
    minutes = ",".join(map(str, range(60)))
    hours = ",".join(map(str, range(24)))
    return calendar(at_most(2000, lambda i: event(
        i, f"DTSTART:19700101T000000Z\r\nDURATION:PT1S\r\nRRULE:FREQ=DAILY;BYHOUR={hours};BYMINUTE={minutes};BYSETPOS=-1\r\n")))


def feed_of_rules_in_zones():
    return calendar(at_most(2000, lambda i: event(
        i, "DTSTART;TZID=Europe/Belgrade:16000101T080000\r\nDURATION:PT1H\r\nRRULE:FREQ=DAILY;UNTIL=23000101T000000Z\r\n")))


def feed_of_lunar_rules(rule):
    return calendar(at_most(2000, lambda i: event(i, f"DTSTART;VALUE=DATE:19700206\r\nRRULE:RSCALE=CHINESE;FREQ={rule}\r\n")))


def feed_of_lunar_rules_of_rare_dates():
    return feed_of_lunar_rules("YEARLY;BYMONTH=5L;BYMONTHDAY=30;SKIP=FORWARD")


def feed_of_lunar_rules_of_dates_rare_as_can_be():
    return feed_of_lunar_rules("YEARLY;BYMONTH=1L;BYMONTHDAY=30;SKIP=BACKWARD")


def feed_of_lunar_rules_of_dates_that_never_come():
    return feed_of_lunar_rules("YEARLY;BYMONTH=1L;BYMONTHDAY=30;SKIP=OMIT")


def feed_of_lunar_rules_of_years():
    return feed_of_lunar_rules("YEARLY")


def feed_of_lunar_rules_of_months():
    return feed_of_lunar_rules("MONTHLY;BYMONTHDAY=1,29,-29,-1,15")


def feed_of_lunar_rules_of_single_months():
    return feed_of_lunar_rules("MONTHLY;BYMONTHDAY=29;INTERVAL=1000")


def feed_of_lunar_rules_of_most_days():
    return feed_of_lunar_rules("YEARLY;BYMONTH=1,2,3,4,5,6,7,8,9,10,11,12;BYMONTHDAY=" + ",".join(map(str, range(1, 30))))


def feed_of_overrides():
    return calendar(event("x", "DTSTART;VALUE=DATE:20200101\r\nRRULE:FREQ=DAILY\r\n") + at_most(
        99980, lambda i: event("x", f"RECURRENCE-ID;VALUE=DATE:{day(i)}\r\nDTSTART;VALUE=DATE:{day(i)}\r\n")))


def feed_of_long_names():
    return calendar(fill(lambda i: event("U" * 60000 + str(i), "DTSTART;VALUE=DATE:20200101\r\n")))


def feed_of_long_names_of_one_beginning():
    return calendar(fill(lambda i: event("U" * 2000 + str(i), "DTSTART;VALUE=DATE:20200101\r\nRRULE:FREQ=YEARLY\r\n"
                                         "EXDATE;VALUE=DATE:20210101\r\n")))


def feed_of_zones():
    zone = ("BEGIN:VTIMEZONE\r\nTZID:zone {0}\r\nBEGIN:STANDARD\r\nDTSTART:16010101T000000\r\nTZOFFSETFROM:+0200\r\n"
            "TZOFFSETTO:+0100\r\nRRULE:FREQ=MONTHLY;BYDAY=1SU\r\nEND:STANDARD\r\nBEGIN:DAYLIGHT\r\n"
            "DTSTART:16010115T000000\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\nRRULE:FREQ=MONTHLY;BYDAY=3SU\r\n"
            "END:DAYLIGHT\r\nEND:VTIMEZONE\r\n")
    return calendar("".join(zone.format(i) for i in range(1000)) + at_most(
        90000, lambda i: event(i, f"DTSTART;TZID=zone {i % 1000}:20260101T080000\r\nDURATION:PT1H\r\n"), FEED_BYTES - 500000))


def feed_of_folded_lines():
    return calendar(event(1, "DTSTART;VALUE=DATE:20260101\r\nX-LONG:" + "a\r\n " * 4000000) )


def feed_of_unknown_lines():
    return calendar(event(1, "DTSTART;VALUE=DATE:20260101\r\n" + "X-A:1\r\n" * 2000000))


def feed_of_repeated_ends():
    return calendar("END:A\r\n" * 2000000)


# ---- Documents ----

HEAD = "#" * 70000 + "\nsla: 1\nname: Large\ntime_zone: UTC\n"  # large to the fuzzer: loaded once, with the default horizon


def document_of_calendars():
    return HEAD + "calendars:\n" + "".join(
        f'  c{i}: {{time_zone: "+{i % 14:02}:{i % 60:02}", hours: {{mon-sun: "{i // 60:02}:{i % 60:02}-23:59"}}}}\n'
        for i in range(999))


def document_of_busy_calendars():
    hours = ", ".join(f'"{h:02}:{m:02}-{h:02}:{m + 1:02}"' for h in range(24) for m in range(0, 60, 6))
    return HEAD + "calendars:\n" + "".join(
        f"  c{i}: {{time_zone: Europe/Belgrade, hours: {{mon-sun: [{hours}]}}}}\n" for i in range(999))[:DOCUMENT_BYTES - 200000]


def document_of_a_chain(operation):
    return HEAD + 'calendars:\n  a: {hours: {mon-fri: "08:00-17:00"}}\n  b: {hours: {sat: "10:00-12:00"}}\n' + "".join(
        f"  c{i}: {{{operation}: [{f'c{i - 1}' if i else 'a'}, b]}}\n" for i in range(495))


def document_of_a_chain_of_unions():
    return document_of_a_chain("union")


def document_of_a_chain_of_differences():
    return document_of_a_chain("difference")


def document_of_wide_combinations():
    parts = ", ".join(["a", "b"] * 490)
    return HEAD + 'calendars:\n  a: {hours: {mon-fri: "08:00-17:00"}}\n  b: {hours: {sat: "10:00-12:00"}}\n' + "".join(
        f"  c{i}: {{union: [{parts}]}}\n" for i in range(200))


def document_of_busy_combinations():
    hours = ", ".join(f'"{h:02}:{m:02}-{h:02}:{m + 1:02}"' for h in range(24) for m in range(0, 60, 3))
    return HEAD + f"calendars:\n  a: {{hours: {{mon-sun: [{hours}]}}}}\n" + \
        '  b: {hours: {mon-sun: "10:00-20:00"}}\n' + "".join(
            f"  c{i}: {{intersection: [{f'c{i - 1}' if i else 'a'}, b]}}\n" for i in range(300))


def document_of_exceptions():
    return HEAD + "calendars:\n" + "".join(
        f'  c{i}: {{hours: {{mon-sun: "08:00-17:00"}}, exceptions: [' +
        ", ".join(f'{{date: 20{j // 336:02}-{j // 28 % 12 + 1:02}-{j % 28 + 1:02}}}' for j in range(9999)) + "]}\n"
        for i in range(11))


def document_of_long_exceptions():
    hours = ", ".join(f'"{h:02}:{m:02}-{h:02}:{m + 1:02}"' for h in range(24) for m in range(0, 60, 2))
    return HEAD + f'calendars:\n  c: {{hours: {{mon: "08:00-17:00"}}, exceptions: [' + ", ".join(
        f"{{from: 1970-01-01, until: 2100-01-01, hours: [{hours}]}}" for i in range(300)) + "]}\n"


def document_of_words():
    return HEAD + "languages: [" + ", ".join(f"l{i}" for i in range(9999)) + "]\n" + "".join(
        f"x-{i}: [" + "a, " * 9900 + "a]\n" for i in range(23))


def document_of_keys():
    return HEAD + "".join(f"key-{i}: {{}}\n" for i in range(9990))


def document_of_one_key():
    return HEAD + "name: x\n" * 9990


def document_of_services():
    return HEAD + "services:\n  covered:\n" + "".join(f"    s{i}: {{aliases: [t{i}, u{i}]}}\n" for i in range(9999))


def document_of_unknown_references():
    long = "s" * 200
    return HEAD + "services:\n  covered:\n" + "".join(f"    {long}{i}: {{}}\n" for i in range(9000)) + "targets:\n" + "".join(
        f"  - {{service: {long}x{i}, within: 1h}}\n" for i in range(2000))


def document_of_unknown_zones():
    return HEAD + "calendars:\n" + "".join(
        f'  c{i}: {{time_zone: Europe/Belgrad{i}, hours: {{mon: "08:00-17:00"}}}}\n' for i in range(999))


def document_of_tiers():
    return HEAD + "channels: {a: {}}\ntiers:\n" + "".join(
        f"  t{i}: {{includes: [{', '.join(f't{j}' for j in range(i + 1, 255))}]}}\n" for i in range(254)) + "  t254: {}\n"


def document_of_rows():
    return HEAD + "tiers: {" + ", ".join(f"t{i}: {{}}" for i in range(250)) + "}\ntargets:\n" + "".join(
        f"  - {{tier: [{', '.join(f't{j}' for j in range(10))}], within: 1h}}\n" for i in range(9990))


def document_of_criteria():
    values = [", ".join(f"v{j}" for j in range(10))] * 6
    return HEAD + "attributes:\n" + "".join(f"  a{i}: [{v}]\n" for i, v in enumerate(values)) + "criteria:\n" + "".join(
        f"  - {{name: c{i % 10}, when: {{a0: v{i % 10}, a1: v{i // 10 % 10}, a2: v{i // 100 % 10}, a3: v{i // 1000 % 10}, "
        "a4: v0, a5: v1}}\n" for i in range(9990))


def document_of_wide_criteria():
    values = ", ".join(f"v{j}" for j in range(10))
    return HEAD + "attributes:\n" + "".join(f"  a{i}: [{values}]\n" for i in range(6)) + "criteria:\n" + "".join(
        f"  - {{name: c{i % 10}, when: {{a0: [{values}], a5: [v{i % 9}]}}}}\n" for i in range(9000))


def document_of_metrics():
    return HEAD + "metrics:\n" + "".join(
        f"  m{i}: {{start: [{', '.join(f'e{j}' for j in range(200))}], stop: f}}\n" for i in range(250))


def document_of_one_text():
    return HEAD + "note: " + "a" * (DOCUMENT_BYTES - 100) + "\n"


def document_of_escapes():
    return '{"sla": 1, "name": "x", "time_zone": "UTC", "note": "' + "\\u00e4" * 690000 + '"}'


def document_of_brackets():
    return HEAD + "note: " + "[" * (DOCUMENT_BYTES - 100)


def document_of_dashes():
    return HEAD + "note:\n" + "- " * 2000000


def document_of_questions():
    return HEAD + "? " * 2000000


def document_of_comments():
    return HEAD + "#\n" * 2000000


def document_of_empty_lines():
    return HEAD + "note: |\n" + "\n" * 4000000


def document_of_plain_lines():
    return HEAD + "note: a\n" + "  b\n" * 1000000


def document_of_open_quotes():
    return HEAD + 'note: "' + "a: 'b\n" * 690000


def document_with_a_large_feed_in_many_zones():
    body = calendar(at_most(20000, lambda i: event(i, f"DTSTART;VALUE=DATE:{day(i)}\r\nSUMMARY:Day {i}\r\n")))
    return HEAD + "calendars:\n" + "".join(
        f'  c{i}: {{time_zone: "+{i // 60:02}:{i % 60:02}", hours: {{mon: "08:00-17:00"}}, feeds: [own]}}\n'
        for i in range(500)) + "---feed\n" + body


# ---- Zones ----

def zone_of_changes():
    times = range(1767225600, 1767225600 + 25000)
    header = b"TZif2" + bytes(15)
    counts = lambda n, types: b"".join(x.to_bytes(4, "big") for x in (0, 0, 0, n, types, 4))
    kinds = (-43200).to_bytes(4, "big", signed=True) + b"\0\0" + (43200).to_bytes(4, "big") + b"\1\0"
    first = header + counts(0, 1) + bytes(6) + b"LMT\0"
    return first + header + counts(len(times), 2) + b"".join(t.to_bytes(8, "big") for t in times) + bytes(
        i % 2 for i in range(len(times))) + kinds + b"LMT\0" + b"\nAAA12BBB-12,0/0,J365/167\n"


# ---- Requests and events ----

REQUESTS_BYTES = 4 << 20


def requests_of_one_field():
    return "received,service\n2026-11-16T10:00:00Z," + "s" * (4 * REQUESTS_BYTES) + "\n"


def requests_of_quotes():
    return "received,service\n2026-11-16T10:00:00Z,\"" + '""' * (2 * REQUESTS_BYTES) + "\"\n"


def requests_of_empty_fields():
    return "received,service\n" + "," * (4 * REQUESTS_BYTES) + "\n"


def requests_of_broken_rows():
    return "id,received,tier\n" + '"\n' * (REQUESTS_BYTES // 16)


def requests_that_are_decided():
    return "id,received,tier,responded\n" + fill(
        lambda i: f"{i},2026-11-16T10:00:00Z,premium,2026-11-17T10:00:00Z\n", REQUESTS_BYTES)


def requests_with_an_event_each():
    return ("id,received\n" + "".join(f"{i},2026-11-16T10:00:00Z\n" for i in range(20000)) + "---events\nid,at,event\n"
            + "".join(f"{i},2026-11-17T10:00:00Z,resolved\n" for i in range(20000)))


def requests_of_one_that_is_paused_often():
    return ("id,received\n1,2026-11-16T10:00:00Z\n---events\nid,at,event\n" + "".join(
        f"1,2026-11-{17 + i // 43200:02}T{i // 3600 % 24:02}:{i // 60 % 60:02}:{i % 60:02}Z,{('waiting', 'answered')[i % 2]}\n"
        for i in range(REQUESTS_BYTES // 32)))


def requests_that_look_ahead_among_long_names():
    name = "n" * 4000
    return ("id,received\n" + "".join(f"{name}{i},2026-11-16T10:00:00Z\n" for i in range(REQUESTS_BYTES // 4096))
            + "---events\nid,at,event\n" + "".join(f"{name}x{i},2026-11-17T10:00:00Z,resolved\n" for i in range(1000)))


def requests_of_strays():
    return "id,received\n---events\nid,at,event\n" + "x,,\n" * (REQUESTS_BYTES // 16)


def run(programs, folder, name, make):
    kind = name.split("_", 1)[0]
    made = make()
    path = os.path.join(folder, name)
    with open(path, "wb") as file:
        file.write(made if isinstance(made, bytes) else made.encode())
    done = subprocess.run([os.path.join(programs, kind + "_replay"), path], stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          text=True, errors="replace", timeout=600, check=False)
    os.remove(path)
    figures = re.search(r"slowest-ms (\d+), megabytes (\d+)", done.stdout)
    slowest, megabytes = (int(figures[1]), int(figures[2])) if figures else (0, 0)
    print(f"{slowest:6} ms {megabytes:5} MB  {'ok    ' if done.returncode == 0 else 'FAILED'} {name}", flush=True)
    if done.returncode != 0 and not figures:
        print(done.stdout)
    return done.returncode == 0, slowest, megabytes


def main(programs, *wanted):
    makers = {name: made for name, made in globals().items() if re.match(r"(feed|document|zone|requests)_", name)}
    makers.pop("document_of_a_chain")
    makers.pop("feed_of_lunar_rules")
    if not os.path.exists(os.path.join(programs, "requests_replay")):  # it needs the examples
        makers = {name: made for name, made in makers.items() if not name.startswith("requests_")}
    results = []
    with tempfile.TemporaryDirectory() as folder:
        for name in wanted or makers:
            results.append(run(programs, folder, name, makers[name]))
    failed = sum(not fine for fine, _, _ in results)
    print(f"worst-inputs: inputs {len(results)}, slowest-ms {max(r[1] for r in results)}, "
          f"megabytes {max(r[2] for r in results)}, failures {failed}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
