# What leaves the house.
#
#   renraku::renraku  librenraku.so     the C API (<renraku.h>), for projects of language C alone
#   renraku::cpp      librenraku_cpp.a  the C++ API (<renraku/*.hpp>)
#
# Neither lets a symbol of SQLite, libsodium or another third party out.
include(CMakePackageConfigHelpers)

get_property(rooms GLOBAL PROPERTY RENRAKU_ROOMS)
list(TRANSFORM rooms PREPEND renraku_ OUTPUT_VARIABLE room_targets)

set(config_folder "${CMAKE_INSTALL_LIBDIR}/cmake/renraku")

# --- C ---------------------------------------------------------------------------------------------
file(GLOB capi_sources CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/capi/src/*.cpp")
if(capi_sources)
  add_library(renraku SHARED ${capi_sources})
  add_library(renraku::renraku ALIAS renraku)
  target_include_directories(
    renraku
    PRIVATE "${PROJECT_SOURCE_DIR}/include"
    PUBLIC $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/capi/include>
           $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
  target_link_libraries(renraku PRIVATE ${room_targets})
  target_compile_definitions(renraku PRIVATE RENRAKU_VERSION="${PROJECT_VERSION}")
  set(symbol_map "${PROJECT_SOURCE_DIR}/cmake/renraku.map")
  target_link_options(renraku PRIVATE "-Wl,--version-script=${symbol_map}" -Wl,--exclude-libs,ALL
                      -Wl,-Bsymbolic)
  if(NOT RENRAKU_SANITIZE)
    target_link_options(renraku PRIVATE -Wl,-z,defs)
  endif()
  # The bridge's functions are seen by the linker, and the map is the one list of what leaves it.
  set_target_properties(
    renraku PROPERTIES VERSION ${PROJECT_VERSION} SOVERSION 1 CXX_VISIBILITY_PRESET default
                       VISIBILITY_INLINES_HIDDEN OFF LINK_DEPENDS "${symbol_map}")
  install(TARGETS renraku EXPORT renraku_c)
  install(DIRECTORY "${PROJECT_SOURCE_DIR}/capi/include/" TYPE INCLUDE)
  install(EXPORT renraku_c NAMESPACE renraku:: FILE renraku-c.cmake DESTINATION "${config_folder}")
  set(pc_folder "${CMAKE_INSTALL_LIBDIR}/pkgconfig")
  file(RELATIVE_PATH prefix_from_pc "/${pc_folder}" /) # so that the folder can be moved
  configure_file("${PROJECT_SOURCE_DIR}/cmake/renraku.pc.in" "${PROJECT_BINARY_DIR}/renraku.pc" @ONLY)
  install(FILES "${PROJECT_BINARY_DIR}/renraku.pc" DESTINATION "${pc_folder}")
endif()

# --- C++ -------------------------------------------------------------------------------------------
# One relocatable object of all rooms, in which every hidden name becomes local. Groups are resolved
# first: a linker that prefers the host's copy of an inline function would drop ours under it.
set(room_objects ${sqlcipher_object})
foreach(target IN LISTS room_targets)
  get_target_property(kind ${target} TYPE)
  if(NOT kind STREQUAL "INTERFACE_LIBRARY")
    list(APPEND room_objects "$<TARGET_OBJECTS:${target}>")
  endif()
endforeach()
find_program(BFD_LINKER NAMES ld.bfd ld REQUIRED)
set(merged "${PROJECT_BINARY_DIR}/renraku_merged.o")
set(closed "${PROJECT_BINARY_DIR}/renraku_cpp.o")
add_custom_command(
  OUTPUT "${closed}"
  COMMAND "${BFD_LINKER}" -r --force-group-allocation -o "${merged}" ${room_objects}
  # Boost and toml++ mark some classes visible whatever we ask for, and statics of inline functions are
  # "unique": merged groups made them clash with the host's own copies of the same headers.
  COMMAND "${CMAKE_OBJCOPY}" --localize-hidden --wildcard "--localize-symbol=*boost*"
          "--localize-symbol=_ZN*4toml2v3*" "--weaken-symbol=_ZZ*" "--weaken-symbol=*boost*"
          "--weaken-symbol=_ZN*4toml2v3*" "${merged}" "${closed}"
  COMMAND ${CMAKE_COMMAND} -E rm "${merged}"
  DEPENDS ${room_objects}
  COMMENT "Closing librenraku_cpp.a"
  COMMAND_EXPAND_LISTS VERBATIM)
add_library(renraku_cpp STATIC "${closed}")
add_library(renraku::cpp ALIAS renraku_cpp)
set_source_files_properties("${closed}" PROPERTIES EXTERNAL_OBJECT ON GENERATED ON)
set_target_properties(renraku_cpp PROPERTIES LINKER_LANGUAGE CXX EXPORT_NAME cpp)
target_compile_features(renraku_cpp INTERFACE cxx_std_20)
target_include_directories(renraku_cpp INTERFACE $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/include>
                                                 $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
# By plain names, so that whoever links the installed archive needs no package files of theirs.
target_link_libraries(renraku_cpp INTERFACE sodium fmt icui18n icuuc crypto crypt pthread m dl)
if(RENRAKU_SYSTEM_SQLCIPHER)
  target_link_libraries(renraku_cpp INTERFACE sqlcipher)
endif()
if(TARGET renraku::postgresql)
  target_link_libraries(renraku_cpp INTERFACE pq)
endif()
install(TARGETS renraku_cpp EXPORT renraku_cpp)
install(DIRECTORY "${PROJECT_SOURCE_DIR}/include/renraku" TYPE INCLUDE)
install(EXPORT renraku_cpp NAMESPACE renraku:: FILE renraku-cpp.cmake DESTINATION "${config_folder}")

# --- find_package(renraku [COMPONENTS C cpp]) --------------------------------------------------------
configure_package_config_file(
  "${PROJECT_SOURCE_DIR}/cmake/renraku-config.cmake.in" "${PROJECT_BINARY_DIR}/renraku-config.cmake"
  INSTALL_DESTINATION "${config_folder}" NO_SET_AND_CHECK_MACRO)
write_basic_package_version_file("${PROJECT_BINARY_DIR}/renraku-config-version.cmake"
                                 COMPATIBILITY SameMajorVersion)
install(FILES "${PROJECT_BINARY_DIR}/renraku-config.cmake"
              "${PROJECT_BINARY_DIR}/renraku-config-version.cmake" DESTINATION "${config_folder}")
install(FILES "${PROJECT_SOURCE_DIR}/LICENSE" "${PROJECT_SOURCE_DIR}/NOTICE" TYPE DOC)
