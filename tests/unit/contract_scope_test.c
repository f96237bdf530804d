/* SPDX-License-Identifier: MIT */
/* Scope (§5): each reason, all reasons together, and a plain restatement of the rules over random contracts. */
#include "contract_fixture.h"

/* ---- One contract, reason by reason ---- */

static sla_contract *agreement(void) {
    sla_contract_builder *const builder = new_builder("Europe/Belgrade");
    add_hours(builder, "desk", "Europe/Belgrade", WEEKDAYS, 9 * HOUR, 17 * HOUR);
    assert_int_equal(sla_contract_builder_set_validity(builder, date(2026, 1, 1), date(2027, 1, 1), NULL), SLA_OK);
    assert_int_equal(sla_contract_builder_set_unlisted(builder, SLA_UNLISTED_EXCLUDED, NULL), SLA_OK);
    add(builder, SLA_ELEMENT_CHANNEL, "email");
    const int32_t phone = add(builder, SLA_ELEMENT_CHANNEL, "phone");
    name(builder, SLA_ELEMENT_CHANNEL, phone, SLA_NAME_CALENDAR, "desk");
    clause(builder, SLA_ELEMENT_CHANNEL, phone, "phone clause");
    const int32_t basic = add(builder, SLA_ELEMENT_TIER, "basic");
    name(builder, SLA_ELEMENT_TIER, basic, SLA_NAME_CHANNEL, "email");
    clause(builder, SLA_ELEMENT_TIER, basic, "basic clause");
    const int32_t plus = add(builder, SLA_ELEMENT_TIER, "plus");
    name(builder, SLA_ELEMENT_TIER, plus, SLA_NAME_CHANNEL, "phone");
    name(builder, SLA_ELEMENT_TIER, plus, SLA_NAME_INCLUDED, "basic");
    const int32_t top = add(builder, SLA_ELEMENT_TIER, "top");
    name(builder, SLA_ELEMENT_TIER, top, SLA_NAME_INCLUDED, "plus");
    add(builder, SLA_ELEMENT_LANGUAGE, "en");
    add(builder, SLA_ELEMENT_FACT, "licence");
    clause(builder, SLA_ELEMENT_CONTRACT, 0, "contract clause");
    add(builder, SLA_ELEMENT_SERVICE, "question");
    const int32_t sale = add(builder, SLA_ELEMENT_SERVICE, "sale");
    name(builder, SLA_ELEMENT_SERVICE, sale, SLA_NAME_REQUIRED, "");
    const int32_t visit = add(builder, SLA_ELEMENT_SERVICE, "visit");
    name(builder, SLA_ELEMENT_SERVICE, visit, SLA_NAME_REQUIRED, "travel");
    clause(builder, SLA_ELEMENT_SERVICE, visit, "visit clause");
    const int32_t theme = add(builder, SLA_ELEMENT_EXCLUSION, "template");
    name(builder, SLA_ELEMENT_EXCLUSION, theme, SLA_NAME_ALIAS, "theme");
    clause(builder, SLA_ELEMENT_EXCLUSION, theme, "not provided, 2");
    add(builder, SLA_ELEMENT_SERVICE, "advice");
    add(builder, SLA_ELEMENT_EXCLUSION, "advice");
    return build(builder);
}

struct scope_case {
    const char *received;
    const char *tier; /* NULL: not said */
    const char *channel;
    const char *service;
    const char *language;
    const char *holds[2];
    int32_t reasons;
    const char *next_open; /* NULL: none */
};

static int32_t said(const sla_contract *contract, int32_t element, const char *called) {
    return called == NULL ? SLA_UNSAID : find(contract, element, called);
}

static sla_request request_of(const sla_contract *contract, const struct scope_case *asked) {
    sla_request request = received(asked->received);
    request.tier = said(contract, SLA_ELEMENT_TIER, asked->tier);
    request.channel = said(contract, SLA_ELEMENT_CHANNEL, asked->channel);
    request.service = said(contract, SLA_ELEMENT_SERVICE, asked->service);
    request.language = said(contract, SLA_ELEMENT_LANGUAGE, asked->language);
    for (size_t i = 0; i < 2 && asked->holds[i] != NULL; i++) {
        request.holds |= UINT64_C(1) << find(contract, SLA_ELEMENT_FACT, asked->holds[i]);
    }
    return request;
}

#define DAY "2026-11-23T10:00:00Z"
#define NIGHT "2026-11-23T20:00:00Z"

