/* SPDX-License-Identifier: MIT */
/*
 * The program defines malloc and its like itself, over those of glibc, so that shared libraries call these too. Under a
 * sanitizer, which has its own, and with other C libraries the linker sends only what is linked into the program through
 * here (FAULT_WRAP, --wrap): then only libsla's own allocations fail.
 */
#include "allocations.h"

#include <dlfcn.h>
#include <errno.h>
#include <link.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#if __has_include(<execinfo.h>)
#include <execinfo.h>
#else /* musl has none: sites stay empty */
static int backtrace(void **frames, int size) {
    (void)frames;
    (void)size;
    return 0;
}
#endif

#ifdef FAULT_WRAP
#define HOOK(name) __wrap_##name
#define REAL(name) __real_##name
#else
#define HOOK(name) name
#define REAL(name) __libc_##name
#endif

void *REAL(malloc)(size_t size);
void *REAL(calloc)(size_t count, size_t size);
void *REAL(realloc)(void *block, size_t size);
void REAL(free)(void *block);
void *HOOK(malloc)(size_t size);
void *HOOK(calloc)(size_t count, size_t size);
void *HOOK(realloc)(void *block, size_t size);
void HOOK(free)(void *block);
char *HOOK(strdup)(const char *from);

/* ---- Whose ---- */

enum { RANGES_MAX = 64 };

static struct range {
    uintptr_t begin;
    uintptr_t end;
    owner whose;
    bool of_system; /* the C library's, which works for others */
} ranges[RANGES_MAX];
static size_t range_count;

static bool is_of_system(const char *path) {
    static const char *const system[] = {"libc.so", "libc-", "ld-linux", "linux-vdso"};
    for (size_t i = 0; i < sizeof system / sizeof *system; i++) {
        if (strstr(path, system[i]) != NULL) {
            return true;
        }
    }
    return false;
}

/* A changed part of libsla, as tests/mutation preloads it, is libsla's by the end of its name. */
static owner owner_named(const char *path) {
    const bool is_program = path[0] == '\0' || strstr(path, "libsla.so") != NULL;
    if (is_program || is_of_system(path)) {
        return OWNER_LIBSLA;
    }
    return strstr(path, "libyaml") != NULL ? OWNER_LIBYAML : OWNER_LIBICAL;
}

static int note_library(struct dl_phdr_info *info, size_t size, void *context) {
    (void)size;
    (void)context;
    for (size_t i = 0; i < info->dlpi_phnum && range_count < RANGES_MAX; i++) {
        if (info->dlpi_phdr[i].p_type == PT_LOAD && (info->dlpi_phdr[i].p_flags & PF_X) != 0) {
            const uintptr_t begin = info->dlpi_addr + info->dlpi_phdr[i].p_vaddr;
            ranges[range_count++] = (struct range){begin, begin + info->dlpi_phdr[i].p_memsz, owner_named(info->dlpi_name),
                                                   is_of_system(info->dlpi_name)};
        }
    }
    return 0;
}

/* NULL for a place that is in none. */
static const struct range *range_of(const void *caller) {
    const uintptr_t place = (uintptr_t)caller;
    for (size_t i = 0; i < range_count; i++) {
        if (place >= ranges[i].begin && place < ranges[i].end) {
            return &ranges[i];
        }
    }
    return NULL;
}

static owner owner_of(const void *caller) {
    const struct range *const found = range_of(caller);
    return found == NULL ? OWNER_LIBSLA : found->whose;
}

/* ---- Blocks that live: a table without holes on the way to a block ---- */

enum { SLOTS = 1 << 18 };

static struct slot {
    void *block;
    const void *caller;
    size_t number;
    owner whose;
} slots[SLOTS];
static size_t live[OWNERS];
static size_t blocks_made;

static size_t slot_of(const void *block) {
    return (size_t)(((uintptr_t)block >> 4) * UINT64_C(0x9E3779B97F4A7C15) >> 46);
}

static void remember(void *block, const void *caller) {
#ifndef FAULT_WRAP
    size_t at = slot_of(block);
    while (slots[at].block != NULL) {
        at = (at + 1) % SLOTS;
    }
    slots[at] = (struct slot){block, caller, blocks_made++, owner_of(caller)};
    live[slots[at].whose]++;
#else
    (void)block;
    (void)caller;
    (void)slot_of;
#endif
}

/* Blocks of before the start, and those that came another way, are not known. */
static void forget(void *block) {
    size_t at = slot_of(block);
    while (slots[at].block != block) {
        if (slots[at].block == NULL) {
            return;
        }
        at = (at + 1) % SLOTS;
    }
    live[slots[at].whose]--;
    for (size_t next = (at + 1) % SLOTS; slots[next].block != NULL; next = (next + 1) % SLOTS) {
        const size_t home = slot_of(slots[next].block);
        if ((next - home) % SLOTS >= (next - at) % SLOTS) {
            slots[at] = slots[next];
            at = next;
        }
    }
    slots[at].block = NULL;
}

/* ---- Failing ---- */

enum { FRAMES_MAX = 16, FRAMES_OF_HOOKS = 3, FRAMES_OF_HANDLER = 2, FRAMES_SHOWN = 8 };

