/* SPDX-License-Identifier: MIT */
/*
 * What trackers in use got wrong, and what comes of bad input (§7), worked out by hand. Lives and answers are told in
 * words: local times of Belgrade in 2026, whose 20 November is a Friday; amounts in minutes. The office is open
 * 09:00-17:00, Monday to Friday.
 */
#include "contract_fixture.h"
#include "document_fixture.h"

#include "base/base.h"
#include <sla/clock.h>

static const char *const document_text = "sla: 1\n"
                                         "name: Lessons\n"
                                         "time_zone: Europe/Belgrade\n"
                                         "default_calendar: office\n"
                                         "calendars: {office: {hours: {mon-fri: 09:00-17:00}}}\n"
                                         "tiers: {silver: {}, gold: {}}\n"
                                         "attributes: {kind: [normal, urgent, working-days, days, days-by, elapsed]}\n"
                                         "criteria:\n"
                                         "  - {name: normal, when: {kind: normal}}\n"
                                         "  - {name: urgent, when: {kind: urgent}}\n"
                                         "  - {name: working-days, when: {kind: working-days}}\n"
                                         "  - {name: days, when: {kind: days}}\n"
                                         "  - {name: days-by, when: {kind: days-by}}\n"
                                         "  - {name: elapsed, when: {kind: elapsed}}\n"
                                         "metrics:\n"
                                         "  first-response: {like: first-response}\n"
                                         "  next-response: {like: next-response}\n"
                                         "  periodic-update: {like: periodic-update}\n"
                                         "  pausable-update: {like: pausable-update}\n"
                                         "  resolution: {like: resolution}\n"
                                         "  total-resolution: {like: total-resolution}\n"
                                         "  requester-wait: {like: requester-wait}\n"
                                         "  agent-work: {like: agent-work}\n"
                                         "  kept: {like: resolution, on_change: keep}\n"
                                         "  again: {like: resolution, on_change: restart}\n"
                                         "  mergeable: {like: total-resolution, cancel: [withdrawn, merged]}\n"
                                         "targets:\n"
                                         "  - {criterion: normal, within: 4h}\n"
                                         "  - {criterion: urgent, within: 2h}\n"
                                         "  - {criterion: working-days, within: 16h}\n"
                                         "  - {criterion: days, within: 2 business days}\n"
                                         "  - {criterion: days-by, within: 2 business days by 12:00}\n"
                                         "  - {criterion: elapsed, within: 72h, calendar: always}\n";

static sla_contract *load_lessons(void) {
    return contract_of_document(document_text);
}

/* ---- Lives in words ---- */

enum { HAPPENINGS_MAX = 12, CYCLES_MAX = 8, WORDS_LENGTH = 600, WORD_LENGTH = 40 };

/* The first of `happened` is the receipt. "=urgent" is a change of criterion, "+gold" one of tier. */
typedef struct lesson {
    const char *rule;
    const char *metric;
    const char *criterion;
    const char *happened;
    const char *now;
    const char *expected;
} lesson;

typedef struct history {
    sla_request request;
    sla_event events[HAPPENINGS_MAX];
    size_t event_count;
    sla_change changes[HAPPENINGS_MAX];
    size_t change_count;
} history;

/* "11-23 10:00", of 2026, or with a year before it. */
static int64_t local_instant(const char *written) {
    int year = 2026;
    int month = 0;
    int day = 0;
    int hour = 0;
    int minute = 0;
    int64_t found = 0;
    if (sscanf(written, "%d-%d-%d %d:%d", &year, &month, &day, &hour, &minute) != 5) {
        year = 2026;
        assert_int_equal(sscanf(written, "%d-%d %d:%d", &month, &day, &hour, &minute), 4);
    }
    sla_zone *const zone = zone_of("Europe/Belgrade");
    assert_int_equal(sla_zone_instant(zone, date(year, month, day), hour * 3600 + minute * 60, &found), SLA_OK);
    sla_zone_unref(zone);
    return found;
}

static void add_happening(const sla_contract *contract, int64_t when, const char *what, history *told) {
    if (what[0] == '=' || what[0] == '+') {
        const bool is_tier = what[0] == '+';
        const int32_t value = find(contract, is_tier ? SLA_ELEMENT_TIER : SLA_ELEMENT_CRITERION, what + 1);
        told->changes[told->change_count++] = (sla_change){when, is_tier ? SLA_CHANGED_TIER : SLA_CHANGED_CRITERION, value};
    } else {
        told->events[told->event_count++] = (sla_event){when, find(contract, SLA_ELEMENT_EVENT, what), 0};
    }
}

static history tell(const sla_contract *contract, const lesson *from) {
    history told = {.request = received("2026-01-01T00:00:00Z")};
    told.request.received = local_instant(from->happened);
    told.request.criterion = find(contract, SLA_ELEMENT_CRITERION, from->criterion);
    for (const char *next = strchr(from->happened, ','); next != NULL; next = strchr(next, ',')) {
        char what[WORD_LENGTH] = "";
        next += strspn(next, ", ");
        assert_int_equal(sscanf(next, "%*s %*s %39[^,]", what), 1);
        add_happening(contract, local_instant(next), what, &told);
    }
    return told;
}

/* ---- Answers in words ---- */

