/* SPDX-License-Identifier: MIT */
/*
 * libsla: support contracts. What is promised to whom (§4), what is covered (§5), how requests are judged (§6).
 *
 * A contract is put together by a builder or loaded from a document; both give the same immutable object. Its elements are
 * known by kind and index; `find` turns a name into an index once, and everything after that works on indexes.
 */
#ifndef SLA_CONTRACT_H
#define SLA_CONTRACT_H

#include <sla/calendar.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct sla_contract sla_contract;

/* An instant or number of seconds that there is not. */
#define SLA_NONE INT64_MIN

/* Indexes that are none. */
enum {
    SLA_UNSAID = -1,  /* the request does not say it: it is not judged */
    SLA_UNKNOWN = -2  /* it says something that the contract does not know: a service or language on no list; a tier, channel
                         or criterion that makes the request invalid. A service may be any number below -1, so that a report
                         can tell unlisted services apart (sla_report_add_service) */
};

/* ---- Elements --------------------------------------------------------------------------------------------------- */

enum {
    SLA_ELEMENT_CONTRACT = 0,   /* the contract itself, index 0; from 1 on those that its requests can move to */
    SLA_ELEMENT_CALENDAR = 1,   /* "always" is index 0 */
    SLA_ELEMENT_CHANNEL = 2,
    SLA_ELEMENT_TIER = 3,
    SLA_ELEMENT_SERVICE = 4,    /* on the list of what is covered or excluded; its texts are those of the covered entry */
    SLA_ELEMENT_EXCLUSION = 5,  /* the same services by the same indexes; texts of the excluded entry */
    SLA_ELEMENT_LANGUAGE = 6,
    SLA_ELEMENT_FACT = 7,       /* what a requester can be required to hold; at most 64 */
    SLA_ELEMENT_ATTRIBUTE = 8,
    SLA_ELEMENT_CRITERION = 9,  /* the criteria, each name once */
    SLA_ELEMENT_RULE = 10,      /* the rows of the criteria table, in order; named by their criterion */
    SLA_ELEMENT_METRIC = 11,
    SLA_ELEMENT_EVENT = 12,     /* the events that metrics name; "received" is index 0 */
    SLA_ELEMENT_TARGET = 13,    /* target rows, in order; without name */
    SLA_ELEMENT_OBJECTIVE = 14  /* without name */
};

enum { SLA_TEXT_TITLE = 0, SLA_TEXT_CLAUSE = 1, SLA_TEXT_NOTE = 2 };

/* ---- Building --------------------------------------------------------------------------------------------------- */

/* Names are UTF-8 of 1 to 255 bytes without control characters. Bounds: 256 tiers, attributes, metrics and events; 1024
 * channels; 64 facts; 1000 calendars, languages and objectives; 10000 services with their aliases, rules, targets, and values
 * of all attributes together; 100000 conditions each of rules, targets and objectives; 64 MiB of text. More is SLA_LIMIT. */

typedef struct sla_contract_builder sla_contract_builder;

/* Starts a contract. `zone` is that of its validity, of reports and of the calendar "always"; all its calendars have the
 * horizon [begin, end). SLA_INVALID_ARGUMENT, SLA_OUT_OF_MEMORY. */
SLA_API sla_status sla_contract_builder_new(const char *name, size_t name_length, sla_zone *zone, int64_t begin, int64_t end,
                                            sla_contract_builder **builder, sla_error *error);
SLA_API void sla_contract_builder_free(sla_contract_builder *builder);

/* The contract is valid on the local dates [from, until); INT32_MIN and INT32_MAX leave an end open. SLA_INVALID_ARGUMENT
 * when the range is empty. */
SLA_API sla_status sla_contract_builder_set_validity(sla_contract_builder *builder, int32_t from, int32_t until,
                                                     sla_error *error);

enum { SLA_UNLISTED_COVERED = 0, SLA_UNLISTED_EXCLUDED = 1 };

/* What holds for services on no list: SLA_UNLISTED_…. Covered unless set. SLA_INVALID_ARGUMENT. */
SLA_API sla_status sla_contract_builder_set_unlisted(sla_contract_builder *builder, int32_t unlisted, sla_error *error);

/* Adds a calendar of the contract's horizon. SLA_DUPLICATE ("always" is taken), SLA_INVALID_ARGUMENT, SLA_OUT_OF_MEMORY. */
SLA_API sla_status sla_contract_builder_add_calendar(sla_contract_builder *builder, const char *name, size_t name_length,
                                                     sla_calendar *calendar, int32_t *index, sla_error *error);

