# Every dependency, once. What each is for stands in the README too.
find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
pkg_check_modules(LIBICAL REQUIRED IMPORTED_TARGET libical)       # iCalendar: parser and recurrence iterator
pkg_check_modules(LIBYAML REQUIRED IMPORTED_TARGET yaml-0.1)      # contract documents: YAML and JSON
if(SLA_BUILD_TESTS OR PROJECT_IS_TOP_LEVEL)
  pkg_check_modules(CMOCKA IMPORTED_TARGET cmocka)                # tests
  pkg_check_modules(JANSSON IMPORTED_TARGET jansson)              # tests: the conformance vectors are JSON
  pkg_check_modules(POPT IMPORTED_TARGET popt)                    # examples: options
  find_library(CSV_LIBRARY csv)                                   # examples: CSV
  find_path(CSV_INCLUDE_DIR csv.h)
endif()