typedef struct words {
    char text[WORDS_LENGTH];
    size_t length;
} words;

static void say(words *said, const char *what) {
    const size_t length = strlen(what);
    assert_true(said->length + length < sizeof said->text);
    memcpy(said->text + said->length, what, length + 1);
    said->length += length;
}

static void say_instant(words *said, const char *what, int64_t when) {
    char written[WORD_LENGTH];
    if (when == SLA_NONE) {
        return;
    }
    sla_zone *const zone = zone_of("Europe/Belgrade");
    assert_int_equal(sla_instant_format(when, zone, written, sizeof written), SLA_OK);
    sla_zone_unref(zone);
    written[10] = ' ';  /* not T */
    written[16] = '\0'; /* all of them are whole minutes */
    say(said, what);
    say(said, written + 5);
}

static void say_minutes(words *said, const char *what, int64_t seconds) {
    char written[WORD_LENGTH];
    if (seconds != SLA_NONE) {
        snprintf(written, sizeof written, "%s%lldm", what, (long long)(seconds / 60));
        say(said, written);
    }
}

static void say_cycle(words *said, const sla_cycle *cycle) {
    say(said, said->length == 0 ? "" : "; ");
    say(said, sla_state_name(cycle->state));
    say(said, (cycle->flags & SLA_CYCLE_OPEN) != 0 ? " open" : "");
    say_instant(said, " from ", cycle->started);
    say_instant(said, " to ", cycle->stopped);
    say_minutes(said, " used ", cycle->used);
    say_instant(said, " due ", cycle->due);
    say_instant(said, " due if resumed ", cycle->due_if_resumed);
    say_minutes(said, " left ", cycle->remaining);
    say_minutes(said, " late ", cycle->late);
}

typedef struct answer {
    sla_status status;
    size_t count;
    sla_cycle cycles[CYCLES_MAX];
} answer;

static answer ask_clock(const sla_contract *contract, const char *metric, const history *told, int64_t now) {
    answer given = {0};
    given.status = sla_clock_evaluate(contract, find(contract, SLA_ELEMENT_METRIC, metric), &told->request, told->events,
                                      told->event_count, told->changes, told->change_count, now, given.cycles, CYCLES_MAX,
                                      &given.count, NULL);
    return given;
}

static words say_answer(const answer *given) {
    words said = {.length = 0};
    if (given->status != SLA_OK) {
        say(&said, sla_status_name(given->status));
    }
    for (size_t i = 0; given->status == SLA_OK && i < given->count; i++) {
        say_cycle(&said, &given->cycles[i]);
    }
    return said;
}

static void check_lesson(const sla_contract *contract, const lesson *told) {
    const history lived = tell(contract, told);
    const answer given = ask_clock(contract, told->metric, &lived, local_instant(told->now));
    const words said = say_answer(&given);
    if (strcmp(said.text, told->expected) != 0) {
        fail_msg("%s (%s):\n  found    %s\n  expected %s", told->rule, told->metric, said.text, told->expected);
    }
}

static void check_lessons(const lesson *lessons, size_t count) {
    sla_contract *const contract = load_lessons();
    for (size_t i = 0; i < count; i++) {
        check_lesson(contract, &lessons[i]);
    }
    sla_contract_unref(contract);
}

/* ---- Lessons ---- */

