// The scenarios' calls through the C API.
#include <boost/json/src.hpp>

#include "c/call.hpp"

namespace conformance {
namespace {

json::value open(World& world, const json::object& line) {
  const auto key = host_key_of(line, "host_key");
  renraku_secret secret{};
  renraku_struct_init(&secret, sizeof(secret));
  secret.host_key = key.data();
  secret.host_key_size = key.size();
  renraku_store* store = nullptr;
  const std::string folder = text_of(line, "open");
  json::value result = done(renraku_store_open, folder.c_str(), &secret, nullptr, &store);
  world.store.reset(store);
  return result;
}

json::value answer(World& world, const Table<Call>& table, const json::object& line) {
  if (line.contains("calls")) return names_of(table);
  if (line.contains("open")) return open(world, line);
  Call call{world, text_of(line, "as"), line.at("with").as_object()};
  return table.at(text_of(line, "call"))(call);
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
