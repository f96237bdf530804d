/* SPDX-License-Identifier: MIT */
#include "document/format.h"

#include "document/values.h"

#include <string.h>

const char *const sli_boolean_words[] = {"false", "true", NULL};
const char *const sli_transparent_words[] = {"closed", "open", NULL};
const char *const sli_unsupported_words[] = {"error", "skip", NULL};
const char *const sli_unlisted_words[] = {"covered", "excluded", NULL};
const char *const sli_reopen_words[] = {"ignore", "resume", NULL};
const char *const sli_change_words[] = {"from-start", "keep", "restart", NULL};
const char *const sli_tie_words[] = {"close", "next-open", NULL};
const char *const sli_period_words[] = {"all", "month", "week", "day", NULL};
const char *const sli_operation_words[] = {"union", "intersection", "difference", NULL};

static const char *const version_words[] = {"1", NULL};

/* ---- What is wrong with a text ---- */

static const char *name_problem(text value) {
    return value.length > 0 ? NULL : "it is empty; write a name";
}

static const char *days_problem(text value) {
    int32_t weekdays;
    return sli_read_days(value, &weekdays);
}

static const char *window_problem(text value) {
    sla_window window;
    return sli_read_window(value, &window);
}

static const char *date_problem(text value) {
    int32_t date;
    return sli_read_date(value, &date);
}

static const char *coverage_problem(text value) {
    return sli_text_is(value, "always") ? NULL : date_problem(value);
}

static const char *duration_problem(text value) {
    int64_t seconds;
    return sli_read_duration(value, &seconds);
}

static const char *within_problem(text value) {
    sla_target target;
    return sli_read_within(value, &target);
}

static const char *percentage_problem(text value) {
    int32_t millionths;
    return sli_read_percentage(value, &millionths);
}

/* ---- Rules between the keys of a record ---- */

static void miss(complaints *list, const node *record, const char *what) {
    sli_complain(list, record, AT_VALUE, SLA_INVALID_DOCUMENT, "the key %s", what);
}

/* Of keys that exclude each other, the first in the document stands; the later ones are complained about. */
static const node *only_one(complaints *list, const node *record, const char *const *keys) {
    const node *first = NULL;
    for (const node *entry = record->first; entry != NULL; entry = entry->next) {
        if (entry->repeated || sli_word_number(sli_text(entry->key, SIZE_MAX), keys) < 0) {
            continue;
        }
        if (first == NULL) {
            first = entry;
        } else {
            sli_complain(list, entry, AT_KEY, SLA_INVALID_DOCUMENT, "'%s' and '%s' exclude each other; keep one of them",
                         first->key, entry->key);
        }
    }
    return first;
}

static void refuse_key(complaints *list, const node *record, const char *key, const char *why) {
    const node *const entry = sli_node_find(record, key);
    if (entry != NULL) {
        sli_complain(list, entry, AT_KEY, SLA_INVALID_DOCUMENT, "'%s' does not fit here: %s", key, why);
    }
}

const node *sli_find_operation(const node *calendar) {
    for (const char *const *word = sli_operation_words; *word != NULL; word++) {
        const node *const found = sli_node_find(calendar, *word);
        if (found != NULL) {
            return found;
        }
    }
    return NULL;
}

static void calendar_rule(complaints *list, const node *calendar, bool strange) {
    static const char *const sources[] = {"hours", "union", "intersection", "difference", NULL};
    static const char *const why = "a calendar made of others has none of its own; give it to one of those";
    const node *const source = only_one(list, calendar, sources);
    if (source == NULL) {
        if (!strange) {
            miss(list, calendar, "'hours' is missing (or union, intersection or difference of other calendars)");
        }
        return;
    }
    if (sli_node_find(calendar, "hours") == NULL) {
        refuse_key(list, calendar, "feeds", why);
        refuse_key(list, calendar, "exceptions", why);
    }
}

static const char *const end_keys[] = {"until", "through", NULL};

/* Reads a date, which is sound if there is one. */
static bool date_of(const node *scalar, int32_t *date) {
    if (scalar == NULL) {
        return false;
    }
    sli_read_date(sli_node_text(scalar), date);
    return true;
}