static const struct scope_case scope_cases[] = {
    {DAY, "basic", "email", "question", "en", {"licence"}, 0, NULL},
    /* §5, §1.4: local dates, the end exclusive */
    {"2025-12-31T22:59:59Z", NULL, NULL, NULL, NULL, {"licence"}, SLA_REASON_NOT_YET_VALID, NULL},
    {"2025-12-31T23:00:00Z", NULL, NULL, NULL, NULL, {"licence"}, 0, NULL},
    {"2026-12-31T22:59:59Z", NULL, NULL, NULL, NULL, {"licence"}, 0, NULL},
    {"2026-12-31T23:00:00Z", NULL, NULL, NULL, NULL, {"licence"}, SLA_REASON_EXPIRED, NULL},
    /* requirements: the service's instead of the contract's; none said, none held */
    {DAY, NULL, NULL, NULL, NULL, {NULL}, SLA_REASON_REQUIREMENT_MISSING, NULL},
    {DAY, NULL, NULL, "sale", NULL, {NULL}, 0, NULL},
    {DAY, NULL, NULL, "visit", NULL, {"licence"}, SLA_REASON_REQUIREMENT_MISSING, NULL},
    {DAY, NULL, NULL, "visit", NULL, {"travel"}, 0, NULL},
    {DAY, NULL, NULL, "question", NULL, {"travel"}, SLA_REASON_REQUIREMENT_MISSING, NULL},
    /* channels of tiers, however far included; not judged when one of the two is not said */
    {DAY, "basic", "phone", NULL, NULL, {"licence"}, SLA_REASON_CHANNEL_NOT_IN_TIER, NULL},
    {DAY, "plus", "email", NULL, NULL, {"licence"}, 0, NULL},
    {DAY, "top", "email", NULL, NULL, {"licence"}, 0, NULL},
    {DAY, "top", "phone", NULL, NULL, {"licence"}, 0, NULL},
    {DAY, NULL, "phone", NULL, NULL, {"licence"}, 0, NULL},
    {DAY, "basic", NULL, NULL, NULL, {"licence"}, 0, NULL},
    /* a channel's hours: first and last second, the next opening */
    {"2026-11-23T08:00:00Z", "plus", "phone", NULL, NULL, {"licence"}, 0, NULL},
    {"2026-11-23T15:59:59Z", "plus", "phone", NULL, NULL, {"licence"}, 0, NULL},
    {"2026-11-23T16:00:00Z", "plus", "phone", NULL, NULL, {"licence"}, SLA_REASON_CHANNEL_CLOSED, "2026-11-24T08:00:00Z"},
    {"2026-11-28T10:00:00Z", "plus", "phone", NULL, NULL, {"licence"}, SLA_REASON_CHANNEL_CLOSED, "2026-11-30T08:00:00Z"},
    {"2026-11-28T10:00:00Z", "plus", "email", NULL, NULL, {"licence"}, 0, NULL},
    /* no opening left in the horizon: none is made up */
    {"2099-12-31T20:00:00Z", NULL, "phone", NULL, NULL, {"licence"}, SLA_REASON_CHANNEL_CLOSED | SLA_REASON_EXPIRED, NULL},
    /* languages */
    {DAY, NULL, NULL, NULL, "en-GB", {"licence"}, 0, NULL},
    {DAY, NULL, NULL, NULL, "sr", {"licence"}, SLA_REASON_LANGUAGE_NOT_SUPPORTED, NULL},
    /* services */
    {DAY, NULL, NULL, "template", NULL, {"licence"}, SLA_REASON_SERVICE_EXCLUDED, NULL},
    {DAY, NULL, NULL, "theme", NULL, {"licence"}, SLA_REASON_SERVICE_EXCLUDED, NULL},
    {DAY, NULL, NULL, "advice", NULL, {"licence"}, SLA_REASON_SERVICE_EXCLUDED, NULL},
    {DAY, NULL, NULL, "backup", NULL, {"licence"}, SLA_REASON_SERVICE_NOT_LISTED, NULL},
    /* all that applies */
    {NIGHT,
     "basic",
     "phone",
     "theme",
     "fr",
     {NULL},
     SLA_REASON_REQUIREMENT_MISSING | SLA_REASON_CHANNEL_NOT_IN_TIER | SLA_REASON_CHANNEL_CLOSED |
         SLA_REASON_LANGUAGE_NOT_SUPPORTED | SLA_REASON_SERVICE_EXCLUDED,
     "2026-11-24T08:00:00Z"},
};

