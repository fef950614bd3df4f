# Target renraku::sqlcipher: SQLCipher 4.14.0 on SQLite 3.51.3, static and hidden.
#
# The amalgamation comes from the npm package of its packagers, through the ordinary npm client (or
# from RENRAKU_SQLCIPHER_TGZ), and is taken only with the SHA-512 below. Package and compiled object
# live in the user's cache folder, so that a second build folder waits for neither.
find_package(OpenSSL 3 REQUIRED COMPONENTS Crypto)

if(RENRAKU_SYSTEM_SQLCIPHER)
  # Its version and its encryption are checked by the library each time a store is opened: what
  # pkg-config calls its version is SQLite's.
  find_package(PkgConfig REQUIRED)
  pkg_check_modules(system_sqlcipher REQUIRED IMPORTED_TARGET sqlcipher)
  add_library(renraku_sqlcipher INTERFACE)
  target_link_libraries(renraku_sqlcipher INTERFACE PkgConfig::system_sqlcipher)
  target_compile_definitions(renraku_sqlcipher INTERFACE SQLITE_HAS_CODEC RENRAKU_SYSTEM_SQLCIPHER)
  add_library(renraku::sqlcipher ALIAS renraku_sqlcipher)
  return()
endif()

set(sqlcipher_package "@journeyapps/sqlcipher@6.0.0")
string(CONCAT sqlcipher_sha512
       "626592408478727bfee4bdfc9582684bf74817ff9b11905a0020136de4f2ab85"
       "ca8cc1dcc5d22516712504b888a9af6bc2c78e222988623b9d80e382a2fb9ddd")
set(sqlcipher_flags
    # Compiled like this in every build: its speed is ours, and its warnings are not.
    -O2 -fPIC -fvisibility=hidden -fstack-protector-strong -w
    # Encryption, and nothing of it in temporary files.
    -DSQLITE_HAS_CODEC -DSQLCIPHER_CRYPTO_OPENSSL -DSQLITE_TEMP_STORE=2
    -DSQLITE_EXTRA_INIT=sqlcipher_extra_init -DSQLITE_EXTRA_SHUTDOWN=sqlcipher_extra_shutdown
    # One connection is used by one thread at a time; "text" in double quotes is never a string.
    -DSQLITE_THREADSAFE=2 -DSQLITE_DQS=0 -DSQLITE_DEFAULT_FOREIGN_KEYS=1 -DSQLITE_SECURE_DELETE
    -DSQLITE_ENABLE_FTS5 -DSQLITE_ENABLE_RTREE
    -DSQLITE_OMIT_LOAD_EXTENSION -DSQLITE_OMIT_DEPRECATED -DSQLITE_DEFAULT_MEMSTATUS=0
    -DSQLITE_LIKE_DOESNT_MATCH_BLOBS
    # What its configure script finds on Linux; without HAVE_FDATASYNC a commit pays for fsync.
    -DHAVE_STDINT_H=1 -DHAVE_FDATASYNC=1 -DHAVE_USLEEP=1 -DHAVE_GMTIME_R=1 -DHAVE_LOCALTIME_R=1
    -DHAVE_MALLOC_USABLE_SIZE=1 -DUSE_PREAD=1)

if(DEFINED ENV{XDG_CACHE_HOME} AND NOT "$ENV{XDG_CACHE_HOME}" STREQUAL "")
  set(cache "$ENV{XDG_CACHE_HOME}/renraku")
elseif(DEFINED ENV{HOME})
  set(cache "$ENV{HOME}/.cache/renraku")
else()
  set(cache "${PROJECT_BINARY_DIR}/cache")
endif()
string(SUBSTRING "${sqlcipher_sha512}" 0 16 short)
set(sqlcipher_source "${cache}/sqlcipher-${short}")

