/* SPDX-License-Identifier: MIT */
/*
 * Runs scenarios with each allocation failing in turn, once and from then on.
 *
 *   fault GROUP…                                     all groups when none is named
 *   fault GROUP SCENARIO libsla|libyaml|libical NUMBER once|lasting    a single run, to look into it
 *
 * Exit status 0: all as it should be; 1: not; 77: allocations cannot be made to fail here.
 */
#include "fault.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

enum { NOTES_MAX = 1 << 20, CALLS_MAX = 4096, SKIPPED = 77, REPORTED_MAX = 20 };

static const char *const owner_names[OWNERS] = {"libsla", "libyaml", "libical"};

sla_status status;
sla_error failure;

/* ---- What a run notes ---- */

typedef struct transcript {
    char text[NOTES_MAX];
    size_t length;
} transcript;

static transcript undisturbed;
static transcript disturbed;
static transcript *writing = &undisturbed;
static uint64_t *hashing; /* notes of a watcher are only hashed */

static uint64_t hash_of(uint64_t hash, const void *bytes, size_t size) {
    for (size_t i = 0; i < size; i++) {
        hash = (hash ^ ((const unsigned char *)bytes)[i]) * UINT64_C(0x100000001B3);
    }
    return hash;
}

void note(const char *format, ...) {
    char line[1024];
    va_list arguments;
    va_start(arguments, format);
    const int length = vsnprintf(line, sizeof line, format, arguments);
    va_end(arguments);
    const size_t size = length < (int)sizeof line - 1 ? (size_t)length : sizeof line - 1;
    if (hashing != NULL) {
        *hashing = hash_of(*hashing, line, size);
        return;
    }
    if (writing->length + size + 2 > NOTES_MAX) {
        fprintf(stderr, "fault: a scenario notes too much\n");
        abort();
    }
    memcpy(writing->text + writing->length, line, size);
    writing->length += size;
    writing->text[writing->length++] = '\n';
    writing->text[writing->length] = '\0';
}

void note_bytes(const char *what, const void *bytes, size_t size) {
    note("%s %016llx", what, (unsigned long long)hash_of(UINT64_C(0xCBF29CE484222325), bytes, size));
}

/* ---- A run ---- */

static struct run {
    const char *group;
    const char *scenario;
    fault_plan plan;
    bool alone; /* undisturbed */
    size_t call;
    const char *call_text;
    bool hit_here;
    size_t quiet;
    watcher *look;
    void *object;
    size_t failures;
} run;

/* Of the undisturbed run, call by call. */
static sla_status expected_status[CALLS_MAX];
static uint64_t expected_look[CALLS_MAX];

static size_t failures_shown;

static void complain(const char *format, ...) __attribute__((format(printf, 1, 2)));
static void complain(const char *format, ...) {
    run.failures++;
    if (failures_shown++ >= REPORTED_MAX) {
        return;
    }
    printf("FAILED %s/%s, allocation %zu of %s, %s: ", run.group, run.scenario, run.plan.number,
           owner_names[run.plan.whose], run.plan.lasts ? "lasting" : "once");
    va_list arguments;
    va_start(arguments, format);
    vprintf(format, arguments);
    va_end(arguments);
    printf("\n  call: %s\n", run.call_text == NULL ? "none yet" : run.call_text);
    if (allocations_hit()) {
        printf("  failed: %s\n", allocations_site());
    }
}

const char *fault_scenario(void) {
    return run.scenario;
}

void demand(bool holds, const char *what) {
    if (!holds) {
        complain("not so: %s", what);
    }
}

void fault_watch(watcher *look, void *object) {
    run.look = look;
    run.object = object;
}

static uint64_t look(void) {
    uint64_t hash = UINT64_C(0xCBF29CE484222325);
    if (run.look != NULL) {
        hashing = &hash;
        run.look(run.object);
        hashing = NULL;
    }
    return hash;
}

void fault_enter(void) {
    if (run.call >= CALLS_MAX) {
        fprintf(stderr, "fault: a scenario makes too many calls\n");
        abort();
    }
    if (run.alone) {
        expected_look[run.call] = look();
    }
    memset(&failure, 0, sizeof failure);
    run.hit_here = allocations_hit();
    if (!run.hit_here) {
        allocations_arm();
    }
}

void fault_leave(sla_status came_to, const char *call) {
    allocations_disarm();
    run.hit_here = !run.hit_here && allocations_hit();
    run.call_text = call;
    status = came_to;
    if (run.alone) {
        expected_status[run.call] = status;
    }
}