static void section_5_each_reason_applies_when_it_should(void **state) {
    (void)state;
    sla_contract *const contract = agreement();
    for (size_t i = 0; i < COUNT_OF(scope_cases); i++) {
        const sla_request request = request_of(contract, &scope_cases[i]);
        sla_scope scope = {0};
        assert_int_equal(sla_contract_decide_scope(contract, &request, &scope), SLA_OK);
        if (scope.reasons != scope_cases[i].reasons) {
            print_error("case %zu\n", i);
        }
        assert_int_equal(scope.reasons, scope_cases[i].reasons);
        assert_int_equal(scope.in_scope, scope_cases[i].reasons == 0);
        assert_true(scope.next_open == (scope_cases[i].next_open == NULL ? SLA_NONE : instant(scope_cases[i].next_open)));
    }
    sla_contract_unref(contract);
}

static void section_5_each_reason_has_its_clause(void **state) {
    (void)state;
    sla_contract *const contract = agreement();
    const struct scope_case all = {NIGHT, "basic", "phone", "theme", "fr", {NULL}, 0, NULL};
    const sla_request request = request_of(contract, &all);
    static const struct {
        int32_t reason;
        const char *clause;
    } cases[] = {{SLA_REASON_SERVICE_EXCLUDED, "not provided, 2"},
                 {SLA_REASON_CHANNEL_NOT_IN_TIER, "basic clause"},
                 {SLA_REASON_CHANNEL_CLOSED, "phone clause"},
                 {SLA_REASON_REQUIREMENT_MISSING, "contract clause"},
                 {SLA_REASON_EXPIRED, "contract clause"},
                 {SLA_REASON_NOT_YET_VALID, "contract clause"},
                 {SLA_REASON_LANGUAGE_NOT_SUPPORTED, "contract clause"},
                 {SLA_REASON_SERVICE_NOT_LISTED, "contract clause"},
                 {3, ""},
                 {0, ""}};
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        assert_string_equal(sla_contract_clause(contract, &request, cases[i].reason), cases[i].clause);
    }
    const struct scope_case visit = {DAY, NULL, NULL, "visit", NULL, {NULL}, 0, NULL};
    const sla_request visiting = request_of(contract, &visit);
    assert_string_equal(sla_contract_clause(contract, &visiting, SLA_REASON_REQUIREMENT_MISSING), "visit clause");
    assert_string_equal(sla_contract_clause(contract, &visiting, SLA_REASON_SERVICE_EXCLUDED), "");
    assert_string_equal(sla_contract_clause(contract, &visiting, SLA_REASON_CHANNEL_NOT_IN_TIER), "");
    assert_string_equal(sla_contract_clause(contract, NULL, SLA_REASON_EXPIRED), "");
    sla_contract_unref(contract);
}

static void reasons_have_names(void **state) {
    (void)state;
    static const char *const names[] = {"not-yet-valid",       "expired",           "requirement-missing",
                                        "channel-not-in-tier", "channel-closed",    "language-not-supported",
                                        "service-excluded",    "service-not-listed"};
    for (int32_t i = 0; i < 8; i++) {
        assert_string_equal(sla_reason_name(1 << i), names[i]);
    }
    assert_null(sla_reason_name(0));
    assert_null(sla_reason_name(3));
    assert_null(sla_reason_name(256));
    assert_null(sla_reason_name(-1));
}

/* ---- Requests that cannot be judged; batches ---- */

