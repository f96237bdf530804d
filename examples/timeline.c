/* SPDX-License-Identifier: MIT */
/*
 * timeline: what does the clock of a request look like? Draws it as SVG: the open hours, the closings by name, the way of
 * the clock with its pauses, and how much of the target is used.
 *
 *   timeline --contract vivvo/contract.yaml --tier premium --criterion normal --now 2026-11-24T10:00:00+01:00
 *            2026-11-23T16:00:00+01:00 >clock.svg
 */
#include "support/contract_file.h"
#include "support/explanation.h"
#include "support/files.h"
#include "support/local_time.h"
#include "support/names.h"
#include "support/options.h"
#include "support/svg.h"

#include <sla/sla.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { HOUR = 3600, DAY = 86400, LANES = 8, SPANS_LISTED = 64, LABEL = 64 };

/* Of the drawing, in its own units. */
static const double sheet_width = 960, left = 84, right = 800, bar_width = 136, lane_height = 16, row_height = 20,
                    row_gap = 9, cycle_height = 47;

static const struct poptOption options_table[] = {CONTRACT_OPTIONS, LIFE_OPTIONS, REQUEST_OPTIONS,
                                                  POPT_AUTOHELP POPT_TABLEEND};

static const char style[] =
    "  <defs>\n"
    "    <pattern id=\"hatch\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\">\n"
    "      <path d=\"M0 0V6\" stroke=\"#8a5a00\" stroke-width=\"3\"/>\n"
    "    </pattern>\n"
    "    <style>\n"
    "      .sheet { fill: #ffffff; }\n"
    "      .open { fill: #cfe8d8; } .shut { fill: #eef1f5; } .closing { fill: #f2c9c9; }\n"
    "      .counted { fill: #2f7d55; } .ahead { fill: #a9cdb9; } .roll { fill: #b9b3e0; }\n"
    "      .grace { fill: #f0b541; } .late { fill: #c8372d; }\n"
    "      .paused { fill: url(#hatch); stroke: #8a5a00; } .aside { fill: #c3cad3; }\n"
    "      .frame { fill: none; stroke: #46566b; }\n"
    "      .way { stroke: #9aa7b5; } .axis { stroke: #46566b; } .tick { stroke: #c3cad3; }\n"
    "      .mark { stroke: #1d2b3a; stroke-dasharray: 3 2; } .due { stroke: #c8372d; stroke-width: 1.6; }\n"
    "      .now { stroke: #2458a6; stroke-width: 1.6; }\n"
    "      text { fill: #46566b; } .name { font-weight: 600; fill: #1d2b3a; } .word { fill: #1d2b3a; }\n"
    "      .red { fill: #a82a21; } .blue { fill: #2458a6; } .middle { text-anchor: middle; }\n"
    "      .halo { fill: #6b4700; text-anchor: middle; stroke: #ffffff; stroke-width: 4px; paint-order: stroke; }\n"
    "    </style>\n"
    "  </defs>\n";

/* An instant with a name, at the head of a line through the rows. */
struct mark {
    int64_t at;
    const char *name;
    char label[LABEL]; /* the name and the time */
    const char *line;
    const char *look;
    int lane;
};

/* The name of a closing, under the hours that it takes away. */
struct closing {
    const char *title;
    double middle;
    int lane;
};

struct drawing {
    const struct explanation *shown;
    const sla_zone *zone;
    const sla_calendar *calendar;
    const char *calendar_name;
    int64_t begin;
    int64_t end;
    struct mark *marks;
    size_t mark_count;
    int lanes;
    sla_span *hours;
    size_t hours_count;
    struct closing *closings;
    size_t closing_count;
    int closing_lanes;
    double rows_end;
};

static double x_of(const struct drawing *drawing, int64_t at) {
    return left + (right - left) * (double)(at - drawing->begin) / (double)(drawing->end - drawing->begin);
}

/* ---- Marks ------------------------------------------------------------------------------------------------------- */