/* The calendar of targets that name none; "always" unless set. SLA_NOT_FOUND. */
SLA_API sla_status sla_contract_builder_set_default_calendar(sla_contract_builder *builder, const char *name,
                                                             size_t name_length, sla_error *error);

/* Adds an element that is no more than its name: channel, tier, service (covered), exclusion (a service that is excluded),
 * language, fact (required of every requester), attribute, rule (a row of the criteria table). Texts, names and conditions
 * follow by its index. SLA_DUPLICATE, SLA_INVALID_ARGUMENT, SLA_LIMIT, SLA_OUT_OF_MEMORY. */
SLA_API sla_status sla_contract_builder_add(sla_contract_builder *builder, int32_t element, const char *name,
                                            size_t name_length, int32_t *index, sla_error *error);

enum {
    SLA_NAME_ALIAS = 0,     /* of a tier, service or exclusion: another name of it */
    SLA_NAME_CHANNEL = 1,   /* of a tier: a channel that it offers */
    SLA_NAME_INCLUDED = 2,  /* of a tier: a tier whose channels it offers as well */
    SLA_NAME_REQUIRED = 3,  /* of a service or exclusion: a fact, required instead of the contract's; "" for none at all */
    SLA_NAME_VALUE = 4,     /* of an attribute: one of its values */
    SLA_NAME_CALENDAR = 5,  /* of a channel: when it is staffed */
    SLA_NAME_START = 6,     /* of a metric: events */
    SLA_NAME_STOP = 7,
    SLA_NAME_PAUSE = 8,
    SLA_NAME_RESUME = 9,
    SLA_NAME_CANCEL = 10
};

/* Gives an element a name of the kind `role` (SLA_NAME_…). What it refers to must have been added.
 * SLA_NOT_FOUND, SLA_DUPLICATE, SLA_CYCLE (an inclusion that leads back), SLA_INVALID_ARGUMENT, SLA_LIMIT, SLA_OUT_OF_MEMORY. */
SLA_API sla_status sla_contract_builder_add_name(sla_contract_builder *builder, int32_t element, int32_t index, int32_t role,
                                                 const char *name, size_t name_length, sla_error *error);

/* Sets a text (SLA_TEXT_…) of an element; of the contract too. SLA_INVALID_ARGUMENT, SLA_OUT_OF_MEMORY. */
SLA_API sla_status sla_contract_builder_set_text(sla_contract_builder *builder, int32_t element, int32_t index, int32_t text,
                                                 const char *value, size_t value_length, sla_error *error);

/* Lets a rule, target or objective ask for a value: `key` is "tier", "channel", "service", for targets and objectives
 * "criterion" and for targets "metric", for rules an attribute. Several values of one key: any of them; several keys: all.
 * SLA_NOT_FOUND, SLA_INVALID_ARGUMENT, SLA_OUT_OF_MEMORY. */
SLA_API sla_status sla_contract_builder_add_condition(sla_contract_builder *builder, int32_t element, int32_t index,
                                                      const char *key, size_t key_length, const char *value,
                                                      size_t value_length, sla_error *error);

enum { SLA_REOPEN_IGNORE = 0, SLA_REOPEN_RESUME = 1 };
enum { SLA_CHANGE_FROM_START = 0, SLA_CHANGE_KEEP = 1, SLA_CHANGE_RESTART = 2 };

/* How a metric's clock behaves (§7). */
typedef struct sla_metric {
    int32_t repeats;    /* 1: a new cycle at the first start after a stop */
    int32_t reopen;     /* SLA_REOPEN_… */
    int32_t on_change;  /* SLA_CHANGE_… */
    int32_t reserved[5];
} sla_metric;

/* Adds a metric; its events follow with sla_contract_builder_add_name. A contract to which none is added has "response",
 * from "received" to "responded". SLA_DUPLICATE, SLA_INVALID_ARGUMENT, SLA_OUT_OF_MEMORY. */
SLA_API sla_status sla_contract_builder_add_metric(sla_contract_builder *builder, const char *name, size_t name_length,
                                                   const sla_metric *metric, int32_t *index, sla_error *error);

enum { SLA_TARGET_IMMEDIATE = 0, SLA_TARGET_DURATION = 1, SLA_TARGET_BUSINESS_DAYS = 2, SLA_TARGET_BEST_EFFORT = 3 };
enum { SLA_TIE_CLOSE = 0, SLA_TIE_NEXT_OPEN = 1 };

