// Searching: the filter travels in the body, so that no name stands in an address, a proxy's log
// or a browser's history.
#pragma once

#include <renraku/described/disclosure.hpp>
#include <renraku/described/evacuee.hpp>
#include <renraku/described/patient.hpp>
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

struct DisclosedSearch {
  DisclosedFilter filter;
  std::string after;
  int size = PageRequest{}.size;
};
RENRAKU_DESCRIBE(DisclosedSearch, filter, after, size)

struct PatientSearch {
  PatientFilter filter;
  std::string after;
  int size = PageRequest{}.size;
};
RENRAKU_DESCRIBE(PatientSearch, filter, after, size)

}  // namespace renraku::server