static void judge_out_of_memory(bool cleared) {
    if (!run.hit_here) {
        complain("memory is out although no allocation failed");
    }
    if (!cleared) {
        complain("memory was out and the output is not cleared");
    }
    if (strstr(run.call_text, "&failure") != NULL && (failure.code != SLA_OUT_OF_MEMORY || failure.message[0] == '\0')) {
        complain("memory was out and the error is not filled in (code %d, '%s')", failure.code, failure.message);
    }
    if (run.look != NULL && look() != expected_look[run.call]) {
        complain("memory was out and the object has changed");
    }
}

static void judge_same(void) {
    if (status != expected_status[run.call]) {
        complain("came to %s, not %s: '%s'", sla_status_name(status), sla_status_name(expected_status[run.call]),
                 failure.message);
    }
}

static void judge(bool cleared) {
    if (status == SLA_OUT_OF_MEMORY) {
        judge_out_of_memory(cleared);
    } else {
        judge_same();
    }
}

static bool go_on(bool repeats) {
    const bool again = repeats && run.hit_here;
    if (!again) {
        note("%s", sla_status_name(status));
        run.call++;
    }
    return again;
}

bool fault_again(bool cleared) {
    judge(cleared);
    return go_on(status == SLA_OUT_OF_MEMORY);
}

bool fault_repeat(bool cleared) {
    judge(cleared);
    return go_on(status != SLA_OK);
}

bool fault_repeat_complaining(bool cleared) {
    judge(cleared);
    return go_on(true);
}

static size_t counted_in_all(void) {
    size_t count = 0;
    for (int whose = 0; whose < OWNERS; whose++) {
        count += allocations_counted((owner)whose);
    }
    return count;
}

void fault_quiet_begin(void) {
    run.quiet = counted_in_all();
    allocations_arm();
}

void fault_quiet_end(const char *what) {
    allocations_disarm();
    run.call_text = what;
    if (counted_in_all() != run.quiet) {
        complain("something allocates that has no status to tell that memory is out");
    }
}

/* ---- Runs of a scenario ---- */

static struct figures {
    size_t scenarios;
    size_t injected;
    size_t crashes;
    size_t leaks;
    size_t failures;
} total;

static void start_run(fault_plan plan) {
    run.plan = plan;
    run.alone = plan.number == 0;
    run.call = 0;
    run.call_text = NULL;
    run.look = NULL;
    run.failures = 0;
    writing = run.alone ? &undisturbed : &disturbed;
    writing->length = 0;
    writing->text[0] = '\0';
    allocations_plan(plan);
}

static void compare_transcripts(void) {
    if (strcmp(undisturbed.text, disturbed.text) == 0) {
        return;
    }
    size_t line = 0;
    for (size_t i = 0; undisturbed.text[i] == disturbed.text[i]; i++) {
        line = undisturbed.text[i] == '\n' ? i + 1 : line;
    }
    complain("the results differ: '%.*s' without, '%.*s' with the failure", (int)strcspn(undisturbed.text + line, "\n"),
             undisturbed.text + line, (int)strcspn(disturbed.text + line, "\n"), disturbed.text + line);
}

/* libical's own blocks are left out where its own allocations fail: what it loses then is its own affair. */
static size_t leaks_since(const size_t before[OWNERS], size_t mark, bool ical_fails) {
    size_t leaks = 0;
    for (int whose = 0; whose < OWNERS; whose++) {
        const size_t now = allocations_live((owner)whose);
        if ((whose == OWNER_LIBICAL && ical_fails) || now == before[whose]) {
            continue;
        }
        complain("%ld blocks of %s are left", (long)now - (long)before[whose], owner_names[whose]);
        allocations_print_live((owner)whose, mark);
        leaks += now > before[whose] ? now - before[whose] : 0;
    }
    return leaks;
}

/* One run; gives how many blocks it leaked. */
static size_t run_once(const scenario *of, fault_plan plan) {
    size_t before[OWNERS];
    for (int whose = 0; whose < OWNERS; whose++) {
        before[whose] = allocations_live((owner)whose);
    }
    const size_t mark = allocations_mark();
    start_run(plan);
    of->run();
    if (!run.alone) {
        compare_transcripts();
        if (!allocations_hit()) {
            complain("the allocation did not come");
        }
    }
    return leaks_since(before, mark, plan.whose == OWNER_LIBICAL);
}