/* How soon (§4). */
typedef struct sla_target {
    int32_t kind;      /* SLA_TARGET_… */
    int32_t tie;       /* SLA_TIE_… */
    int64_t amount;    /* seconds of a duration, from 1; number of business days, from 0 */
    int64_t grace;     /* seconds, 0 for none */
    int32_t by;        /* business days: second of the local day, 0 to 86400; -1: end of the day's hours */
    int32_t calendar;  /* index; -1: the default calendar */
    int32_t roll;      /* index of the calendar to whose opening a due time moves; -1: none */
    int32_t reserved[5];
} sla_target;

/* Appends a target row that fits all requests; conditions follow with sla_contract_builder_add_condition.
 * SLA_INVALID_ARGUMENT, SLA_LIMIT, SLA_OUT_OF_MEMORY. */
SLA_API sla_status sla_contract_builder_add_target(sla_contract_builder *builder, const sla_target *target, int32_t *index,
                                                   sla_error *error);

enum { SLA_PERIOD_ALL = 0, SLA_PERIOD_MONTH = 1, SLA_PERIOD_WEEK = 2, SLA_PERIOD_DAY = 3 };

/* What share of requests is to be met (§8.2). */
typedef struct sla_objective {
    int32_t metric;      /* index */
    int32_t attainment;  /* millionths, 0 to 1000000: 950000 is 95 % */
    int32_t period;      /* SLA_PERIOD_… */
    int32_t reserved[5];
} sla_objective;

/* Adds an objective. SLA_INVALID_ARGUMENT, SLA_OUT_OF_MEMORY. */
SLA_API sla_status sla_contract_builder_add_objective(sla_contract_builder *builder, const sla_objective *objective,
                                                      int32_t *index, sla_error *error);

/* Adds a contract that requests can move to in mid-clock (SLA_CHANGED_CONTRACT, §7.5), from index 1 on, at most 31. It needs
 * the same horizon and a name of its own, takes part as it is, by reference, and cannot lead back: what is built knows only
 * what was built before it. Its own list of contracts is not followed. SLA_DUPLICATE, SLA_INVALID_ARGUMENT, SLA_LIMIT,
 * SLA_OUT_OF_MEMORY. */
SLA_API sla_status sla_contract_builder_add_contract(sla_contract_builder *builder, sla_contract *other, int32_t *index,
                                                     sla_error *error);

/* The index of a calendar, criterion, metric … that was added, by name or alias. SLA_NOT_FOUND. */
SLA_API sla_status sla_contract_builder_find(const sla_contract_builder *builder, int32_t element, const char *name,
                                             size_t name_length, int32_t *index);

/* Makes the contract. The builder may go on being used. SLA_OUT_OF_MEMORY, SLA_INVALID_ARGUMENT (a metric without start or
 * stop). */
SLA_API sla_status sla_contract_builder_build(const sla_contract_builder *builder, sla_contract **contract, sla_error *error);

SLA_API sla_contract *sla_contract_ref(sla_contract *contract);
SLA_API void sla_contract_unref(sla_contract *contract);

/* ---- Looking at a contract -------------------------------------------------------------------------------------- */

/* How many elements of a kind there are; 0 for a kind that is none. */
SLA_API int32_t sla_contract_count(const sla_contract *contract, int32_t element);

/* The index of a name or alias; for SLA_ELEMENT_LANGUAGE of the language that covers a BCP 47 tag (§5).
 * SLA_NOT_FOUND with index SLA_UNKNOWN, SLA_INVALID_ARGUMENT. */
SLA_API sla_status sla_contract_find(const sla_contract *contract, int32_t element, const char *name, size_t name_length,
                                     int32_t *index);

/* The name of an element, "" for one without; NULL when there is none at that index. Borrowed. */
SLA_API const char *sla_contract_name(const sla_contract *contract, int32_t element, int32_t index);

/* A text of an element, "" when it is not set; NULL when there is no such element. Borrowed. */
SLA_API const char *sla_contract_text(const sla_contract *contract, int32_t element, int32_t index, int32_t text);

/* The number of an attribute's value, from 0. SLA_NOT_FOUND with SLA_UNKNOWN. */
SLA_API sla_status sla_contract_find_value(const sla_contract *contract, int32_t attribute, const char *value,
                                           size_t value_length, int32_t *index);

/* The name of an attribute's value; NULL for a number that is none. Borrowed. */
SLA_API const char *sla_contract_value_name(const sla_contract *contract, int32_t attribute, int32_t value);

