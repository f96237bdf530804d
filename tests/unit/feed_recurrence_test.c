/* SPDX-License-Identifier: MIT */
/* §2.2: random rules against an oracle that asks of every single day whether it fits (RFC 5545 §3.3.10). */
#include "feed_fixture.h"

enum { RULES = 3000, YEARS = 12, LIST_MAX = 6 };

/* ---- Numbers from a fixed seed ---- */

static uint32_t seed = 2026;

static uint32_t draw(uint32_t below) {
    seed = seed * 1664525U + 1013904223U;
    return (seed >> 8) % below;
}

static bool one_in(uint32_t times) {
    return draw(times) == 0;
}

/* ---- A rule as lists, the way RFC 5545 writes it ---- */

enum { DAILY, WEEKLY, MONTHLY, YEARLY };

typedef struct number_list {
    int items[LIST_MAX];
    int count;
} number_list;

typedef struct drawn_rule {
    int frequency;
    int interval;
    int week_start; /* Monday 0 */
    int count;
    bool has_until;
    int32_t until;
    number_list months;
    number_list month_days;
    number_list year_days;
    number_list positions;
    number_list weekdays;
    number_list ordinals; /* 0: every */
    int32_t start;
} drawn_rule;

static int draw_signed(int most) {
    const int number = 1 + (int)draw((uint32_t)most);
    return one_in(2) ? number : -number;
}

static void draw_list(number_list *list, int most, bool is_signed) {
    list->count = 1 + (int)draw(3);
    for (int i = 0; i < list->count; i++) {
        list->items[i] = is_signed ? draw_signed(most) : 1 + (int)draw((uint32_t)most);
    }
}

static void draw_weekdays(drawn_rule *rule) {
    rule->weekdays.count = rule->ordinals.count = 1 + (int)draw(4);
    const bool by_month = rule->frequency == MONTHLY || rule->months.count > 0;
    for (int i = 0; i < rule->weekdays.count; i++) {
        rule->weekdays.items[i] = (int)draw(7);
        rule->ordinals.items[i] = rule->frequency < MONTHLY || one_in(3) ? 0 : draw_signed(by_month ? 5 : 53);
    }
}

static drawn_rule draw_rule(void) {
    static const int intervals[] = {1, 1, 1, 2, 3, 4, 7, 13};
    drawn_rule rule = {.frequency = (int)draw(4), .interval = intervals[draw(8)], .week_start = (int)draw(7)};
    rule.start = sli_date_of_civil((civil){2019, 1, 1}) + (int32_t)draw(365 * 5);
    if (one_in(3)) {
        draw_list(&rule.months, 12, false);
    }
    if (rule.frequency != WEEKLY && one_in(3)) {
        draw_list(&rule.month_days, 31, true);
    }
    if (rule.frequency == YEARLY && one_in(6)) {
        draw_list(&rule.year_days, 366, true);
    }
    if (one_in(2)) {
        draw_weekdays(&rule);
    }
    if (rule.frequency >= MONTHLY && one_in(4)) {
        draw_list(&rule.positions, 4, true);
    }
    if (one_in(4)) {
        rule.count = 1 + (int)draw(30);
    } else if (one_in(3)) {
        rule.has_until = true;
        rule.until = rule.start + (int32_t)draw(2000);
    }
    return rule;
}

/* ---- Written out ---- */

static const char *const weekday_names[] = {"MO", "TU", "WE", "TH", "FR", "SA", "SU"};

static size_t write_date(int32_t date, char *to) {
    const civil written = sli_civil_of_date(date);
    return (size_t)sprintf(to, "%04d%02d%02d", (int)written.year, (int)written.month, (int)written.day);
}

static size_t write_list(const char *name, const number_list *list, char *to) {
    size_t length = 0;
    for (int i = 0; i < list->count; i++) {
        length += (size_t)sprintf(to + length, "%s%d", i == 0 ? name : ",", list->items[i]);
    }
    return length;
}

static size_t write_weekdays(const drawn_rule *rule, char *to) {
    size_t length = 0;
    for (int i = 0; i < rule->weekdays.count; i++) {
        length += (size_t)sprintf(to + length, "%s", i == 0 ? ";BYDAY=" : ",");
        if (rule->ordinals.items[i] != 0) {
            length += (size_t)sprintf(to + length, "%d", rule->ordinals.items[i]);
        }
        length += (size_t)sprintf(to + length, "%s", weekday_names[rule->weekdays.items[i]]);
    }
    return length;
}

