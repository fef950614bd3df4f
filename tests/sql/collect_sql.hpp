#pragma once

#include <set>
#include <string>

namespace renraku::fixture {

/// Goes through every call of the public interface once; every SQL text that was prepared.
std::set<std::string> collect_sql();

}  // namespace renraku::fixture