static void inject(const scenario *of, fault_plan plan) {
    total.injected++;
    total.leaks += run_once(of, plan);
    total.failures += run.failures;
}

/* ---- libical's own allocations: in a child, which may crash ---- */

enum { CHILD_CLEAN = 0, CHILD_DIFFERS = 3, CHILD_LEAKS = 4, CHILD_CRASHED = 5, CHILD_CRASHED_IN_LIBICAL = 6 };
enum { CHILD_SECONDS = 2, FOREIGN_WANTED = 60, PLACES_MAX = 200 };

/* Where the child says what was refused, so that it is known after a crash. */
static char *shared_site;

/* What happens where libical is refused memory, and how often. */
static struct place {
    char site[ALLOCATIONS_SITE_SIZE];
    const char *what;
    size_t times;
} places[PLACES_MAX];
static size_t place_count;

static void add_place(const char *what) {
    size_t at = 0;
    while (at < place_count && (strcmp(places[at].site, shared_site) != 0 || strcmp(places[at].what, what) != 0)) {
        at++;
    }
    if (at == PLACES_MAX) {
        return;
    }
    if (at == place_count) {
        snprintf(places[at].site, sizeof places[at].site, "%s", shared_site);
        places[at].what = what;
        place_count++;
    }
    places[at].times++;
}

static void print_places(void) {
    for (size_t i = 0; i < place_count; i++) {
        printf("  libical %s, %zu times: %s\n", places[i].what, places[i].times, places[i].site);
    }
}

/* A build that counts writes its counts at the end of a process. */
static void end_child(int came_to) {
#ifdef SLA_COVERAGE
    exit(came_to);
#else
    _exit(came_to);
#endif
}

/* No endless loops, and no files about crashes. */
static void limit_child(void) {
    const struct rlimit time = {CHILD_SECONDS, CHILD_SECONDS + 1};
    const struct rlimit core = {0, 0};
    setrlimit(RLIMIT_CPU, &time);
    setrlimit(RLIMIT_CORE, &core);
}

/* What looks at the crash may wait for a lock that the crash left taken: an alarm ends that. */
static void judge_crash(int number) {
    (void)number;
    alarm(CHILD_SECONDS);
    _exit(allocations_crash_is_ours() ? CHILD_CRASHED : CHILD_CRASHED_IN_LIBICAL);
}

static void watch_crashes(void) {
    static const int crashes[] = {SIGSEGV, SIGBUS, SIGABRT, SIGFPE, SIGILL};
    for (size_t i = 0; i < COUNT_OF(crashes); i++) {
        signal(crashes[i], judge_crash);
    }
}

static void run_child(const scenario *of, fault_plan plan) {
    const int silence = open("/dev/null", O_WRONLY); /* the parent tells */
    if (silence < 0 || dup2(silence, STDOUT_FILENO) < 0 || dup2(silence, STDERR_FILENO) < 0) {
        _exit(CHILD_LEAKS);
    }
    limit_child();
    watch_crashes();
    allocations_put_site(shared_site);
    const size_t leaked = run_once(of, plan);
    end_child(leaked > 0 ? CHILD_LEAKS : run.failures > 0 ? CHILD_DIFFERS : CHILD_CLEAN);
}

static const char *told(int child_status) {
    switch (child_status) {
        case CHILD_LEAKS:
            return "our blocks are left";
        case CHILD_CRASHED:
            return "libsla crashes";
        default:
            return "the outcome is another";
    }
}

static void inject_apart(const scenario *of, fault_plan plan) {
    int came_to = 0;
    total.injected++;
    fflush(stdout);
    const pid_t child = fork();
    if (child == 0) {
        run_child(of, plan);
    }
    if (child < 0 || waitpid(child, &came_to, 0) != child) {
        printf("FAILED: no child could be started: %s\n", strerror(errno));
        total.failures++;
        return;
    }
    if (WIFSIGNALED(came_to) || WEXITSTATUS(came_to) == CHILD_CRASHED_IN_LIBICAL) {
        total.crashes++;
        add_place(WIFSIGNALED(came_to) && WTERMSIG(came_to) == SIGXCPU ? "does not come back" : "crashes");
        return;
    }
    if (WEXITSTATUS(came_to) != CHILD_CLEAN) {
        printf("FAILED %s/%s, allocation %zu of libical, %s: %s\n  failed: %s\n", run.group, of->name, plan.number,
               plan.lasts ? "lasting" : "once", told(WEXITSTATUS(came_to)), shared_site);
        total.failures++;
        total.leaks += WEXITSTATUS(came_to) == CHILD_LEAKS;
    }
}