static void what_the_contract_does_not_know_makes_a_request_invalid(void **state) {
    (void)state;
    sla_contract *const contract = agreement();
    sla_request requests[8];
    for (size_t i = 0; i < COUNT_OF(requests); i++) {
        requests[i] = received(DAY);
    }
    requests[0].tier = SLA_UNKNOWN;
    requests[1].channel = SLA_UNKNOWN;
    requests[2].tier = 3;
    requests[3].service = 99;
    requests[4].received = -1;
    requests[5].received = SLA_HORIZON_END;
    requests[6].reserved[6] = 1;
    requests[7].service = INT32_MIN; /* one of many that are on no list */
    const sla_status expected[] = {SLA_INVALID_REQUEST, SLA_INVALID_REQUEST, SLA_INVALID_REQUEST,  SLA_INVALID_REQUEST,
                                   SLA_HORIZON,         SLA_HORIZON,         SLA_INVALID_ARGUMENT, SLA_OK};
    sla_scope scopes[8];
    sla_status statuses[8];
    assert_int_equal(sla_contract_decide_scope_many(contract, 8, requests, scopes, statuses), SLA_OK);
    for (size_t i = 0; i < COUNT_OF(requests); i++) {
        sla_scope scope;
        memset(&scope, 0xAA, sizeof scope);
        assert_int_equal(statuses[i], expected[i]);
        assert_int_equal(sla_contract_decide_scope(contract, &requests[i], &scope), expected[i]);
        assert_memory_equal(&scope, &scopes[i], sizeof scope);
    }
    assert_int_equal(scopes[0].next_open, 0);
    assert_int_equal(scopes[7].reasons, SLA_REASON_REQUIREMENT_MISSING | SLA_REASON_SERVICE_NOT_LISTED);
    assert_int_equal(sla_contract_decide_scope_many(contract, 8, requests, scopes, NULL), SLA_OK);
    assert_int_equal(sla_contract_decide_scope_many(contract, 0, NULL, NULL, NULL), SLA_OK);
    assert_int_equal(sla_contract_decide_scope_many(contract, 1, NULL, scopes, NULL), SLA_INVALID_ARGUMENT);
    assert_int_equal(sla_contract_decide_scope(contract, requests, NULL), SLA_INVALID_ARGUMENT);
    assert_int_equal(sla_contract_decide_scope(NULL, requests, scopes), SLA_INVALID_ARGUMENT);
    sla_contract_unref(contract);
}

/* §5: a contract that lists no language supports any. */
static void section_5_no_list_is_any_language(void **state) {
    (void)state;
    sla_contract *const contract = build(new_builder("UTC"));
    sla_request request = received(DAY);
    request.language = SLA_UNKNOWN;
    request.service = SLA_UNKNOWN;
    sla_scope scope;
    assert_int_equal(sla_contract_decide_scope(contract, &request, &scope), SLA_OK);
    assert_int_equal(scope.in_scope, 1);
    sla_contract_unref(contract);
}

/* ---- A plain restatement of §5, over names ---- */

enum { CHANNELS = 4, TIERS = 4, ENTRIES = 3, NAMES = 8, FACTS = 3 };

/* An entry of a list of services: its names as a set of bits, the first of them its own. */
struct plain_entry {
    int32_t own;
    uint32_t names;
    bool requires_own;
    uint32_t requires;
};

struct plain_contract {
    uint32_t tier_channels[TIERS];
    uint32_t tier_includes[TIERS];
    bool channel_staffed[CHANNELS];
    size_t counts[2]; /* covered, excluded */
    struct plain_entry lists[2][ENTRIES];
    uint32_t required;
    bool lists_languages; /* "en" */
    bool unlisted_excluded;
};

/* Each bit below `bits` with a chance of one in four. */
static uint32_t draw_few(uint64_t *seed, uint32_t bits) {
    const uint32_t half = draw(seed, 1U << bits);
    return half & draw(seed, 1U << bits);
}

static void draw_list(struct plain_contract *plain, int32_t list, uint64_t *seed) {
    uint32_t free_names = (1U << NAMES) - 1;
    plain->counts[list] = draw(seed, ENTRIES + 1);
    for (size_t i = 0; i < plain->counts[list]; i++) {
        struct plain_entry *const entry = &plain->lists[list][i];
        do {
            entry->own = (int32_t)draw(seed, NAMES);
        } while ((free_names >> entry->own & 1) == 0);
        entry->names = 1U << entry->own;
        const uint32_t aliases = draw_few(seed, NAMES) & draw(seed, 1U << NAMES) & free_names;
        entry->names |= aliases;
        free_names &= ~entry->names;
        entry->requires_own = draw(seed, 2) == 0;
        entry->requires = entry->requires_own ? draw(seed, 1U << FACTS) : 0;
        if (free_names == 0) {
            plain->counts[list] = i + 1;
        }
    }
}

static struct plain_contract draw_contract(uint64_t *seed) {
    struct plain_contract plain = {0};
    for (uint32_t i = 0; i < TIERS; i++) {
        plain.tier_channels[i] = draw_few(seed, CHANNELS);
        plain.tier_includes[i] = draw(seed, 1U << i); /* those before it: no cycle */
    }
    for (size_t i = 0; i < CHANNELS; i++) {
        plain.channel_staffed[i] = draw(seed, 2) == 0;
    }
    draw_list(&plain, 0, seed);
    draw_list(&plain, 1, seed);
    plain.required = draw_few(seed, FACTS);
    plain.lists_languages = draw(seed, 2) == 0;
    plain.unlisted_excluded = draw(seed, 2) == 0;
    return plain;
}

