/* SPDX-License-Identifier: MIT */
#include "life.h"

#include "life_file.h"
#include "names.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static char *metric, *now, **settings, **events, **changes;
static struct life_place place;

struct poptOption life_options[] = {
    {"metric", 'm', POPT_ARG_STRING, &metric, 0, "response unless said", "NAME"},
    {"now", 'n', POPT_ARG_STRING, &now, 0, "the instant of judgement; the current time unless said", "INSTANT"},
    {"requests", 0, POPT_ARG_STRING, &place.requests, 0, "explain a row of this file instead", "FILE"},
    {"events", 0, POPT_ARG_STRING, &place.events, 0, "with --requests: what has happened to them", "FILE"},
    {"id", 0, POPT_ARG_STRING, &place.id, 0, "with --requests: which row", "ID"},
    {"set", 0, POPT_ARG_ARGV, &settings, 0, "what the criteria table asks about; may be repeated", "ATTRIBUTE=VALUE"},
    {"event", 'e', POPT_ARG_ARGV, &events, 0, "what happened to the request, and when; may be repeated", "INSTANT=EVENT"},
    {"change", 0, POPT_ARG_ARGV, &changes, 0, "what it was judged to be from then on: criterion:NAME or tier:NAME",
     "INSTANT=FACT:NAME"},
    POPT_TABLEEND};

static size_t count_of(char *const *list) {
    size_t count = 0;
    while (list != NULL && list[count] != NULL) {
        count++;
    }
    return count;
}

/* "INSTANT=…": what stands after the sign; NULL after having said what is wrong. */
static const char *read_dated(const char *option, const char *text, const char *form, int64_t *at) {
    const char *sign = strchr(text, '=');
    sla_error error;
    if (sign == NULL) {
        fprintf(stderr, "--%s %s: say %s\n", option, text, form);
        return NULL;
    }
    if (sla_instant_parse(text, (size_t)(sign - text), at, &error) != SLA_OK) {
        fprintf(stderr, "--%s %s: %s\n", option, text, error.message);
        return NULL;
    }
    return sign + 1;
}

static int read_events(const sla_contract *contract, struct life *life) {
    for (; life->event_count < count_of(events); life->event_count++) {
        sla_event *event = &life->events[life->event_count];
        const char *name = read_dated("event", events[life->event_count], "INSTANT=EVENT", &event->at);
        const struct said said[] = {{SLA_ELEMENT_EVENT, "event", name, &event->event}, {0, NULL, NULL, NULL}};
        if (name == NULL || !find_said(contract, said)) {
            return 0;
        }
    }
    return 1;
}

/* "criterion:NAME" or "tier:NAME"; "criterion:" takes the criterion away. */
static int read_fact(const sla_contract *contract, const char *text, sla_change *change) {
    const int is_tier = strncmp(text, "tier:", 5) == 0;
    if (!is_tier && strncmp(text, "criterion:", 10) != 0) {
        fprintf(stderr, "--change %s: say INSTANT=criterion:NAME or INSTANT=tier:NAME\n", text);
        return 0;
    }
    const char *name = strchr(text, ':') + 1;
    change->fact = is_tier ? SLA_CHANGED_TIER : SLA_CHANGED_CRITERION;
    const struct said said[] = {
        {is_tier ? SLA_ELEMENT_TIER : SLA_ELEMENT_CRITERION, is_tier ? "tier" : "criterion",
         is_tier || name[0] != '\0' ? name : NULL, &change->value},
        {0, NULL, NULL, NULL},
    };
    return find_said(contract, said);
}

static int read_changes(const sla_contract *contract, struct life *life) {
    for (; life->change_count < count_of(changes); life->change_count++) {
        sla_change *change = &life->changes[life->change_count];
        const char *fact = read_dated("change", changes[life->change_count], "INSTANT=criterion:NAME", &change->at);
        if (fact == NULL || !read_fact(contract, fact, change)) {
            return 0;
        }
    }
    return 1;
}

