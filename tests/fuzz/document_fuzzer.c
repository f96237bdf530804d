/* SPDX-License-Identifier: MIT */
/*
 * A contract document (YAML or JSON). Its feeds get an iCalendar text of the fuzzer's; a line "---feed" in the input begins
 * one of its own. Loading twice says the same twice. Calendars have twelve years, those of large documents, which are
 * loaded once, the default horizon. A document that is refused has a complaint with a place; a contract that comes of it is
 * asked what a help desk would ask.
 */
#include "fuzz.h"

static const char FEED[] =
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//fuzz//EN\r\n"
    "BEGIN:VEVENT\r\nUID:1\r\nSUMMARY:New Year\r\nCATEGORIES:Holidays\r\n"
    "DTSTART;VALUE=DATE:20200101\r\nRRULE:FREQ=YEARLY\r\nEND:VEVENT\r\n"
    "BEGIN:VEVENT\r\nUID:2\r\nSUMMARY:Half day\r\nDTSTART:20261224T120000\r\nDURATION:PT12H\r\nEND:VEVENT\r\n"
    "END:VCALENDAR\r\n";

static const char SEPARATOR[] = "\n---feed\n";

enum { COMPLAINTS_MAX = 2000, ROWS_ASKED = 20, TRIALS_MAX = 64, LARGE = 1 << 16 };

static const int64_t NOW = INT64_C(1795428000); /* a Monday of November 2026 */

enum { BEGIN = 1577836800, END = BEGIN + 4383 * SLI_DAY }; /* 2020 to 2031 */

/* ---- Loading ---- */

typedef struct loading {
    sla_status status;
    sla_contract *contract;
    sla_error error;
    sla_diagnostics *said;
} loading;

/* Where the document ends and a feed of the input's begins. */
static size_t document_size(const char *bytes, size_t size) {
    const size_t length = sizeof SEPARATOR - 1;
    for (size_t i = 0; i + length <= size; i++) {
        if (memcmp(bytes + i, SEPARATOR, length) == 0) {
            return i;
        }
    }
    return size;
}

static text feed_of(const char *bytes, size_t size) {
    const size_t begin = document_size(bytes, size) + sizeof SEPARATOR - 1;
    return begin > size ? sli_text(FEED, SIZE_MAX) : (text){bytes + begin, size - begin};
}

static void hand_over_feeds(sla_document *document, text feed) {
    for (size_t i = 0; i < sla_document_feed_count(document); i++) {
        const char *const name = sla_document_feed_name(document, i);
        MUST(name != NULL && sla_document_feed_file(document, i) != NULL);
        MUST(sla_document_set_feed(document, name, SIZE_MAX, feed.start, feed.length, NULL) == SLA_OK);
    }
    MUST(sla_document_feed_name(document, sla_document_feed_count(document)) == NULL);
}

static loading load(const char *bytes, size_t size) {
    loading made = {.status = SLA_OK};
    sla_document *document = NULL;
    MUST(sla_diagnostics_new(COMPLAINTS_MAX, &made.said) == SLA_OK);
    made.status = sla_document_load(bytes, document_size(bytes, size), &document, &made.error);
    MUST((made.status == SLA_OK) == (document != NULL));
    if (document != NULL) {
        MUST(size > LARGE || sla_document_set_horizon(document, BEGIN, END, NULL) == SLA_OK);
        hand_over_feeds(document, feed_of(bytes, size));
        made.status = sla_document_build(document, made.said, &made.contract, &made.error);
        MUST((made.status == SLA_OK) == (made.contract != NULL));
        MUST((made.status == SLA_OK) || sla_diagnostics_count(made.said) > 0);
    }
    sla_document_free(document);
    return made;
}

static void unload(const loading *made) {
    sla_contract_unref(made->contract);
    sla_diagnostics_free(made->said);
}

/* ---- What is said ---- */

static void check_place(const sla_error *complaint) {
    const bool too_large = complaint->code == SLA_LIMIT && strstr(complaint->message, "too large") != NULL;
    MUST(too_large || (complaint->line >= 1 && complaint->column >= 1));
}

static void check_complaints(const loading *made) {
    size_t errors = 0;
    for (size_t i = 0; i < sla_diagnostics_count(made->said); i++) {
        sla_error complaint;
        MUST(sla_diagnostics_get(made->said, i, &complaint) == SLA_OK);
        errors += complaint.severity == SLA_SEVERITY_ERROR;
        must_be_text(complaint.message, sizeof complaint.message);
        must_be_text(complaint.path, sizeof complaint.path);
        check_place(&complaint);
    }
    MUST(made->status != SLA_OK || errors == 0);
    if (made->status != SLA_OK) {
        MUST(made->error.code == made->status);
        must_complain(&made->error);
        check_place(&made->error);
    }
}

static void check_same(const loading *one, const loading *other) {
    MUST(one->status == other->status);
    MUST(sla_diagnostics_count(one->said) == sla_diagnostics_count(other->said));
    for (size_t i = 0; i < sla_diagnostics_count(one->said); i++) {
        sla_error left;
        sla_error right;
        MUST(sla_diagnostics_get(one->said, i, &left) == SLA_OK);
        MUST(sla_diagnostics_get(other->said, i, &right) == SLA_OK);
        MUST(memcmp(&left, &right, sizeof left) == 0);
    }
}

