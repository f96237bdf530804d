/* SPDX-License-Identifier: MIT */
/*
 * usage: contract_view FILE…
 *
 * What the library sees in contract documents, without their places: a line "FILE n" and n lines of complaints (status,
 * path, message) or, of a contract, of elements with their texts. Two spellings of one document give the same lines.
 */
#include "fuzz.h"

enum { LINE_MAX = 4096 };

typedef struct view {
    char **items;
    size_t count;
    size_t capacity;
} view;

/* One line: what is said of it may hold line ends. */
static void add(view *to, const char *kind, const char *first, const char *second, const char *third) {
    char line[LINE_MAX];
    snprintf(line, sizeof line, "%s\t%s\t%s\t%s", kind, first, second, third);
    for (char *at = line; *at != '\0'; at++) {
        *at = *at == '\n' || *at == '\r' ? ' ' : *at;
    }
    char *const copy = sli_text_copy(sli_text(line, SIZE_MAX));
    MUST(copy != NULL && SLI_APPEND(to, copy));
}

static void add_complaint(view *to, const sla_error *complaint) {
    add(to, sla_status_name(complaint->code), complaint->path, complaint->message, "");
}

static void add_elements(view *to, const sla_contract *contract, int32_t element) {
    char kind[24];
    snprintf(kind, sizeof kind, "element %d", (int)element);
    for (int32_t i = 0; i < sla_contract_count(contract, element); i++) {
        add(to, kind, sla_contract_name(contract, element, i), sla_contract_text(contract, element, i, SLA_TEXT_TITLE),
            sla_contract_text(contract, element, i, SLA_TEXT_NOTE));
        for (int32_t n = 0; n < sla_contract_condition_count(contract, element, i); n++) {
            sla_condition condition;
            char asked[64];
            MUST(sla_contract_get_condition(contract, element, i, n, &condition) == SLA_OK);
            snprintf(asked, sizeof asked, "%d %d %d", (int)condition.element, (int)condition.attribute,
                     (int)condition.value);
            add(to, kind, "condition", asked, "");
        }
    }
}

static void add_calendars(view *to, const sla_contract *contract) {
    for (int32_t i = 0; i < sla_contract_count(contract, SLA_ELEMENT_CALENDAR); i++) {
        int64_t begin = 0;
        int64_t end = 0;
        int64_t open = 0;
        char total[32];
        const sla_calendar *const calendar = sla_contract_calendar(contract, i);
        MUST(sla_calendar_horizon(calendar, &begin, &end) == SLA_OK);
        MUST(sla_calendar_elapsed(calendar, begin, end, &open) == SLA_OK);
        snprintf(total, sizeof total, "%lld", (long long)open);
        add(to, "open", sla_contract_name(contract, SLA_ELEMENT_CALENDAR, i), sla_zone_name(sla_calendar_zone(calendar)),
            total);
    }
}

static void add_targets(view *to, const sla_contract *contract) {
    for (int32_t i = 0; i < sla_contract_count(contract, SLA_ELEMENT_TARGET); i++) {
        sla_target target;
        char row[160];
        MUST(sla_contract_get_target(contract, i, &target) == SLA_OK);
        snprintf(row, sizeof row, "%d %d %lld %lld %d %d %d", (int)target.kind, (int)target.tie, (long long)target.amount,
                 (long long)target.grace, (int)target.by, (int)target.calendar, (int)target.roll);
        add(to, "target", row, "", "");
    }
}

static void build(view *to, sla_document *document) {
    sla_diagnostics *said = NULL;
    sla_contract *contract = NULL;
    MUST(sla_document_set_horizon(document, INT64_C(1767225600), INT64_C(1798761600), NULL) == SLA_OK); /* 2026 */
    MUST(sla_diagnostics_new(1000, &said) == SLA_OK);
    sla_document_build(document, said, &contract, NULL);
    for (size_t i = 0; i < sla_diagnostics_count(said); i++) {
        sla_error complaint;
        MUST(sla_diagnostics_get(said, i, &complaint) == SLA_OK);
        add_complaint(to, &complaint);
    }
    if (contract != NULL) {
        for (int32_t element = SLA_ELEMENT_CONTRACT; element <= SLA_ELEMENT_OBJECTIVE; element++) {
            add_elements(to, contract, element);
        }
        add_calendars(to, contract);
        add_targets(to, contract);
    }
    sla_contract_unref(contract);
    sla_diagnostics_free(said);
}

static void look(view *to, const char *bytes, size_t size) {
    sla_document *document = NULL;
    sla_error error = {0};
    if (sla_document_load(bytes, size, &document, &error) == SLA_OK) {
        build(to, document);
    } else {
        add_complaint(to, &error);
    }
    sla_document_free(document);
}

static void print_view(const char *path, const view *seen) {
    printf("%s\t%zu\n", path, seen->count);
    for (size_t i = 0; i < seen->count; i++) {
        puts(seen->items[i]);
        free(seen->items[i]);
    }
    free(seen->items);
}

int main(int count, char **paths) {
    static char bytes[1 << 20];
    for (int i = 1; i < count; i++) {
        view seen = {0};
        FILE *const file = fopen(paths[i], "rb");
        MUST(file != NULL);
        const size_t size = fread(bytes, 1, sizeof bytes, file);
        fclose(file);
        look(&seen, bytes, size);
        print_view(paths[i], &seen);
    }
    return 0;
}
