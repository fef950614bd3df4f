// A host that reads and writes renraku's records as JSON, and compiles Boost.JSON itself: the copy
// inside librenraku_cpp.a must not meet it.
#include <boost/json/src.hpp>
#include <iostream>
#include <renraku/described/person.hpp>
#include <renraku/json.hpp>
#include <renraku/renraku.hpp>

int main() {
  const auto phone =
      renraku::from_json<renraku::Phone>(R"({"kind": "mobile", "digits": "09000000001"})");
  std::cout << renraku::to_json(phone) << '\n';
  try {
    renraku::Store::open("no store", renraku::HostKey{});
  } catch (const renraku::Error& error) {
    return error.code() == renraku::ErrorCode::not_a_store ? 0 : 1;
  }
  return 1;
}
