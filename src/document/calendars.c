/* SPDX-License-Identifier: MIT */
/* Calendars: first those with hours, then set operations as their parts come to be. */
#include "calendar/calendar.h"
#include "document/loader.h"

#include <stdlib.h>
#include <string.h>

typedef struct draft {
    const node *record;
    sla_calendar *made; /* once it is settled; the stand-in when it is flawed */
    bool flawed;        /* by itself or by a part */
    size_t depth;       /* how many others it is made of, at whatever remove */
} draft;

typedef struct drafts {
    draft *items;
    size_t count;
    bool *reaches; /* reaches[a × count + b]: a is made of b, at whatever remove */
} drafts;

/* ---- Hours and exceptions ---- */

static void add_window(loader *l, sla_calendar_builder *builder, int32_t weekdays, const node *at) {
    sla_window window;
    sla_error said;
    sli_read_window(sli_node_text(at), &window);
    const sla_status status = sla_calendar_builder_add_hours(builder, weekdays, window.start, window.end, &said);
    sli_check(l, status, &said, at, AT_VALUE);
}

static void add_hours(loader *l, sla_calendar_builder *builder, const node *hours) {
    for (const node *day = sli_first_entry(hours); day != NULL; day = sli_next_entry(day)) {
        int32_t weekdays = 0;
        sli_read_days(sli_text(day->key, SIZE_MAX), &weekdays);
        for (const node *window = sli_first_name(l, day); window != NULL; window = sli_next_name(l, window)) {
            add_window(l, builder, weekdays, window);
        }
    }
}

/* The windows of an exception, to free(); none and NULL when it closes. */
static bool read_windows(loader *l, const node *hours, sla_window **windows, size_t *count) {
    *windows = NULL;
    *count = 0;
    if (hours == NULL) {
        return true;
    }
    const size_t room = hours->kind == NODE_LIST ? hours->count : 1;
    *windows = malloc((room + 1) * sizeof **windows);
    if (*windows == NULL) {
        l->list.fatal = SLA_OUT_OF_MEMORY;
        return false;
    }
    for (const node *window = sli_first_name(l, hours); window != NULL; window = sli_next_name(l, window)) {
        sli_read_window(sli_node_text(window), &(*windows)[(*count)++]);
    }
    return true;
}

static void add_exception(loader *l, sla_calendar_builder *builder, const node *exception) {
    int32_t first = 0;
    int32_t until = 0;
    sla_window *windows;
    size_t count;
    if (!read_windows(l, sli_node_find(exception, "hours"), &windows, &count)) {
        return;
    }
    sli_read_dates(exception, &first, &until);
    const node *const title = sli_node_find(exception, "title");
    sla_error said;
    const sla_status status = sla_calendar_builder_add_exception(
        builder, first, until, windows, count, title == NULL ? NULL : title->value, title == NULL ? 0 : SIZE_MAX, &said);
    sli_check(l, status, &said, exception, AT_VALUE);
    free(windows);
}

static void add_exceptions(loader *l, sla_calendar_builder *builder, const node *exceptions) {
    for (const node *item = exceptions == NULL ? NULL : exceptions->first; item != NULL; item = item->next) {
        add_exception(l, builder, item);
    }
}

/* ---- Feeds ---- */

static void add_feed(loader *l, sla_calendar_builder *builder, const node *name, sla_zone *zone) {
    sla_feed *const feed = sli_load_feed(l, name, zone);
    if (builder == NULL || feed == NULL) {
        return;
    }
    sla_error said;
    const sla_status status = sla_calendar_builder_add_feed(builder, feed, &said);
    sli_check(l, status, &said, name, AT_VALUE);
}

/* Feeds are read even for a calendar that is flawed (`builder` is NULL then): what is wrong with them is told too. */
static void add_feeds(loader *l, sla_calendar_builder *builder, const node *record, sla_zone *zone) {
    const node *const feeds = sli_node_find(record, "feeds");
    if (feeds == NULL || feeds->kind != NODE_LIST) {
        return;
    }
    for (const node *name = sli_first_name(l, feeds); name != NULL; name = sli_next_name(l, name)) {
        add_feed(l, builder, name, zone);
    }
}

/* ---- One calendar ---- */

static sla_zone *zone_of(loader *l, const node *record) {
    const node *const name = sli_sound(l, record, "time_zone");
    sla_zone *const zone = name == NULL ? NULL : sli_load_zone(l, name);
    return zone == NULL ? l->zone : zone;
}

static sla_calendar_builder *new_builder(loader *l, const node *record, sla_zone *zone) {
    sla_calendar_builder *builder = NULL;
    sla_error said;
    const sla_status status = sla_calendar_builder_new(zone, l->document->begin, l->document->end, &builder, &said);
    return sli_check(l, status, &said, record, AT_KEY) ? builder : NULL;
}

