/* SPDX-License-Identifier: MIT */
/*
 * Columns of requests are decided without a single allocation, however many events a request has. The linker sends the
 * library's allocations through here (--wrap), where they are counted.
 */
#include "random_lives.h"

enum { MANY = 10000, ROUNDS = 20 };

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *block, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *block, size_t size);

static size_t allocations;

void *__wrap_malloc(size_t size) {
    allocations++;
    return __real_malloc(size);
}

void *__wrap_calloc(size_t count, size_t size) {
    allocations++;
    return __real_calloc(count, size);
}

void *__wrap_realloc(void *block, size_t size) {
    allocations++;
    return __real_realloc(block, size);
}

/* A request with ten thousand events in no order. */
typedef struct busy_request {
    sla_request request;
    sla_event events[MANY];
    int64_t event_offsets[2];
} busy_request;

static void make_busy(const world *in, busy_request *busy) {
    busy->request = request_at((int64_t)up_to(TICKS / 2) * TICK);
    busy->request.criterion = up_to(CRITERIA - 1);
    busy->event_offsets[1] = MANY;
    for (size_t i = 0; i < MANY; i++) {
        const int32_t event = index_of(in->contract, SLA_ELEMENT_EVENT, event_names[BEGUN + up_to(FREED - BEGUN)]);
        busy->events[i] = (sla_event){busy->request.received + (int64_t)up_to(TICKS / 3) * TICK, event, 0};
    }
}

static sla_status decide(const world *in, const busy_request *busy, int64_t *workspace, size_t length,
                         sla_verdict *verdict) {
    sla_status status = SLA_OK;
    assert_int_equal(sla_clock_decide_many(in->contract, 0, 1, &busy->request, NULL, busy->events, busy->event_offsets,
                                           NULL, NULL, (int64_t)(TICKS - 1) * TICK, verdict, NULL, 0, workspace, length,
                                           &status),
                     SLA_OK);
    return status;
}

static void columns_allocate_nothing(void **state) {
    (void)state;
    static world in;
    static busy_request busy;
    const size_t length = sla_clock_workspace_length(MANY, 0);
    int64_t *const workspace = test_malloc(length * sizeof *workspace);
    for (int32_t round = 0; round < ROUNDS; round++) {
        sla_verdict alone;
        sla_verdict verdict;
        make_world(&in);
        make_busy(&in, &busy);
        allocations = 0;
        assert_int_equal(sla_clock_decide(in.contract, 0, &busy.request, NULL, busy.events, MANY, NULL, 0,
                                          (int64_t)(TICKS - 1) * TICK, &alone, NULL),
                         SLA_OK);
        assert_int_equal(allocations, 1); /* a single call takes its own memory, at once: the count works */
        allocations = 0;
        assert_int_equal(decide(&in, &busy, workspace, length, &verdict), SLA_OK);
        assert_int_equal(allocations, 0);
        assert_memory_equal(&verdict, &alone, sizeof verdict);
        sla_contract_unref(in.contract);
    }
    test_free(workspace);
}

/* One word too few is told; few events need none. */
static void the_length_is_exact(void **state) {
    (void)state;
    static world in;
    static busy_request busy;
    sla_verdict verdict;
    make_world(&in);
    make_busy(&in, &busy);
    const size_t length = sla_clock_workspace_length(MANY, 0);
    int64_t *const workspace =
        test_malloc(length * sizeof *workspace); /* no byte more: memory checkers see all of it used */
    assert_int_equal(decide(&in, &busy, workspace, length - 1, &verdict), SLA_BUFFER_TOO_SMALL);
    assert_int_equal(verdict.cycle_count, 0);
    assert_int_equal(decide(&in, &busy, NULL, 0, &verdict), SLA_BUFFER_TOO_SMALL);
    assert_int_equal(decide(&in, &busy, workspace, length, &verdict), SLA_OK);
    assert_true(verdict.cycle_count > 0);
    test_free(workspace);

    assert_int_equal(sla_clock_workspace_length(23, 8), 0);
    assert_true(sla_clock_workspace_length(24, 8) > 0);
    assert_true(sla_clock_workspace_length(23, 9) > 0);
    assert_int_equal(sla_clock_workspace_length(SIZE_MAX, 0), SIZE_MAX);
    assert_int_equal(sla_clock_workspace_length(SIZE_MAX - 1, 0), SIZE_MAX);
    assert_int_equal(sla_clock_workspace_length(0, SIZE_MAX), SIZE_MAX);
    sla_contract_unref(in.contract);
}

/* A missing workspace with a length is a mistake of the call. */
static void a_workspace_without_words(void **state) {
    (void)state;
    static world in;
    static busy_request busy;
    sla_verdict verdict;
    make_world(&in);
    make_busy(&in, &busy);
    assert_int_equal(sla_clock_decide_many(in.contract, 0, 1, &busy.request, NULL, busy.events, busy.event_offsets, NULL,
                                           NULL, 0, &verdict, NULL, 0, NULL, 1, NULL),
                     SLA_INVALID_ARGUMENT);
    sla_contract_unref(in.contract);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(columns_allocate_nothing),
        cmocka_unit_test(the_length_is_exact),
        cmocka_unit_test(a_workspace_without_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
