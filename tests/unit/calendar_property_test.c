/* SPDX-License-Identifier: MIT */
/*
 * The laws of §3.5, and the definitions of §2 and §3 word for word, on random calendars, against one flag for each second
 * of the horizon. The oracle asks the zone for local times and shares nothing else with the library.
 */
#include "calendar_support.h"
#include "random.h"

enum { WINDOWS_MAX = 4, EXCEPTIONS_MAX = 12, CLOSURES_MAX = 8, REACH = 4, MANY = 256 };

/* What a run has asked, to be printed. */
static struct {
    int64_t calendars;
    int64_t questions;
} asked;

static const char *const zone_names[] = {
    "UTC",
    "+05:30",
    "-12:00",
    "Europe/Belgrade",
    "America/New_York",
    "Australia/Lord_Howe",
    "Asia/Kathmandu",
    "America/St_Johns",
    "Africa/Casablanca",
    "America/Sao_Paulo",
    "Pacific/Apia",
    "Asia/Gaza",
};

/* Every second of the horizon: is it open, and how many open ones are before it. */
typedef struct second_flags {
    int64_t begin;
    int64_t length;
    uint8_t *kinds; /* SLA_SPAN_… */
    int32_t *measures;
} second_flags;

static void flags_start(second_flags *flags, int64_t begin, int64_t end, int kind) {
    flags->begin = begin;
    flags->length = end - begin;
    flags->kinds = malloc((size_t)flags->length);
    flags->measures = malloc(((size_t)flags->length + 1) * sizeof *flags->measures);
    assert_true(flags->kinds != NULL && flags->measures != NULL);
    memset(flags->kinds, kind, (size_t)flags->length);
}

static void flags_free(second_flags *flags) {
    free(flags->kinds);
    free(flags->measures);
}

static void flags_count(second_flags *flags) {
    flags->measures[0] = 0;
    for (int64_t i = 0; i < flags->length; i++) {
        flags->measures[i + 1] = flags->measures[i] + (flags->kinds[i] == SLA_SPAN_OPEN);
    }
}

static void paint(second_flags *flags, int64_t from, int64_t until, int kind) {
    from = from < flags->begin ? flags->begin : from;
    until = until > flags->begin + flags->length ? flags->begin + flags->length : until;
    if (from < until) {
        memset(flags->kinds + (from - flags->begin), kind, (size_t)(until - from));
    }
}

static int64_t measure(const second_flags *flags, int64_t at) {
    return flags->measures[at - flags->begin];
}

static bool is_open(const second_flags *flags, int64_t at) {
    return flags->kinds[at - flags->begin] == SLA_SPAN_OPEN;
}

/* ---- A random calendar, and its flags by §2.3 ---- */

typedef struct hours {
    sla_window windows[WINDOWS_MAX];
    size_t count;
} hours;

typedef struct recipe {
    sla_zone *zone;
    int64_t begin;
    int64_t end;
    hours weekdays[7];
    struct {
        int32_t first;
        int32_t until;
        hours hours;
    } exceptions[EXCEPTIONS_MAX];
    size_t exception_count;
    closure closures[CLOSURES_MAX];
    size_t closure_count;
} recipe;

static sla_window random_window(random_source *source) {
    const int64_t unit = random_between(source, 0, 3) == 0 ? 1 : 1800;
    const int32_t start = (int32_t)(random_between(source, 0, SLI_DAY / unit + 1) * unit);
    const int32_t end = (int32_t)(random_between(source, 0, SLI_DAY / unit + 1) * unit);
    return start == end ? (sla_window){0, SLI_DAY} : (sla_window){start, end};
}

static hours random_hours(random_source *source) {
    static const int64_t counts[] = {0, 0, 1, 1, 1, 2, 2, 3, 4};
    hours made = {.count = (size_t)counts[random_between(source, 0, 9)]};
    for (size_t i = 0; i < made.count; i++) {
        made.windows[i] = random_window(source);
    }
    return made;
}

