#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""§1.2: the library reads no clock, no TZ, no locale and no environment: it imports nothing that could."""
import re
import subprocess
import sys

FORBIDDEN = re.compile(
    r"""(?:time|times|clock|clock_gettime|gettimeofday|timespec_get|ftime|localtime(?:_r)?|mktime|timelocal|ctime(?:_r)?
        |tzset|strftime\w*|strptime\w*|(?:secure_)?getenv|environ|setlocale|newlocale|uselocale|localeconv|nl_langinfo\w*
        |strcoll\w*|strcasecmp|strncasecmp|tolower|toupper|is(?:alpha|alnum|digit|space|upper|lower|print|punct)
        |__ctype_\w+|strto[df]\w*|atof|printf|fprintf|puts|abort|exit|rand|random|icaltime_(?:today|current)\w*)""",
    re.VERBOSE)


def imports(nm, library):
    listed = subprocess.run([nm, "-D", "--undefined-only", library], check=True, capture_output=True, text=True).stdout
    return {line.split()[-1].split("@")[0] for line in listed.splitlines() if line.strip()}


def main(nm, library):
    found = imports(nm, library)
    if "malloc" not in found:
        return f"{library}: the list of imports cannot be read"
    read = sorted(name for name in found if FORBIDDEN.fullmatch(name))
    return f"{library} imports {', '.join(read)}" if read else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
