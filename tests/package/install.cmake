# Installs the build tree BUILD into STAGE and moves that to PREFIX.
file(REMOVE_RECURSE "${STAGE}" "${PREFIX}")
execute_process(COMMAND "${CMAKE_COMMAND}" --install "${BUILD}" --config "${CONFIGURATION}" --prefix "${STAGE}"
                COMMAND_ERROR_IS_FATAL ANY)
file(RENAME "${STAGE}" "${PREFIX}")

file(GLOB_RECURSE installed RELATIVE "${PREFIX}" "${PREFIX}/*")
foreach(file IN LISTS installed)
  if(file MATCHES "\\.(cmake|pc)$")
    file(READ "${PREFIX}/${file}" text)
    foreach(place "${STAGE}" "${BUILD}")
      string(FIND "${text}" "${place}" position)
      if(NOT position EQUAL -1)
        message(FATAL_ERROR "${file} names ${place} and cannot be moved")
      endif()
    endforeach()
  endif()
endforeach()
