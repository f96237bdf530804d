/* SPDX-License-Identifier: MIT */
/* Whose closing a combination names (§2.4, sla_calendar_list): of parts that are closed together, the first that can say
 * why; and closings are numbered through all parts. */
#include "calendar_support.h"

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))

enum { HOUR = 3600, EVERY_DAY = 127, HORIZON_DAYS = 14 };

/* Open from `start` to `end` o'clock, but for the dates of 1970 named, each by an exception. */
static sla_calendar *part(int32_t start, int32_t end, const int32_t *closed, size_t count) {
    sla_calendar_builder *const builder = new_builder("UTC", 0, HORIZON_DAYS * SLI_DAY);
    add_hours(builder, EVERY_DAY, start * HOUR, end * HOUR);
    for (size_t i = 0; i < count; i++) {
        add_exception(builder, closed[i], closed[i] + 1, NULL, 0, "closed");
    }
    return finish(builder);
}

static sla_calendar *combine(int32_t operation, sla_calendar *const *parts, size_t count) {
    sla_calendar *combined = NULL;
    assert_int_equal(sla_calendar_combine(operation, parts, count, sla_calendar_zone(parts[0]), &combined, NULL), SLA_OK);
    return combined;
}

/* What the calendar is at an instant, by a listing that begins with it. */
static void assert_is(const sla_calendar *calendar, int64_t at, int32_t kind, int32_t closing) {
    sla_span span;
    size_t count = 0;
    assert_int_equal(sla_calendar_list(calendar, at, at + 1, &span, 1, &count), SLA_OK);
    assert_int_equal(count, 1);
    assert_int_equal(span.kind, kind);
    assert_int_equal(span.closing, closing);
    assert_int_equal(span.reserved, 0);
}

/* Two parts with closings or without, which are closed together on day 3. */
static void the_first_part_that_has_a_name_for_it_tells(void **state) {
    (void)state;
    static const struct {
        const char *what;
        int32_t closed[2][2]; /* by exceptions of each part */
        size_t count[2];
        int32_t kind;
        int32_t closing;
    } cases[] = {
        {"both, each its number 0", {{3}, {3}}, {1, 1}, SLA_SPAN_EXCEPTION, 0},
        {"both, the first its number 1", {{2, 3}, {3}}, {2, 1}, SLA_SPAN_EXCEPTION, 1},
        {"the first", {{3}, {5}}, {1, 1}, SLA_SPAN_EXCEPTION, 0},
        {"the second, of which none is before", {{0}, {3}}, {0, 1}, SLA_SPAN_EXCEPTION, 0},
        {"the second", {{5}, {3}}, {1, 1}, SLA_SPAN_EXCEPTION, 1},
        {"neither", {{5}, {5}}, {1, 1}, SLA_SPAN_OUTSIDE_HOURS, -1},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        /* where a part is not closed by an exception, it is outside of its hours at 10 */
        sla_calendar *parts[2];
        for (size_t j = 0; j < 2; j++) {
            const bool is_closed = cases[i].count[j] > 0 && cases[i].closed[j][cases[i].count[j] - 1] == 3;
            parts[j] = part(is_closed ? 9 : 12, 14, cases[i].closed[j], cases[i].count[j]);
        }
        sla_calendar *const both = combine(SLA_UNION, parts, 2);
        sla_calendar *const common = combine(SLA_INTERSECTION, parts, 2);
        const int64_t at = 3 * SLI_DAY + 10 * HOUR;
        assert_is(both, at, cases[i].kind, cases[i].closing);
        assert_is(common, at, cases[i].kind, cases[i].closing);
        sla_calendar_unref(both);
        sla_calendar_unref(common);
        sla_calendar_unref(parts[0]);
        sla_calendar_unref(parts[1]);
    }
}