void sli_read_dates(const node *record, int32_t *first, int32_t *until) {
    int32_t date = 0;
    if (date_of(sli_node_find(record, "date"), &date)) {
        *first = date;
        *until = date + 1;
    }
    if (date_of(sli_node_find(record, "from"), &date)) {
        *first = date;
    }
    if (date_of(sli_node_find(record, "until"), &date)) {
        *until = date;
    }
    if (date_of(sli_node_find(record, "through"), &date)) {
        *until = date + 1;
    }
}

static void judge_order(complaints *list, const node *record, const node *end) {
    int32_t first = INT32_MIN;
    int32_t until = INT32_MAX;
    sli_read_dates(record, &first, &until);
    if (first >= until) {
        sli_complain(list, end, AT_VALUE, SLA_INVALID_DOCUMENT, "'%s: %.20s' leaves no date after 'from: %.20s'; %s",
                     end->key, end->value, sli_node_find(record, "from")->value,
                     strcmp(end->key, "until") == 0 ? "'until' is the first date after the range"
                                                    : "'through' is the last date of the range");
    }
}

static void judge_range(complaints *list, const node *record, const node *end) {
    const node *const from = sli_node_find(record, "from");
    if (from != NULL && end != NULL && !sli_is_flawed(list, from) && !sli_is_flawed(list, end)) {
        judge_order(list, record, end);
    }
}

static void validity_rule(complaints *list, const node *validity, bool strange) {
    (void)strange;
    const size_t before = list->count;
    const node *const end = only_one(list, validity, end_keys);
    if (list->count == before) {
        judge_range(list, validity, end);
    }
}

static void range_rule(complaints *list, const node *exception, bool strange) {
    const size_t before = list->count;
    const node *const end = only_one(list, exception, end_keys);
    if (end == NULL && !strange) {
        miss(list, exception, "'until' or 'through' is missing: where the dates from 'from' on end");
    }
    if (list->count == before) {
        judge_range(list, exception, end);
    }
}

static void exception_rule(complaints *list, const node *exception, bool strange) {
    static const char *const start_keys[] = {"date", "from", NULL};
    static const char *const why = "'date' is one date; a range is written 'from' and 'until' or 'through'";
    const size_t before = list->count;
    const node *const start = only_one(list, exception, start_keys);
    if (list->count > before) {
        return;
    }
    if (start == NULL) {
        if (!strange) {
            miss(list, exception, "'date' is missing (or 'from' with 'until' or 'through')");
        }
        return;
    }
    if (strcmp(start->key, "from") == 0) {
        range_rule(list, exception, strange);
        return;
    }
    refuse_key(list, exception, "until", why);
    refuse_key(list, exception, "through", why);
}

static void metric_rule(complaints *list, const node *metric, bool strange) {
    if (strange || sli_node_find(metric, "like") != NULL) {
        return;
    }
    if (sli_node_find(metric, "start") == NULL) {
        miss(list, metric, "'start' is missing: the event that starts the clock (or 'like', a ready-made metric)");
    }
    if (sli_node_find(metric, "stop") == NULL) {
        miss(list, metric, "'stop' is missing: the event that stops the clock (or 'like', a ready-made metric)");
    }
}

/* ---- The shapes ---- */

#define TEXT(name, called, wrong) static const shape name = {.kind = SHAPE_TEXT, .what = (called), .problem = (wrong)}
#define WORD(name, called, list) static const shape name = {.kind = SHAPE_TEXT, .what = (called), .words = (list)}
#define LIST(name, called, of, at_least)                                                                                   \
    static const shape name = {.kind = SHAPE_LIST, .what = (called), .item = &(of), .least = (at_least)}
#define ONE_OR_LIST(name, called, of, at_least)                                                                            \
    static const shape name = {.kind = SHAPE_ONE_OR_LIST, .what = (called), .item = &(of), .least = (at_least)}
#define NAMED(label, called, of, wrong)                                                                                    \
    static const shape label = {.kind = SHAPE_NAMED, .what = (called), .item = &(of), .problem = (wrong)}