static int by_begin(const void *left, const void *right) {
    const closure *const one = left;
    const closure *const other = right;
    return (one->begin > other->begin) - (one->begin < other->begin);
}

static void random_closures(random_source *source, recipe *made) {
    made->closure_count = (size_t)random_between(source, 0, CLOSURES_MAX + 1);
    for (size_t i = 0; i < made->closure_count; i++) {
        const int64_t begin = random_between(source, made->begin, made->end);
        const int64_t end = begin + random_between(source, 1, INT64_C(3) * SLI_DAY);
        made->closures[i] = (closure){begin, end < made->end ? end : made->end, 0};
    }
    qsort(made->closures, made->closure_count, sizeof *made->closures, by_begin);
    for (size_t i = 0; i < made->closure_count; i++) {
        made->closures[i].event = (int32_t)i;
    }
}

static recipe random_recipe(random_source *source, sla_zone *zone, int64_t begin, int64_t end) {
    recipe made = {.zone = zone, .begin = begin, .end = end};
    for (size_t i = 0; i < 7; i++) {
        made.weekdays[i] = random_hours(source);
    }
    made.weekdays[random_between(source, 0, 7)] = (hours){{random_window(source)}, 1};
    made.exception_count = (size_t)random_between(source, 0, EXCEPTIONS_MAX + 1);
    for (size_t i = 0; i < made.exception_count; i++) {
        const int64_t at = random_between(source, begin - SLI_DAY, end + SLI_DAY);
        made.exceptions[i].first = sli_zone_date(zone, at);
        made.exceptions[i].until = made.exceptions[i].first + (int32_t)random_between(source, 1, 5);
        made.exceptions[i].hours = random_hours(source);
    }
    random_closures(source, &made);
    return made;
}

static sla_calendar *build_recipe(const recipe *made) {
    sla_calendar_builder *builder = NULL;
    assert_int_equal(sla_calendar_builder_new(made->zone, made->begin, made->end, &builder, NULL), SLA_OK);
    for (int day = 0; day < 7; day++) {
        for (size_t i = 0; i < made->weekdays[day].count; i++) {
            add_hours(builder, 1 << day, made->weekdays[day].windows[i].start, made->weekdays[day].windows[i].end);
        }
    }
    for (size_t i = 0; i < made->exception_count; i++) {
        const char title[] = {(char)('a' + i), '\0'};
        add_exception(builder, made->exceptions[i].first, made->exceptions[i].until, made->exceptions[i].hours.windows,
                      made->exceptions[i].hours.count, title);
    }
    sla_feed *const feed = make_feed("feed", made->zone, made->begin, made->end, made->closures, made->closure_count);
    assert_int_equal(sla_calendar_builder_add_feed(builder, feed, NULL), SLA_OK);
    sla_feed_unref(feed);
    sla_calendar *calendar = NULL;
    const sla_status status = sla_calendar_builder_build(builder, &calendar, NULL);
    assert_true(status == SLA_OK || (status == SLA_NEVER_OPEN && calendar == NULL));
    sla_calendar_builder_free(builder);
    return calendar;
}

static const hours *exception_of(const recipe *made, int32_t day) {
    const hours *last = NULL;
    for (size_t i = 0; i < made->exception_count; i++) {
        if (made->exceptions[i].first <= day && day < made->exceptions[i].until) {
            last = &made->exceptions[i].hours;
        }
    }
    return last;
}

static void paint_hours(const recipe *made, second_flags *flags, int32_t day, const hours *windows, int kind) {
    if (sli_zone_instant(made->zone, day, 0) >= sli_zone_instant(made->zone, day + 1, 0)) {
        return; /* §1.4: the zone skipped the date */
    }
    for (size_t i = 0; i < windows->count; i++) {
        const sla_window window = windows->windows[i];
        const int32_t end_day = window.end <= window.start ? day + 1 : day;
        paint(flags, sli_zone_instant(made->zone, day, window.start), sli_zone_instant(made->zone, end_day, window.end),
              kind);
    }
}