/* Neither has a name: the first part's reason stands, be it hours or a set operation. */
static void without_names_the_first_part_tells(void **state) {
    (void)state;
    sla_calendar *const early = part(6, 9, NULL, 0);
    sla_calendar *const day = part(9, 17, NULL, 0);
    sla_calendar *const noon = part(11, 13, NULL, 0);
    sla_calendar *const rest = combine(SLA_DIFFERENCE, (sla_calendar *[]){day, noon}, 2);
    sla_calendar *const hours_first = combine(SLA_UNION, (sla_calendar *[]){early, rest}, 2);
    sla_calendar *const rest_first = combine(SLA_UNION, (sla_calendar *[]){rest, early}, 2);
    assert_is(hours_first, 12 * HOUR, SLA_SPAN_OUTSIDE_HOURS, -1);
    assert_is(rest_first, 12 * HOUR, SLA_SPAN_COMBINATION, -1);
    sla_calendar_unref(hours_first);
    sla_calendar_unref(rest_first);
    sla_calendar_unref(rest);
    sla_calendar_unref(noon);
    sla_calendar_unref(day);
    sla_calendar_unref(early);
}

/* Parts with two, one, three and one closings: day n is closing number n of all, whether a listing begins with it or
 * before. */
static void closings_of_many_parts_are_numbered_through(void **state) {
    (void)state;
    static const int32_t closed[4][3] = {{0, 1}, {2}, {3, 4, 5}, {6}};
    static const size_t counts[4] = {2, 1, 3, 1};
    static const int32_t days[4] = {0, 2, 3, 6};
    sla_calendar *parts[4];
    for (size_t i = 0; i < 4; i++) {
        parts[i] = part(9, 17, closed[i], counts[i]);
    }
    sla_calendar *const common = combine(SLA_INTERSECTION, parts, 4);
    for (int32_t day = 0; day < 7; day++) {
        assert_is(common, day * SLI_DAY + 9 * HOUR, SLA_SPAN_EXCEPTION, day);
    }
    for (size_t i = 0; i < 4; i++) {
        sla_span spans[2];
        size_t count = 0;
        const int64_t nine = days[i] * SLI_DAY + 9 * HOUR;
        assert_int_equal(sla_calendar_list(common, nine - HOUR, nine + HOUR, spans, 2, &count), SLA_OK);
        assert_int_equal(count, 2);
        assert_int_equal(spans[0].closing, -1);
        assert_int_equal(spans[1].closing, days[i]);
    }
    assert_is(common, 7 * SLI_DAY + 9 * HOUR, SLA_SPAN_OPEN, -1);
    sla_calendar_unref(common);
    for (size_t i = 0; i < 4; i++) {
        sla_calendar_unref(parts[i]);
    }
}

/* Parts are read to their last span: three days and a half come to eight, which fill their memory. */
static void parts_are_read_to_their_last_span(void **state) {
    (void)state;
    static const int32_t closed = 9;
    sla_calendar *const parts[] = {part(10, 16, &closed, 1), part(9, 17, NULL, 0)};
    sla_calendar *const both = combine(SLA_UNION, parts, 2);
    sla_span spans[8];
    size_t count = 0;
    assert_int_equal(sla_calendar_list(both, 0, 3 * SLI_DAY + 17 * HOUR, spans, COUNT_OF(spans), &count), SLA_OK);
    assert_int_equal(count, 8);
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(spans[i].kind, i % 2 == 0 ? SLA_SPAN_OUTSIDE_HOURS : SLA_SPAN_OPEN);
        assert_int_equal(spans[i].closing, -1);
    }
    sla_calendar_unref(both);
    sla_calendar_unref(parts[0]);
    sla_calendar_unref(parts[1]);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_part_that_has_a_name_for_it_tells),
        cmocka_unit_test(without_names_the_first_part_tells),
        cmocka_unit_test(closings_of_many_parts_are_numbered_through),
        cmocka_unit_test(parts_are_read_to_their_last_span),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