static void complain_of_value(const sla_contract *contract, int32_t attribute, const char *setting) {
    const char *known;
    fprintf(stderr, "--set %s: %s can be", setting, sla_contract_name(contract, SLA_ELEMENT_ATTRIBUTE, attribute));
    for (int32_t i = 0; (known = sla_contract_value_name(contract, attribute, i)) != NULL; i++) {
        fprintf(stderr, i == 0 ? " %s" : ", %s", known);
    }
    fputc('\n', stderr);
}

static int read_setting(const sla_contract *contract, const char *setting, int32_t *values) {
    const size_t length = strcspn(setting, "=");
    char complaint[400];
    int32_t attribute;
    if (setting[length] != '=') {
        fprintf(stderr, "--set %s: say ATTRIBUTE=VALUE\n", setting);
        return 0;
    }
    if (!find_name(contract, SLA_ELEMENT_ATTRIBUTE, "attribute", setting, length, &attribute, complaint,
                   sizeof complaint)) {
        fprintf(stderr, "--set %s: %s\n", setting, complaint);
        return 0;
    }
    if (sla_contract_find_value(contract, attribute, setting + length + 1, SIZE_MAX, &values[attribute]) != SLA_OK) {
        complain_of_value(contract, attribute, setting);
        return 0;
    }
    return 1;
}

static int read_settings(const sla_contract *contract, struct life *life) {
    for (int32_t i = 0; i < sla_contract_count(contract, SLA_ELEMENT_ATTRIBUTE); i++) {
        life->values[i] = SLA_UNSAID;
    }
    for (size_t i = 0; i < count_of(settings); i++) {
        if (!read_setting(contract, settings[i], life->values)) {
            return 0;
        }
    }
    return 1;
}

static int make_room(const sla_contract *contract, struct life *life) {
    life->values = calloc((size_t)sla_contract_count(contract, SLA_ELEMENT_ATTRIBUTE) + 1, sizeof *life->values);
    life->events = calloc(count_of(events) + 1, sizeof *life->events);
    life->changes = calloc(count_of(changes) + 1, sizeof *life->changes);
    if (life->values == NULL || life->events == NULL || life->changes == NULL) {
        fprintf(stderr, "out of memory\n");
        return 0;
    }
    return 1;
}

static int read_told_life(const sla_contract *contract, const char *received, struct life *life) {
    if (received == NULL) {
        fprintf(stderr, "say when the request was received\n");
        return 0;
    }
    return read_said_request(contract, &life->request) && read_instant(received, &life->request.received) &&
           make_room(contract, life) && read_settings(contract, life) && read_events(contract, life) &&
           read_changes(contract, life);
}

static int read_filed_life(const sla_contract *contract, const char *received, struct life *life) {
    if (place.requests == NULL || place.id == NULL) {
        fprintf(stderr, "--requests FILE and --id ID go together, and --events FILE with both\n");
        return 0;
    }
    if (received != NULL || settings != NULL || events != NULL || changes != NULL) {
        fprintf(stderr, "a row of --requests says itself when it was received and what has happened\n");
        return 0;
    }
    return read_life_file(contract, &place, life);
}

int read_life(const sla_contract *contract, const char *received, struct life *life) {
    *life = (struct life){.now = (int64_t)time(NULL)};
    const int is_filed = place.requests != NULL || place.events != NULL || place.id != NULL;
    const struct said said[] = {
        {SLA_ELEMENT_METRIC, "metric", metric == NULL ? "response" : metric, &life->metric},
        {0, NULL, NULL, NULL},
    };
    if (!find_said(contract, said) || (now != NULL && !read_instant(now, &life->now))) {
        return 0;
    }
    return is_filed ? read_filed_life(contract, received, life) : read_told_life(contract, received, life);
}

void free_life(struct life *life) {
    free(life->values);
    free(life->events);
    free(life->changes);
}