/* Weekly windows, from which feeds take; over these what exceptions take away; over all what exceptions open. */
static void paint_recipe(const recipe *made, second_flags *flags) {
    flags_start(flags, made->begin, made->end, SLA_SPAN_OUTSIDE_HOURS);
    const int32_t first = sli_zone_date(made->zone, made->begin) - REACH;
    const int32_t last = sli_zone_date(made->zone, made->end) + REACH;
    for (int32_t day = first; day <= last; day++) {
        if (exception_of(made, day) == NULL) {
            paint_hours(made, flags, day, &made->weekdays[sli_weekday(day)], SLA_SPAN_OPEN);
        }
    }
    for (size_t i = 0; i < made->closure_count; i++) {
        for (int64_t at = made->closures[i].begin; at < made->closures[i].end; at++) {
            uint8_t *const kind = &flags->kinds[at - made->begin];
            *kind = *kind == SLA_SPAN_OPEN ? SLA_SPAN_FEED : *kind;
        }
    }
    second_flags taken;
    flags_start(&taken, made->begin, made->end, SLA_SPAN_OUTSIDE_HOURS);
    for (int32_t day = first; day <= last; day++) {
        if (exception_of(made, day) != NULL) {
            paint_hours(made, &taken, day, &made->weekdays[sli_weekday(day)], SLA_SPAN_EXCEPTION);
        }
    }
    for (int64_t i = 0; i < flags->length; i++) {
        const bool takes = taken.kinds[i] == SLA_SPAN_EXCEPTION && flags->kinds[i] != SLA_SPAN_OPEN;
        flags->kinds[i] = takes ? SLA_SPAN_EXCEPTION : flags->kinds[i];
    }
    flags_free(&taken);
    for (int32_t day = first; day <= last; day++) {
        if (exception_of(made, day) != NULL) {
            paint_hours(made, flags, day, exception_of(made, day), SLA_SPAN_OPEN);
        }
    }
    flags_count(flags);
}

/* ---- The definitions of §3 ---- */

/* §3.2 for d > 0: the earliest u >= t with elapsed(t, u) = d. */
static void check_add(const sla_calendar *calendar, const second_flags *flags, int64_t at, int64_t seconds) {
    asked.questions += 1;
    const int64_t last = flags->begin + flags->length - 1;
    int64_t found = -1;
    const sla_status status = sla_calendar_add(calendar, at, seconds, &found);
    if (measure(flags, last) - measure(flags, at) < seconds) {
        assert_int_equal(status, SLA_HORIZON);
        assert_int_equal(found, 0);
        return;
    }
    assert_int_equal(status, SLA_OK);
    assert_true(found >= at && found <= last);
    assert_true(measure(flags, found) - measure(flags, at) == seconds);
    assert_true(found == at || measure(flags, found - 1) - measure(flags, at) < seconds);
}

/* §3.2, d >= 0: the latest such u; after it there is an open second. */
static void check_add_late(const sla_calendar *calendar, const second_flags *flags, int64_t at, int64_t seconds) {
    asked.questions += 1;
    int64_t found = -1;
    const sla_status status = sla_calendar_add_late(calendar, at, seconds, &found);
    if (flags->measures[flags->length] - measure(flags, at) <= seconds) {
        assert_int_equal(status, SLA_HORIZON);
        assert_int_equal(found, 0);
        return;
    }
    assert_int_equal(status, SLA_OK);
    assert_true(found >= at && is_open(flags, found));
    assert_true(measure(flags, found) - measure(flags, at) == seconds);
}

/* §3.2, d < 0: the latest u <= t with elapsed(u, t) = -d; its second is open. */
static void check_subtract(const sla_calendar *calendar, const second_flags *flags, int64_t at, int64_t seconds) {
    asked.questions += 1;
    int64_t found = -1;
    const sla_status status = sla_calendar_add(calendar, at, -seconds, &found);
    if (measure(flags, at) < seconds) {
        assert_int_equal(status, SLA_HORIZON);
        assert_int_equal(found, 0);
        return;
    }
    assert_int_equal(status, SLA_OK);
    assert_true(found < at && is_open(flags, found));
    assert_true(measure(flags, at) - measure(flags, found) == seconds);
}

