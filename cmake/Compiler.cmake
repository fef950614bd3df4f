# How everything of ours is compiled and linked. Third-party code chooses for itself.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_C_STANDARD 11)
set(CMAKE_C_STANDARD_REQUIRED ON)
set(CMAKE_C_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

if(NOT CMAKE_BUILD_TYPE AND NOT CMAKE_CONFIGURATION_TYPES)
  set(CMAKE_BUILD_TYPE RelWithDebInfo CACHE STRING "" FORCE)
endif()
# Line numbers for stack traces are enough; full debug information doubles the build's size.
set(CMAKE_C_FLAGS_RELWITHDEBINFO "-O2 -g1 -DNDEBUG")
set(CMAKE_CXX_FLAGS_RELWITHDEBINFO "-O2 -g1 -DNDEBUG")

# Hidden unless marked: a host that loads its own SQLite must never meet ours.
set(CMAKE_C_VISIBILITY_PRESET hidden)
set(CMAKE_CXX_VISIBILITY_PRESET hidden)
set(CMAKE_VISIBILITY_INLINES_HIDDEN ON)

add_compile_options(-Wall -Wextra -Wpedantic -Wconversion -Werror -fstack-protector-strong)
add_link_options(-Wl,-z,relro,-z,now)
# No binary tells where it was built, and the compiler cache serves every build folder.
add_compile_options("-ffile-prefix-map=${PROJECT_BINARY_DIR}=build"
                    "-ffile-prefix-map=${PROJECT_SOURCE_DIR}=.")

if(RENRAKU_SANITIZE)
  add_compile_options(-fsanitize=${RENRAKU_SANITIZE} -fno-sanitize-recover=all
                      -fno-omit-frame-pointer -O1)
  add_link_options(-fsanitize=${RENRAKU_SANITIZE})
else()
  add_compile_options(-D_FORTIFY_SOURCE=2 -D_GLIBCXX_ASSERTIONS)
endif()

find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  # NOHASHDIR: the prefix maps above make the object the same from every build folder.
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_NOHASHDIR=1 ${CCACHE_PROGRAM})
endif()

foreach(name mold lld)
  find_program(LINKER_${name} NAMES ld.${name})
  if(LINKER_${name})
    add_link_options(-fuse-ld=${name})
    break()
  endif()
endforeach()