static const lesson lessons[] = {
    {"§7.3 a pause over a weekend adds nothing to a due time in business hours", "resolution", "normal",
     "11-20 15:00, 11-20 17:00 waiting, 11-23 09:00 answered", "11-23 10:00",
     "running from 11-20 15:00 used 180m due 11-23 11:00 left 60m"},
    {"§7.3 nor one within the weekend", "resolution", "normal", "11-20 15:00, 11-21 12:00 waiting, 11-22 12:00 answered",
     "11-23 10:00", "running from 11-20 15:00 used 180m due 11-23 11:00 left 60m"},
    {"§7.3 of a pause over a weekend only the open hours count", "resolution", "normal",
     "11-20 15:00, 11-20 16:00 waiting, 11-23 10:00 answered", "11-23 10:00",
     "running from 11-20 15:00 used 60m due 11-23 13:00 left 180m"},
    {"§7.5 a change in a pause: the request is still paused", "resolution", "normal",
     "11-23 10:00, 11-23 11:00 waiting, 11-23 12:00 =urgent", "11-23 13:00",
     "paused from 11-23 10:00 used 60m due if resumed 11-23 14:00 left 60m"},
    {"§7.5 a change in a pause: all of the pause counts", "resolution", "normal",
     "11-23 10:00, 11-23 11:00 waiting, 11-23 12:00 =urgent, 11-23 13:00 answered", "11-23 13:30",
     "running from 11-23 10:00 used 90m due 11-23 14:00 left 30m"},
    {"§7.5 a change in a pause that keeps the target", "kept", "normal",
     "11-23 10:00, 11-23 11:00 waiting, 11-23 12:00 =urgent", "11-23 13:00",
     "paused from 11-23 10:00 used 60m due if resumed 11-23 16:00 left 180m"},
    {"§7.5 a change in a pause that restarts is still paused", "again", "normal",
     "11-23 10:00, 11-23 11:00 waiting, 11-23 12:00 =urgent", "11-23 13:00",
     "paused from 11-23 10:00 used 0m due if resumed 11-23 15:00 left 120m"},
    {"§7.3 a pause moves the target, not a start out of hours", "resolution", "normal",
     "11-20 20:00, 11-23 10:00 waiting, 11-23 12:00 answered", "11-23 14:00",
     "running from 11-20 20:00 used 180m due 11-23 15:00 left 60m"},
    {"§7.3 nor a start that the pause would move out of hours", "resolution", "normal",
     "11-20 16:00, 11-23 10:00 waiting, 11-23 12:00 answered", "11-23 13:00",
     "running from 11-20 16:00 used 180m due 11-23 14:00 left 60m"},
    {"§7.2 a hold that is reported twice is one hold", "resolution", "normal",
     "11-23 09:00, 11-23 10:00 waiting, 11-23 10:00 waiting, 11-23 11:00 answered, 11-23 11:00 answered", "11-23 12:00",
     "running from 11-23 09:00 used 120m due 11-23 14:00 left 120m"},
    {"§7.2 a hold within a wait is not added to it", "resolution", "normal",
     "11-23 09:00, 11-23 10:00 waiting, 11-23 10:30 held, 11-23 11:00 released, 11-23 11:30 answered", "11-23 12:00",
     "running from 11-23 09:00 used 120m due 11-23 14:00 left 120m"},
    {"§7.4 nor is the time between stop and start", "total-resolution", "normal",
     "11-23 09:00, 11-23 10:00 waiting, 11-23 11:00 resolved, 11-23 12:00 reopened, 11-23 13:00 answered", "11-23 14:00",
     "running from 11-23 09:00 used 120m due 11-23 16:00 left 120m"},
    {"§2.1 a target in working days' hours keeps its hour over a clock change", "resolution", "working-days", "10-23 10:00",
     "10-26 10:00", "running from 10-23 10:00 used 480m due 10-27 10:00 left 480m"},
    {"§3.4 and so does one in business days", "resolution", "days", "10-23 10:00", "10-26 10:00",
     "running from 10-23 10:00 used 480m due 10-27 17:00"},
    {"§3.4 and one with a time of day", "resolution", "days-by", "03-27 10:00", "03-30 10:00",
     "running from 03-27 10:00 used 480m due 03-31 12:00"},
    {"§7.3 business days with a pause over the clock change", "resolution", "days",
     "10-23 10:00, 10-23 11:00 waiting, 10-26 11:00 answered", "10-26 12:00",
     "running from 10-23 10:00 used 120m due 10-28 17:00"},
    {"§4.1 elapsed hours are hours", "resolution", "elapsed", "10-23 10:00", "10-25 00:00",
     "running from 10-23 10:00 used 2280m due 10-26 09:00 left 2040m"},
    {"§4.4 a response is missed before it is given", "first-response", "normal", "11-23 10:00", "11-23 14:30",
     "breached open from 11-23 10:00 used 270m due 11-23 14:00 late 30m"},
    {"§4.4 and stays a miss after it", "first-response", "normal",
     "11-23 10:00, 11-23 15:00 responded, 11-23 15:30 responded", "11-27 10:00",
     "breached from 11-23 10:00 to 11-23 15:00 used 300m due 11-23 14:00 late 60m"},
    {"§7.4 the oldest message that was not answered counts, until resolution", "next-response", "normal",
     "11-23 09:00, 11-23 10:00 asked, 11-23 11:00 asked, 11-23 12:00 resolved", "11-23 16:00",
     "met from 11-23 10:00 to 11-23 12:00 used 120m due 11-23 14:00"},
    {"§7.4 after an answer that is the next message", "next-response", "normal",
     "11-23 09:00, 11-23 10:00 asked, 11-23 11:00 responded, 11-23 11:30 responded, 11-23 12:00 asked, 11-23 12:30 asked",
     "11-23 13:00",
     "met from 11-23 10:00 to 11-23 11:00 used 60m due 11-23 14:00; "
     "running from 11-23 12:00 used 60m due 11-23 16:00 left 180m"},
    {"§7.6 no update is owed before the first response", "periodic-update", "normal",
     "11-20 10:00, 11-20 11:00 asked, 11-20 12:00 waiting, 11-20 13:00 answered", "11-23 10:00", "not-started"},
    {"§7.6 no pausable one either", "pausable-update", "normal",
     "11-20 10:00, 11-20 11:00 asked, 11-20 12:00 waiting, 11-20 13:00 answered", "11-23 10:00", "not-started"},
    {"§7.2 a merged request carries no clock", "mergeable", "normal",
     "11-23 09:00, 11-23 11:00 merged, 11-23 12:00 resolved, 11-23 13:00 reopened", "11-27 10:00",
     "cancelled from 11-23 09:00 to 11-23 11:00 used 120m"},
    {"§7.4 closed and reopened twice", "total-resolution", "normal",
     "11-23 09:00, 11-23 10:00 resolved, 11-23 11:00 reopened, 11-23 12:00 resolved, 11-24 09:00 reopened, "
     "11-24 10:00 resolved",
     "11-25 10:00", "met from 11-23 09:00 to 11-24 10:00 used 180m due 11-24 11:00"},
    {"§7.4 and open again", "total-resolution", "normal",
     "11-23 09:00, 11-23 10:00 resolved, 11-23 11:00 reopened, 11-23 12:00 resolved, 11-24 09:00 reopened", "11-24 10:30",
     "running from 11-23 09:00 used 210m due 11-24 11:00 left 30m"},
    {"§7.3 two stretches, each within the target, breach it together", "total-resolution", "normal",
     "11-23 09:00, 11-23 12:00 resolved, 11-23 14:00 reopened, 11-23 16:00 resolved", "11-24 10:00",
     "breached from 11-23 09:00 to 11-23 16:00 used 300m due 11-23 15:00 late 60m"},
    {"§4.4 the breach is one instant: until then the clock runs", "total-resolution", "normal",
     "11-23 09:00, 11-23 12:00 resolved, 11-23 14:00 reopened", "11-23 15:00",
     "running from 11-23 09:00 used 240m due 11-23 15:00 left 0m"},
    {"§4.4 and after it the clock is late", "total-resolution", "normal",
     "11-23 09:00, 11-23 12:00 resolved, 11-23 14:00 reopened", "11-23 15:01",
     "breached open from 11-23 09:00 used 241m due 11-23 15:00 late 1m"},
};