/* ---- What the contract answers ---- */

/* Every name leads back to an element of that name, or to the same index. */
static void check_names(const sla_contract *contract) {
    for (int32_t element = SLA_ELEMENT_CONTRACT; element <= SLA_ELEMENT_OBJECTIVE; element++) {
        const int32_t count = sla_contract_count(contract, element);
        for (int32_t i = 0; i < count && i < ROWS_ASKED; i++) {
            const char *const name = sla_contract_name(contract, element, i);
            MUST(name != NULL && sli_text_is_utf8(sli_text(name, SIZE_MAX)));
            MUST(sla_contract_text(contract, element, i, SLA_TEXT_CLAUSE) != NULL);
            int32_t found = 0;
            const bool named = element < SLA_ELEMENT_RULE || element == SLA_ELEMENT_METRIC || element == SLA_ELEMENT_EVENT;
            if (named && element != SLA_ELEMENT_EXCLUSION && element != SLA_ELEMENT_LANGUAGE) {
                MUST(sla_contract_find(contract, element, name, SIZE_MAX, &found) == SLA_OK);
                MUST(found == i);
            }
        }
        MUST(sla_contract_name(contract, element, count) == NULL);
    }
}

static void check_warnings(const sla_contract *contract) {
    sla_diagnostics *said = NULL;
    MUST(sla_diagnostics_new(COMPLAINTS_MAX, &said) == SLA_OK);
    const sla_status status = sla_contract_check(contract, said, NULL);
    MUST(status == SLA_OK || status == SLA_LIMIT);
    for (size_t i = 0; i < sla_diagnostics_count(said); i++) {
        sla_error finding;
        MUST(sla_diagnostics_get(said, i, &finding) == SLA_OK);
        MUST(finding.severity == SLA_SEVERITY_WARNING && finding.message[0] != '\0');
        must_be_text(finding.message, sizeof finding.message);
    }
    sla_diagnostics_free(said);
}

static int32_t nth_or_unsaid(const sla_contract *contract, int32_t element, int32_t n) {
    const int32_t count = sla_contract_count(contract, element);
    return count == 0 ? SLA_UNSAID : n % (count + 1) - 1;
}

static sla_request request_number(const sla_contract *contract, int32_t n) {
    return (sla_request){.received = NOW + n * INT64_C(40000),
                         .holds = n % 2 == 0 ? UINT64_MAX : 0,
                         .tier = nth_or_unsaid(contract, SLA_ELEMENT_TIER, n),
                         .channel = nth_or_unsaid(contract, SLA_ELEMENT_CHANNEL, n / 2),
                         .service = nth_or_unsaid(contract, SLA_ELEMENT_SERVICE, n / 3),
                         .language = nth_or_unsaid(contract, SLA_ELEMENT_LANGUAGE, n),
                         .criterion = nth_or_unsaid(contract, SLA_ELEMENT_CRITERION, n + 1)};
}

static void check_explanations(const sla_contract *contract, const sla_request *request) {
    sla_scope_check checks[8];
    sla_trial trials[TRIALS_MAX];
    size_t count = 0;
    const sla_status scope = sla_contract_explain_scope(contract, request, checks, 8, &count);
    MUST(scope == SLA_OK || scope == SLA_HORIZON);
    MUST(scope != SLA_OK || count == 8);
    for (int32_t metric = 0; metric < sla_contract_count(contract, SLA_ELEMENT_METRIC) && metric < ROWS_ASKED; metric++) {
        const sla_status status = sla_contract_explain_target(contract, metric, request, trials, TRIALS_MAX, &count);
        MUST(status == SLA_OK || status == SLA_BUFFER_TOO_SMALL);
        MUST((status == SLA_BUFFER_TOO_SMALL) == (count > TRIALS_MAX));
    }
}

static void check_request(const sla_contract *contract, const sla_request *request) {
    sla_scope scope;
    const sla_status status = sla_contract_decide_scope(contract, request, &scope);
    MUST(status == SLA_OK || status == SLA_HORIZON);
    for (int32_t metric = 0; metric < sla_contract_count(contract, SLA_ELEMENT_METRIC) && metric < ROWS_ASKED; metric++) {
        sla_due due;
        const sla_status answer = sla_contract_due(contract, metric, request, &due);
        MUST(answer == SLA_OK || answer == SLA_HORIZON);
        MUST(due.kind != SLA_DUE_AT || answer != SLA_OK || (due.at >= request->received && due.limit >= due.at));
    }
    check_explanations(contract, request);
}

static void check_contract(const sla_contract *contract) {
    check_names(contract);
    check_warnings(contract);
    for (int32_t n = 0; n < ROWS_ASKED; n++) {
        const sla_request request = request_number(contract, n);
        check_request(contract, &request);
    }
}

static void check_again(const char *bytes, size_t size, const loading *once) {
    const loading again = load(bytes, size);
    check_same(once, &again);
    unload(&again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    const char *const bytes = size == 0 ? "" : (const char *)data; /* libFuzzer's empty input may be NULL */
    const loading once = load(bytes, size);
    check_complaints(&once);
    if (once.contract != NULL) {
        check_contract(once.contract);
    }
    if (size <= LARGE) {
        check_again(bytes, size, &once);
    }
    unload(&once);
    return 0;
}
