/* SPDX-License-Identifier: MIT */
/*
 * An iCalendar text (§2.2), read strictly over the default horizon and leniently over 400 years. A calendar of two years is
 * made of what comes out, and asked. A text that is refused leaves an error and a complaint with the same status. Large
 * texts are read strictly alone: it is one call that may take a second.
 */
#include "fuzz.h"

/* One way of reading a feed. */
typedef struct manner {
    int64_t begin;
    int64_t end;
    sla_feed_options options;
    bool filters;
} manner;

enum { LARGE = 1 << 16 };

enum { BEGIN = 1735689600, END = BEGIN + 730 * SLI_DAY }; /* of the calendar: 2025 and 2026 */

static const manner strict = {.begin = SLA_HORIZON_BEGIN, .end = SLA_HORIZON_END};

static const manner lenient = {.begin = INT64_C(-9000000000),
                               .end = INT64_C(-9000000000) + INT64_C(146097) * SLI_DAY,
                               .options = {.transparent = SLA_TRANSPARENT_OPEN,
                                           .unsupported = SLA_UNSUPPORTED_SKIP,
                                           .coverage = SLA_COVERAGE_DATE,
                                           .covers_until = 20000},
                               .filters = true};

/* Kept, as a program would. */
static sla_zone *load_zone(const char *name) {
    sla_zone *zone = NULL;
    MUST(sla_zone_load(name, SIZE_MAX, NULL, 0, &zone, NULL) == SLA_OK);
    return zone;
}

static sla_feed_reader *make_reader(const manner *how, sla_zone *zone) {
    sla_feed_reader *reader = NULL;
    MUST(sla_feed_reader_new(zone, how->begin, how->end, NULL, 0, &reader, NULL) == SLA_OK);
    MUST(sla_feed_reader_set_options(reader, &how->options, NULL) == SLA_OK);
    if (how->filters) {
        MUST(sla_feed_reader_add_filter(reader, SLA_FILTER_INCLUDE_SUMMARY, "day", SIZE_MAX, NULL) == SLA_OK);
        MUST(sla_feed_reader_add_filter(reader, SLA_FILTER_INCLUDE_SUMMARY, "\xC3\x84", SIZE_MAX, NULL) == SLA_OK);
        MUST(sla_feed_reader_add_filter(reader, SLA_FILTER_EXCLUDE_CATEGORY, "Private", SIZE_MAX, NULL) == SLA_OK);
    }
    return reader;
}

/* ---- What is said ---- */

static size_t count_errors(const sla_diagnostics *said) {
    size_t errors = 0;
    for (size_t i = 0; i < sla_diagnostics_count(said); i++) {
        sla_error complaint;
        MUST(sla_diagnostics_get(said, i, &complaint) == SLA_OK);
        errors += complaint.severity == SLA_SEVERITY_ERROR;
        must_be_text(complaint.message, sizeof complaint.message);
        must_be_text(complaint.path, sizeof complaint.path);
    }
    return errors;
}

static void check_failure(sla_status status, const sla_error *error, const sla_diagnostics *said) {
    MUST(status == SLA_INVALID_FEED || status == SLA_UNSUPPORTED_EVENT || status == SLA_LIMIT);
    MUST(error->code == status);
    must_complain(error);
    MUST(count_errors(said) > 0 || sla_diagnostics_omitted(said) > 0);
}

/* ---- What the calendar answers ---- */

