/* SPDX-License-Identifier: MIT */
/* What is open, and why the rest is not. */
#include "calendar/compiled.h"

enum { STRETCH_SECONDS = 64 * SLI_DAY };

/* ---- One calendar ---- */

static bool open_spans(const sla_calendar *calendar, int64_t from, int64_t until, span_list *spans) {
    interval_list open = {0};
    bool done = sli_index_intervals(&calendar->index, from, until, &open);
    for (size_t i = 0; done && i < open.count; i++) {
        done = sli_spans_add(spans, open.items[i].begin, open.items[i].end, SLA_SPAN_OPEN, -1);
    }
    sli_intervals_free(&open);
    return done;
}

/* Three layers: outside hours, what took windows away, and what is open after all. */
static bool describe_definition(const sla_calendar *calendar, int64_t from, int64_t until, span_list *spans) {
    span_list outside = {0};
    span_list closings = {0};
    span_list closed = {0};
    span_list open = {0};
    const bool named = calendar->source == SOURCE_DEFINITION;
    const bool done = sli_spans_add(&outside, from, until, SLA_SPAN_OUTSIDE_HOURS, -1) &&
                      (!named || sli_definition_closings(&calendar->definition, from, until, &closings)) &&
                      sli_spans_overlay(&outside, &closings, &closed) && open_spans(calendar, from, until, &open) &&
                      sli_spans_overlay(&closed, &open, spans);
    sli_spans_free(&outside);
    sli_spans_free(&closings);
    sli_spans_free(&closed);
    sli_spans_free(&open);
    return done;
}

/* ---- Combinations ---- */

static sla_span prefer_named(sla_span one, sla_span other) {
    const bool only_other = one.closing < 0 && other.closing >= 0;
    return only_other ? other : one;
}

/* What two parts come to where both say one thing each. */
static sla_span combine_spans(int32_t operation, sla_span one, sla_span other) {
    const bool one_open = one.kind == SLA_SPAN_OPEN;
    const bool other_open = other.kind == SLA_SPAN_OPEN;
    if (operation == SLA_DIFFERENCE) {
        const bool is_taken = one_open && other_open;
        return is_taken ? (sla_span){.kind = SLA_SPAN_COMBINATION, .closing = -1} : one;
    }
    if (one_open == other_open) {
        return prefer_named(one, other);
    }
    return one_open == (operation == SLA_UNION) ? one : other;
}

/* Both partition the same stretch, and so end together. */
static bool combine_lists(int32_t operation, const span_list *left, const span_list *right, span_list *result) {
    size_t i = 0;
    size_t j = 0;
    while (i < left->count && ALWAYS(j < right->count)) {
        const sla_span one = left->items[i];
        const sla_span other = right->items[j];
        const sla_span both = combine_spans(operation, one, other);
        const int64_t end = sli_earlier(one.end, other.end);
        if (!sli_spans_add(result, sli_later(one.begin, other.begin), end, both.kind, both.closing)) {
            return false;
        }
        i += one.end == end;
        j += other.end == end;
    }
    return true;
}

static bool describe(const sla_calendar *calendar, int64_t from, int64_t until, span_list *spans);

static bool describe_part(const sla_calendar *part, int64_t from, int64_t until, int32_t first_closing, span_list *spans) {
    if (!describe(part, from, until, spans)) {
        return false;
    }
    for (size_t i = 0; i < spans->count; i++) {
        spans->items[i].closing += spans->items[i].closing < 0 ? 0 : first_closing;
    }
    return true;
}

/* Lays one more part to the description so far. */
static bool describe_next(const sla_calendar *calendar, size_t number, int64_t from, int64_t until, int32_t first_closing,
                          span_list *spans) {
    span_list part = {0};
    span_list combined = {0};
    const bool done = describe_part(calendar->parts[number], from, until, first_closing, &part) &&
                      combine_lists(calendar->operation, spans, &part, &combined);
    sli_spans_free(&part);
    sli_spans_free(spans);
    *spans = combined;
    return done;
}

static bool describe_parts(const sla_calendar *calendar, int64_t from, int64_t until, span_list *spans) {
    int32_t first_closing = calendar->parts[0]->closing_count;
    bool done = describe(calendar->parts[0], from, until, spans);
    for (size_t i = 1; done && i < calendar->part_count; i++) {
        done = describe_next(calendar, i, from, until, first_closing, spans);
        first_closing += calendar->parts[i]->closing_count;
    }
    return done;
}

