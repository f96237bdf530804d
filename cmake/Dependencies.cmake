# Every dependency, once, as an imported target, with what it is for.
find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)                                           # the one lock around libical
pkg_check_modules(LIBICAL REQUIRED IMPORTED_TARGET libical)              # iCalendar: parser and recurrence iterator
pkg_check_modules(LIBYAML REQUIRED IMPORTED_TARGET yaml-0.1)             # contract documents: YAML and JSON
if(SLA_BUILD_TESTS)
  pkg_check_modules(CMOCKA REQUIRED IMPORTED_TARGET cmocka)              # unit and API tests
  pkg_check_modules(JANSSON REQUIRED IMPORTED_TARGET jansson)            # the conformance vectors are JSON
  find_package(Python3 3.8 REQUIRED COMPONENTS Interpreter)              # checks of headers, schema and reports
endif()
if(SLA_BUILD_EXAMPLES)
  pkg_check_modules(POPT REQUIRED IMPORTED_TARGET popt)                  # options of the example programs
  pkg_check_modules(JANSSON REQUIRED IMPORTED_TARGET jansson)            # explanations as JSON
  find_library(CSV_LIBRARY csv REQUIRED)                                 # tables of requests; libcsv has no pkg-config file
  find_path(CSV_INCLUDE_DIR csv.h REQUIRED)
  mark_as_advanced(CSV_LIBRARY CSV_INCLUDE_DIR)
  add_library(CSV::CSV UNKNOWN IMPORTED)
  set_target_properties(CSV::CSV PROPERTIES IMPORTED_LOCATION "${CSV_LIBRARY}"
                                            INTERFACE_INCLUDE_DIRECTORIES "${CSV_INCLUDE_DIR}")
endif()
