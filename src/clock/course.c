/* SPDX-License-Identifier: MIT */
#include "clock/clock.h"

static spell spell_of(const clock_question *question, int64_t from, const changing_facts *facts) {
    const int32_t row = sli_facts_row(facts, question);
    const contract_target *const target =
        sli_contract_target(sla_contract_successor(question->contract, facts->contract), row);
    return (spell){from, row, facts->contract, target, target == NULL ? NULL : target->calendar};
}

static bool is_same_row(const spell *one, const spell *other) {
    return one->contract == other->contract && one->index == other->index;
}

static int64_t apply_next(const timeline *line, const clock_question *question, changing_facts *facts) {
    return sli_facts_apply_next(facts, question, line->changes, line->change_count);
}

/* §7.1: changes follow the events of their instant, but at the clock's start they come first. */
static void apply_up_to_start(const timeline *line, const clock_question *question, changing_facts *facts, int64_t start) {
    while (facts->next < line->change_count && line->changes[facts->next].at <= start) {
        apply_next(line, question, facts);
    }
}

static bool next_is_during(const timeline *line, const changing_facts *facts, const clock_run *run) {
    return facts->next < line->change_count && (run->stop == SLA_NONE || line->changes[facts->next].at < run->stop);
}

/* Makes the spells of a run whose metric heeds changes; returns how many. */
static size_t lay_changes(timeline *line, const clock_question *question, changing_facts *facts, const clock_run *run) {
    const bool restarts = question->metric->behaviour.on_change == SLA_CHANGE_RESTART;
    size_t count = 1;
    while (next_is_during(line, facts, run)) {
        const int64_t at = apply_next(line, question, facts);
        const spell next = spell_of(question, at, facts);
        if (is_same_row(&next, &line->spells[count - 1])) {
            continue;
        }
        count = restarts ? 0 : count;
        line->spells[count++] = next;
    }
    return count;
}

bool sli_spell_is_due(const spell *part) {
    return part->target != NULL && part->target->row.kind != SLA_TARGET_BEST_EFFORT;
}

const spell *sli_course_last(const clock_course *course) {
    return &course->spells[course->spell_count - 1];
}

/* §7.5: time under no target or best effort is counted on the calendar of the next one. */
static void lend_calendars(spell *spells, size_t count) {
    for (size_t i = count - 1; i > 0; i--) {
        if (!sli_spell_is_due(&spells[i - 1])) {
            spells[i - 1].calendar = spells[i].calendar;
        }
    }
}

/* Leaves out what of the pauses lies before a restart. */
static void clip_pauses(clock_run *run, int64_t start) {
    while (run->pause_count > 0 && run->pauses->end <= start) {
        run->pauses++;
        run->pause_count--;
    }
    if (run->pause_count > 0 && run->pauses->begin < start) {
        run->pauses->begin = start;
    }
}

clock_course sli_course_lay(timeline *line, const clock_question *question, changing_facts *facts, clock_run *run) {
    apply_up_to_start(line, question, facts, run->start);
    line->spells[0] = spell_of(question, run->start, facts);
    const bool keeps = question->metric->behaviour.on_change == SLA_CHANGE_KEEP;
    size_t count = keeps ? 1 : lay_changes(line, question, facts, run);
    const spell *const last = &line->spells[count - 1];
    if (count > 1 && sli_spell_is_due(last) && last->target->row.kind != SLA_TARGET_DURATION) {
        line->spells[0] = *last; /* from the start on the new calendar alone */
        line->spells[0].from = run->start;
        count = 1;
    }
    lend_calendars(line->spells, count);
    clip_pauses(run, line->spells[0].from);
    return (clock_course){.start = line->spells[0].from,
                          .horizon_end = question->horizon_end,
                          .spells = line->spells,
                          .spell_count = count,
                          .pauses = run->pauses,
                          .pause_count = run->pause_count};
}
