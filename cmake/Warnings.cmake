# The warnings of this project's own targets; errors where SLA_WARNINGS_AS_ERRORS is on.
option(SLA_WARNINGS_AS_ERRORS "Treat warnings as errors" ${PROJECT_IS_TOP_LEVEL})

add_library(sla_warnings INTERFACE)
target_compile_options(sla_warnings INTERFACE -Wall -Wextra -Wconversion -Wshadow -Wstrict-prototypes -Wmissing-prototypes)
if(SLA_WARNINGS_AS_ERRORS)
  target_compile_options(sla_warnings INTERFACE -Werror)
endif()
