/* SPDX-License-Identifier: MIT */
/*
 * What every module stands on: text, errors, growable arrays, checked arithmetic, civil dates, reference counts.
 *
 * Names that begin with sli_ are the library's own; only sla_ names are exported.
 */
#ifndef SLI_BASE_H
#define SLI_BASE_H

#include "base/always.h"

#include <sla/base.h>

#include <stdatomic.h>
#include <stdbool.h>

/* ---- Text: a borrowed piece of UTF-8, not NUL-terminated ---- */

typedef struct text {
    const char *start;
    size_t length;
} text;

/* From an API argument: NULL gives the empty text, a length of SIZE_MAX means NUL-terminated. */
text sli_text(const char *start, size_t length);
bool sli_text_equal(text left, text right);
/* Equal without regard to the case of ASCII letters. */
bool sli_text_equal_folded(text left, text right);
bool sli_text_is(text left, const char *literal);
bool sli_text_is_utf8(text value);
/* The length of the longest beginning that is well-formed UTF-8. */
size_t sli_text_utf8_prefix(text value);
/* A NUL-terminated copy to free(); NULL when memory is out. */
char *sli_text_copy(text value);
/* The name among `count` candidates that is nearest to `name` by edit distance, if it is near enough to be meant; or NULL.
 */
const char *sli_text_nearest(text name, const char *const *candidates, size_t count);

/* ---- Errors ---- */

#if defined(__GNUC__)
#define SLI_PRINTF(format_index, first_argument) __attribute__((format(printf, format_index, first_argument)))
#else
#define SLI_PRINTF(format_index, first_argument)
#endif

/* Fills `error` (if there is one) and returns `code`. The format takes no floating point, so no locale matters. */
sla_status sli_fail(sla_error *error, sla_status code, const char *format, ...) SLI_PRINTF(3, 4);
sla_status sli_fail_memory(sla_error *error);
#ifdef __clang_analyzer__
/* The analyzer does not see into error.c: what these return is the status that they are given. */
#define sli_fail(error, code, ...) (sli_fail(error, code, __VA_ARGS__), (code))
#define sli_fail_memory(error) (sli_fail_memory(error), SLA_OUT_OF_MEMORY)
#endif

/* Keeps a complaint; `diagnostics` may be NULL. */
void sli_diagnostics_add(sla_diagnostics *diagnostics, const sla_error *complaint);

/* For messages: the text quoted by "%.*s", cut to 80 bytes. */
#define SLI_QUOTED(value) sli_quoted_length(value), (value).start
int sli_quoted_length(text value);

/* ---- Answers ---- */

/* A call that fails leaves 0 where its answer would be, if there is such a place. */
static inline void sli_clear(int32_t *answer) {
    if (answer != NULL) {
        *answer = 0;
    }
}

/* ---- Growable arrays ---- */

/* Makes room for `needed` items of `size` bytes, at least doubling. On failure nothing changes. */
bool sli_reserve(void **items, size_t *capacity, size_t needed, size_t size);

/* Appends to a struct with the fields items, count, capacity. False when memory is out. */
#define SLI_APPEND(array, item)                                                                                            \
    (sli_reserve((void **)&(array)->items, &(array)->capacity, (array)->count + 1, sizeof *(array)->items)                 \
         ? ((array)->items[(array)->count++] = (item), true)                                                               \
         : false)

/* ---- Checked arithmetic: false on overflow, `result` is then not to be used ---- */

static inline bool sli_add(int64_t left, int64_t right, int64_t *result) {
    return !__builtin_add_overflow(left, right, result);
}
static inline bool sli_subtract(int64_t left, int64_t right, int64_t *result) {
    return !__builtin_sub_overflow(left, right, result);
}
static inline bool sli_multiply(int64_t left, int64_t right, int64_t *result) {
    return !__builtin_mul_overflow(left, right, result);
}
/* Division that rounds down; `divisor` > 0. */
static inline int64_t sli_floor_divide(int64_t dividend, int64_t divisor) {
    const int64_t quotient = dividend / divisor;
    return dividend % divisor < 0 ? quotient - 1 : quotient;
}

/* ---- Civil dates: days since 1970-01-01, proleptic Gregorian ---- */

enum { SLI_DAY = 86400 };
enum { SLI_YEAR_MIN = -9999, SLI_YEAR_MAX = 9999 };

typedef struct civil {
    int32_t year;
    int32_t month; /* 1 to 12 */
    int32_t day;   /* 1 to 31 */
} civil;

int32_t sli_date_of_civil(civil date); /* the date must exist */
civil sli_civil_of_date(int32_t date);
bool sli_civil_exists(civil date); /* within SLI_YEAR_MIN and SLI_YEAR_MAX */
int32_t sli_days_in_month(int32_t year, int32_t month);
int32_t sli_weekday(int32_t date); /* Monday 0 to Sunday 6 */
/* "YYYY-MM-DD" of years 0000 to 9999, nothing else. */
bool sli_date_parse(text value, int32_t *date);

/* ---- Reference counts ---- */

typedef atomic_int_fast32_t reference_count;

static inline void sli_reference_start(reference_count *count) {
    atomic_init(count, 1);
}
static inline void sli_reference_add(reference_count *count) {
    atomic_fetch_add_explicit(count, 1, memory_order_relaxed);
}
/* True for whoever lets go last. */
static inline bool sli_reference_drop(reference_count *count) {
    return atomic_fetch_sub_explicit(count, 1, memory_order_acq_rel) == 1;
}

#endif
