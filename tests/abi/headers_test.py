#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The judge of the headers finds what was planted, and nothing in what is clean."""
import unittest

from headers import (HAZARDS, Header, calls, constants, differences, enum_types, functions, hazards_of, mapped_symbols,
                     record_fields, record_types, unpinned)

CLEAN = """
/* A long comment on a union of FILE and time_t, with an inline enum ... */
#ifndef SLA_CLEAN_H
#define SLA_CLEAN_H
#include <stddef.h>
#include <stdint.h>
#include <sla/base.h>
#ifndef SLA_API
#define SLA_API
#endif
#define SLA_NONE INT64_MIN
#ifdef __cplusplus
extern "C" {
#endif
typedef int32_t sla_status;
enum { SLA_A = 0, SLA_B = 1 /* long */ };
typedef struct sla_thing sla_thing;
typedef struct sla_point {
    int64_t at; /* when: a time_t */
    int32_t reserved[3];
} sla_point;
SLA_API sla_status sla_thing_new(const char *name, size_t length, sla_thing **thing);
SLA_API const char *sla_thing_name(const sla_thing *thing);
SLA_API void sla_thing_move_many(sla_thing *const *things, size_t count, const sla_point *points);
#ifdef __cplusplus
}
#endif
#endif
"""

PLANTED = (
    ("varargs", "SLA_API void sla_log(const char *format, ...);"),
    ("va_list", "SLA_API void sla_log(const char *format, va_list arguments);"),
    ("inline function", "static inline int32_t sla_twice(int32_t number) { return 2 * number; }"),
    ("inline function", "SLA_API __inline int32_t sla_twice(int32_t number);"),
    ("function-like macro", "#define SLA_TWICE(number) (2 * (number))"),
    ("function-like macro", "#  define SLA_TWICE(number) \\\n (2 * (number))"),
    ("bit-field", "typedef struct sla_flags { uint32_t open : 1; uint32_t rest : 31; } sla_flags;"),
    ("union", "typedef struct sla_value { union { int64_t number; char text[8]; } is; } sla_value;"),
    ("union", "typedef union sla_value { int64_t number; char text[8]; } sla_value;"),
    ("FILE", "SLA_API void sla_thing_print(const sla_thing *thing, FILE *file);"),
    ("time_t", "SLA_API sla_status sla_thing_at(time_t at);"),
    ("long", "SLA_API sla_status sla_thing_wait(unsigned long seconds);"),
    ("long", "typedef struct sla_span { long begin; } sla_span;"),
    ("bare enum", "SLA_API void sla_paint(enum sla_colour colour);"),
    ("bare enum", "typedef enum sla_colour { SLA_RED } sla_colour; SLA_API void sla_paint(sla_colour colour);"),
    ("bare enum", "typedef enum { SLA_RED } sla_colour; SLA_API sla_colour sla_painted(void);"),
    ("bare enum", "typedef struct sla_wall { enum sla_colour colour; } sla_wall;"),
    ("callback", "SLA_API void sla_each(void (*visit)(void *context), void *context);"),
    ("callback", "typedef void (*sla_visitor)(void *context);"),
    ("callback", "typedef struct sla_hooks { void *(*allocate)(size_t size); } sla_hooks;"),
    ("struct by value", "SLA_API sla_status sla_thing_move(sla_thing *thing, sla_point to);"),
    ("struct by value", "SLA_API sla_point sla_thing_place(const sla_thing *thing);"),
    ("struct by value", "SLA_API void sla_thing_move(struct sla_point to);"),
    ("pointer in record", "typedef struct sla_text { const char *start; int64_t length; } sla_text;"),
    ("pointer in record", "typedef struct sla_list { sla_thing *things[4]; } sla_list;"),
    ("width left open", "typedef struct sla_text { size_t length; } sla_text;"),
    ("width left open", "typedef struct sla_rate { double share; } sla_rate;"),
    ("width left open", "SLA_API sla_status sla_thing_wait(sla_thing *thing, unsigned seconds);"),
    ("width left open", "SLA_API int sla_thing_count(const sla_thing *thing);"),
    ("width left open", "SLA_API sla_status sla_thing_open(const sla_thing *thing, bool *open);"),
    ("foreign include", "#include <stdio.h>"),
    ("foreign include", '#include "sla/base.h"'),
    ("function without SLA_API", "sla_status sla_thing_forget(sla_thing *thing);"),
    ("not understood", "extern int32_t sla_count;"),
    ("not understood", "SLA_API int32_t other_function(void);"),
)


def hazards(text):
    headers = [Header(text)]
    return [kind for kind, _ in hazards_of(headers[0], record_types(headers), enum_types(headers))]


