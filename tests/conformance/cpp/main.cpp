// The scenarios' calls through the C++ API.
#include <boost/json/src.hpp>

#include "cpp/call.hpp"

namespace conformance {
namespace {

json::value answer(World& world, const Table<Call>& table, const json::object& line) {
  try {
    if (line.contains("calls")) return names_of(table);
    if (line.contains("open")) {
      world.store = Store::open(text_of(line, "open"), HostKey{host_key_of(line, "host_key")});
      return nothing;
    }
    Call call{world, text_of(line, "as"), line.at("with").as_object()};
    return table.at(text_of(line, "call"))(call);
  } catch (const Error& error) {
    throw Failure{static_cast<std::int32_t>(error.code()), std::string(error.name()), error.field(),
                  error.what()};
  }
}

}  // namespace
}  // namespace conformance

int main() {
  using namespace conformance;
  World world;
  const Table<Call> table = joined<Call>(
      {&account_calls, &roster_calls, &care_calls, &disclosure_calls, &trust_calls, &story_calls});
  serve([&](const json::object& line) { return answer(world, table, line); });
}
