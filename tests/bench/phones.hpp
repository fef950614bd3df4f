// Numbers to look people up by.
#pragma once

#include <renraku/session.hpp>
#include <string>
#include <vector>

namespace renraku::bench {

/// Of the first 20,000 people on the roster.
inline std::vector<std::string> phones_of(const Session& session) {
  std::vector<std::string> phones;
  PageRequest page{"", 200};
  do {
    const auto lines = session.evacuees().list({}, page);
    for (const EvacueeLine& line : lines.items) {
      if (!line.phone.empty()) phones.push_back(line.phone);
    }
    page.after = lines.next;
  } while (!page.after.empty() && phones.size() < 20'000);
  return phones;
}

}  // namespace renraku::bench