#define RECORD(label, called, list, between)                                                                               \
    _Static_assert(sizeof(list) / sizeof(list)[0] <= SLI_FIELDS_MAX, "a record has room for its keys");                    \
    static const shape label = {.kind = SHAPE_RECORD,                                                                      \
                                .what = (called),                                                                          \
                                .fields = (list),                                                                          \
                                .field_count = sizeof(list) / sizeof(list)[0],                                             \
                                .rule = (between)}

/* What every element may carry. */
#define TEXTS                                                                                                              \
    {"title", &free_text, false}, {"clause", &free_text, false}, {                                                         \
        "note", &free_text, false                                                                                          \
    }

TEXT(free_text, "a text", NULL);
TEXT(name_text, "a name", name_problem);
TEXT(zone_text, "a time zone", name_problem);
TEXT(date_text, "a date", date_problem);
TEXT(coverage_text, "a date or 'always'", coverage_problem);
TEXT(window_text, "a window of hours", window_problem);
TEXT(duration_text, "a duration", duration_problem);
TEXT(within_text, "a target", within_problem);
TEXT(percentage_text, "a percentage", percentage_problem);
WORD(version_word, "the format's version 1", version_words);
WORD(boolean_word, "true or false", sli_boolean_words);
WORD(transparent_word, "closed or open", sli_transparent_words);
WORD(unsupported_word, "error or skip", sli_unsupported_words);
WORD(unlisted_word, "covered or excluded", sli_unlisted_words);
WORD(reopen_word, "ignore or resume", sli_reopen_words);
WORD(change_word, "keep, from-start or restart", sli_change_words);
WORD(tie_word, "close or next-open", sli_tie_words);
WORD(period_word, "month, week, day or all", sli_period_words);

LIST(names_list, "a list of names", name_text, 0);
LIST(languages_list, "a list of languages", name_text, 1);
LIST(texts_list, "a list of texts", name_text, 1);
LIST(values_list, "a list of values", name_text, 1);
LIST(parts_list, "a list of two or more calendars", name_text, 2);
ONE_OR_LIST(windows, "a window of hours or a list of them", window_text, 0);
ONE_OR_LIST(events, "an event or a list of events", name_text, 1);
ONE_OR_LIST(events_if_any, "an event or a list of events, [] for none", name_text, 0);
ONE_OR_LIST(choice, "a name or a list of names", name_text, 1);

static const field validity_fields[] = {
    {"from", &date_text, false}, {"until", &date_text, false}, {"through", &date_text, false}};
RECORD(validity, "a mapping with 'from' and 'until' or 'through'", validity_fields, validity_rule);

static const field exception_fields[] = {{"date", &date_text, false},  {"from", &date_text, false},
                                         {"until", &date_text, false}, {"through", &date_text, false},
                                         {"hours", &windows, false},   TEXTS};
RECORD(exception, "an exception (a mapping with 'date' or 'from')", exception_fields, exception_rule);
LIST(exceptions_list, "a list of exceptions", exception, 0);

NAMED(hours, "a mapping of days to windows, such as {mon-fri: 09:00-17:00},", windows, days_problem);
static const field calendar_fields[] = {{"hours", &hours, false},           {"time_zone", &zone_text, false},
                                        {"feeds", &names_list, false},      {"exceptions", &exceptions_list, false},
                                        {"union", &parts_list, false},      {"intersection", &parts_list, false},
                                        {"difference", &parts_list, false}, TEXTS};
RECORD(calendar, "a calendar (a mapping with 'hours')", calendar_fields, calendar_rule);
NAMED(calendars, "a mapping of names to calendars", calendar, NULL);

static const field feed_fields[] = {{"file", &name_text, false},
                                    {"transparent", &transparent_word, false},
                                    {"include_categories", &texts_list, false},
                                    {"exclude_categories", &texts_list, false},
                                    {"include_summary", &texts_list, false},
                                    {"exclude_summary", &texts_list, false},
                                    {"unsupported", &unsupported_word, false},
                                    {"covers_until", &coverage_text, false},
                                    TEXTS};
RECORD(feed, "a mapping that says how the feed is read", feed_fields, NULL);
NAMED(feeds, "a mapping of feeds' names to how they are read", feed, name_problem);

static const field channel_fields[] = {{"calendar", &name_text, false}, TEXTS};
RECORD(channel, "a channel (a mapping, {} if there is nothing to say)", channel_fields, NULL);
NAMED(channels, "a mapping of names to channels", channel, NULL);

