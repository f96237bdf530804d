/* SPDX-License-Identifier: MIT */
/* The shared library calls its own functions, also where the program has functions of the same names: a copy of another
 * version, say, whose objects look different. Here they are of no use at all. */
#define _GNU_SOURCE /* RTLD_DEFAULT */
#include "copies.h"

static size_t calls;

sla_zone *sla_zone_ref(sla_zone *zone) {
    calls++;
    return zone;
}

void sla_zone_unref(sla_zone *zone) {
    (void)zone;
    calls++;
}

void sla_contract_builder_free(sla_contract_builder *builder) {
    (void)builder;
    calls++;
}

void sla_feed_reader_free(sla_feed_reader *reader) {
    (void)reader;
    calls++;
}

static void the_programs_functions_stand_before_all_others(void **state) {
    (void)state;
    sla_zone *(*const own)(sla_zone *) = sla_zone_ref;
    void *const found = dlsym(RTLD_DEFAULT, "sla_zone_ref");
    assert_non_null(found);
    assert_memory_equal(&found, &own, sizeof found);
}

static void the_library_does_not_call_them(void **state) {
    (void)state;
    library opened = open_library();
    assert_int_equal(due_in(&opened), EXPECTED_DUE);
    assert_int_equal(calls, 0);
    dlclose(opened.handle);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_programs_functions_stand_before_all_others),
        cmocka_unit_test(the_library_does_not_call_them),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