/* §3.2, d < 0: the earliest such u; what lies before the horizon's begin is not known, unless it begins open. */
static void check_subtract_late(const sla_calendar *calendar, const second_flags *flags, int64_t at, int64_t seconds) {
    asked.questions += 1;
    int64_t found = -1;
    const sla_status status = sla_calendar_add_late(calendar, at, -seconds, &found);
    const int64_t before = measure(flags, at);
    if (before < seconds || (before == seconds && !is_open(flags, flags->begin))) {
        assert_int_equal(status, SLA_HORIZON);
        return;
    }
    assert_int_equal(status, SLA_OK);
    assert_true(found < at && before - measure(flags, found) == seconds);
    assert_true(found == flags->begin || is_open(flags, found - 1));
}

/* §3.3 */
static void check_next(const sla_calendar *calendar, const second_flags *flags, int64_t at) {
    asked.questions += 3;
    const int64_t end = flags->begin + flags->length;
    int64_t open_at = at;
    while (open_at < end && !is_open(flags, open_at)) {
        open_at++;
    }
    int64_t closed_at = at;
    while (closed_at < end && is_open(flags, closed_at)) {
        closed_at++;
    }
    int64_t found = -1;
    assert_int_equal(sla_calendar_next_open(calendar, at, &found), open_at < end ? SLA_OK : SLA_HORIZON);
    assert_true(found == (open_at < end ? open_at : 0));
    assert_int_equal(sla_calendar_next_close(calendar, at, &found), closed_at < end ? SLA_OK : SLA_HORIZON);
    assert_true(found == (closed_at < end ? closed_at : 0));
    int32_t open = -1;
    assert_int_equal(sla_calendar_is_open(calendar, at, &open), SLA_OK);
    assert_int_equal(open, is_open(flags, at));
}

/* §3.1, and additivity (§3.5). */
static void check_elapsed(const sla_calendar *calendar, const second_flags *flags, int64_t a, int64_t b, int64_t c) {
    asked.questions += 3;
    int64_t first = 0;
    int64_t second = 0;
    int64_t whole = 0;
    assert_int_equal(sla_calendar_elapsed(calendar, a, b, &first), SLA_OK);
    assert_int_equal(sla_calendar_elapsed(calendar, b, c, &second), SLA_OK);
    assert_int_equal(sla_calendar_elapsed(calendar, a, c, &whole), SLA_OK);
    assert_true(first == measure(flags, b) - measure(flags, a));
    assert_true(first + second == whole);
}

/* §3.5: add is monotone in both arguments. */
static void check_monotone(const sla_calendar *calendar, int64_t at, int64_t later, int64_t seconds, int64_t more) {
    asked.questions += 4;
    static sla_status (*const adding[])(const sla_calendar *, int64_t, int64_t, int64_t *) = {sla_calendar_add,
                                                                                              sla_calendar_add_late};
    for (size_t i = 0; i < 2; i++) {
        int64_t first = 0;
        int64_t second = 0;
        if (adding[i](calendar, at, seconds, &first) == SLA_OK && adding[i](calendar, later, more, &second) == SLA_OK) {
            assert_true(first <= second);
        }
    }
}