static const char *const fact_names[FACTS] = {"licence", "partner", "travel"};

static void enter_list(sla_contract_builder *builder, const struct plain_contract *plain, int32_t list) {
    static const char *const names[NAMES] = {"n0", "n1", "n2", "n3", "n4", "n5", "n6", "n7"};
    const int32_t kind = list == 0 ? SLA_ELEMENT_SERVICE : SLA_ELEMENT_EXCLUSION;
    for (size_t i = 0; i < plain->counts[list]; i++) {
        const struct plain_entry *const entry = &plain->lists[list][i];
        const int32_t index = add(builder, kind, names[entry->own]);
        for (int32_t n = 0; n < NAMES; n++) {
            if (n != entry->own && (entry->names >> n & 1) != 0) {
                name(builder, kind, index, SLA_NAME_ALIAS, names[n]);
            }
        }
        if (entry->requires_own && entry->requires == 0) {
            name(builder, kind, index, SLA_NAME_REQUIRED, "");
        }
        for (size_t n = 0; n < FACTS; n++) {
            if ((entry->requires >> n & 1) != 0) {
                name(builder, kind, index, SLA_NAME_REQUIRED, fact_names[n]);
            }
        }
    }
}

static sla_contract *enter_contract(const struct plain_contract *plain, bool exclusions_first) {
    static const char *const channels[CHANNELS] = {"c0", "c1", "c2", "c3"};
    static const char *const tiers[TIERS] = {"t0", "t1", "t2", "t3"};
    sla_contract_builder *const builder = new_short_builder();
    add_calendar(
        builder, "desk",
        hours_over("UTC", instant("2026-01-01T00:00:00Z"), instant("2027-01-01T00:00:00Z"), WEEKDAYS, 9 * HOUR, 17 * HOUR));
    for (int32_t i = 0; i < CHANNELS; i++) {
        add(builder, SLA_ELEMENT_CHANNEL, channels[i]);
        if (plain->channel_staffed[i]) {
            name(builder, SLA_ELEMENT_CHANNEL, i, SLA_NAME_CALENDAR, "desk");
        }
    }
    for (int32_t i = 0; i < TIERS; i++) {
        add(builder, SLA_ELEMENT_TIER, tiers[i]);
    }
    for (int32_t i = TIERS - 1; i >= 0; i--) { /* inclusions from the far end: the closure has to follow */
        for (int32_t n = 0; n < CHANNELS; n++) {
            if ((plain->tier_channels[i] >> n & 1) != 0) {
                name(builder, SLA_ELEMENT_TIER, i, SLA_NAME_CHANNEL, channels[n]);
            }
            if ((plain->tier_includes[i] >> n & 1) != 0) {
                name(builder, SLA_ELEMENT_TIER, i, SLA_NAME_INCLUDED, tiers[n]);
            }
        }
    }
    for (size_t i = 0; i < FACTS; i++) {
        if ((plain->required >> i & 1) != 0) {
            add(builder, SLA_ELEMENT_FACT, fact_names[i]);
        }
    }
    enter_list(builder, plain, exclusions_first);
    enter_list(builder, plain, !exclusions_first);
    if (plain->lists_languages) {
        add(builder, SLA_ELEMENT_LANGUAGE, "en");
    }
    sla_contract_builder_set_unlisted(builder, plain->unlisted_excluded, NULL);
    return build(builder);
}

static bool plain_offers(const struct plain_contract *plain, int32_t tier, int32_t channel) {
    if ((plain->tier_channels[tier] >> channel & 1) != 0) {
        return true;
    }
    for (int32_t i = 0; i < TIERS; i++) {
        if ((plain->tier_includes[tier] >> i & 1) != 0 && plain_offers(plain, i, channel)) {
            return true;
        }
    }
    return false;
}

/* The entry on a list with the first of these names, in the order of names; NULL when there is none. */
static const struct plain_entry *plain_entry(const struct plain_contract *plain, int32_t list, uint32_t names) {
    for (int32_t n = 0; n < NAMES; n++) {
        for (size_t i = 0; i < plain->counts[list]; i++) {
            if ((names & plain->lists[list][i].names & (1U << n)) != 0) {
                return &plain->lists[list][i];
            }
        }
    }
    return NULL;
}