static fault_plan planned;
static size_t counted[OWNERS];
static bool armed;
static bool hit;
static char own_site[ALLOCATIONS_SITE_SIZE];
static char *site = own_site;

static void describe(char *to, size_t capacity, const void *place) {
    Dl_info info = {0};
    if (dladdr(place, &info) == 0 || info.dli_fname == NULL) {
        snprintf(to, capacity, "%p", place);
    } else if (info.dli_sname != NULL) {
        snprintf(to, capacity, "%s", info.dli_sname);
    } else {
        const char *const file = strrchr(info.dli_fname, '/');
        snprintf(to, capacity, "%s+0x%zx", file == NULL ? info.dli_fname : file + 1,
                 (size_t)((uintptr_t)place - (uintptr_t)info.dli_fbase));
    }
}

/* The functions that led here, the innermost first, without those of this file; of other libraries only their own. */
static void note_site(void) {
    void *frames[FRAMES_MAX];
    const int count = backtrace(frames, FRAMES_MAX);
    size_t length = 0;
    site[0] = '\0';
    for (int i = FRAMES_OF_HOOKS; i < count && i < FRAMES_OF_HOOKS + FRAMES_SHOWN; i++) {
        char name[128];
        if (planned.whose != OWNER_LIBSLA && owner_of(frames[i]) == OWNER_LIBSLA) {
            return;
        }
        describe(name, sizeof name, frames[i]);
        const size_t size = strlen(name);
        if (length + size + 4 > ALLOCATIONS_SITE_SIZE) {
            return;
        }
        length += (size_t)snprintf(site + length, ALLOCATIONS_SITE_SIZE - length, "%s%s", length == 0 ? "" : " < ", name);
    }
}

static bool is_to_fail(const void *caller) {
    if (!armed) {
        return false;
    }
    const owner whose = owner_of(caller);
    counted[whose]++;
    if (whose != planned.whose || planned.number == 0 || counted[whose] < planned.number ||
        (counted[whose] > planned.number && !planned.lasts)) {
        return false;
    }
    if (!hit) {
        armed = false; /* what finds out the site may allocate */
        hit = true;
        note_site();
        armed = true;
    }
    errno = ENOMEM;
    return true;
}

static void *made(void *block, const void *caller) {
    if (block != NULL) {
        remember(block, caller);
    }
    return block;
}

/* ---- The functions themselves ---- */

#define CALLER __builtin_return_address(0)

void *HOOK(malloc)(size_t size) {
    return is_to_fail(CALLER) ? NULL : made(REAL(malloc)(size), CALLER);
}

void *HOOK(calloc)(size_t count, size_t size) {
    return is_to_fail(CALLER) ? NULL : made(REAL(calloc)(count, size), CALLER);
}

void *HOOK(realloc)(void *block, size_t size) {
    if (is_to_fail(CALLER)) {
        return NULL;
    }
    if (block != NULL) {
        forget(block);
    }
    return made(REAL(realloc)(block, size), CALLER);
}

void HOOK(free)(void *block) {
    if (block != NULL) {
        forget(block);
        REAL(free)(block);
    }
}

/* Defined here so that its memory is counted for whoever calls it. */
char *HOOK(strdup)(const char *from) {
    const size_t size = strlen(from) + 1;
    char *const copy = is_to_fail(CALLER) ? NULL : made(REAL(malloc)(size), CALLER);
    return copy == NULL ? NULL : memcpy(copy, from, size);
}

/* ---- What tests ask ---- */

bool allocations_start(void) {
    void *(*volatile take)(size_t) = malloc; /* compilers know too much of malloc: it touches no variable of theirs */
    void *frames[1];
    backtrace(frames, 1); /* the first call loads a library */
    dl_iterate_phdr(note_library, NULL);
    allocations_plan((fault_plan){0});
    allocations_arm();
    void *const block = take(1);
    allocations_disarm();
    free(block);
    return counted[OWNER_LIBSLA] == 1;
}

void allocations_plan(fault_plan plan) {
    planned = plan;
    hit = false;
    memset(counted, 0, sizeof counted);
}

void allocations_arm(void) {
    armed = true;
}

void allocations_disarm(void) {
    armed = false;
}

size_t allocations_counted(owner whose) {
    return counted[whose];
}

bool allocations_hit(void) {
    return hit;
}

const char *allocations_site(void) {
    return site;
}

void allocations_put_site(char *place) {
    site = place;
}

size_t allocations_live(owner whose) {
    return live[whose];
}

size_t allocations_mark(void) {
    return blocks_made;
}

bool allocations_crash_is_ours(void) {
    void *frames[FRAMES_MAX];
    const int count = backtrace(frames, FRAMES_MAX);
    for (int i = FRAMES_OF_HANDLER; i < count; i++) {
        const struct range *const found = range_of(frames[i]);
        if (found != NULL && !found->of_system) {
            return found->whose == OWNER_LIBSLA;
        }
    }
    return false;
}

void allocations_print_live(owner whose, size_t mark) {
    for (size_t i = 0; i < SLOTS; i++) {
        if (slots[i].block != NULL && slots[i].whose == whose && slots[i].number >= mark) {
            char name[128];
            describe(name, sizeof name, slots[i].caller);
            printf("    a block taken in %s\n", name);
        }
    }
}