static void lessons_of_trackers(void **state) {
    (void)state;
    check_lessons(lessons, COUNT_OF(lessons));
}

/* ---- The ready-made metrics ---- */

#define DAY_OF_A_REQUEST                                                                                                   \
    "11-23 09:00, 11-23 10:00 responded, 11-23 10:30 asked, 11-23 11:00 updated, 11-23 11:00 responded, "                  \
    "11-23 11:30 waiting, 11-23 12:00 answered, 11-23 12:30 held, 11-23 13:00 released, 11-23 14:00 resolved, "            \
    "11-23 15:00 reopened"

static const lesson ready_made[] = {
    {"§7 first-response", "first-response", "normal", DAY_OF_A_REQUEST, "11-23 16:00",
     "met from 11-23 09:00 to 11-23 10:00 used 60m due 11-23 13:00"},
    {"§7 next-response", "next-response", "normal", DAY_OF_A_REQUEST, "11-23 16:00",
     "met from 11-23 10:30 to 11-23 11:00 used 30m due 11-23 14:30"},
    {"§7 periodic-update: waiting is no pause", "periodic-update", "normal", DAY_OF_A_REQUEST, "11-23 16:00",
     "met from 11-23 10:00 to 11-23 11:00 used 60m due 11-23 14:00; "
     "met from 11-23 11:00 to 11-23 14:00 used 180m due 11-23 15:00"},
    {"§7 pausable-update: waiting is one, a hold is none", "pausable-update", "normal", DAY_OF_A_REQUEST, "11-23 16:00",
     "met from 11-23 10:00 to 11-23 11:00 used 60m due 11-23 14:00; "
     "met from 11-23 11:00 to 11-23 14:00 used 150m due 11-23 15:30"},
    {"§7 resolution: without both, and over once resolved", "resolution", "normal", DAY_OF_A_REQUEST, "11-23 16:00",
     "met from 11-23 09:00 to 11-23 14:00 used 240m due 11-23 14:00"},
    {"§7 total-resolution: goes on when reopened", "total-resolution", "normal", DAY_OF_A_REQUEST, "11-23 16:00",
     "breached open from 11-23 09:00 used 300m due 11-23 14:00 late 120m"},
    {"§7 requester-wait: a hold is no pause", "requester-wait", "normal", DAY_OF_A_REQUEST, "11-23 16:00",
     "breached open from 11-23 09:00 used 330m due 11-23 13:30 late 150m"},
    {"§7 agent-work: it is one", "agent-work", "working-days", DAY_OF_A_REQUEST, "11-23 16:00",
     "running from 11-23 09:00 used 300m due 11-25 11:00 left 660m"},
    {"§7 requester-wait: nor does it stop the time that is used", "requester-wait", "working-days", DAY_OF_A_REQUEST,
     "11-23 16:00", "running from 11-23 09:00 used 330m due 11-25 10:30 left 630m"},
};

static void ready_made_metrics(void **state) {
    (void)state;
    check_lessons(ready_made, COUNT_OF(ready_made));
}

/* §7.2: withdrawn, each of them ends, and nothing that comes after begins another cycle. */
static void withdrawn_requests(void **state) {
    (void)state;
    static const struct {
        const char *metric;
        const char *expected;
    } cases[] = {
        {"first-response", "cancelled from 11-23 09:00 to 11-23 12:00 used 180m"},
        {"next-response", "cancelled from 11-23 10:00 to 11-23 12:00 used 120m"},
        {"periodic-update", "cancelled from 11-23 11:00 to 11-23 12:00 used 60m"},
        {"pausable-update", "cancelled from 11-23 11:00 to 11-23 12:00 used 60m"},
        {"resolution", "cancelled from 11-23 09:00 to 11-23 12:00 used 180m"},
        {"total-resolution", "cancelled from 11-23 09:00 to 11-23 12:00 used 180m"},
        {"requester-wait", "cancelled from 11-23 09:00 to 11-23 12:00 used 180m"},
        {"agent-work", "cancelled from 11-23 09:00 to 11-23 12:00 used 180m"},
    };
    sla_contract *const contract = load_lessons();
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const bool updates = strstr(cases[i].metric, "update") != NULL;
        const lesson told = {"§7.2 withdrawn",
                             cases[i].metric,
                             "normal",
                             updates ? "11-23 09:00, 11-23 11:00 responded, 11-23 12:00 withdrawn, 11-23 13:00 updated"
                                     : "11-23 09:00, 11-23 10:00 asked, 11-23 12:00 withdrawn, 11-23 13:00 asked, "
                                       "11-23 13:00 responded, 11-23 14:00 resolved, 11-23 15:00 reopened",
                             "11-24 10:00",
                             cases[i].expected};
        check_lesson(contract, &told);
    }
    sla_contract_unref(contract);
}

