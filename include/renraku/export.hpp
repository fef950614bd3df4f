// Which names of the C++ API leave the library.
//
// The library is compiled with hidden visibility, and librenraku_cpp.a makes every hidden name
// local: a host that links its own SQLite, fmt or another copy of anything never meets ours. What a
// host may call is marked, and nothing else links:
//
//   class RENRAKU_API Store { … };                  a class with functions defined in a .cpp
//   RENRAKU_API std::string_view version();         a free function defined in a .cpp
//
// Templates, inline functions and structs without functions of their own need no mark. Exceptions
// do, so that host and library agree on the type that is thrown and caught.
#pragma once

#define RENRAKU_API __attribute__((visibility("default")))