static void add_mark(struct drawing *drawing, int64_t at, const char *name, const char *line, const char *look) {
    if (at == SLA_NONE || at == INT64_MAX) {
        return;
    }
    drawing->marks[drawing->mark_count++] = (struct mark){.at = at, .name = name, .line = line, .look = look};
}

/* The weekday says enough unless more than a week is drawn. */
static void label_mark(const struct drawing *drawing, struct mark *mark) {
    const struct local_time local = local_time_of(mark->at, drawing->zone);
    char date[16] = "", seconds[16] = "";
    if (drawing->end - drawing->begin > 7 * (int64_t)DAY) {
        snprintf(date, sizeof date, " %d %s", (int)local.day, month_name(local.month));
    }
    if (local.second % 60 != 0) {
        snprintf(seconds, sizeof seconds, ":%02d", (int)local.second % 60);
    }
    snprintf(mark->label, LABEL, "%.*s %s%s %02d:%02d%s", bytes_within(mark->name, strlen(mark->name), 24), mark->name,
             weekday_name(local.date), date, (int)local.second / HOUR, (int)local.second / 60 % 60, seconds);
}

static void mark_cycle(struct drawing *drawing, const sla_cycle *cycle) {
    const int cancelled = cycle->state == SLA_STATE_CANCELLED;
    add_mark(drawing, cycle->started, "start", "mark", "word");
    add_mark(drawing, cycle->due, "due", "due", "red");
    if (cycle->limit != cycle->due) {
        add_mark(drawing, cycle->limit, "at the latest", "due", "red");
    }
    add_mark(drawing, cycle->due_if_resumed, "due if resumed now", "due", "red");
    add_mark(drawing, cycle->stopped, cancelled ? "cancelled" : "stop", "mark", "word");
}

static void mark_changes(struct drawing *drawing) {
    const struct life *life = drawing->shown->life;
    for (size_t i = 0; i < life->change_count; i++) {
        const sla_change *change = &life->changes[i];
        const int32_t element = change->fact == SLA_CHANGED_TIER ? SLA_ELEMENT_TIER : SLA_ELEMENT_CRITERION;
        const char *name = sla_contract_name(drawing->shown->contract, element, change->value);
        if (change->at <= life->now) {
            add_mark(drawing, change->at, name == NULL ? "no criterion" : name, "mark", "word");
        }
    }
}

static int compare_marks(const void *left_mark, const void *right_mark) {
    const struct mark *a = left_mark, *b = right_mark;
    return (a->at > b->at) - (a->at < b->at);
}

/* From the right: a label that has no room before a line on its right goes above it, so that no line crosses a label. */
static void arrange_marks(struct drawing *drawing) {
    struct mark *marks = drawing->marks;
    qsort(marks, drawing->mark_count, sizeof *marks, compare_marks);
    for (size_t i = 0; i < drawing->mark_count; i++) {
        label_mark(drawing, &marks[i]);
    }
    for (size_t i = drawing->mark_count; i-- > 0;) {
        const double label_end = x_of(drawing, marks[i].at) + text_width(marks[i].label) + 10;
        for (size_t j = i + 1; j < drawing->mark_count && x_of(drawing, marks[j].at) < label_end; j++) {
            marks[i].lane = marks[j].lane + 1 > marks[i].lane ? marks[j].lane + 1 : marks[i].lane;
        }
        drawing->lanes = marks[i].lane + 1 > drawing->lanes ? marks[i].lane + 1 : drawing->lanes;
    }
}

static int collect_marks(struct drawing *drawing) {
    const struct explanation *shown = drawing->shown;
    drawing->marks = calloc(5 * shown->cycle_count + shown->life->change_count + 1, sizeof *drawing->marks);
    if (drawing->marks == NULL) {
        fprintf(stderr, "out of memory\n");
        return 0;
    }
    for (size_t i = 0; i < shown->cycle_count; i++) {
        mark_cycle(drawing, &shown->cycles[i].verdict);
    }
    mark_changes(drawing);
    add_mark(drawing, shown->life->now, "now", "now", "blue");
    return 1;
}

