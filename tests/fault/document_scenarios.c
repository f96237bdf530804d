/* SPDX-License-Identifier: MIT */
/* Documents: every key, every kind of complaint, feeds that are handed over, contracts to move to. */
#include "support.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static const char holidays[] = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:a\r\nSUMMARY:New Year\r\n"
                               "DTSTART;VALUE=DATE:20260101\r\nRRULE:FREQ=YEARLY\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";

/* ---- Calls ---- */

static sla_document *load(const char *text, size_t length) {
    sla_document *document = NULL;
    REPEAT((sla_document_free(document), document = STALE), sla_document_load(text, length, &document, &failure),
           document == NULL);
    if (document == NULL) {
        note("%d:%d %s", failure.line, failure.column, failure.message);
    }
    return document;
}

static void note_feeds(const sla_document *document) {
    fault_quiet_begin();
    for (size_t i = 0; i < sla_document_feed_count(document); i++) {
        note("%s %s", sla_document_feed_name(document, i), sla_document_feed_file(document, i));
    }
    fault_quiet_end("feeds");
}

static void build(const sla_document *document) {
    sla_diagnostics *diagnostics = NULL;
    sla_contract *contract = NULL;
    REPEAT_COMPLAINING((sla_contract_unref(contract), contract = STALE, diagnostics = renewed(diagnostics)),
                       sla_document_build(document, diagnostics, &contract, &failure), contract == NULL);
    note_diagnostics(diagnostics);
    if (contract != NULL) {
        note_contract(contract);
    } else {
        note("%d:%d %s", failure.line, failure.column, failure.message);
    }
    sla_contract_unref(contract);
    sla_diagnostics_free(diagnostics);
}

static void set_horizon(sla_document *document) {
    TRY(sla_document_set_horizon(document, YEAR_BEGIN, YEAR_BEGIN + 200 * DAY, &failure), true);
}

static void hand_over_feeds(sla_document *document, const char *text) {
    for (size_t i = 0; i < sla_document_feed_count(document); i++) {
        TRY(sla_document_set_feed(document, sla_document_feed_name(document, i), SIZE_MAX, text, SIZE_MAX, &failure), true);
    }
}

/* ---- Scenarios ---- */

static void read_and_build(const char *text) {
    sla_document *const document = load(text, SIZE_MAX);
    if (document != NULL) {
        note_feeds(document);
        set_horizon(document);
        hand_over_feeds(document, holidays);
        build(document);
    }
    sla_document_free(document);
}

/* The text of a file with its NUL; NULL when there is none. It stands until the next is read. */
static const char *text_of(const char *path, size_t *length) {
    static char text[1 << 18];
    FILE *const file = fopen(path, "rb");
    if (file == NULL) {
        return NULL;
    }
    *length = fread(text, 1, sizeof text - 1, file);
    fclose(file);
    text[*length] = '\0';
    return text;
}

static void read_file(const char *path) {
    size_t length = 0;
    const char *const text = text_of(path, &length);
    demand(text != NULL, path);
    if (text != NULL) {
        read_and_build(text);
    }
}

static void every_key(void) {
    read_file(FAULT_TESTS "/schema/good/every-key.yaml");
}

static void texts(void) {
    read_file(FAULT_TESTS "/schema/good/text-is-text.yaml");
    read_file(FAULT_TESTS "/schema/good/compact.json");
}

/* Settings of a document are seen in what it builds. */
static void look_at_document(void *document) {
    sla_contract *contract = NULL;
    note("%d", sla_document_build(document, NULL, &contract, NULL));
    if (contract != NULL) {
        int64_t begin = 0;
        int64_t end = 0;
        DEMAND(sla_calendar_horizon(sla_contract_calendar(contract, 0), &begin, &end) == SLA_OK);
        note("%lld %lld", (long long)begin, (long long)end);
        note_contract(contract);
    }
    sla_contract_unref(contract);
}

static sla_contract *other_contract(const char *name) {
    char text[128];
    sla_document *document = NULL;
    sla_contract *contract = NULL;
    snprintf(text, sizeof text, "{sla: 1, name: %s, time_zone: UTC}", name);
    DEMAND(sla_document_load(text, SIZE_MAX, &document, NULL) == SLA_OK);
    DEMAND(sla_document_set_horizon(document, YEAR_BEGIN, YEAR_END, NULL) == SLA_OK);
    DEMAND(sla_document_build(document, NULL, &contract, NULL) == SLA_OK);
    sla_document_free(document);
    return contract;
}

