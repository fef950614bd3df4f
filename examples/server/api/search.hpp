// Searching: the filter travels in the body, so that no name stands in an address, a proxy's log
// or a browser's history.
#pragma once

#include <renraku/described/evacuee.hpp>
#include <renraku/page.hpp>
#include <string>

namespace renraku::server {

struct EvacueeSearch {
  EvacueeFilter filter;
  std::string after;
  int size = PageRequest{}.size;
};
RENRAKU_DESCRIBE(EvacueeSearch, filter, after, size)

struct PersonSearch {
  PersonFilter filter;
  std::string after;
  int size = PageRequest{}.size;
};
RENRAKU_DESCRIBE(PersonSearch, filter, after, size)

}  // namespace renraku::server