/* ---- When, how often and in which order ---- */

enum { ORDERS = 60 };

static void shuffle_events(sla_event *events, size_t count, uint64_t *seed) {
    for (size_t i = count; i > 1; i--) {
        sla_event *const other = &events[draw(seed, (uint32_t)i)];
        const sla_event kept = events[i - 1];
        events[i - 1] = *other;
        *other = kept;
    }
}

static void assert_same_answer(const lesson *told, const answer *one, const answer *other) {
    if (memcmp(one, other, sizeof *one) != 0) {
        const words first = say_answer(one);
        const words second = say_answer(other);
        fail_msg("%s: '%s', and asked otherwise '%s'", told->rule, first.text, second.text);
    }
}

/* §7.1: the order in which events and changes were handed over never matters. */
static void answers_do_not_depend_on_order(void **state) {
    (void)state;
    uint64_t seed = 23;
    sla_contract *const contract = load_lessons();
    for (size_t i = 0; i < COUNT_OF(lessons); i++) {
        history lived = tell(contract, &lessons[i]);
        const answer first = ask_clock(contract, lessons[i].metric, &lived, local_instant(lessons[i].now));
        for (size_t order = 0; order < ORDERS; order++) {
            shuffle_events(lived.events, lived.event_count, &seed);
            const answer again = ask_clock(contract, lessons[i].metric, &lived, local_instant(lessons[i].now));
            assert_same_answer(&lessons[i], &again, &first);
        }
    }
    sla_contract_unref(contract);
}

enum { TIMES = 40, TIMES_STEP = 1800 };

/* §4.4: asked at many times, back and forth, the answer for each time is the same. */
static void answers_do_not_depend_on_when_they_were_asked(void **state) {
    (void)state;
    static answer forth[TIMES];
    sla_contract *const contract = load_lessons();
    for (size_t i = 0; i < COUNT_OF(lessons); i++) {
        const history lived = tell(contract, &lessons[i]);
        for (size_t k = 0; k < TIMES; k++) {
            forth[k] = ask_clock(contract, lessons[i].metric, &lived, lived.request.received + (int64_t)k * TIMES_STEP);
        }
        for (size_t k = TIMES; k-- > 0;) {
            const answer back =
                ask_clock(contract, lessons[i].metric, &lived, lived.request.received + (int64_t)k * TIMES_STEP);
            assert_same_answer(&lessons[i], &back, &forth[k]);
        }
    }
    sla_contract_unref(contract);
}

/* §4.4: what will happen is not foreseen: the answer at a time is that of a life that ends there. */
static void answers_do_not_foresee(void **state) {
    (void)state;
    sla_contract *const contract = load_lessons();
    for (size_t i = 0; i < COUNT_OF(lessons); i++) {
        const history lived = tell(contract, &lessons[i]);
        for (size_t k = 0; k < TIMES; k++) {
            const int64_t now = lived.request.received + (int64_t)k * TIMES_STEP;
            history until_now = {.request = lived.request};
            for (size_t e = 0; e < lived.event_count; e++) {
                until_now.events[until_now.event_count] = lived.events[e];
                until_now.event_count += lived.events[e].at <= now;
            }
            for (size_t c = 0; c < lived.change_count; c++) {
                until_now.changes[until_now.change_count] = lived.changes[c];
                until_now.change_count += lived.changes[c].at <= now;
            }
            const answer whole = ask_clock(contract, lessons[i].metric, &lived, now);
            const answer short_one = ask_clock(contract, lessons[i].metric, &until_now, now);
            assert_same_answer(&lessons[i], &short_one, &whole);
        }
    }
    sla_contract_unref(contract);
}

/* ---- Columns ---- */

enum { BATCH = 3, BETWEEN = 1 };

/* What a batch says of a life between two that have nothing wrong. */
typedef struct batch_answer {
    sla_status statuses[BATCH];
    sla_verdict verdicts[BATCH];
    sla_cycle cycles[BATCH * CYCLES_MAX];
} batch_answer;

static const lesson good_neighbour = {
    "", "resolution", "normal", "11-23 09:00, 11-23 10:00 waiting, 11-23 11:00 answered, 11-23 12:00 responded", "", ""};