static sla_calendar *build_draft(loader *l, const draft *from, const sla_calendar_builder *builder) {
    if (sli_is_flawed(&l->list, from->record)) {
        return NULL;
    }
    sla_calendar *made = NULL;
    sla_error said;
    const sla_status status = sli_calendar_build_within(builder, &l->calendar_budget, &made, &said);
    return sli_check(l, status, &said, from->record, AT_KEY) ? made : NULL;
}

static void settle(const loader *l, draft *settled, sla_calendar *made) {
    settled->flawed = made == NULL;
    settled->made = made == NULL ? sla_calendar_ref(l->always) : made;
}

static void make_from_hours(loader *l, draft *made) {
    sla_zone *const zone = zone_of(l, made->record);
    if (sli_is_flawed(&l->list, made->record)) {
        add_feeds(l, NULL, made->record, zone);
        settle(l, made, NULL);
        return;
    }
    sla_calendar_builder *const builder = new_builder(l, made->record, zone);
    if (builder == NULL) {
        settle(l, made, NULL);
        return;
    }
    add_hours(l, builder, sli_node_find(made->record, "hours"));
    add_feeds(l, builder, made->record, zone);
    add_exceptions(l, builder, sli_node_find(made->record, "exceptions"));
    settle(l, made, build_draft(l, made, builder));
    sla_calendar_builder_free(builder);
}

/* ---- What is made of what ---- */

static size_t find_draft(const drafts *all, const char *name) {
    size_t i = 0;
    while (i < all->count && strcmp(all->items[i].record->key, name) != 0) {
        i++;
    }
    return i;
}

static bool is_always(const node *name) {
    return strcmp(name->value, "always") == 0;
}

static void reach(drafts *all, size_t from, size_t to) {
    for (size_t a = 0; a < all->count; a++) {
        bool *const row = all->reaches + a * all->count;
        if ((a != from && !row[from]) || row[to]) {
            continue;
        }
        row[to] = true;
        for (size_t b = 0; b < all->count; b++) {
            row[b] = row[b] || all->reaches[to * all->count + b];
        }
    }
}

static void complain_of_unknown(loader *l, const drafts *all, const node *name) {
    const char **const known = malloc((all->count + 1) * sizeof *known);
    if (known == NULL) {
        l->list.fatal = SLA_OUT_OF_MEMORY;
        return;
    }
    known[0] = "always";
    for (size_t i = 0; i < all->count; i++) {
        known[i + 1] = all->items[i].record->key;
    }
    sla_error said;
    const sla_status status = sli_fail_unknown(&said, "calendar", sli_node_text(name), known, all->count + 1);
    sli_check_reference(l, status, &said, name, SECTION_CALENDARS);
    free(known);
}

/* The references are taken in document order: a cycle is complained about where it closes. */
static void take_reference(loader *l, drafts *all, size_t from, const node *name) {
    if (is_always(name)) {
        return;
    }
    const size_t to = find_draft(all, name->value);
    if (to == all->count) {
        complain_of_unknown(l, all, name);
        all->items[from].flawed = true;
    } else if (to == from || all->reaches[to * all->count + from]) {
        sli_complain(&l->list, name, AT_VALUE, SLA_CYCLE,
                     "the calendar '%.80s' would be made of itself: '%.80s' %s; take one of them out",
                     all->items[from].record->key, name->value, to == from ? "is the same" : "is already made of it");
    } else {
        reach(all, from, to);
    }
}

static void take_references(loader *l, drafts *all) {
    for (size_t i = 0; i < all->count && !sli_complaints_full(&l->list); i++) {
        const node *const parts = sli_find_operation(all->items[i].record);
        for (const node *name = sli_first_name(l, parts); name != NULL; name = sli_next_name(l, name)) {
            take_reference(l, all, i, name);
        }
    }
}

/* ---- Set operations ---- */

static sla_calendar *part_of(const loader *l, const drafts *all, const node *name) {
    return is_always(name) ? l->always : all->items[find_draft(all, name->value)].made;
}

static bool parts_are_flawed(const drafts *all, const node *parts) {
    for (const node *name = parts->first; name != NULL; name = name->next) {
        if (!is_always(name) && all->items[find_draft(all, name->value)].flawed) {
            return true;
        }
    }
    return false;
}