/* The calendar at an index; borrowed; NULL for an index that is none. */
SLA_API sla_calendar *sla_contract_calendar(const sla_contract *contract, int32_t index);

/* The contract that requests can move to, at an index of SLA_ELEMENT_CONTRACT; index 0 is the contract itself. Borrowed; NULL
 * for an index that is none. */
SLA_API sla_contract *sla_contract_successor(const sla_contract *contract, int32_t index);

/* The contract's zone; borrowed. */
SLA_API sla_zone *sla_contract_zone(const sla_contract *contract);

/* Copies the record of a target row or objective; a target's calendar is never -1 here. SLA_INVALID_ARGUMENT. */
SLA_API sla_status sla_contract_get_target(const sla_contract *contract, int32_t index, sla_target *target);
SLA_API sla_status sla_contract_get_objective(const sla_contract *contract, int32_t index, sla_objective *objective);

/* Looks for what is legal but likely wrong (§6): gaps and unreachable rows of the criteria table, pairs of criterion and tier
 * without a response target, unused calendars, channels and attributes, a response target slower than the resolution target
 * beside it, services both covered and excluded. Findings are warnings in `diagnostics`. Returns SLA_OK whether there are any
 * or not. SLA_INVALID_ARGUMENT, SLA_OUT_OF_MEMORY, SLA_LIMIT (a criteria table with over a million combinations: the gap
 * search is left out, and a finding says so). */
SLA_API sla_status sla_contract_check(const sla_contract *contract, sla_diagnostics *diagnostics, sla_error *error);

/* ---- Requests --------------------------------------------------------------------------------------------------- */

/* What a request says, in indexes (SLA_UNSAID, SLA_UNKNOWN where there is none). 64 bytes. */
typedef struct sla_request {
    int64_t received;
    uint64_t holds;     /* facts that the requester holds: bit i for SLA_ELEMENT_FACT i */
    int32_t tier;
    int32_t channel;
    int32_t service;
    int32_t language;
    int32_t criterion;
    int32_t reserved[7];
} sla_request;

enum {
    SLA_REASON_NOT_YET_VALID = 1,
    SLA_REASON_EXPIRED = 2,
    SLA_REASON_REQUIREMENT_MISSING = 4,
    SLA_REASON_CHANNEL_NOT_IN_TIER = 8,
    SLA_REASON_CHANNEL_CLOSED = 16,
    SLA_REASON_LANGUAGE_NOT_SUPPORTED = 32,
    SLA_REASON_SERVICE_EXCLUDED = 64,
    SLA_REASON_SERVICE_NOT_LISTED = 128
};

/* The name of one reason, for example "service-excluded"; NULL for a number that is none. Names are in the order of bits. */
SLA_API const char *sla_reason_name(int32_t reason);

/* Whether a request is covered (§5). 24 bytes. */
typedef struct sla_scope {
    int32_t in_scope;   /* 1 or 0 */
    int32_t reasons;    /* all that apply: SLA_REASON_… | … */
    int64_t next_open;  /* with SLA_REASON_CHANNEL_CLOSED the channel's next opening; SLA_NONE: none in the horizon, or open */
    int64_t reserved;
} sla_scope;

/* Decides scope as at receipt (§5). SLA_HORIZON, SLA_INVALID_REQUEST (a tier or channel that the contract does not know),
 * SLA_INVALID_ARGUMENT. */
SLA_API sla_status sla_contract_decide_scope(const sla_contract *contract, const sla_request *request, sla_scope *scope);
SLA_API sla_status sla_contract_decide_scope_many(const sla_contract *contract, size_t count, const sla_request *requests,
                                                  sla_scope *scopes, sla_status *statuses);

/* The clause of the agreement behind one reason for this request: of the excluded service, the tier, the channel or the
 * contract; "" when the agreement gives none. Borrowed. */
SLA_API const char *sla_contract_clause(const sla_contract *contract, const sla_request *request, int32_t reason);

/* Finds the criterion by the criteria table (§6): the first row that accepts. `values` holds a value's number for each
 * attribute, SLA_UNSAID for what the request does not say; the request's tier, channel and service count, its criterion does
 * not. SLA_NOT_FOUND with SLA_UNSAID when no row accepts, SLA_INVALID_REQUEST for a value that is none,
 * SLA_INVALID_ARGUMENT. */
SLA_API sla_status sla_contract_decide_criterion(const sla_contract *contract, const sla_request *request,
                                                 const int32_t *values, int32_t *criterion);