static batch_answer ask_batch(const sla_contract *contract, const char *metric, const history *between, int64_t now) {
    const history neighbour = tell(contract, &good_neighbour);
    const history *const lives[BATCH] = {&neighbour, between, &neighbour};
    sla_request requests[BATCH];
    sla_event events[BATCH * HAPPENINGS_MAX];
    sla_change changes[BATCH * HAPPENINGS_MAX];
    int64_t event_offsets[BATCH + 1] = {0};
    int64_t change_offsets[BATCH + 1] = {0};
    batch_answer given;
    memset(&given, 0, sizeof given);
    for (size_t i = 0; i < BATCH; i++) {
        requests[i] = lives[i]->request;
        memcpy(events + event_offsets[i], lives[i]->events, lives[i]->event_count * sizeof *events);
        memcpy(changes + change_offsets[i], lives[i]->changes, lives[i]->change_count * sizeof *changes);
        event_offsets[i + 1] = event_offsets[i] + (int64_t)lives[i]->event_count;
        change_offsets[i + 1] = change_offsets[i] + (int64_t)lives[i]->change_count;
    }
    static int64_t workspace[1024];
    assert_int_equal(sla_clock_decide_many(contract, find(contract, SLA_ELEMENT_METRIC, metric), BATCH, requests, NULL,
                                           events, event_offsets, changes, change_offsets, now, given.verdicts,
                                           given.cycles, COUNT_OF(given.cycles), workspace, COUNT_OF(workspace),
                                           given.statuses),
                     SLA_OK);
    return given;
}

static void check_element(const lesson *told, const batch_answer *batch, size_t i, const answer *alone) {
    answer found = {.status = batch->statuses[i], .count = (size_t)batch->verdicts[i].cycle_count};
    if (found.count > 0) {
        memcpy(found.cycles, &batch->cycles[batch->verdicts[i].first_cycle], found.count * sizeof *found.cycles);
        assert_memory_equal(&batch->verdicts[i].cycle, &found.cycles[found.count - 1], sizeof *found.cycles);
    }
    assert_same_answer(told, &found, alone);
}

/* The life says in a batch what it says alone, and so do those beside it. */
static void check_batch(const sla_contract *contract, const lesson *told) {
    const int64_t now = local_instant(told->now);
    const history lived = tell(contract, told);
    const history neighbour = tell(contract, &good_neighbour);
    const answer alone = ask_clock(contract, told->metric, &lived, now);
    const answer beside = ask_clock(contract, told->metric, &neighbour, now);
    const batch_answer batch = ask_batch(contract, told->metric, &lived, now);
    assert_int_equal(beside.status, SLA_OK);
    for (size_t i = 0; i < BATCH; i++) {
        check_element(told, &batch, i, i == BETWEEN ? &alone : &beside);
    }
}

/* §3.5: batch = scalar, bit for bit. */
static void columns_say_the_same(void **state) {
    (void)state;
    sla_contract *const contract = load_lessons();
    for (size_t i = 0; i < COUNT_OF(lessons); i++) {
        check_batch(contract, &lessons[i]);
    }
    for (size_t i = 0; i < COUNT_OF(ready_made); i++) {
        check_batch(contract, &ready_made[i]);
    }
    sla_contract_unref(contract);
}

/* ---- Bad input ---- */

#define INVALID "SLA_INVALID_REQUEST"