static void settings(void) {
    static const char text[] = "sla: 1\nname: Settings\ntime_zone: Europe/Belgrade\n"
                               "calendars: {office: {hours: {mon-fri: 09:00-17:00}, feeds: [holidays, closings]}}\n";
    sla_document *const document = load(text, SIZE_MAX);
    fault_watch(look_at_document, document);
    build(document); /* the feeds are missing */
    TRY(sla_document_set_horizon(document, YEAR_BEGIN, YEAR_END, &failure), true);
    TRY(sla_document_set_horizon(document, YEAR_END, YEAR_BEGIN, &failure), true);
    TRY(sla_document_set_zone_folder(document, "/usr/share/zoneinfo", SIZE_MAX, &failure), true);
    hand_over_feeds(document, holidays);
    hand_over_feeds(document, holidays);
    TRY(sla_document_set_feed(document, "holydays", SIZE_MAX, holidays, SIZE_MAX, &failure), true);
    for (int i = 0; i < 10; i++) {
        char name[32];
        int32_t index = 77;
        snprintf(name, sizeof name, "Next %d", i);
        sla_contract *const other = other_contract(name);
        TRY(sla_document_add_contract(document, other, &index, &failure), index == 0);
        sla_contract_unref(other);
    }
    TRY(sla_document_set_zone_folder(document, NULL, 0, &failure), true);
    fault_watch(NULL, NULL);
    build(document);
    fault_quiet_begin();
    sla_document_free(document);
    fault_quiet_end("letting go");
}

static void complaints(void) {
    read_and_build("sla: 1\nname: Test\ntime_zone: GMT+1\nprice: high\n"
                   "valid: {from: 2026-02-30, until: 2026-01-01}\n"
                   "calendars:\n"
                   "  office: {hours: {mon: 09:00-09:00, tues: 1-2}, feeds: [holydays]}\n"
                   "  never: {hours: {}}\n"
                   "  circle: {union: [round, office]}\n"
                   "  round: {difference: [circle, nowhere]}\n"
                   "  odd: {hours: {mon: 08:00-09:00}, time_zone: Europe/Belgrad, exceptions: [{date: 2026-13-01}]}\n"
                   "feeds: {holidays: {exclude_categories: {}, covers_until: soon}}\n"
                   "channels: {email: {}, email: {}, phone: {calendar: offise}}\n"
                   "tiers: {standard: {channels: [fax], includes: [gold]}, gold: {includes: [standard], price: low}}\n"
                   "services: {covered: {advice: {requires: [a, a], aliases: [advice]}}, excluded: [x], unlisted: maybe}\n"
                   "attributes: {impact: [high, high], tier: [a]}\n"
                   "criteria: [{name: urgent, when: {impact: hihg, impcat: high}}, {when: {}}]\n"
                   "metrics: {response: {start: received}, other: {like: unknown, repeats: perhaps}}\n"
                   "targets:\n"
                   "  - {within: 2d, calendar: office}\n"
                   "  - {within: 4h, calendar: ofice, criterion: urgnet, tier: goldd, metric: respons}\n"
                   "objectives: [{metric: response, attainment: 101%}, {metric: x, attainment: 95%, per: year}]\n");
}

/* Feeds with complaints of their own. */
static void bad_feeds(void) {
    static const char text[] =
        "sla: 1\nname: Feeds\ntime_zone: UTC\nfeeds: {holidays: {unsupported: skip}}\n"
        "calendars: {office: {hours: {mon: 09:00-17:00}, feeds: [holidays, holidays]},\n"
        "            other: {hours: {tue: 09:00-17:00}, time_zone: Europe/Vienna, feeds: [holidays]}}\n";
    static const char feed[] = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:a\r\nDTSTART:20260101T100000\r\n"
                               "RRULE:FREQ=SOMETIMES\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
    sla_document *const document = load(text, SIZE_MAX);
    set_horizon(document);
    hand_over_feeds(document, feed);
    build(document);
    hand_over_feeds(document, "no feed");
    build(document);
    sla_document_free(document);
}

