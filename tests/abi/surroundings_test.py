#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""usage: surroundings_test.py NM LIBRARY

§1.2: the library reads no clock, no TZ, no locale and no environment, prints nothing, ends nothing, and changes nothing of the
libical that it shares with the program: it imports nothing that could.
"""
import re
import subprocess
import sys

FORBIDDEN = re.compile(
    r"""(?:time|times|clock|clock_gettime|gettimeofday|timespec_get|ftime|localtime(?:_r)?|mktime|timelocal|ctime(?:_r)?
        |tzset|strftime\w*|strptime\w*|(?:secure_)?getenv|environ|setlocale|newlocale|uselocale|localeconv|nl_langinfo\w*
        |strcoll\w*|strcasecmp|strncasecmp|tolower|toupper|is(?:alpha|alnum|digit|space|upper|lower|print|punct)
        |__ctype_\w+|strto[df]\w*|atof|(?:v|f|vf)?printf|f?puts|f?putc|putchar|perror|syslog|fwrite|abort|_?exit|atexit|raise
        |kill|signal|sigaction|(?:put|set|unset)env|clearenv|s?rand|s?random|[dlm]rand48|getrandom|(?:clock_)?nanosleep|u?sleep|system|v?fork
        |exec\w+|posix_spawn\w*|dlopen|ical\w*_set_\w+_setting|icalerror_set_\w+|set_zone_directory|icaltimezone_\w+
        |icaltime_(?:today|current)\w*|icaltime_is_utc|icalproperty_get_exdate|icalmemory_free_ring)""",
    re.VERBOSE)


def imports(nm, library):
    listed = subprocess.run([nm, "-D", "--undefined-only", library], check=True, capture_output=True, text=True).stdout
    return {line.split()[-1].split("@")[0] for line in listed.splitlines() if line.strip()}


# Some of what must be found, and of what must not.
PLANTED = "time getenv setlocale localtime_r printf fputs abort _exit fork icalerror_set_errors_are_fatal icaltimezone_free_builtin_timezones"
HARMLESS = "malloc snprintf vsnprintf fopen strtoul pthread_mutex_lock pthread_atfork icalparser_new icaltime_is_null_time"


def main(nm, library):
    missed = [name for name in PLANTED.split() if not FORBIDDEN.fullmatch(name)]
    missed += [name for name in HARMLESS.split() if FORBIDDEN.fullmatch(name)]
    if missed:
        return f"the pattern is wrong about {', '.join(missed)}"
    found = imports(nm, library)
    if "malloc" not in found:
        return f"{library}: the list of imports cannot be read"
    read = sorted(name for name in found if FORBIDDEN.fullmatch(name))
    return f"{library} imports {', '.join(read)}" if read else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