/* §3.5: batch = scalar, bit for bit; also what fails, sorted or not, and in place. */
static void check_many(random_source *source, const sla_calendar *calendar, const second_flags *flags) {
    int64_t first[MANY];
    int64_t second[MANY];
    int64_t sums[MANY];
    int64_t spans[MANY];
    sla_status added[MANY];
    sla_status measured[MANY];
    const bool sorted = random_between(source, 0, 2) == 0;
    for (int64_t i = 0; i < MANY; i++) {
        first[i] = sorted ? flags->begin + flags->length / MANY * i
                          : random_between(source, flags->begin - 10, flags->begin + flags->length + 10);
        second[i] = i % 3 == 0 ? random_between(source, -1000000, 1000000)
                               : random_between(source, flags->begin - 10, flags->begin + flags->length + 10);
    }
    assert_int_equal(sla_calendar_add_many(calendar, MANY, first, second, sums, added), SLA_OK);
    assert_int_equal(sla_calendar_elapsed_many(calendar, MANY, first, second, spans, measured), SLA_OK);
    for (size_t i = 0; i < MANY; i++) {
        int64_t sum = -1;
        int64_t span = -1;
        assert_int_equal(sla_calendar_add(calendar, first[i], second[i], &sum), added[i]);
        assert_int_equal(sla_calendar_elapsed(calendar, first[i], second[i], &span), measured[i]);
        assert_true(sums[i] == sum && spans[i] == span);
    }
    asked.questions += 4 * MANY;
    assert_int_equal(sla_calendar_add_many(calendar, MANY, first, second, second, NULL), SLA_OK);
    assert_memory_equal(second, sums, sizeof sums);
}

/* §3.2, §3.5: going on by a duration and back again, to the other end of the closed time. */
static void check_inverse(const sla_calendar *calendar, const second_flags *flags, int64_t at, int64_t seconds) {
    int64_t there = 0;
    int64_t back = 0;
    if (sla_calendar_add(calendar, at, seconds, &there) != SLA_OK) {
        return;
    }
    assert_int_equal(sla_calendar_add(calendar, there, -seconds, &back), SLA_OK);
    assert_true(measure(flags, back) == measure(flags, at) && back >= at);
    assert_true(back == at || !is_open(flags, back - 1));
    if (sla_calendar_add_late(calendar, there, -seconds, &back) == SLA_OK) {
        assert_true(measure(flags, back) == measure(flags, at) && back <= at);
    }
    asked.questions += 3;
}

/* ---- §3.4 ---- */

static int64_t within(const second_flags *flags, int64_t at) {
    const int64_t end = flags->begin + flags->length;
    return at < flags->begin ? flags->begin : at > end ? end : at;
}

static int64_t date_begin(const second_flags *flags, const sla_zone *zone, int32_t day) {
    return within(flags, sli_zone_instant(zone, day, 0));
}

static bool is_business_day(const second_flags *flags, const sla_zone *zone, int32_t day) {
    return measure(flags, date_begin(flags, zone, day + 1)) > measure(flags, date_begin(flags, zone, day));
}

/* The `count`-th business day after `day`; INT32_MAX when there is none in the horizon. */
static int32_t walk_business_days(const second_flags *flags, const sla_zone *zone, int32_t day, int64_t count) {
    while (count > 0) {
        day++;
        if (date_begin(flags, zone, day) == flags->begin + flags->length) {
            return INT32_MAX;
        }
        count -= is_business_day(flags, zone, day);
    }
    return day;
}

static int64_t answer_on(const second_flags *flags, const sla_zone *zone, int32_t day, int32_t by) {
    if (by >= 0) {
        return sli_zone_instant(zone, day, by);
    }
    int64_t at = date_begin(flags, zone, day + 1);
    while (!is_open(flags, at - 1)) {
        at--;
    }
    return at;
}

static void check_business_days(const sla_calendar *calendar, const second_flags *flags, int64_t at, int64_t days,
                                int32_t by) {
    asked.questions += 1;
    const sla_zone *const zone = sla_calendar_zone(calendar);
    const int64_t end = flags->begin + flags->length;
    int64_t found = -1;
    const sla_status status = sla_calendar_add_business_days(calendar, at, days, by, &found);
    int64_t opening = at;
    while (opening < end && !is_open(flags, opening)) {
        opening++;
    }
    int64_t expected = end;
    if (opening < end) {
        int32_t day = walk_business_days(flags, zone, sli_zone_date(zone, opening), days);
        while (day != INT32_MAX && answer_on(flags, zone, day, by) < opening) {
            day = walk_business_days(flags, zone, day, 1);
        }
        expected = day == INT32_MAX ? end : answer_on(flags, zone, day, by);
    }
    assert_int_equal(status, expected < end ? SLA_OK : SLA_HORIZON);
    assert_true(found == (expected < end ? expected : 0));
}