static const lesson bad_input[] = {
    {"§7.7 an event before the receipt", "resolution", "normal", "11-23 10:00, 11-23 09:59 waiting, 11-23 11:00 resolved",
     "11-23 12:00", INVALID},
    {"§7.7 a change before the receipt", "resolution", "normal", "11-23 10:00, 11-23 09:59 =urgent", "11-23 12:00",
     INVALID},
    {"§7.7 an event beyond the horizon", "resolution", "normal", "11-23 10:00, 2100-01-01 01:00 resolved", "11-23 12:00",
     INVALID},
    {"§7.7 an event in the last minute of the horizon has not happened yet", "resolution", "normal",
     "11-23 10:00, 2100-01-01 00:59 resolved", "11-23 12:00",
     "running from 11-23 10:00 used 120m due 11-23 14:00 left 120m"},
    {"§7.7 a change beyond the horizon", "resolution", "normal", "11-23 10:00, 2100-01-01 01:00 =urgent", "11-23 12:00",
     INVALID},
    {"§7.7 an event that no metric names, before the receipt", "resolution", "normal", "11-23 10:00, 11-23 09:59 danced",
     "11-23 12:00", INVALID},
    {"§7.2 an event that no metric names changes nothing", "resolution", "normal",
     "11-23 10:00, 11-23 10:30 danced, 11-23 11:00 sang", "11-23 12:00",
     "running from 11-23 10:00 used 120m due 11-23 14:00 left 120m"},
    {"§7.7 a change to a criterion that is none", "resolution", "normal", "11-23 10:00, 11-23 11:00 =nickel", "11-23 12:00",
     INVALID},
    {"§7.7 a change to a tier that is none", "resolution", "normal", "11-23 10:00, 11-23 11:00 +nickel", "11-23 12:00",
     INVALID},
    {"§7.7 also after now", "resolution", "normal", "11-23 10:00, 11-27 11:00 =nickel", "11-23 12:00", INVALID},
    {"§7.7 two criteria at one instant", "resolution", "normal", "11-23 10:00, 11-23 11:00 =urgent, 11-23 11:00 =days",
     "11-23 12:00", INVALID},
    {"§7.7 two tiers at one instant", "resolution", "normal", "11-23 10:00, 11-23 11:00 +gold, 11-23 11:00 +silver",
     "11-23 12:00", INVALID},
    {"§7.7 the same change twice, and one of each fact, are no contradiction", "resolution", "normal",
     "11-23 10:00, 11-23 11:00 =urgent, 11-23 11:00 +gold, 11-23 11:00 =urgent", "11-23 11:30",
     "running from 11-23 10:00 used 90m due 11-23 12:00 left 30m"},
    {"§7.1 everything at the instant of receipt: start, pause, stop", "total-resolution", "normal",
     "11-23 10:00, 11-23 10:00 resolved, 11-23 10:00 reopened, 11-23 10:00 waiting, 11-23 10:00 responded", "11-23 12:00",
     "met from 11-23 10:00 to 11-23 10:00 used 0m"},
    {"§7.1 everything at a later instant: stop, pause, resume, start", "total-resolution", "normal",
     "11-23 10:00, 11-23 11:00 answered, 11-23 11:00 reopened, 11-23 11:00 waiting, 11-23 11:00 resolved", "11-23 12:00",
     "running from 11-23 10:00 used 120m due 11-23 14:00 left 120m"},
    {"§7.1 a cancel is before them all", "total-resolution", "normal",
     "11-23 10:00, 11-23 11:00 reopened, 11-23 11:00 waiting, 11-23 11:00 resolved, 11-23 11:00 withdrawn", "11-23 12:00",
     "cancelled from 11-23 10:00 to 11-23 11:00 used 60m"},
    {"§7.2 a resume without a pause changes nothing", "resolution", "normal",
     "11-23 10:00, 11-23 10:30 answered, 11-23 11:00 released, 11-23 11:30 answered", "11-23 12:00",
     "running from 11-23 10:00 used 120m due 11-23 14:00 left 120m"},
    {"§7.2 a stop without a running clock changes nothing", "next-response", "normal",
     "11-23 10:00, 11-23 10:30 responded, 11-23 11:00 resolved", "11-23 12:00", "not-started"},
    {"§7.3 a pause that never ends: paused for years", "resolution", "normal", "11-23 10:00, 11-23 11:00 waiting",
     "2031-11-24 09:00", "paused from 11-23 10:00 used 60m due if resumed 11-24 12:00 left 180m"},
    {"§7.3 to the last minute of the horizon: resuming then leaves no due time", "resolution", "normal",
     "11-23 10:00, 11-23 11:00 waiting", "2100-01-01 00:59", "paused from 11-23 10:00 used 60m left 180m"},
    {"§7.3 several pauses that never end are one", "resolution", "normal",
     "11-23 10:00, 11-23 11:00 waiting, 11-23 12:00 held, 11-23 13:00 waiting", "11-23 14:00",
     "paused from 11-23 10:00 used 60m due if resumed 11-23 17:00 left 180m"},
};

static void bad_input_is_judged(void **state) {
    (void)state;
    check_lessons(bad_input, COUNT_OF(bad_input));
}

/* §7.7: and nothing else is affected. */
static void bad_input_affects_nothing_else(void **state) {
    (void)state;
    sla_contract *const contract = load_lessons();
    for (size_t i = 0; i < COUNT_OF(bad_input); i++) {
        check_batch(contract, &bad_input[i]);
    }
    sla_contract_unref(contract);
}

/* An event that is none of the contract's is the caller's mistake, but the other requests are answered all the same. */
static void events_that_are_none(void **state) {
    (void)state;
    static const int32_t none[] = {4000, INT32_MAX, INT32_MIN, SLA_UNSAID};
    sla_contract *const contract = load_lessons();
    const int64_t now = local_instant("11-23 12:00");
    history lived = tell(contract, &good_neighbour);
    const answer beside = ask_clock(contract, "resolution", &lived, now);
    for (size_t i = 0; i < COUNT_OF(none); i++) {
        lived.events[0].event = none[i];
        const batch_answer batch = ask_batch(contract, "resolution", &lived, now);
        assert_int_equal(batch.statuses[BETWEEN], SLA_INVALID_ARGUMENT);
        check_element(&good_neighbour, &batch, 0, &beside);
        check_element(&good_neighbour, &batch, 2, &beside);
    }
    sla_contract_unref(contract);
}

enum { MANY = 10000, MANY_REQUESTS = 3 };

/* A pause of one minute in every two, for 10 000 events from 09:00 on, shuffled. */
static void write_many_pauses(const sla_contract *contract, int64_t received, sla_event *events) {
    uint64_t seed = 23;
    const int32_t waiting = find(contract, SLA_ELEMENT_EVENT, "waiting");
    const int32_t answered = find(contract, SLA_ELEMENT_EVENT, "answered");
    for (size_t i = 0; i < MANY; i++) {
        events[i] = (sla_event){received + (int64_t)(i + 1) * 60, i % 2 == 0 ? waiting : answered, 0};
    }
    shuffle_events(events, MANY, &seed);
}