static void write_rule(const drawn_rule *rule, char *to) {
    static const char *const frequencies[] = {"DAILY", "WEEKLY", "MONTHLY", "YEARLY"};
    to += sprintf(to, "DTSTART;VALUE=DATE:");
    to += write_date(rule->start, to);
    to += sprintf(to, "\r\nRRULE:FREQ=%s;INTERVAL=%d;WKST=%s", frequencies[rule->frequency], rule->interval,
                  weekday_names[rule->week_start]);
    to += write_list(";BYMONTH=", &rule->months, to);
    to += write_list(";BYMONTHDAY=", &rule->month_days, to);
    to += write_list(";BYYEARDAY=", &rule->year_days, to);
    to += write_list(";BYSETPOS=", &rule->positions, to);
    to += write_weekdays(rule, to);
    if (rule->count > 0) {
        to += sprintf(to, ";COUNT=%d", rule->count);
    }
    if (rule->has_until) {
        to += sprintf(to, ";UNTIL=");
        to += write_date(rule->until, to);
    }
    sprintf(to, "\r\n");
}

/* ---- The oracle ---- */

static bool is_listed(const number_list *list, int from_start, int from_end) {
    for (int i = 0; i < list->count; i++) {
        if (list->items[i] == from_start || list->items[i] == -from_end) {
            return true;
        }
    }
    return false;
}

/* Counts the same weekdays before and after within [first, until), one by one. */
static bool is_nth(int ordinal, int32_t date, int32_t first, int32_t until) {
    int nth = 0;
    for (int32_t other = first; other < until; other++) {
        const bool counted = ordinal > 0 ? other <= date : other >= date;
        nth += counted && sli_weekday(other) == sli_weekday(date);
    }
    return nth == abs(ordinal);
}

static int32_t first_of_month(civil at) {
    return sli_date_of_civil((civil){at.year, at.month, 1});
}

static int32_t first_of_year(int32_t year) {
    return sli_date_of_civil((civil){year, 1, 1});
}

static bool fits_weekdays(const drawn_rule *rule, int32_t date, civil at) {
    const bool by_month = rule->frequency == MONTHLY || rule->months.count > 0;
    const int32_t first = by_month ? first_of_month(at) : first_of_year(at.year);
    const int32_t until = by_month ? first + sli_days_in_month(at.year, at.month) : first_of_year(at.year + 1);
    for (int i = 0; i < rule->weekdays.count; i++) {
        const int ordinal = rule->ordinals.items[i];
        if (rule->weekdays.items[i] == sli_weekday(date) && (ordinal == 0 || is_nth(ordinal, date, first, until))) {
            return true;
        }
    }
    return rule->weekdays.count == 0;
}

/* What the rule does not say comes from its start. */
static bool fits_start(const drawn_rule *rule, int32_t date, civil at) {
    const civil start = sli_civil_of_date(rule->start);
    if (rule->weekdays.count + rule->month_days.count + rule->year_days.count > 0) {
        return true;
    }
    switch (rule->frequency) {
        case DAILY:
            return true;
        case WEEKLY:
            return sli_weekday(date) == sli_weekday(rule->start);
        case MONTHLY:
            return at.day == start.day;
        default:
            return at.day == start.day && (rule->months.count > 0 || at.month == start.month);
    }
}

static int32_t week_of(const drawn_rule *rule, int32_t date) {
    while (sli_weekday(date) != rule->week_start) {
        date--;
    }
    return date;
}

static bool in_period(const drawn_rule *rule, int32_t date, civil at) {
    const civil start = sli_civil_of_date(rule->start);
    switch (rule->frequency) {
        case DAILY:
            return (date - rule->start) % rule->interval == 0;
        case WEEKLY:
            return (week_of(rule, date) - week_of(rule, rule->start)) / 7 % rule->interval == 0;
        case MONTHLY:
            return ((at.year - start.year) * 12 + at.month - start.month) % rule->interval == 0;
        default:
            return (at.year - start.year) % rule->interval == 0;
    }
}

/* BYSETPOS apart. */
static bool fits_day(const drawn_rule *rule, int32_t date) {
    const civil at = sli_civil_of_date(date);
    const int of_year = date - first_of_year(at.year) + 1;
    const int of_year_from_end = first_of_year(at.year + 1) - date;
    return in_period(rule, date, at) && fits_start(rule, date, at) &&
           (rule->months.count == 0 || is_listed(&rule->months, at.month, 0)) &&
           (rule->month_days.count == 0 ||
            is_listed(&rule->month_days, at.day, sli_days_in_month(at.year, at.month) - at.day + 1)) &&
           (rule->year_days.count == 0 || is_listed(&rule->year_days, of_year, of_year_from_end)) &&
           fits_weekdays(rule, date, at);
}