/* The same for `count` requests, with a status each (`statuses` may be NULL). `values` holds count × (number of attributes)
 * values, a request's side by side; NULL in a contract without attributes. SLA_INVALID_ARGUMENT when an array is missing
 * and `count` is not 0. */
SLA_API sla_status sla_contract_decide_criterion_many(const sla_contract *contract, size_t count,
                                                      const sla_request *requests, const int32_t *values, int32_t *criteria,
                                                      sla_status *statuses);

/* ---- Targets and due times (§4) --------------------------------------------------------------------------------- */

enum { SLA_DUE_AT = 0, SLA_DUE_BEST_EFFORT = 1, SLA_DUE_NO_TARGET = 2 };

enum {
    SLA_DUE_NOT_COVERED = 1 /* §2.7: the due time lies after the coverage of a feed; holidays there are not known */
};

/* When a clock that starts at an instant is due. 32 bytes. */
typedef struct sla_due {
    int32_t kind;    /* SLA_DUE_…: an instant, best effort, or no row that fits */
    int32_t target;  /* the row that decided; SLA_UNSAID when none fits */
    int64_t at;      /* the due time; SLA_NONE unless SLA_DUE_AT */
    int64_t limit;   /* the last instant at which the promise is kept: `at` and the row's grace (§4.4); INT64_MAX when that lies
                        beyond the horizon; SLA_NONE unless SLA_DUE_AT */
    int32_t flags;   /* SLA_DUE_NOT_COVERED */
    int32_t reserved;
} sla_due;

/* The first target row that fits a request for a metric; SLA_NOT_FOUND with SLA_UNSAID when none does. SLA_INVALID_ARGUMENT,
 * SLA_INVALID_REQUEST. */
SLA_API sla_status sla_contract_find_target(const sla_contract *contract, int32_t metric, const sla_request *request,
                                            int32_t *target);

/* The due time of a metric's clock that starts at the request's receipt. Scope is not asked. SLA_HORIZON,
 * SLA_INVALID_REQUEST, SLA_INVALID_ARGUMENT. */
SLA_API sla_status sla_contract_due(const sla_contract *contract, int32_t metric, const sla_request *request, sla_due *due);
SLA_API sla_status sla_contract_due_many(const sla_contract *contract, int32_t metric, size_t count,
                                         const sla_request *requests, sla_due *dues, sla_status *statuses);

/* ---- Why -------------------------------------------------------------------------------------------------------- */

/* One condition of a row. 32 bytes. */
typedef struct sla_condition {
    int32_t element;    /* what it asks about: SLA_ELEMENT_METRIC, _CRITERION, _TIER, _CHANNEL, _SERVICE or _ATTRIBUTE */
    int32_t attribute;  /* with SLA_ELEMENT_ATTRIBUTE: its index; else SLA_UNSAID */
    int32_t value;      /* what it accepts: an index, or the number of the attribute's value */
    int32_t reserved[5];
} sla_condition;

/* How many conditions a rule, target or objective has; 0 for a row that is none. */
SLA_API int32_t sla_contract_condition_count(const sla_contract *contract, int32_t element, int32_t row);

/* Copies a condition of a row, from 0, those on one thing side by side: any of them is enough. SLA_INVALID_ARGUMENT. */
SLA_API sla_status sla_contract_get_condition(const sla_contract *contract, int32_t element, int32_t row, int32_t position,
                                              sla_condition *condition);

/* A row that was tried, and why it did not fit. 32 bytes. */
typedef struct sla_trial {
    int32_t row;        /* index of the rule or target */
    int32_t fits;       /* 1 or 0 */
    int32_t element;    /* what the first condition that fails asks about: SLA_ELEMENT_…; SLA_UNSAID when the row fits */
    int32_t attribute;  /* with SLA_ELEMENT_ATTRIBUTE: its index; else SLA_UNSAID */
    int32_t found;      /* what the request says there: an index, the number of a value, SLA_UNSAID or below */
    int32_t reserved[3];
} sla_trial;

/* The target rows that are tried for a metric (§4.3), in order, up to the first that fits. Writes at most `capacity` and the
 * number that there are; SLA_BUFFER_TOO_SMALL when that is larger. SLA_INVALID_REQUEST, SLA_INVALID_ARGUMENT. */
SLA_API sla_status sla_contract_explain_target(const sla_contract *contract, int32_t metric, const sla_request *request,
                                               sla_trial *trials, size_t capacity, size_t *count);