/* ---- The listing ---- */

static void check_listing(random_source *source, const sla_calendar *calendar, const second_flags *flags, bool reasons) {
    const int64_t end = flags->begin + flags->length;
    int64_t at = random_between(source, flags->begin, end + 1);
    const int64_t until = random_between(source, at, end + 1);
    sla_span spans[7];
    size_t count = 0;
    do {
        assert_int_equal(sla_calendar_list(calendar, at, until, spans, 7, &count), SLA_OK);
        for (size_t i = 0; i < count; i++) {
            assert_true(spans[i].begin == at && spans[i].end > at && spans[i].end <= until);
            for (; at < spans[i].end; at++) {
                assert_int_equal(spans[i].kind == SLA_SPAN_OPEN, is_open(flags, at));
                assert_true(!reasons || spans[i].kind == flags->kinds[at - flags->begin]);
            }
            const bool named = spans[i].kind == SLA_SPAN_FEED || spans[i].kind == SLA_SPAN_EXCEPTION;
            assert_int_equal(named, spans[i].closing >= 0);
            assert_int_equal(named, sla_calendar_closing_title(calendar, spans[i].closing) != NULL);
        }
    } while (at < until);
}

/* ---- Everything at once ---- */

static void check_instant(random_source *source, const sla_calendar *calendar, const second_flags *flags, int64_t at) {
    const int64_t end = flags->begin + flags->length;
    const int64_t other = random_between(source, flags->begin, end);
    const int64_t total = flags->measures[flags->length];
    static const int64_t longest[] = {2, 40000, 400000, 0};
    const int64_t bound = longest[random_between(source, 0, 4)];
    const int64_t seconds = random_between(source, 1, bound == 0 ? total + 2 : bound);
    check_add(calendar, flags, at, seconds);
    check_add_late(calendar, flags, at, seconds);
    check_add_late(calendar, flags, at, 0);
    check_subtract(calendar, flags, at, seconds);
    check_subtract_late(calendar, flags, at, seconds);
    check_elapsed(calendar, flags, at, other, end);
    check_inverse(calendar, flags, at, seconds);
    /* Where answers tie: exactly up to another instant. */
    const int64_t between = measure(flags, other) - measure(flags, at);
    if (between > 0) {
        check_add(calendar, flags, at, between);
        check_add_late(calendar, flags, at, between);
        check_subtract(calendar, flags, other, between);
        check_subtract_late(calendar, flags, other, between);
    }
    check_monotone(calendar, at, other < at ? at : other, -seconds, seconds - 1);
    check_monotone(calendar, at, at, seconds, seconds + 1);
}

static void check_calendar(random_source *source, const sla_calendar *calendar, const second_flags *flags, bool reasons) {
    const int64_t end = flags->begin + flags->length;
    asked.calendars++;
    for (int i = 0; i < 500; i++) {
        check_instant(source, calendar, flags, random_between(source, flags->begin, end));
    }
    check_instant(source, calendar, flags, flags->begin);
    check_instant(source, calendar, flags, end - 1);
    for (int i = 0; i < 10; i++) {
        const int64_t at = random_between(source, flags->begin, end);
        const int32_t by = i % 2 == 0 ? -1 : (int32_t)random_between(source, 0, SLI_DAY + 1);
        check_next(calendar, flags, at);
        check_business_days(calendar, flags, at, random_between(source, 0, i < 8 ? 4 : 40), by);
    }
    check_many(source, calendar, flags);
    check_listing(source, calendar, flags, reasons);
}

