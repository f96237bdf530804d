/* SPDX-License-Identifier: MIT */
/*
 * usage: NAME_replay FILE_OR_FOLDER…
 *
 * Hands every file to a fuzzer, once. Exits 1 when an input takes over a second of processor time or the program's memory
 * grows over 256 MB; what a fuzzer finds ends the program. A folder that is not there has no inputs; there must be one
 * input in all. Sanitizers slow programs down and keep memory that was freed, so their builds have wider limits.
 */
#define _DEFAULT_SOURCE
#include "fuzz.h"

#include <dirent.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) || __has_feature(memory_sanitizer)
#define SANITIZED 1
#endif
#endif
#ifndef SANITIZED
#define SANITIZED 0
#endif

enum { SECONDS_MAX = SANITIZED ? 10 : 1, MEGABYTES_MAX = SANITIZED ? 2048 : 256, PATH_BYTES = 4096 };

typedef struct replay {
    int inputs;
    int failures;
    double slowest;
    long megabytes;
    char slowest_path[PATH_BYTES];
} replay;

static double processor_seconds(void) {
    struct timespec now = {0};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* The most that the program ever held. What getrusage says begins with the parent's, so Linux is asked otherwise. */
static long megabytes(void) {
#ifdef __linux__
    long kilobytes = 0;
    char line[256];
    FILE *const status = fopen("/proc/self/status", "r");
    while (status != NULL && fgets(line, sizeof line, status) != NULL && sscanf(line, "VmHWM: %ld", &kilobytes) != 1) {
    }
    if (status != NULL) {
        fclose(status);
    }
    return kilobytes / 1024;
#else
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss / 1024;
#endif
}

/* The input lies in a block of exactly its size, so that a reader that goes too far is seen. */
static uint8_t *read_file(const char *path, size_t *size) {
    FILE *const file = fopen(path, "rb");
    if (file == NULL || fseek(file, 0, SEEK_END) != 0) {
        perror(path);
        exit(1);
    }
    const long length = ftell(file);
    rewind(file);
    uint8_t *const data = malloc(length > 0 ? (size_t)length : 1);
    if (data == NULL || length < 0 || fread(data, 1, (size_t)length, file) != (size_t)length) {
        perror(path);
        exit(1);
    }
    fclose(file);
    *size = (size_t)length;
    return data;
}

static void fail(replay *run, const char *path, const char *what) {
    run->failures++;
    printf("%s: %s\n", path, what);
}

static void replay_file(replay *run, const char *path) {
    size_t size = 0;
    uint8_t *const data = read_file(path, &size);
    const double began = processor_seconds();
    LLVMFuzzerTestOneInput(data, size);
    const double taken = processor_seconds() - began;
    const long before = run->megabytes;
    free(data);
    run->inputs++;
    run->megabytes = megabytes();
    if (taken > run->slowest) {
        run->slowest = taken;
        snprintf(run->slowest_path, sizeof run->slowest_path, "%s", path);
    }
    if (taken > SECONDS_MAX) {
        fail(run, path, "takes too long");
    }
    if (run->megabytes > MEGABYTES_MAX && before <= MEGABYTES_MAX) {
        fail(run, path, "takes too much memory");
    }
}

static int is_input(const struct dirent *entry) {
    return entry->d_name[0] != '.';
}

static void replay_path(replay *run, const char *path) {
    struct stat status;
    if (stat(path, &status) != 0) {
        return;
    }
    if (!S_ISDIR(status.st_mode)) {
        replay_file(run, path);
        return;
    }
    struct dirent **entries = NULL;
    const int count = scandir(path, &entries, is_input, alphasort);
    for (int i = 0; i < count; i++) {
        char entry[PATH_BYTES];
        snprintf(entry, sizeof entry, "%s/%s", path, entries[i]->d_name);
        replay_path(run, entry);
        free(entries[i]);
    }
    free(entries);
}

int main(int count, char **paths) {
    replay run = {.slowest_path = "none"};
    for (int i = 1; i < count; i++) {
        replay_path(&run, paths[i]);
    }
    if (run.inputs == 0) {
        fail(&run, count > 1 ? paths[1] : "no path", "no inputs");
    }
    printf("slowest: %s\n", run.slowest_path);
    printf("replay: inputs %d, slowest-ms %.0f, megabytes %ld, failures %d\n", run.inputs, run.slowest * 1e3, run.megabytes,
           run.failures);
    return run.failures == 0 ? 0 : 1;
}