class HeadersTest(unittest.TestCase):
    def test_clean_headers_have_no_hazard(self):
        self.assertEqual(hazards(CLEAN), [])

    def test_functions_are_found(self):
        self.assertEqual(functions([Header(CLEAN)]), ["sla_thing_new", "sla_thing_name", "sla_thing_move_many"])

    def test_calls_are_found(self):
        source = '/* sla_a(1) */ "sla_b(2) \\" // sla_c()"; sla_d(3); // sla_e(4)\nx = sla_f (5); y = &sla_g; z = "/* ";sla_h();'
        self.assertEqual(calls(source), {"sla_d", "sla_f", "sla_h"})

    def test_each_planted_hazard_is_found(self):
        for kind, planted in PLANTED:
            with self.subTest(kind=kind, planted=planted):
                self.assertIn(kind, hazards(CLEAN.replace("typedef struct sla_thing", planted + "\ntypedef struct sla_thing", 1)))

    def test_each_kind_of_hazard_is_planted(self):
        self.assertEqual({kind for kind, _ in PLANTED}, set(HAZARDS))

    def test_size_t_is_no_hazard_of_a_function(self):
        self.assertEqual(hazards("SLA_API size_t sla_thing_length(const sla_thing *thing, size_t *capacity);"), [])


MAP = """# sla_comment;
SLA_0 {
    global: sla_one; sla_two;
    local: *;
};
SLA_1 { global: sla_three; local: *; } SLA_0;
"""
EXPORTED = {"sla_one": ("T", "@@SLA_0"), "sla_two": ("T", "@@SLA_0"), "sla_three": ("T", "@@SLA_1")}


class SymbolsTest(unittest.TestCase):
    """Headers, map and library are of one mind, or it is said who is not."""

    def compare(self, declared=("sla_one", "sla_two", "sla_three"), version_script=MAP, exported=None):
        mapped, complaints = mapped_symbols(version_script)
        return complaints + list(differences(list(declared), mapped, EXPORTED if exported is None else exported))

    def test_no_difference(self):
        self.assertEqual(self.compare(), [])

    def test_each_difference_is_named(self):
        without_two = {name: how for name, how in EXPORTED.items() if name != "sla_two"}
        for planted, complaint in (
            ({"declared": ("sla_one", "sla_two")}, "sla_three is not declared, in the map, exported"),
            ({"declared": ("sla_one", "sla_two", "sla_three", "sla_one")}, "sla_one is declared twice"),
            ({"version_script": MAP.replace("sla_two;", "")}, "sla_two is declared, not in the map, exported"),
            ({"version_script": MAP.replace("sla_two;", "sla_two; sla_two;")}, "sla_two is in the map twice"),
            ({"version_script": MAP.replace("sla_two;", "sla_two; sla_*;")}, "the map exports a pattern, sla_*, instead of names"),
            ({"version_script": MAP.replace("local: *;", "", 1)}, "the map does not keep the rest local in SLA_0"),
            ({"exported": without_two}, "sla_two is declared, in the map, not exported"),
            ({"exported": {**EXPORTED, "sli_two": ("T", "")}}, "sli_two is not declared, not in the map, exported"),
            ({"exported": {**EXPORTED, "sla_two": ("B", "@@SLA_0")}}, "sla_two is exported as B@@SLA_0, not as a function of SLA_0"),
            ({"exported": {**EXPORTED, "sla_three": ("T", "@@SLA_0")}},
             "sla_three is exported as T@@SLA_0, not as a function of SLA_1"),
        ):
            with self.subTest(complaint=complaint):
                self.assertEqual(self.compare(**planted), [complaint])


PINNED = """
#define FIELD(record, field, place, bytes)
RECORD(sla_point, 20);
FIELD(sla_point, at, 0, 8);
FIELD(sla_point, reserved, 8, 12);
CONSTANT(SLA_NONE, INT64_MIN);
CONSTANT(SLA_A, 0);
CONSTANT(SLA_B, 1);
"""


class PinsTest(unittest.TestCase):
    """What is not pinned is named."""

    def test_fields_and_constants_are_found(self):
        self.assertEqual(list(record_fields([Header(CLEAN)])), ["sla_point.at", "sla_point.reserved"])
        self.assertEqual(list(constants([Header(CLEAN)])), ["SLA_NONE", "SLA_A", "SLA_B"])

    def test_all_is_pinned(self):
        self.assertEqual(unpinned([Header(CLEAN)], PINNED)[1], [])

    def test_what_is_not_pinned_is_named(self):
        for line, name in (("RECORD(sla_point, 20);", "sizeof sla_point"), ("FIELD(sla_point, at, 0, 8);", "sla_point.at"),
                           ("CONSTANT(SLA_B, 1);", "SLA_B"), ("CONSTANT(SLA_NONE, INT64_MIN);", "SLA_NONE")):
            with self.subTest(line=line):
                self.assertEqual(unpinned([Header(CLEAN)], PINNED.replace(line, ""))[1], [name])


if __name__ == "__main__":
    unittest.main()