/* Around a clock change, if the zone has one to come. */
static int64_t random_begin(random_source *source, const sla_zone *zone) {
    const bool skipping = random_between(source, 0, 4) == 0;
    const int64_t somewhere =
        skipping ? INT64_C(1325203200) : random_between(source, 0, INT64_C(4000000000)); /* 2011-12-30 */
    const int64_t change = sli_zone_next_change(zone, somewhere - 1);
    return (change == INT64_MAX ? somewhere : change) - random_between(source, 0, INT64_C(6) * SLI_DAY);
}

static void combine_flags(int32_t operation, const second_flags *left, const second_flags *right, second_flags *result) {
    flags_start(result, left->begin, left->begin + left->length, SLA_SPAN_OUTSIDE_HOURS);
    for (int64_t i = 0; i < left->length; i++) {
        const bool one = left->kinds[i] == SLA_SPAN_OPEN;
        const bool other = right->kinds[i] == SLA_SPAN_OPEN;
        const bool open = operation == SLA_UNION          ? one || other
                          : operation == SLA_INTERSECTION ? one && other
                                                          : one && !other;
        result->kinds[i] = open ? SLA_SPAN_OPEN : SLA_SPAN_OUTSIDE_HOURS;
    }
    flags_count(result);
}

/* §2.4; the combination is combined again while `depth` allows. */
static void check_combination(random_source *source, sla_calendar *const *parts, const second_flags *flags, int depth) {
    const int32_t operation = (int32_t)random_between(source, 0, 3);
    second_flags combined;
    combine_flags(operation, &flags[0], &flags[1], &combined);
    sla_calendar *calendar = NULL;
    const sla_status status = sla_calendar_combine(operation, parts, 2, sla_calendar_zone(parts[1]), &calendar, NULL);
    assert_int_equal(status, combined.measures[combined.length] == 0 ? SLA_NEVER_OPEN : SLA_OK);
    if (status == SLA_OK) {
        check_calendar(source, calendar, &combined, false);
    }
    if (status == SLA_OK && depth > 0) {
        sla_calendar *const again[] = {parts[0], calendar};
        const second_flags flags_again[] = {flags[0], combined};
        check_combination(source, again, flags_again, depth - 1);
    }
    sla_calendar_unref(calendar);
    flags_free(&combined);
}

static void check_round(random_source *source, int64_t days) {
    sla_zone *zones[2];
    sla_calendar *calendars[2];
    second_flags flags[2];
    const size_t zone_count = sizeof zone_names / sizeof *zone_names;
    for (size_t i = 0; i < 2; i++) {
        zones[i] = load_zone(zone_names[random_between(source, 0, (int64_t)zone_count)]);
    }
    const int64_t begin = random_begin(source, zones[0]);
    const int64_t end = begin + random_between(source, days * SLI_DAY / 2, days * SLI_DAY);
    for (size_t i = 0; i < 2; i++) {
        const recipe made = random_recipe(source, zones[i], begin, end);
        calendars[i] = build_recipe(&made);
        paint_recipe(&made, &flags[i]);
        assert_int_equal(calendars[i] == NULL, flags[i].measures[flags[i].length] == 0);
        if (calendars[i] != NULL) {
            check_calendar(source, calendars[i], &flags[i], true);
        }
    }
    if (calendars[0] != NULL && calendars[1] != NULL) {
        check_combination(source, calendars, flags, 1);
    }
    for (size_t i = 0; i < 2; i++) {
        sla_calendar_unref(calendars[i]);
        sla_zone_unref(zones[i]);
        flags_free(&flags[i]);
    }
}

/* Weeks and, now and then, up to a year. */
static void random_calendars_keep_the_rules(void **state) {
    (void)state;
    random_source source = random_start("calendar_property_test");
    for (int64_t rounds = random_setting("SLA_ROUNDS", 60); rounds > 0; rounds--) {
        check_round(&source, random_between(&source, 4, rounds % 30 == 1 ? 367 : 40));
    }
    printf("calendar_property_test: %" PRId64 " calendars, %" PRId64 " questions\n", asked.calendars, asked.questions);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(random_calendars_keep_the_rules),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