static sla_calendar *combine(loader *l, const drafts *all, const node *record, const node *operation, sla_zone *zone) {
    sla_calendar **const parts = malloc((operation->count + 1) * sizeof *parts);
    if (parts == NULL) {
        l->list.fatal = SLA_OUT_OF_MEMORY;
        return NULL;
    }
    for (const node *name = operation->first; name != NULL; name = name->next) {
        parts[name->index] = part_of(l, all, name);
    }
    sla_calendar *made = NULL;
    sla_error said;
    const int32_t number = sli_word_number(sli_text(operation->key, SIZE_MAX), sli_operation_words);
    const sla_status status =
        sli_calendar_combine_within(number, parts, operation->count, zone, &l->calendar_budget, &made, &said);
    free(parts);
    return sli_check(l, status, &said, record, AT_KEY) ? made : NULL;
}

static void make_combination(loader *l, const drafts *all, draft *made) {
    const node *const parts = sli_find_operation(made->record);
    sla_zone *const zone = zone_of(l, made->record);
    const bool flawed = made->flawed || sli_is_flawed(&l->list, made->record) || parts_are_flawed(all, parts);
    settle(l, made, flawed ? NULL : combine(l, all, made->record, parts, zone));
}

static int compare_depth(const void *left, const void *right) {
    const draft *const a = *(draft *const *)left;
    const draft *const b = *(draft *const *)right;
    return (a->depth > b->depth) - (a->depth < b->depth);
}

/* A calendar is made of more others than each of its parts is: in this order every part is settled before it. */
static draft **order_by_parts(const drafts *all) {
    draft **const order = malloc((all->count + 1) * sizeof(draft *));
    for (size_t i = 0; order != NULL && i < all->count; i++) {
        order[i] = &all->items[i];
        for (size_t part = 0; part < all->count; part++) {
            order[i]->depth += all->reaches[i * all->count + part];
        }
    }
    if (order != NULL) {
        qsort(order, all->count, sizeof *order, compare_depth);
    }
    return order;
}

static void make_combinations(loader *l, const drafts *all) {
    draft **const order = order_by_parts(all);
    if (order == NULL) {
        l->list.fatal = SLA_OUT_OF_MEMORY;
        return;
    }
    for (size_t i = 0; i < all->count && !sli_complaints_full(&l->list); i++) {
        if (order[i]->made == NULL) {
            make_combination(l, all, order[i]);
        }
    }
    free(order);
}

/* ---- All of them ---- */

static bool is_combination(const node *record) {
    return sli_node_find(record, "hours") == NULL && sli_find_operation(record) != NULL;
}

static void make_calendars(loader *l, drafts *all) {
    take_references(l, all);
    for (size_t i = 0; i < all->count && !sli_complaints_full(&l->list); i++) {
        if (!is_combination(all->items[i].record)) {
            make_from_hours(l, &all->items[i]);
        }
    }
    make_combinations(l, all);
}

static void add_to_contract(loader *l, const draft *added) {
    int32_t index;
    sla_error said;
    const node *const record = added->record;
    const sla_status status = sla_contract_builder_add_calendar(
        l->builder, record->key, SIZE_MAX, added->made == NULL ? l->always : added->made, &index, &said);
    if (sli_check(l, status, &said, record, AT_KEY)) {
        sli_build_texts(l, SLA_ELEMENT_CALENDAR, index, record);
    }
}

static bool start_drafts(drafts *all, const node *calendars) {
    all->items = calloc(calendars->count + 1, sizeof *all->items);
    for (const node *entry = sli_first_entry(calendars); all->items != NULL && entry != NULL;
         entry = sli_next_entry(entry)) {
        all->items[all->count++].record = entry;
    }
    all->reaches = calloc(all->count * all->count + 1, sizeof *all->reaches);
    return all->items != NULL && all->reaches != NULL;
}

static void end_drafts(drafts *all) {
    for (size_t i = 0; i < all->count; i++) {
        sla_calendar_unref(all->items[i].made);
    }
    free(all->items);
    free(all->reaches);
}

void sli_build_calendars(loader *l) {
    const node *const calendars = sli_node_find(l->root, "calendars");
    if (calendars == NULL || calendars->kind != NODE_MAPPING) {
        return;
    }
    if (calendars->count >= SLI_CALENDAR_MAX) { /* `always` is one of them */
        sli_complain(&l->list, calendars, AT_KEY, SLA_LIMIT, "there are %zu calendars; a contract has at most %d",
                     calendars->count, SLI_CALENDAR_MAX - 1);
        l->hides_names[SECTION_CALENDARS] = true;
        return;
    }
    drafts all = {0};
    if (start_drafts(&all, calendars)) {
        make_calendars(l, &all);
        for (size_t i = 0; i < all.count && l->list.fatal == SLA_OK; i++) {
            add_to_contract(l, &all.items[i]);
        }
    } else {
        l->list.fatal = SLA_OUT_OF_MEMORY;
    }
    end_drafts(&all);
}