static const field tier_fields[] = {
    {"channels", &names_list, false}, {"includes", &names_list, false}, {"aliases", &names_list, false}, TEXTS};
RECORD(tier, "a tier (a mapping, {} if there is nothing to say)", tier_fields, NULL);
NAMED(tiers, "a mapping of names to tiers", tier, NULL);

static const field service_fields[] = {{"aliases", &names_list, false}, {"requires", &names_list, false}, TEXTS};
RECORD(service, "a service (a mapping, {} if there is nothing to say)", service_fields, NULL);
NAMED(services_named, "a mapping of names to services", service, NULL);
static const field services_fields[] = {
    {"unlisted", &unlisted_word, false}, {"covered", &services_named, false}, {"excluded", &services_named, false}};
RECORD(services, "a mapping with 'covered', 'excluded' and 'unlisted'", services_fields, NULL);

NAMED(attributes, "a mapping of attributes to lists of their values", values_list, NULL);

NAMED(conditions, "a mapping of attributes, tier, channel or service to values", choice, NULL);
static const field rule_fields[] = {{"name", &name_text, true}, {"when", &conditions, false}, TEXTS};
RECORD(rule, "a row of the criteria table (a mapping with 'name' and 'when')", rule_fields, NULL);
LIST(criteria, "a list of rows of the criteria table", rule, 0);

static const field metric_fields[] = {{"start", &events, false},         {"stop", &events, false},
                                      {"pause", &events_if_any, false},  {"resume", &events_if_any, false},
                                      {"cancel", &events_if_any, false}, {"repeats", &boolean_word, false},
                                      {"reopen", &reopen_word, false},   {"on_change", &change_word, false},
                                      {"like", &name_text, false},       TEXTS};
RECORD(metric, "a metric (a mapping with 'start' and 'stop')", metric_fields, metric_rule);
NAMED(metrics, "a mapping of names to metrics", metric, NULL);

static const field target_fields[] = {{"within", &within_text, true},
                                      {"metric", &choice, false},
                                      {"criterion", &choice, false},
                                      {"tier", &choice, false},
                                      {"channel", &choice, false},
                                      {"service", &choice, false},
                                      {"calendar", &name_text, false},
                                      {"tie", &tie_word, false},
                                      {"roll", &name_text, false},
                                      {"grace", &duration_text, false},
                                      TEXTS};
RECORD(target, "a target row (a mapping with 'within')", target_fields, NULL);
LIST(targets, "a list of target rows", target, 0);

static const field objective_fields[] = {{"metric", &name_text, true}, {"attainment", &percentage_text, true},
                                         {"per", &period_word, false}, {"criterion", &choice, false},
                                         {"tier", &choice, false},     {"channel", &choice, false},
                                         {"service", &choice, false},  TEXTS};
RECORD(objective, "an objective (a mapping with 'metric' and 'attainment')", objective_fields, NULL);
LIST(objectives, "a list of objectives", objective, 0);

static const field contract_fields[] = {{"sla", &version_word, true},
                                        {"name", &name_text, true},
                                        {"time_zone", &zone_text, true},
                                        {"valid", &validity, false},
                                        {"languages", &languages_list, false},
                                        {"requires", &names_list, false},
                                        {"default_calendar", &name_text, false},
                                        {"calendars", &calendars, false},
                                        {"feeds", &feeds, false},
                                        {"channels", &channels, false},
                                        {"tiers", &tiers, false},
                                        {"services", &services, false},
                                        {"attributes", &attributes, false},
                                        {"criteria", &criteria, false},
                                        {"metrics", &metrics, false},
                                        {"targets", &targets, false},
                                        {"objectives", &objectives, false},
                                        TEXTS};

_Static_assert(sizeof contract_fields / sizeof contract_fields[0] <= SLI_FIELDS_MAX, "a record has room for its keys");
const shape sli_contract_shape = {.kind = SHAPE_RECORD,
                                  .what = "a contract (a mapping with 'sla', 'name' and 'time_zone')",
                                  .fields = contract_fields,
                                  .field_count = sizeof contract_fields / sizeof contract_fields[0]};