static void draw_marks(const struct drawing *drawing, double top) {
    for (size_t i = 0; i < drawing->mark_count; i++) {
        const struct mark *mark = &drawing->marks[i];
        const double x = x_of(drawing, mark->at);
        const double y = top + lane_height * (drawing->lanes - mark->lane);
        draw_line(x, y - 12, x, drawing->rows_end, mark->line);
        draw_text(x + 4, y - 3, mark->label, mark->look);
    }
}

/* ---- How much time is drawn -------------------------------------------------------------------------------------- */

static int64_t start_of_date(const struct drawing *drawing, int64_t at, int32_t days_after) {
    int64_t start = at;
    sla_zone_instant(drawing->zone, local_time_of(at, drawing->zone).date + days_after, 0, &start);
    return start;
}

/* All that is marked or explained: from midnight to midnight, or of a short time the hours. */
static void choose_times(struct drawing *drawing) {
    const struct explanation *shown = drawing->shown;
    int64_t begin = shown->request.received, end = begin + HOUR;
    for (size_t i = 0; i < drawing->mark_count; i++) {
        begin = drawing->marks[i].at < begin ? drawing->marks[i].at : begin;
        end = drawing->marks[i].at > end ? drawing->marks[i].at : end;
    }
    if (end - begin > DAY / 2) {
        begin = start_of_date(drawing, begin, 0);
        end = start_of_date(drawing, end - 1, 1);
    } else {
        begin -= begin % HOUR + HOUR;
        end += (int64_t)2 * HOUR - end % HOUR;
    }
    drawing->begin = begin < SLA_HORIZON_BEGIN ? SLA_HORIZON_BEGIN : begin;
    drawing->end = end > SLA_HORIZON_END ? SLA_HORIZON_END : end;
}

/* ---- The calendar ------------------------------------------------------------------------------------------------ */

/* Reads the hours as they are listed, some spans at a time. */
static int read_hours(struct drawing *drawing) {
    int64_t from = drawing->begin;
    while (from < drawing->end) {
        sla_span *longer = realloc(drawing->hours, (drawing->hours_count + (size_t)SPANS_LISTED) * sizeof *longer);
        if (longer == NULL) {
            fprintf(stderr, "out of memory\n");
            return 0;
        }
        drawing->hours = longer;
        size_t count;
        const sla_status status =
            sla_calendar_list(drawing->calendar, from, drawing->end, longer + drawing->hours_count, SPANS_LISTED, &count);
        if (status != SLA_OK) {
            fprintf(stderr, "%s\n", sla_status_message(status));
            return 0;
        }
        drawing->hours_count += count;
        from = longer[drawing->hours_count - 1].end;
    }
    return 1;
}

static void place_closing(struct drawing *drawing, struct closing closing, double taken[LANES]) {
    const double width = text_width(closing.title);
    closing.middle = closing.middle < left + width / 2 ? left + width / 2 : closing.middle;
    while (closing.lane + 1 < LANES && closing.middle - width / 2 < taken[closing.lane]) {
        closing.lane++;
    }
    taken[closing.lane] = closing.middle + width / 2 + 10;
    drawing->closings[drawing->closing_count++] = closing;
    drawing->closing_lanes = closing.lane + 1 > drawing->closing_lanes ? closing.lane + 1 : drawing->closing_lanes;
}

/* A closing over several days is named once, at its first. */
static int place_closings(struct drawing *drawing) {
    double taken[LANES] = {0};
    int32_t last = -1;
    drawing->closings = calloc(drawing->hours_count + 1, sizeof *drawing->closings);
    if (drawing->closings == NULL) {
        fprintf(stderr, "out of memory\n");
        return 0;
    }
    for (size_t i = 0; i < drawing->hours_count; i++) {
        const sla_span *span = &drawing->hours[i];
        const char *title = sla_calendar_closing_title(drawing->calendar, span->closing);
        if (title != NULL && title[0] != '\0' && span->closing != last) {
            const double middle = (x_of(drawing, span->begin) + x_of(drawing, span->end)) / 2;
            place_closing(drawing, (struct closing){title, middle, 0}, taken);
            last = span->closing;
        }
    }
    return 1;
}

