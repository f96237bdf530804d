/* SPDX-License-Identifier: MIT */
/*
 * The model of a contract: flat tables that the builder fills and a built contract keeps a copy of.
 *
 * Texts are offsets into one pool of NUL-terminated strings; offset 0 is the empty text.
 */
#ifndef SLI_CONTRACT_MODEL_H
#define SLI_CONTRACT_MODEL_H

#include "contract/contract.h"

#define SLI_TABLE(type)                                                                                                    \
    struct {                                                                                                               \
        type *items;                                                                                                       \
        size_t count;                                                                                                      \
        size_t capacity;                                                                                                   \
    }

enum { ELEMENT_KINDS = SLA_ELEMENT_OBJECTIVE + 1, NAMES_OF_VALUES = ELEMENT_KINDS, NAME_LISTS = ELEMENT_KINDS + 1 };
enum { TEXT_KINDS = SLA_TEXT_NOTE + 1 };

/* ---- Elements and their names (names.c) ---- */

struct element {
    uint32_t name;
    uint32_t texts[TEXT_KINDS];
};

/* A name or alias. Lists of names are sorted by owner and text. */
struct name_entry {
    uint32_t name;
    int32_t owner; /* of a value: its attribute; else 0 */
    int32_t index;
};

typedef SLI_TABLE(struct name_entry) name_list;

/* ---- What elements of each kind hold ---- */

enum { TIER_WORDS = SLI_TIER_MAX / 64, CHANNEL_WORDS = SLI_CHANNEL_MAX / 64 };

struct tier {
    uint64_t reaches[TIER_WORDS];     /* itself and all tiers that it includes, however far */
    uint64_t includes[TIER_WORDS];    /* what it names itself */
    uint64_t channels[CHANNEL_WORDS]; /* its own */
    uint64_t offered[CHANNEL_WORDS];  /* built: with those of the tiers that it includes */
};

struct channel {
    int32_t calendar; /* -1: requests may come in at any time */
};

/* The lists that a service can be on. */
enum { LIST_COVERED = 0, LIST_EXCLUDED = 1, SERVICE_LISTS = 2 };

struct service {
    bool listed[SERVICE_LISTS];
    bool requires_own[SERVICE_LISTS]; /* instead of the contract's requirements */
    uint64_t requires[SERVICE_LISTS];
    int32_t entry[SERVICE_LISTS]; /* built: the entry on each list that is this service, by any of its names; -1: none */
};

struct attribute {
    int32_t values;
};

struct rule {
    int32_t criterion;
};

/* What a row may ask for. An attribute's key is KEY_ATTRIBUTE and its index. */
enum { KEY_METRIC = 0, KEY_CRITERION = 1, KEY_TIER = 2, KEY_CHANNEL = 3, KEY_SERVICE = 4, KEY_ATTRIBUTE = 5 };

struct condition {
    int32_t row;
    int32_t key;
    int32_t value;
};

/* The conditions of one kind of row; sorted by row, key and value once built. */
typedef SLI_TABLE(struct condition) condition_list;

enum { ROWS_RULES = 0, ROWS_TARGETS = 1, ROWS_OBJECTIVES = 2, ROW_KINDS = 3 };

typedef struct model {
    sla_zone *zone;
    int64_t begin;
    int64_t end;
    int32_t valid_from; /* local dates */
    int32_t valid_until;
    int32_t unlisted;
    int32_t default_calendar;
    uint64_t required; /* facts that every requester must hold */
    SLI_TABLE(char) pool;
    SLI_TABLE(struct element) elements[ELEMENT_KINDS];
    name_list names[NAME_LISTS];
    SLI_TABLE(sla_contract *) successors; /* the contract at index i + 1 */
    SLI_TABLE(sla_calendar *) calendars;
    SLI_TABLE(struct channel) channels;
    SLI_TABLE(struct tier) tiers;
    SLI_TABLE(struct service) services;
    SLI_TABLE(struct attribute) attributes;
    SLI_TABLE(struct rule) rules;
    SLI_TABLE(contract_metric) metrics;
    SLI_TABLE(sla_target) targets;
    SLI_TABLE(sla_objective) objectives;
    condition_list conditions[ROW_KINDS];
} model;

struct sla_contract_builder {
    model model;
};

/* Where elements of one kind are in the contracts that requests move between: for each element a row with its index in each
 * contract. */
struct carriage {
    size_t first_row[SLI_CONTRACT_MAX]; /* of each contract's elements */
    int32_t *rows;
};

struct sla_contract {
    reference_count references;
    model model;
    int64_t valid_from; /* instants */
    int64_t valid_until;
    contract_target *targets;
    uint32_t *first_condition[ROW_KINDS]; /* of each row, and one past the last */
    struct carriage *carriages;           /* by kind; NULL when there are no contracts to move to */
    sla_contract *next_unneeded;          /* while it is let go */
};

/* ---- Contracts that requests move to (succession.c) ---- */

/* Makes the carriages, once all else is built; false when memory is out. */
bool sli_succession_compile(sla_contract *contract);
void sli_succession_free(sla_contract *contract);

/* ---- The model as a whole (model.c) ---- */

void sli_model_free(model *freed);
/* Fills the empty model `copy`; false when memory is out, with `copy` empty again. */
bool sli_model_copy(const model *original, model *copy);

const char *sli_model_string(const model *of, uint32_t offset);
/* Puts a text into the pool. SLA_LIMIT, SLA_OUT_OF_MEMORY. */
sla_status sli_model_keep(model *in, text value, uint32_t *offset, sla_error *error);

/* True when the kind has an element at the index: services and exclusions on their list only. */
bool sli_model_has(const model *of, int32_t kind, int32_t index);
int32_t sli_model_count(const model *of, int32_t kind);

/* ---- Names (names.c) ---- */

/* What one element of a kind is called, and several: "tier", "tiers". */
const char *sli_kind_name(int32_t kind);
const char *sli_kind_plural(int32_t kind);

/* SLA_INVALID_ARGUMENT with a message for a name that is empty, too long, not UTF-8 or has control characters. */
sla_status sli_judge_name(const char *what, text name, sla_error *error);

/* The index in one list of names; SLA_UNKNOWN when it is not there. */
int32_t sli_names_find(const model *of, int32_t list, int32_t owner, text name);
bool sli_names_reserve(model *in, int32_t list);
/* Enters a name that is not there, for which there is room. */
void sli_names_enter(model *in, int32_t list, int32_t owner, uint32_t name, int32_t index);

/* By name or alias, as requests and conditions mean it: a service on either list, the language that covers a tag.
 * SLA_UNKNOWN when there is none. */
int32_t sli_model_find(const model *of, int32_t kind, text name);

/* "unknown tier 'x'; this contract has …", with SLA_NOT_FOUND. */
sla_status sli_model_unknown(const model *of, int32_t list, int32_t owner, text name, sla_error *error);

/* True when the language `range` covers the BCP 47 tag. */
bool sli_language_covers(text range, text tag);

#endif