/* §7.1, §7.3: every other minute counts, so 16 hours take four office days less the last minute, which is a pause. */
static void ten_thousand_events(void **state) {
    (void)state;
    static sla_event events[MANY + 1];
    static int64_t workspace[8 * MANY];
    sla_contract *const contract = load_lessons();
    const history neighbour = tell(contract, &good_neighbour);
    const int64_t now = local_instant("11-26 17:00");
    sla_request requests[MANY_REQUESTS] = {neighbour.request, neighbour.request, neighbour.request};
    requests[1].criterion = find(contract, SLA_ELEMENT_CRITERION, "working-days");
    write_many_pauses(contract, requests[1].received, events);
    events[MANY] = neighbour.events[0];
    const int64_t offsets[MANY_REQUESTS + 1] = {0, 0, MANY, MANY + 1};
    sla_verdict verdicts[MANY_REQUESTS];
    sla_status statuses[MANY_REQUESTS];
    assert_int_equal(sla_clock_decide_many(contract, find(contract, SLA_ELEMENT_METRIC, "resolution"), MANY_REQUESTS,
                                           requests, NULL, events, offsets, NULL, NULL, now, verdicts, NULL, 0, workspace,
                                           COUNT_OF(workspace), statuses),
                     SLA_OK);
    static const char *const expected[MANY_REQUESTS] = {
        "breached open from 11-23 09:00 used 1920m due 11-23 13:00 late 1680m",
        "breached open from 11-23 09:00 used 960m due 11-26 16:59 late 1m",
        "paused from 11-23 09:00 used 60m due if resumed 11-27 12:00 left 180m",
    };
    for (size_t i = 0; i < MANY_REQUESTS; i++) {
        words said = {.length = 0};
        assert_int_equal(statuses[i], SLA_OK);
        say_cycle(&said, &verdicts[i].cycle);
        assert_string_equal(said.text, expected[i]);
    }
    sla_contract_unref(contract);
}

/* §7.7: one bad event among ten thousand makes its request invalid, and only that. */
static void one_bad_event_of_ten_thousand(void **state) {
    (void)state;
    static sla_event events[MANY];
    static int64_t workspace[8 * MANY];
    sla_contract *const contract = load_lessons();
    const history neighbour = tell(contract, &good_neighbour);
    const sla_request requests[MANY_REQUESTS] = {neighbour.request, neighbour.request, neighbour.request};
    const int64_t offsets[MANY_REQUESTS + 1] = {0, 0, MANY, MANY};
    sla_verdict verdicts[MANY_REQUESTS];
    sla_status statuses[MANY_REQUESTS];
    write_many_pauses(contract, requests[1].received, events);
    events[MANY / 2].at = requests[1].received - 1;
    assert_int_equal(sla_clock_decide_many(contract, find(contract, SLA_ELEMENT_METRIC, "resolution"), MANY_REQUESTS,
                                           requests, NULL, events, offsets, NULL, NULL, local_instant("11-26 17:00"),
                                           verdicts, NULL, 0, workspace, COUNT_OF(workspace), statuses),
                     SLA_OK);
    assert_int_equal(statuses[0], SLA_OK);
    assert_int_equal(statuses[1], SLA_INVALID_REQUEST);
    assert_int_equal(statuses[2], SLA_OK);
    assert_memory_equal(&verdicts[0], &verdicts[2], sizeof verdicts[0]);
    sla_contract_unref(contract);
}

enum { ONE_INSTANT = 1000 };

/* §7.1: a thousand events at one instant act once for each role. */
static void a_thousand_events_at_one_instant(void **state) {
    (void)state;
    static const char *const names[] = {"waiting", "answered", "responded", "asked", "held", "released"};
    static sla_event events[ONE_INSTANT];
    sla_contract *const contract = load_lessons();
    const history neighbour = tell(contract, &good_neighbour);
    for (size_t i = 0; i < ONE_INSTANT; i++) {
        const int32_t event = find(contract, SLA_ELEMENT_EVENT, names[i % COUNT_OF(names)]);
        events[i] = (sla_event){local_instant("11-23 10:00"), event, 0};
    }
    sla_cycle cycle;
    size_t count = 0;
    assert_int_equal(sla_clock_evaluate(contract, find(contract, SLA_ELEMENT_METRIC, "resolution"), &neighbour.request,
                                        events, ONE_INSTANT, NULL, 0, local_instant("11-23 12:00"), &cycle, 1, &count,
                                        NULL),
                     SLA_OK);
    words said = {.length = 0};
    say_cycle(&said, &cycle);
    assert_string_equal(said.text, "running from 11-23 09:00 used 180m due 11-23 13:00 left 60m");
    sla_contract_unref(contract);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lessons_of_trackers),
        cmocka_unit_test(ready_made_metrics),
        cmocka_unit_test(withdrawn_requests),
        cmocka_unit_test(answers_do_not_depend_on_order),
        cmocka_unit_test(answers_do_not_depend_on_when_they_were_asked),
        cmocka_unit_test(answers_do_not_foresee),
        cmocka_unit_test(columns_say_the_same),
        cmocka_unit_test(bad_input_is_judged),
        cmocka_unit_test(bad_input_affects_nothing_else),
        cmocka_unit_test(events_that_are_none),
        cmocka_unit_test(ten_thousand_events),
        cmocka_unit_test(one_bad_event_of_ten_thousand),
        cmocka_unit_test(a_thousand_events_at_one_instant),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
