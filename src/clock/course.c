/* SPDX-License-Identifier: MIT */
#include "clock/clock.h"

static int32_t row_in_force(const clock_question *question, const changing_facts *facts) {
    int32_t row = SLA_UNSAID;
    const sla_status status = sli_contract_find_target(question->contract, question->metric_index, question->request,
                                                       facts->tier, facts->criterion, &row);
    return status == SLA_OK ? row : SLA_UNSAID;
}

static spell spell_of(const clock_question *question, int64_t from, int32_t row) {
    const contract_target *const target = sli_contract_target(question->contract, row);
    return (spell){from, row, target, target == NULL ? NULL : target->calendar};
}

/* Applies all changes of the instant of the next one, and returns that instant. */
static int64_t apply_next(const timeline *line, changing_facts *facts) {
    const int64_t at = line->changes[facts->next].at;
    for (; facts->next < line->change_count && line->changes[facts->next].at == at; facts->next++) {
        const sla_change *const change = &line->changes[facts->next];
        if (change->fact == SLA_CHANGED_TIER) {
            facts->tier = change->value;
        } else {
            facts->criterion = change->value;
        }
    }
    return at;
}

/* §7.1: changes follow the events of their instant, but at the clock's start they come first. */
static void apply_up_to_start(const timeline *line, changing_facts *facts, int64_t start) {
    while (facts->next < line->change_count && line->changes[facts->next].at <= start) {
        apply_next(line, facts);
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
        const int64_t at = apply_next(line, facts);
        const int32_t row = row_in_force(question, facts);
        if (row == line->spells[count - 1].index) {
            continue;
        }
        count = restarts ? 0 : count;
        line->spells[count++] = spell_of(question, at, row);
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
    apply_up_to_start(line, facts, run->start);
    line->spells[0] = spell_of(question, run->start, row_in_force(question, facts));
    const bool keeps = question->metric->behaviour.on_change == SLA_CHANGE_KEEP;
    size_t count = keeps ? 1 : lay_changes(line, question, facts, run);
    const spell *const last = &line->spells[count - 1];
    if (count > 1 && sli_spell_is_due(last) && last->target->row.kind != SLA_TARGET_DURATION) {
        line->spells[0] = spell_of(question, run->start, last->index); /* from the start on the new calendar alone */
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