static bool fits_position(const drawn_rule *rule, int32_t date) {
    const civil at = sli_civil_of_date(date);
    const int32_t first = rule->frequency == MONTHLY ? first_of_month(at) : first_of_year(at.year);
    const int32_t until =
        rule->frequency == MONTHLY ? first + sli_days_in_month(at.year, at.month) : first_of_year(at.year + 1);
    int before = 1;
    int after = 1;
    for (int32_t other = first; other < until && rule->positions.count > 0; other++) {
        before += other < date && fits_day(rule, other);
        after += other > date && fits_day(rule, other);
    }
    return rule->positions.count == 0 || is_listed(&rule->positions, before, after);
}

/* The dates of the rule, its start always first. Returns how many. */
static size_t expected_dates(const drawn_rule *rule, int32_t last, int32_t *dates) {
    size_t count = 0;
    dates[count++] = rule->start;
    for (int32_t date = rule->start + 1; date < last; date++) {
        if ((rule->count > 0 && count >= (size_t)rule->count) || (rule->has_until && date > rule->until)) {
            break;
        }
        if (fits_day(rule, date) && fits_position(rule, date)) {
            dates[count++] = date;
        }
    }
    return count;
}

static void assert_rule(sla_feed_reader *reader, const drawn_rule *rule, int32_t first, int32_t last) {
    static int32_t dates[366 * YEARS];
    char lines[512];
    char source[1024];
    write_rule(rule, lines);
    snprintf(source, sizeof source, "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n%sEND:VEVENT\r\nEND:VCALENDAR\r\n", lines);
    sla_feed *const feed = load_feed(reader, source, NULL);
    const size_t count = expected_dates(rule, last, dates);
    size_t found = 0;
    for (size_t i = 0; i < count; i++) {
        if (dates[i] < first) {
            continue;
        }
        if (found >= feed->closure_count || feed->closures[found].begin != (int64_t)dates[i] * SLI_DAY) {
            fail_msg("occurrence %zu of\n%s", found, lines);
        }
        found++;
    }
    if (found != feed->closure_count) {
        fail_msg("%zu occurrences instead of %zu of\n%s", feed->closure_count, found, lines);
    }
    sla_feed_unref(feed);
}

static void test_random_rules(void **state) {
    (void)state;
    const int32_t last = sli_date_of_civil((civil){2019 + YEARS - 1, 1, 1});
    const int32_t firsts[] = {sli_date_of_civil((civil){2019, 1, 1}), sli_date_of_civil((civil){2025, 5, 5})};
    for (size_t i = 0; i < 2; i++) { /* the second horizon begins in the middle of most rules */
        sla_feed_reader *const reader = new_reader("UTC", (int64_t)firsts[i] * SLI_DAY, (int64_t)last * SLI_DAY);
        for (int rule = 0; rule < RULES / 2; rule++) {
            const drawn_rule drawn = draw_rule();
            assert_rule(reader, &drawn, firsts[i], last);
        }
        sla_feed_reader_free(reader);
    }
}

/* Rules that began centuries ago, as Outlook writes them. */
static void test_rules_from_long_ago(void **state) {
    (void)state;
    sla_feed_reader *const reader = new_reader("UTC", SLA_HORIZON_BEGIN, SLA_HORIZON_END);
    sla_feed *const feed =
        load_feed(reader,
                  IN_CALENDAR(EVENT("DTSTART;VALUE=DATE:16010101\r\nRRULE:FREQ=YEARLY;INTERVAL=4\r\n")
                                  EVENT("DTSTART;VALUE=DATE:00010101\r\nRRULE:FREQ=MONTHLY;COUNT=23629\r\n")),
                  NULL);
    assert_int_equal(feed->closure_count, 32 + 1); /* 1973, 1977 … 2097, and the 23,629th month, January 1970 */
    const civil month = sli_civil_of_date((int32_t)(feed->closures[0].begin / SLI_DAY));
    assert_int_equal(month.year * 12 + month.month - 1, 1 * 12 + 23628);
    sla_feed_unref(feed);
    sla_feed_reader_free(reader);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_random_rules),
        cmocka_unit_test(test_rules_from_long_ago),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