static sla_calendar *build(sla_zone *zone, sla_feed *feed) {
    sla_calendar_builder *builder = NULL;
    sla_calendar *calendar = NULL;
    const int32_t workdays = SLA_MONDAY | SLA_TUESDAY | SLA_WEDNESDAY | SLA_THURSDAY | SLA_FRIDAY;
    MUST(sla_calendar_builder_new(zone, BEGIN, END, &builder, NULL) == SLA_OK);
    MUST(sla_calendar_builder_add_hours(builder, workdays, 28800, 61200, NULL) == SLA_OK);
    MUST(sla_calendar_builder_add_hours(builder, SLA_SATURDAY, 79200, 7200, NULL) == SLA_OK);
    MUST(sla_calendar_builder_add_feed(builder, feed, NULL) == SLA_OK);
    const sla_status status = sla_calendar_builder_build(builder, &calendar, NULL);
    MUST(status == SLA_OK || status == SLA_NEVER_OPEN || status == SLA_LIMIT);
    sla_calendar_builder_free(builder);
    return calendar;
}

static void check_spans(const sla_calendar *calendar, int64_t from, int64_t until) {
    sla_span spans[64];
    size_t count = 0;
    MUST(sla_calendar_list(calendar, from, until, spans, 64, &count) == SLA_OK);
    int64_t at = from;
    for (size_t i = 0; i < count; i++) {
        MUST(spans[i].begin == at && spans[i].end > at);
        at = spans[i].end;
        if (spans[i].closing >= 0) {
            const char *const title = sla_calendar_closing_title(calendar, spans[i].closing);
            MUST(title != NULL && sli_text_is_utf8(sli_text(title, SIZE_MAX)));
            MUST(strcmp(sla_calendar_closing_feed(calendar, spans[i].closing), "feed") == 0);
        }
    }
    MUST(count == 64 || at == until);
}

static void check_calendar(const sla_calendar *calendar) {
    int64_t total = 0;
    int64_t due = 0;
    MUST(sla_calendar_elapsed(calendar, BEGIN, END, &total) == SLA_OK);
    MUST(total > 0 && total < END - BEGIN);
    MUST(sla_calendar_add(calendar, BEGIN, total, &due) == SLA_OK);
    int64_t back = 0;
    MUST(sla_calendar_elapsed(calendar, BEGIN, due, &back) == SLA_OK);
    MUST(back == total);
    check_spans(calendar, INT64_C(1760000000), INT64_C(1768000000));
    const sla_status status = sla_calendar_add_business_days(calendar, INT64_C(1760000000), 3, -1, &due);
    MUST(status == SLA_OK || status == SLA_HORIZON);
}

/* ---- One reading ---- */

static sla_status read_feed(const manner *how, sla_zone *zone, const uint8_t *data, size_t size) {
    sla_feed_reader *const reader = make_reader(how, zone);
    sla_diagnostics *said = NULL;
    sla_feed *feed = NULL;
    sla_error error = {0};
    MUST(sla_diagnostics_new(100, &said) == SLA_OK);
    const sla_status status = sla_feed_reader_load(reader, "feed", SIZE_MAX, (const char *)data, size, said, &feed, &error);
    MUST((status == SLA_OK) == (feed != NULL));
    if (status == SLA_OK) {
        MUST(count_errors(said) == 0);
        sla_calendar *const calendar = build(zone, feed);
        if (calendar != NULL) {
            check_calendar(calendar);
        }
        sla_calendar_unref(calendar);
    } else {
        check_failure(status, &error, said);
    }
    sla_feed_unref(feed);
    sla_diagnostics_free(said);
    sla_feed_reader_free(reader);
    return status;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static const uint8_t nothing[1] = {0};
    static sla_zone *belgrade;
    static sla_zone *newfoundland;
    const uint8_t *const bytes = size == 0 ? nothing : data; /* libFuzzer's empty input may be NULL */
    if (belgrade == NULL) {
        belgrade = load_zone("Europe/Belgrade");
        newfoundland = load_zone("-03:30");
    }
    const sla_status strictly = read_feed(&strict, belgrade, bytes, size);
    if (size > LARGE) {
        return 0;
    }
    const sla_status leniently = read_feed(&lenient, newfoundland, bytes, size);
    MUST(leniently != SLA_UNSUPPORTED_EVENT);
    MUST((strictly == SLA_INVALID_FEED) == (leniently == SLA_INVALID_FEED));
    return 0;
}