static void draw_hours(const struct drawing *drawing, double y) {
    for (size_t i = 0; i < drawing->hours_count; i++) {
        const sla_span *span = &drawing->hours[i];
        const char *closed = span->kind == SLA_SPAN_OUTSIDE_HOURS ? "shut" : "closing";
        const double x = x_of(drawing, span->begin);
        draw_box((struct box){x, y, x_of(drawing, span->end) - x, row_height},
                 span->kind == SLA_SPAN_OPEN ? "open" : closed);
    }
    for (size_t i = 0; i < drawing->closing_count; i++) {
        const struct closing *closing = &drawing->closings[i];
        draw_text(closing->middle, y + row_height + lane_height * (closing->lane + 1) - 3, closing->title, "red middle");
    }
}

/* ---- The clock --------------------------------------------------------------------------------------------------- */

static const char *look_of(const sla_clock_span *span) {
    if (span->kind == SLA_CLOCK_SPAN_PAUSED) {
        return "paused";
    }
    if (span->kind == SLA_CLOCK_SPAN_SET_ASIDE) {
        return "aside";
    }
    switch (span->phase) {
        case SLA_PHASE_ROLL:
            return "roll";
        case SLA_PHASE_GRACE:
            return "grace";
        case SLA_PHASE_LATE:
            return "late";
        default:
            return span->flags & SLA_CLOCK_SPAN_AHEAD ? "ahead" : "counted";
    }
}

static void draw_clock_span(const struct drawing *drawing, const sla_clock_span *span, double y) {
    const double x = x_of(drawing, span->begin), end = x_of(drawing, span->end);
    if (span->kind == SLA_CLOCK_SPAN_CLOSED) {
        draw_line(x, y + row_height / 2, end, y + row_height / 2, "way");
        return;
    }
    draw_box((struct box){x, y, end - x, row_height}, look_of(span));
    if (span->kind == SLA_CLOCK_SPAN_PAUSED && end - x > 60) {
        draw_text((x + end) / 2, y + row_height - 6, "paused", "halo");
    }
}

/* Beside the clock. The bar is as long as the target, or as the used time when that is more. */
static void draw_used(const struct drawing *drawing, const struct explained_cycle *cycle, double y) {
    const int64_t used = cycle->verdict.used, allowed = allowed_time(drawing->shown, cycle);
    char text[LABEL], used_text[32], allowed_text[32];
    if (used == SLA_NONE) {
        return;
    }
    const int64_t kept = allowed != SLA_NONE && used > allowed ? allowed : used;
    const double scale = bar_width / (double)(allowed > used ? allowed : used + (used == 0));
    snprintf(text, sizeof text, allowed == SLA_NONE ? "%s used" : "%s of %s", write_length(used, used_text),
             write_length(allowed == SLA_NONE ? 0 : allowed, allowed_text));
    draw_text(right + 12, y + 24, text, "word");
    draw_box((struct box){right + 12, y + 30, scale * (double)kept, 7}, "counted");
    draw_box((struct box){right + 12 + scale * (double)kept, y + 30, scale * (double)(used - kept), 7},
             cycle->verdict.state == SLA_STATE_BREACHED ? "late" : "grace");
    draw_box((struct box){right + 12, y + 30, bar_width, 7}, "frame");
}

static void draw_cycle(const struct drawing *drawing, size_t number, double y) {
    const struct explained_cycle *cycle = &drawing->shown->cycles[number];
    char label[LABEL] = "clock";
    if (drawing->shown->cycle_count > 1) {
        snprintf(label, sizeof label, "cycle %zu", number + 1);
    }
    draw_text(12, y + 23, label, "word");
    draw_text(right + 12, y + 9, sla_state_name(cycle->verdict.state), "name");
    for (size_t i = 0; i < cycle->span_count; i++) {
        draw_clock_span(drawing, &cycle->spans[i], y + 9);
    }
    draw_used(drawing, cycle, y);
}

