#include "base/kept_file.hpp"

#include <exception>
#include <renraku/error.hpp>

namespace renraku::base {
namespace {

constexpr const char* field = "keeper";

// What the host threw may tell of its secrets.
template <class Call>
auto ask(const char* trouble, Call&& call) {
  try {
    return call();
  } catch (const std::exception&) {
  } catch (...) {
    // A host's functions are not bound to what the library throws.
  }
  throw Error(ErrorCode::io, trouble, field);
}

}  // namespace

std::optional<std::vector<std::uint8_t>> KeptFile::read() const {
  auto bytes = ask("the host's keeper could not read a file of the store; see what it says",
                   [&] { return keeper_.read(name_); });
  if (bytes && bytes->size() > Keeper::size_max) {
    throw Error(ErrorCode::io,
                "the host's keeper gives more bytes than a file of the store has; see what lies "
                "there",
                field);
  }
  return bytes;
}

void KeptFile::write(std::span<const std::uint8_t> bytes) const {
  ask("the host's keeper did not take a file of the store; see what it says",
      [&] { keeper_.write(name_, bytes); });
}

void KeptFile::remove() const {
  ask("the host's keeper did not remove a file of the store; see what it says",
      [&] { keeper_.remove(name_); });
}

void check_keeper(const Keeper& keeper) {
  if (!keeper || (keeper.read && keeper.write && keeper.remove)) return;
  throw Error(ErrorCode::invalid_argument, "a keeper reads, writes and removes; give all three",
              field);
}

}  // namespace renraku::base