/* Partitions [from, until); `spans` is empty. The depth is bounded by the size of a combination. */
static bool describe(const sla_calendar *calendar, int64_t from, int64_t until, span_list *spans) {
    return calendar->source == SOURCE_PARTS ? describe_parts(calendar, from, until, spans)
                                            : describe_definition(calendar, from, until, spans);
}

/* ---- The listing ---- */

static bool continues(const sla_span *last, const sla_span *next) {
    return last->kind == next->kind && last->closing == next->closing;
}

/* Appends what fits; false when a span did not. */
static bool append_spans(const span_list *found, sla_span *spans, size_t capacity, size_t *count) {
    for (size_t i = 0; i < found->count; i++) {
        if (*count > 0 && continues(&spans[*count - 1], &found->items[i])) {
            spans[*count - 1].end = found->items[i].end;
        } else if (*count < capacity) {
            spans[(*count)++] = found->items[i];
        } else {
            return false;
        }
    }
    return true;
}

static sla_status list(const sla_calendar *calendar, int64_t from, int64_t until, sla_span *spans, size_t capacity,
                       size_t *count) {
    while (from < until) {
        const int64_t stretch_end = sli_earlier(until, from + STRETCH_SECONDS);
        span_list found = {0};
        const bool described = describe(calendar, from, stretch_end, &found);
        const bool fits = described && append_spans(&found, spans, capacity, count);
        sli_spans_free(&found);
        if (!described) {
            *count = 0;
            return SLA_OUT_OF_MEMORY;
        }
        if (!fits) {
            return SLA_OK;
        }
        from = stretch_end;
    }
    return SLA_OK;
}

sla_status sla_calendar_list(const sla_calendar *calendar, int64_t from, int64_t until, sla_span *spans, size_t capacity,
                             size_t *count) {
    if (count == NULL) {
        return SLA_INVALID_ARGUMENT;
    }
    *count = 0;
    if (calendar == NULL || (spans == NULL && capacity > 0) || from > until) {
        return SLA_INVALID_ARGUMENT;
    }
    if (from < calendar->index.begin || until > calendar->index.end) {
        return SLA_HORIZON;
    }
    return list(calendar, from, until, spans, capacity, count);
}

/* ---- Closings ---- */

/* The calendar among the parts that a closing belongs to, and its number there; NULL when there is none. */
static const sla_calendar *closing_owner(const sla_calendar *calendar, int32_t *closing) {
    if (calendar == NULL || *closing < 0 || *closing >= calendar->closing_count) {
        return NULL;
    }
    while (calendar->source == SOURCE_PARTS) {
        size_t i = 0;
        for (; *closing >= calendar->parts[i]->closing_count; i++) {
            *closing -= calendar->parts[i]->closing_count;
        }
        calendar = calendar->parts[i];
    }
    return calendar;
}

/* The feed whose event a closing is, and the event's number; NULL for an exception. */
static const sla_feed *closing_feed(const definition *made, int32_t closing, int32_t *event) {
    *event = closing - (int32_t)made->exceptions.count;
    if (*event < 0) {
        return NULL;
    }
    size_t i = 0;
    for (; *event >= (int32_t)made->feeds.items[i]->event_count; i++) {
        *event -= (int32_t)made->feeds.items[i]->event_count;
    }
    return made->feeds.items[i];
}

const char *sla_calendar_closing_title(const sla_calendar *calendar, int32_t closing) {
    const sla_calendar *const owner = closing_owner(calendar, &closing);
    if (owner == NULL) {
        return NULL;
    }
    int32_t event;
    const sla_feed *const feed = closing_feed(&owner->definition, closing, &event);
    return feed == NULL ? &owner->definition.titles.items[owner->definition.exceptions.items[closing].title]
                        : feed->events[event].summary;
}

const char *sla_calendar_closing_feed(const sla_calendar *calendar, int32_t closing) {
    const sla_calendar *const owner = closing_owner(calendar, &closing);
    if (owner == NULL) {
        return NULL;
    }
    int32_t event;
    const sla_feed *const feed = closing_feed(&owner->definition, closing, &event);
    return feed == NULL ? "" : feed->name;
}