/* ---- The axis ---------------------------------------------------------------------------------------------------- */

static int32_t tick_length(const struct drawing *drawing) {
    static const int32_t lengths[] = {HOUR, 2 * HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR};
    const double scale = (right - left) / (double)(drawing->end - drawing->begin);
    for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
        if (scale * lengths[i] >= 40) {
            return lengths[i];
        }
    }
    return DAY;
}

static void draw_date(const struct drawing *drawing, int32_t date, double x, double y) {
    char text[LABEL];
    int32_t year, month = 1, day = 1;
    sla_date_to_civil(date, &year, &month, &day);
    const double scale = (right - left) / (double)(drawing->end - drawing->begin);
    const int is_wide = scale * DAY > 76;
    snprintf(text, sizeof text, "%s%s%d %s", is_wide ? weekday_name(date) : "", is_wide ? " " : "", (int)day,
             month_name(month));
    draw_text(x + 3, y, text, "word");
}

static int is_dated(const struct drawing *drawing, int32_t date) {
    const double scale = (right - left) / (double)(drawing->end - drawing->begin);
    const int32_t every = 1 + (int32_t)(48 / (scale * DAY));
    return (date - local_time_of(drawing->begin, drawing->zone).date) % every == 0;
}

static void draw_ticks_of_date(const struct drawing *drawing, int32_t date, double y) {
    const int32_t length = tick_length(drawing);
    int64_t at;
    char text[LABEL];
    for (int32_t second = 0; second < DAY; second += length) {
        if (sla_zone_instant(drawing->zone, date, second, &at) != SLA_OK || at < drawing->begin || at >= drawing->end) {
            continue;
        }
        const double x = x_of(drawing, at);
        draw_line(x, y, x, y + (second == 0 ? 32 : 5), "axis");
        if (length < DAY) {
            snprintf(text, sizeof text, "%02d:%02d", (int)second / HOUR, (int)second / 60 % 60);
            draw_text(x + 3, y + 14, text, "");
        }
    }
}

static void draw_axis(const struct drawing *drawing) {
    const double y = drawing->rows_end;
    const int32_t first = local_time_of(drawing->begin, drawing->zone).date;
    const int32_t last = local_time_of(drawing->end - 1, drawing->zone).date;
    draw_line(left, y, right, y, "axis");
    for (int32_t date = first; date <= last; date++) {
        int64_t midnight = drawing->begin;
        sla_zone_instant(drawing->zone, date, 0, &midnight);
        if (is_dated(drawing, date)) {
            draw_ticks_of_date(drawing, date, y);
            draw_date(drawing, date, x_of(drawing, midnight < drawing->begin ? drawing->begin : midnight), y + 29);
        }
    }
}

/* ---- All of it --------------------------------------------------------------------------------------------------- */

static void draw_legend(double y) {
    static const char *const entries[][2] = {{"open", "open"},     {"closing", "closed"}, {"counted", "counted"},
                                             {"ahead", "to come"}, {"paused", "paused"},  {"roll", "rolled"},
                                             {"grace", "grace"},   {"late", "late"},      {"aside", "set aside"}};
    double x = left;
    for (size_t i = 0; i < sizeof entries / sizeof *entries; i++) {
        draw_box((struct box){x, y - 9, 14, 10}, entries[i][0]);
        draw_text(x + 19, y, entries[i][1], "");
        x += 19 + text_width(entries[i][1]) + 24;
    }
}

