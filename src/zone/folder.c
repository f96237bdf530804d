/* SPDX-License-Identifier: MIT */
#include "zone/folder.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- Files ---- */

static char *path_of(text folder, text name) {
    char *const path = malloc(folder.length + 1 + name.length + 1);
    if (path != NULL) {
        memcpy(path, folder.start, folder.length);
        path[folder.length] = '/';
        memcpy(path + folder.length + 1, name.start, name.length);
        path[folder.length + 1 + name.length] = '\0';
    }
    return path;
}

/* Asks for one byte more than a file may have, to see whether it has it; else that byte is the NUL's. */
static folder_answer read_bounded(FILE *file, char **bytes, size_t *size) {
    char *const read = malloc(FOLDER_FILE_MAX + 1);
    if (read == NULL) {
        return FOLDER_OUT_OF_MEMORY;
    }
    *size = fread(read, 1, FOLDER_FILE_MAX + 1, file);
    if (ferror(file) || *size > FOLDER_FILE_MAX) {
        free(read);
        return ferror(file) ? FOLDER_UNREADABLE : FOLDER_TOO_LARGE;
    }
    read[*size] = '\0';
    *bytes = read;
    return FOLDER_READ;
}

static folder_answer why_not_opened(int reason) {
    switch (reason) {
        case ENOENT:
        case ENOTDIR:
            return FOLDER_MISSING;
        case ENOMEM:
            return FOLDER_OUT_OF_MEMORY;
        default:
            return FOLDER_UNREADABLE;
    }
}

folder_answer sli_folder_read(text folder, text name, char **bytes, size_t *size) {
    *bytes = NULL;
    *size = 0;
    char *const path = path_of(folder, name);
    if (path == NULL) {
        return FOLDER_OUT_OF_MEMORY;
    }
    FILE *const file = fopen(path, "rb");
    const int reason = errno;
    free(path);
    if (file == NULL) {
        return why_not_opened(reason);
    }
    const folder_answer answer = read_bounded(file, bytes, size);
    fclose(file);
    return answer;
}

/* ---- Names ---- */

typedef struct name_list {
    const char **items;
    size_t count;
    size_t capacity;
} name_list;

static char *end_word(char *word) {
    char *const end = word + strcspn(word, " ");
    if (*end != '\0') {
        *end = '\0';
        return end + 1;
    }
    return end;
}

/* Zones are the lines "Z NAME ...", links the lines "L TARGET NAME". */
static bool add_name_of_line(name_list *names, char *line) {
    if ((line[0] != 'Z' && line[0] != 'L') || line[1] != ' ') {
        return true;
    }
    char *name = line + 2;
    char *const second = end_word(name);
    if (line[0] == 'L') {
        name = second;
        end_word(name);
    }
    return SLI_APPEND(names, name);
}

static bool add_names(name_list *names, char *list) {
    for (char *line = list; *line != '\0';) {
        char *const end = line + strcspn(line, "\n");
        const bool last = *end == '\0';
        *end = '\0';
        if (!add_name_of_line(names, line)) {
            return false;
        }
        line = last ? end : end + 1;
    }
    return true;
}

char *sli_folder_nearest(text folder, text name) {
    char *list = NULL;
    size_t size = 0;
    if (sli_folder_read(folder, sli_text("tzdata.zi", SIZE_MAX), &list, &size) != FOLDER_READ) {
        return NULL;
    }
    name_list names = {NULL, 0, 0};
    const char *const nearest = add_names(&names, list) ? sli_text_nearest(name, names.items, names.count) : NULL;
    char *const copy = nearest == NULL ? NULL : sli_text_copy(sli_text(nearest, SIZE_MAX));
    free(names.items);
    free(list);
    return copy;
}
