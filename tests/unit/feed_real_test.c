/* SPDX-License-Identifier: MIT */
/* Feeds that real programs wrote, in the folder that SLA_FEEDS names: each loads, and the generated ones (gen_*.ics, one
 * date a VEVENT) close exactly the dates that a reading line by line finds. */
#include "feed_fixture.h"

#include <dirent.h>

static char *read_file(const char *folder, const char *name, size_t *length) {
    char path[1024];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *const file = fopen(path, "rb");
    assert_non_null(file);
    assert_int_equal(fseek(file, 0, SEEK_END), 0);
    *length = (size_t)ftell(file);
    rewind(file);
    char *const content = malloc(*length + 1);
    assert_non_null(content);
    assert_int_equal(fread(content, 1, *length, file), *length);
    content[*length] = '\0';
    fclose(file);
    return content;
}

static bool ends_with(const char *name, const char *ending) {
    const size_t length = strlen(name);
    return length >= strlen(ending) && strcmp(name + length - strlen(ending), ending) == 0;
}

static int compare_begins(const void *left, const void *right) {
    const int64_t one = *(const int64_t *)left;
    const int64_t other = *(const int64_t *)right;
    return (one > other) - (one < other);
}

/* The begins of the dates on the lines "DTSTART;VALUE=DATE:YYYYMMDD", in order. */
static size_t read_dates(const char *content, int64_t *begins, size_t capacity) {
    static const char start[] = "\nDTSTART;VALUE=DATE:";
    size_t count = 0;
    for (const char *at = strstr(content, start); at != NULL; at = strstr(at + 1, start)) {
        const long number = strtol(at + strlen(start), NULL, 10);
        const civil date = {(int32_t)(number / 10000), (int32_t)(number / 100 % 100), (int32_t)(number % 100)};
        assert_true(sli_civil_exists(date));
        assert_true(count < capacity);
        begins[count++] = (int64_t)sli_date_of_civil(date) * SLI_DAY;
    }
    qsort(begins, count, sizeof *begins, compare_begins);
    return count;
}

static void assert_dates(const char *name, const char *content, const sla_feed *feed) {
    static int64_t begins[10000];
    const size_t count = read_dates(content, begins, sizeof begins / sizeof begins[0]);
    if (count == 0 || count != feed->closure_count) {
        fail_msg("%s: %zu dates, %zu closures", name, count, feed->closure_count);
    }
    for (size_t i = 0; i < count; i++) {
        if (feed->closures[i].begin != begins[i] || feed->closures[i].end != begins[i] + SLI_DAY) {
            fail_msg("%s: closure %zu begins at %lld", name, i, (long long)feed->closures[i].begin);
        }
    }
}

static void check_feed(sla_feed_reader *reader, const char *folder, const char *name) {
    size_t length;
    char *const content = read_file(folder, name, &length);
    sla_feed *feed = NULL;
    sla_error error = {0};
    if (sla_feed_reader_load(reader, name, SIZE_MAX, content, length, NULL, &feed, &error) != SLA_OK) {
        fail_msg("%s, line %d: %s", name, (int)error.line, error.message);
    }
    if (strncmp(name, "gen_", 4) == 0) {
        assert_dates(name, content, feed);
    }
    sla_feed_unref(feed);
    free(content);
}

static void test_real_feeds(void **state) {
    (void)state;
    const char *const folder = getenv("SLA_FEEDS");
    if (folder == NULL) {
        print_message("skipped: SLA_FEEDS names no folder of feeds\n");
        skip();
        return;
    }
    DIR *const entries = opendir(folder);
    if (entries == NULL) {
        fail_msg("SLA_FEEDS: %s cannot be read", folder);
        return;
    }
    const sla_feed_options options = {.unsupported = SLA_UNSUPPORTED_SKIP};
    sla_feed_reader *const reader = new_reader("UTC", SLA_HORIZON_BEGIN, SLA_HORIZON_END);
    assert_int_equal(sla_feed_reader_set_options(reader, &options, NULL), SLA_OK);
    size_t checked = 0;
    for (const struct dirent *entry = readdir(entries); entry != NULL; entry = readdir(entries)) {
        if (ends_with(entry->d_name, ".ics")) {
            check_feed(reader, folder, entry->d_name);
            checked++;
        }
    }
    assert_true(checked > 0);
    closedir(entries);
    sla_feed_reader_free(reader);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_real_feeds)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