/* Shows the calendar of the last target; where there is none, the first of the contract's own. */
static void choose_calendar(struct drawing *drawing) {
    const struct explanation *shown = drawing->shown;
    const sla_contract *contract = shown->contract;
    int32_t index = sla_contract_count(contract, SLA_ELEMENT_CALENDAR) > 1 ? 1 : 0;
    for (size_t i = 0; i < shown->cycle_count; i++) {
        const struct explained_cycle *cycle = &shown->cycles[i];
        if (cycle->span_count > 0) {
            const sla_clock_span *last = &cycle->spans[cycle->span_count - 1];
            contract = sla_contract_successor(shown->contract, last->calendar_contract);
            index = last->calendar;
        }
    }
    drawing->calendar = sla_contract_calendar(contract, index);
    drawing->calendar_name = sla_contract_name(contract, SLA_ELEMENT_CALENDAR, index);
}

static void draw_head(const struct drawing *drawing) {
    const struct explanation *shown = drawing->shown;
    char text[2 * LABEL];
    const char *metric = sla_contract_name(shown->contract, SLA_ELEMENT_METRIC, shown->life->metric);
    const char *criterion = sla_contract_name(shown->contract, SLA_ELEMENT_CRITERION, shown->request.criterion);
    const char *shown_criterion = criterion == NULL ? "" : criterion;
    snprintf(text, sizeof text, "%.*s%s%.*s", bytes_within(metric, strlen(metric), 40), metric,
             criterion == NULL ? "" : ", ", bytes_within(shown_criterion, strlen(shown_criterion), 60), shown_criterion);
    draw_text(12, 22, text, "name");
}

static const double head = 30, foot = 68;

static double hours_top(const struct drawing *drawing) {
    return head + lane_height * drawing->lanes + 4;
}

static double cycles_top(const struct drawing *drawing) {
    return hours_top(drawing) + row_height + lane_height * drawing->closing_lanes + row_gap;
}

static int arrange(struct drawing *drawing) {
    if (!collect_marks(drawing)) {
        return 0;
    }
    choose_times(drawing);
    arrange_marks(drawing);
    if (!read_hours(drawing) || !place_closings(drawing)) {
        return 0;
    }
    drawing->rows_end = cycles_top(drawing) + cycle_height * (double)drawing->shown->cycle_count;
    return 1;
}

static void draw(const struct drawing *drawing) {
    begin_drawing(sheet_width, drawing->rows_end + foot, "The timeline of a clock", style);
    draw_head(drawing);
    draw_text(12, hours_top(drawing) + 14, drawing->calendar_name, "word");
    draw_hours(drawing, hours_top(drawing));
    for (size_t i = 0; i < drawing->shown->cycle_count; i++) {
        draw_cycle(drawing, i, cycles_top(drawing) + cycle_height * (double)i);
    }
    draw_axis(drawing);
    draw_marks(drawing, head);
    draw_legend(drawing->rows_end + foot - 12);
    end_drawing();
}

static int draw_explanation(const struct explanation *shown) {
    struct drawing drawing = {.shown = shown, .zone = sla_contract_zone(shown->contract)};
    choose_calendar(&drawing);
    const int arranged = arrange(&drawing);
    if (arranged) {
        draw(&drawing);
    }
    free(drawing.marks);
    free(drawing.hours);
    free(drawing.closings);
    return arranged;
}

static int answer(const sla_contract *contract, const char *received) {
    struct life life = {0};
    struct explanation shown = {0};
    const int done =
        read_life(contract, received, &life) && explain_life(contract, &life, &shown) && draw_explanation(&shown);
    free_explanation(&shown);
    free_life(&life);
    return done;
}

int main(int argc, char **argv) {
    poptContext options = read_options(argc, argv, options_table, "RECEIVED");
    if (options == NULL) {
        return EXIT_COULD_NOT_RUN;
    }
    sla_contract *contract = load_contract(contract_path, feed_files);
    int done = contract != NULL && answer(contract, poptGetArg(options));
    done = close_output() && done;
    sla_contract_unref(contract);
    free_options(options);
    return done ? EXIT_DONE : EXIT_COULD_NOT_RUN;
}