/* The same for the rows of the criteria table (§6), with `values` as in sla_contract_decide_criterion. */
SLA_API sla_status sla_contract_explain_criterion(const sla_contract *contract, const sla_request *request,
                                                  const int32_t *values, sla_trial *trials, size_t capacity, size_t *count);

enum {
    SLA_CHECK_PASSED = 0,
    SLA_CHECK_FAILED = 1,
    SLA_CHECK_NOT_JUDGED = 2  /* the request does not say it, or the contract does not ask */
};

/* One of the questions of §5, and how it came out. 32 bytes. */
typedef struct sla_scope_check {
    int32_t reason;   /* SLA_REASON_… that it would give */
    int32_t outcome;  /* SLA_CHECK_… */
    int32_t element;  /* what decides: SLA_ELEMENT_CONTRACT, _FACT, _TIER, _CHANNEL, _LANGUAGE, _SERVICE or _EXCLUSION */
    int32_t index;    /* of that element: of facts the first that is missing; SLA_UNSAID or below for none */
    int64_t instant;  /* begin or end of the validity; a closed channel's next opening; else SLA_NONE */
    int64_t reserved;
} sla_scope_check;

/* The questions that a scope decision (§5) asks, one for each reason, in the order of their bits. Capacity and statuses as
 * above, and SLA_HORIZON; there are 8. sla_contract_clause gives the clause behind one that failed. */
SLA_API sla_status sla_contract_explain_scope(const sla_contract *contract, const sla_request *request,
                                              sla_scope_check *checks, size_t capacity, size_t *count);

/* ---- Documents -------------------------------------------------------------------------------------------------- */

/* A contract document (YAML or JSON) on its way to a contract. Used by one thread at a time. */
typedef struct sla_document sla_document;

/* Reads a document of at most 4 MiB. Only what keeps it from being read at all fails here (no YAML, too large, too deep);
 * what its keys and values come to is judged by sla_document_build. SLA_INVALID_DOCUMENT, SLA_LIMIT, SLA_OUT_OF_MEMORY,
 * SLA_INVALID_ARGUMENT. */
SLA_API sla_status sla_document_load(const char *text, size_t length, sla_document **document, sla_error *error);
SLA_API void sla_document_free(sla_document *document);

/* The zone folder (as in sla_zone_load) and the horizon that calendars are built for. SLA_INVALID_ARGUMENT,
 * SLA_OUT_OF_MEMORY. */
SLA_API sla_status sla_document_set_zone_folder(sla_document *document, const char *folder, size_t folder_length,
                                                sla_error *error);
SLA_API sla_status sla_document_set_horizon(sla_document *document, int64_t begin, int64_t end, sla_error *error);

/* The feeds that the document's calendars ask for: their number, names and file hints (the name and ".ics" when the document
 * gives none). NULL for an index that is none. Borrowed. */
SLA_API size_t sla_document_feed_count(const sla_document *document);
SLA_API const char *sla_document_feed_name(const sla_document *document, size_t index);
SLA_API const char *sla_document_feed_file(const sla_document *document, size_t index);

/* Hands over the iCalendar text of a feed; it is copied. SLA_NOT_FOUND, SLA_LIMIT, SLA_OUT_OF_MEMORY, SLA_INVALID_ARGUMENT. */
SLA_API sla_status sla_document_set_feed(sla_document *document, const char *name, size_t name_length, const char *text,
                                         size_t text_length, sla_error *error);

/* Hands over a contract that requests can move to, as sla_contract_builder_add_contract, and gives its index. A horizon that
 * is not the document's, and the document's own name, are found by sla_document_build. SLA_DUPLICATE, SLA_LIMIT,
 * SLA_OUT_OF_MEMORY, SLA_INVALID_ARGUMENT. */
SLA_API sla_status sla_document_add_contract(sla_document *document, sla_contract *other, int32_t *index, sla_error *error);

/* Makes the contract. All complaints with their places go to `diagnostics` (may be NULL), the first error to `error`; feeds'
 * warnings are complaints too. SLA_INVALID_DOCUMENT, or what the first error is: SLA_MISSING_FEED, SLA_INVALID_FEED, … ;
 * SLA_OUT_OF_MEMORY, SLA_INVALID_ARGUMENT. */
SLA_API sla_status sla_document_build(const sla_document *document, sla_diagnostics *diagnostics, sla_contract **contract,
                                      sla_error *error);

#ifdef __cplusplus
}
#endif

#endif