/* A feed with more complaints than are passed on. */
static void crowded_feed(void) {
    enum { EVENTS = 101 };
    static const char event[] = "BEGIN:VEVENT\r\nUID:a\r\nEND:VEVENT\r\n"; /* without a start */
    static char feed[EVENTS * sizeof event + 100];
    size_t length = (size_t)snprintf(feed, sizeof feed, "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n");
    for (int i = 0; i < EVENTS; i++) {
        length += (size_t)snprintf(feed + length, sizeof feed - length, "%s", event);
    }
    snprintf(feed + length, sizeof feed - length, "END:VCALENDAR\r\n");
    sla_document *const document = load("{sla: 1, name: Crowd, time_zone: UTC, "
                                        "calendars: {office: {hours: {mon: 09:00-17:00}, feeds: [holidays]}}}",
                                        SIZE_MAX);
    set_horizon(document);
    hand_over_feeds(document, feed);
    build(document);
    sla_document_free(document);
}

/* What is no document at all, and what only libyaml can say. */
static void unreadable(void) {
    static const char *const documents[] = {"",
                                            "# only a comment\n",
                                            "sla: [1\n",
                                            "a: &x 1\nb: *x\n",
                                            "--- {}\n--- {}\n",
                                            "a: !!int 1\n",
                                            "a: \"\\q\"\n",
                                            "\xFF\xFEs\0l\0",
                                            "a: \x01\n",
                                            "{sla: 1, name: >\n  folded\n  text\n, x",
                                            "a:\n\tb: 1\n",
                                            "? [complex]\n: key\n",
                                            "just a text\n",
                                            "- a\n- list\n"};
    for (size_t i = 0; i < COUNT_OF(documents); i++) {
        read_and_build(documents[i]);
    }
}

static const scenario scenarios[] = {{"every-key", every_key},   {"texts", texts},         {"settings", settings},
                                     {"complaints", complaints}, {"bad-feeds", bad_feeds}, {"crowded-feed", crowded_feed},
                                     {"unreadable", unreadable}};
const scenario_group document_scenarios = {"document", scenarios, COUNT_OF(scenarios)};

/* ---- The folders of bad documents ---- */

enum { FOLDERS_MAX = 400, PATH_SIZE = 512 };

static void hand_over_files(sla_document *document) {
    for (size_t i = 0; i < sla_document_feed_count(document); i++) {
        char path[PATH_SIZE];
        size_t length = 0;
        snprintf(path, sizeof path, FAULT_TESTS "/invalid/%s/%s", fault_scenario(), sla_document_feed_file(document, i));
        const char *const text = text_of(path, &length);
        if (text != NULL) {
            TRY(sla_document_set_feed(document, sla_document_feed_name(document, i), SIZE_MAX, text, length, &failure),
                true);
        }
    }
}

/* Each folder is a scenario of its own. */
static void read_folder(void) {
    char path[PATH_SIZE];
    size_t length = 0;
    snprintf(path, sizeof path, FAULT_TESTS "/invalid/%s/contract.yaml", fault_scenario());
    const char *const text = text_of(path, &length);
    demand(text != NULL, path);
    sla_document *const document = load(text, length);
    if (document != NULL) {
        DEMAND(sla_document_set_horizon(document, YEAR_BEGIN, YEAR_BEGIN + 60 * DAY, NULL) == SLA_OK);
        hand_over_files(document);
        build(document);
    }
    sla_document_free(document);
}

static scenario folders[FOLDERS_MAX];
scenario_group invalid_scenarios = {"invalid", folders, 0};

static int has_document(const struct dirent *entry) {
    char path[PATH_SIZE];
    snprintf(path, sizeof path, FAULT_TESTS "/invalid/%s/contract.yaml", entry->d_name);
    return access(path, R_OK) == 0;
}

void find_invalid_scenarios(void) {
    struct dirent **entries = NULL;
    const int count = scandir(FAULT_TESTS "/invalid", &entries, has_document, alphasort);
    for (int i = 0; i < count && i < FOLDERS_MAX; i++) {
        folders[invalid_scenarios.count++] = (scenario){entries[i]->d_name, read_folder};
    }
    free(entries); /* the names stay */
}