/* ---- All runs ---- */

/* The first run fills what libraries keep for good; the second is the one to compare with. */
static void run_undisturbed(const scenario *of, size_t counts[OWNERS]) {
    const fault_plan none = {0};
    start_run(none);
    of->run();
    total.leaks += run_once(of, none);
    total.failures += run.failures;
    for (int whose = 0; whose < OWNERS; whose++) {
        counts[whose] = allocations_counted((owner)whose);
    }
}

/* libical is not ours to mend, and each of its failures takes a process: some of them are enough by day. SLA_FAULT_FOREIGN
 * says how many of a scenario; 0 for all. */
static size_t step_of(int whose, size_t count) {
    const char *const said = getenv("SLA_FAULT_FOREIGN");
    const size_t wanted = said == NULL ? FOREIGN_WANTED : strtoul(said, NULL, 10);
    return whose != OWNER_LIBICAL || wanted == 0 || count <= wanted ? 1 : count / wanted + 1;
}

static void run_scenario(const scenario *of) {
    size_t counts[OWNERS];
    run.scenario = of->name;
    total.scenarios++;
    run_undisturbed(of, counts);
    for (int whose = 0; whose < OWNERS; whose++) {
        for (size_t number = 1; number <= counts[whose]; number += step_of(whose, counts[whose])) {
            for (int lasts = 0; lasts <= 1; lasts++) {
                const fault_plan plan = {(owner)whose, number, lasts == 1};
                (whose == OWNER_LIBICAL ? inject_apart : inject)(of, plan);
            }
        }
    }
    printf("%s/%s: allocations %zu of libsla, %zu of libyaml, %zu of libical\n", run.group, of->name, counts[0], counts[1],
           counts[2]);
}

static const scenario_group *const groups[] = {&base_scenarios,     &calendar_scenarios, &feed_scenarios,
                                               &contract_scenarios, &document_scenarios, &invalid_scenarios,
                                               &clock_scenarios,    &report_scenarios};

static const scenario_group *group_named(const char *name) {
    for (size_t i = 0; i < COUNT_OF(groups); i++) {
        if (strcmp(groups[i]->name, name) == 0) {
            return groups[i];
        }
    }
    fprintf(stderr, "fault: there is no group '%s'\n", name);
    exit(2);
}

static void run_group(const scenario_group *group) {
    run.group = group->name;
    if (group->count == 0) {
        printf("FAILED: the group %s has no scenarios\n", group->name);
        total.failures++;
    }
    for (size_t i = 0; i < group->count; i++) {
        run_scenario(&group->scenarios[i]);
    }
}

/* A single injection, in this process: for a debugger or a memory checker. */
static void run_single(char **named) {
    const scenario_group *const group = group_named(named[0]);
    fault_plan plan = {OWNER_LIBSLA, strtoul(named[3], NULL, 10), strcmp(named[4], "lasting") == 0};
    while (strcmp(owner_names[plan.whose], named[2]) != 0 && plan.whose < OWNERS - 1) {
        plan.whose++;
    }
    run.group = group->name;
    for (size_t i = 0; i < group->count; i++) {
        if (strcmp(group->scenarios[i].name, named[1]) == 0) {
            size_t counts[OWNERS];
            run.scenario = named[1];
            total.scenarios++;
            run_undisturbed(&group->scenarios[i], counts);
            inject(&group->scenarios[i], plan);
        }
    }
}

int main(int count, char **arguments) {
    static char output[BUFSIZ];
    setvbuf(stdout, output, _IOLBF, sizeof output);
    shared_site = mmap(NULL, ALLOCATIONS_SITE_SIZE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (shared_site == MAP_FAILED || !allocations_start()) {
        printf("fault: skipped, since allocations do not come through this program here\n");
        return SKIPPED;
    }
    find_invalid_scenarios();
    if (count == 6) {
        run_single(arguments + 1);
    } else if (count == 1) {
        for (size_t i = 0; i < COUNT_OF(groups); i++) {
            run_group(groups[i]);
        }
    }
    for (int i = 1; i < count && count != 6; i++) {
        run_group(group_named(arguments[i]));
    }
    print_places();
    printf("fault: scenarios %zu, injected %zu, crashes-in-libical %zu, leaks %zu, failures %zu\n", total.scenarios,
           total.injected, total.crashes, total.leaks, total.failures);
    return total.leaks > 0 || total.failures > 0 || total.scenarios == 0;
}
