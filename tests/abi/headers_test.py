#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The judge of the headers finds what was planted, and nothing in what is clean."""
import unittest

from headers import HAZARDS, Header, enum_types, functions, hazards_of, record_types

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

    def test_each_planted_hazard_is_found(self):
        for kind, planted in PLANTED:
            with self.subTest(kind=kind, planted=planted):
                self.assertIn(kind, hazards(CLEAN.replace("typedef struct sla_thing", planted + "\ntypedef struct sla_thing", 1)))

    def test_each_kind_of_hazard_is_planted(self):
        self.assertEqual({kind for kind, _ in PLANTED}, set(HAZARDS))


if __name__ == "__main__":
    unittest.main()