# Puts the package at `out`, or stops with what to do about it.
function(fetch_sqlcipher out)
  if(RENRAKU_SQLCIPHER_TGZ)
    configure_file("${RENRAKU_SQLCIPHER_TGZ}" "${out}" COPYONLY)
    return()
  endif()
  find_program(NPM_PROGRAM npm)
  if(NOT NPM_PROGRAM)
    message(FATAL_ERROR "npm is needed to fetch SQLCipher (${sqlcipher_package}). Install npm, or "
                        "pass the package with -DRENRAKU_SQLCIPHER_TGZ=FILE.")
  endif()
  cmake_path(GET out PARENT_PATH folder)
  foreach(attempt RANGE 1 3)
    message(NOTICE "Fetching SQLCipher: npm pack ${sqlcipher_package} (attempt ${attempt})")
    execute_process(COMMAND "${NPM_PROGRAM}" pack --silent ${sqlcipher_package}
                    WORKING_DIRECTORY "${folder}" TIMEOUT 300 RESULT_VARIABLE result
                    OUTPUT_VARIABLE text ERROR_VARIABLE text)
    file(GLOB fetched "${folder}/*.tgz")
    if(result EQUAL 0 AND fetched)
      file(RENAME "${fetched}" "${out}")
      return()
    endif()
  endforeach()
  message(FATAL_ERROR "npm could not fetch ${sqlcipher_package}: ${text}\nCheck the network, or pass "
                      "the package with -DRENRAKU_SQLCIPHER_TGZ=FILE.")
endfunction()

if(NOT EXISTS "${sqlcipher_source}/sqlite3.c")
  string(RANDOM LENGTH 8 suffix)
  set(work "${cache}/unpack-${suffix}") # renamed when complete: two builds may be here at once
  file(MAKE_DIRECTORY "${work}")
  fetch_sqlcipher("${work}/package.tgz")
  file(SHA512 "${work}/package.tgz" found)
  if(NOT found STREQUAL sqlcipher_sha512)
    file(REMOVE_RECURSE "${work}")
    message(FATAL_ERROR "The SQLCipher package is not the one this project was checked with.\n"
                        "expected ${sqlcipher_sha512}\nfound    ${found}")
  endif()
  file(ARCHIVE_EXTRACT INPUT "${work}/package.tgz" DESTINATION "${work}")
  file(RENAME "${work}/package/deps/sqlcipher-amalgamation" "${sqlcipher_source}" RESULT lost_race)
  file(REMOVE_RECURSE "${work}")
  if(lost_race AND NOT EXISTS "${sqlcipher_source}/sqlite3.c")
    message(FATAL_ERROR "SQLCipher can't be kept in ${sqlcipher_source}: ${lost_race}")
  endif()
endif()

string(SHA256 key "${sqlcipher_sha512} ${sqlcipher_flags} ${CMAKE_C_COMPILER_ID} \
${CMAKE_C_COMPILER_VERSION} ${CMAKE_SYSTEM_PROCESSOR} ${OPENSSL_VERSION}")
string(SUBSTRING "${key}" 0 16 key)
set(sqlcipher_object "${PROJECT_BINARY_DIR}/sqlcipher/sqlite3.o")
add_custom_command(
  OUTPUT "${sqlcipher_object}"
  COMMAND
    ${CMAKE_COMMAND} "-DCACHED=${sqlcipher_source}/${key}.o" "-DOBJECT=${sqlcipher_object}"
    "-DCOMPILER=${CMAKE_C_COMPILER}" "-DSOURCE=${sqlcipher_source}" "-DFLAGS=${sqlcipher_flags}"
    -P "${PROJECT_SOURCE_DIR}/cmake/compile_sqlcipher.cmake"
  DEPENDS "${PROJECT_SOURCE_DIR}/cmake/compile_sqlcipher.cmake"
  COMMENT "SQLCipher (from the cache, or compiled once: about a minute)"
  VERBATIM)
add_library(renraku_sqlcipher STATIC "${sqlcipher_object}")
set_source_files_properties("${sqlcipher_object}" PROPERTIES EXTERNAL_OBJECT ON GENERATED ON)
set_target_properties(renraku_sqlcipher PROPERTIES LINKER_LANGUAGE C)
target_include_directories(renraku_sqlcipher SYSTEM INTERFACE "${sqlcipher_source}")
target_compile_definitions(renraku_sqlcipher INTERFACE SQLITE_HAS_CODEC)
target_link_libraries(renraku_sqlcipher INTERFACE OpenSSL::Crypto m)
add_library(renraku::sqlcipher ALIAS renraku_sqlcipher)
