#include "session/home_keys.hpp"

#include <renraku/error.hpp>

namespace renraku::session {
namespace {

crypto::StoredKeyHeader read(const base::KeptFile& kept) {
  const auto bytes = kept.read();
  if (bytes) return crypto::decode_key_file(*bytes);
  throw Error(ErrorCode::not_a_store,
              "the host's keeper has no key header of the server's store; give it the file 'keys' "
              "from the home of who made the store, or that keeper",
              "home");
}

}  // namespace

bool has_keys(const StoreFolder& folder) {
  if (const auto kept = folder.kept("keys")) return kept->read().has_value();
  return is_there(folder.keys(), folder.server ? "home" : "");
}

crypto::StoredKeyHeader read_keys(const StoreFolder& folder) {
  const auto kept = folder.kept("keys");
  return kept ? read(*kept) : crypto::read_key_header(folder.keys());
}

void write_keys(const StoreFolder& folder, crypto::KeyHeader& header) {
  const auto kept = folder.kept("keys");
  if (!kept) return crypto::write_key_header(folder.keys(), header);
  const auto before = kept->read();
  if (header.generation == 0) {
    if (before) {
      throw Error(ErrorCode::exists, "the host's keeper has a key header of this store already",
                  "home");
    }
  } else if (!before || !crypto::is_same_state(crypto::decode_key_file(*before).header, header)) {
    throw Error(ErrorCode::conflict,
                "the key header was changed by somebody else meanwhile; read it again", "keys");
  }
  kept->write(crypto::encode_next_key_file(header));
  ++header.generation;
}

void remove_keys(const StoreFolder& folder) {
  if (const auto kept = folder.kept("keys")) return kept->remove();
  std::filesystem::remove(folder.keys());
}

}  // namespace renraku::session
