/* SPDX-License-Identifier: MIT */
/* The folder of the zone database: its files, and the names that it has. */
#ifndef SLI_ZONE_FOLDER_H
#define SLI_ZONE_FOLDER_H

#include "base/base.h"

/* No more is read of any file: the largest zone has some 4 KiB, the list of all rules some 110. */
enum { FOLDER_FILE_MAX = 256 * 1024 };

typedef enum folder_answer {
    FOLDER_READ,
    FOLDER_MISSING,    /* nothing of that name */
    FOLDER_UNREADABLE, /* a folder, or it may not be opened, or is damaged */
    FOLDER_TOO_LARGE,
    FOLDER_OUT_OF_MEMORY
} folder_answer;

/* The whole file with a NUL behind it, to free(); NULL unless it was read. */
folder_answer sli_folder_read(text folder, text name, char **bytes, size_t *size);

/* The name in the database's list (tzdata.zi) that is nearest to a mistyped one, to free(); NULL when there is none near,
 * no list, or no memory. */
char *sli_folder_nearest(text folder, text name);

#endif