/* What the other list says of an entry: the entry called the same, else the one with the first of its names. */
static const struct plain_entry *plain_counterpart(const struct plain_contract *plain, int32_t list,
                                                   const struct plain_entry *entry) {
    for (size_t i = 0; i < plain->counts[list]; i++) {
        if (plain->lists[list][i].own == entry->own) {
            return &plain->lists[list][i];
        }
    }
    return plain_entry(plain, list, entry->names);
}

/* `service` is a name's number, NAMES for a name on no list, -1 for not said. */
static int32_t plain_reasons(const struct plain_contract *plain, const sla_request *request, int32_t service,
                             uint32_t holds, bool desk_open) {
    const uint32_t asked = service >= 0 && service < NAMES ? 1U << service : 0;
    const struct plain_entry *covered = plain_entry(plain, 0, asked);
    const struct plain_entry *const excluded =
        covered == NULL ? plain_entry(plain, 1, asked) : plain_counterpart(plain, 1, covered);
    covered = covered == NULL && excluded != NULL ? plain_counterpart(plain, 0, excluded) : covered;
    const struct plain_entry *const requiring = covered != NULL ? covered : excluded;
    const uint32_t required = requiring != NULL && requiring->requires_own ? requiring->requires : plain->required;
    int32_t reasons = 0;
    reasons |= (required & ~holds) != 0 ? SLA_REASON_REQUIREMENT_MISSING : 0;
    reasons |= excluded != NULL ? SLA_REASON_SERVICE_EXCLUDED : 0;
    reasons |= service >= 0 && requiring == NULL && plain->unlisted_excluded ? SLA_REASON_SERVICE_NOT_LISTED : 0;
    reasons |= plain->lists_languages && request->language == SLA_UNKNOWN ? SLA_REASON_LANGUAGE_NOT_SUPPORTED : 0;
    if (request->channel >= 0) {
        reasons |= plain->channel_staffed[request->channel] && !desk_open ? SLA_REASON_CHANNEL_CLOSED : 0;
        reasons |= request->tier >= 0 && !plain_offers(plain, request->tier, request->channel)
                       ? SLA_REASON_CHANNEL_NOT_IN_TIER
                       : 0;
    }
    return reasons;
}

static void compare_with_plain(const struct plain_contract *plain, const sla_contract *contract, uint64_t *seed) {
    for (int32_t service = -1; service <= NAMES; service++) {
        const bool desk_open = draw(seed, 2) == 0;
        const uint32_t holds = draw(seed, 1U << FACTS);
        sla_request request = received(desk_open ? DAY : NIGHT);
        request.tier = (int32_t)draw(seed, TIERS + 1) - 1;
        request.channel = (int32_t)draw(seed, CHANNELS + 1) - 1;
        request.language = -(int32_t)draw(seed, 2) - 1;
        if (service >= 0) {
            const char called[] = {'n', (char)('0' + service), '\0'};
            request.service = find(contract, SLA_ELEMENT_SERVICE, called);
        }
        for (int32_t i = 0; i < FACTS; i++) {
            const int32_t fact = find(contract, SLA_ELEMENT_FACT, fact_names[i]);
            request.holds |= fact >= 0 && (holds >> i & 1) != 0 ? UINT64_C(1) << fact : 0;
        }
        sla_scope scope;
        assert_int_equal(sla_contract_decide_scope(contract, &request, &scope), SLA_OK);
        assert_int_equal(scope.reasons, plain_reasons(plain, &request, service, holds, desk_open));
    }
}

static void section_5_agrees_with_a_plain_restatement(void **state) {
    (void)state;
    uint64_t seed = 5;
    for (int i = 0; i < 400; i++) {
        const struct plain_contract plain = draw_contract(&seed);
        sla_contract *const contract = enter_contract(&plain, i % 2 == 0);
        for (int n = 0; n < 10; n++) {
            compare_with_plain(&plain, contract, &seed);
        }
        sla_contract_unref(contract);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(section_5_each_reason_applies_when_it_should),
        cmocka_unit_test(section_5_each_reason_has_its_clause),
        cmocka_unit_test(reasons_have_names),
        cmocka_unit_test(what_the_contract_does_not_know_makes_a_request_invalid),
        cmocka_unit_test(section_5_no_list_is_any_language),
        cmocka_unit_test(section_5_agrees_with_a_plain_restatement),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
