# What `cmake --install` gives: headers, libraries, a CMake package and a pkg-config file, all of them relocatable.
include(CMakePackageConfigHelpers)

set(package_folder "${CMAKE_INSTALL_LIBDIR}/cmake/sla")
set(pkgconfig_folder "${CMAKE_INSTALL_LIBDIR}/pkgconfig")

install(DIRECTORY "${PROJECT_SOURCE_DIR}/include/sla" DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}" FILES_MATCHING PATTERN "*.h")

# The static library stands in an export of its own: only its consumers need libical and libyaml.
install(TARGETS sla_static EXPORT sla-static-targets ARCHIVE DESTINATION "${CMAKE_INSTALL_LIBDIR}")
install(EXPORT sla-static-targets NAMESPACE sla:: DESTINATION "${package_folder}")
if(SLA_BUILD_SHARED)
  install(TARGETS sla EXPORT sla-targets LIBRARY DESTINATION "${CMAKE_INSTALL_LIBDIR}")
  install(EXPORT sla-targets NAMESPACE sla:: DESTINATION "${package_folder}")
endif()

configure_package_config_file("${CMAKE_CURRENT_LIST_DIR}/sla-config.cmake.in" "${PROJECT_BINARY_DIR}/sla-config.cmake"
                              INSTALL_DESTINATION "${package_folder}" NO_SET_AND_CHECK_MACRO)
write_basic_package_version_file("${PROJECT_BINARY_DIR}/sla-config-version.cmake" COMPATIBILITY SameMinorVersion)
install(FILES "${PROJECT_BINARY_DIR}/sla-config.cmake" "${PROJECT_BINARY_DIR}/sla-config-version.cmake"
        DESTINATION "${package_folder}")

# From the folder of sla.pc up to the prefix, so that a moved prefix still works.
file(RELATIVE_PATH prefix_from_pkgconfig "/prefix/${pkgconfig_folder}" "/prefix")
string(REGEX REPLACE "/$" "" prefix_from_pkgconfig "${prefix_from_pkgconfig}")
if(SLA_BUILD_SHARED)
  set(requires_keyword "Requires.private")
else()
  set(requires_keyword "Requires")
endif()
configure_file("${PROJECT_SOURCE_DIR}/pkgconfig/sla.pc.in" "${PROJECT_BINARY_DIR}/sla.pc" @ONLY)
install(FILES "${PROJECT_BINARY_DIR}/sla.pc" DESTINATION "${pkgconfig_folder}")
