// What happens to a whole store in the stories: closed, opened by another key, backed up, restored.
#include <renraku/backup.hpp>
#include <renraku/described/store.hpp>
#include <renraku/witness.hpp>

#include "cpp/call.hpp"

namespace conformance {
namespace {

json::value close(Call& c) {
  c.world.sessions.clear();
  c.world.store.reset();
  return nothing;
}

json::value open(Call& c) {
  close(c);
  StoreOptions options;
  if (c.with.contains("witness")) options.witness = witness_in_file(c.text("witness"));
  c.world.store = Store::open(c.text("address"), HostKey{host_key_of(c.with, "key")}, options);
  return nothing;
}

json::value restore(Call& c) {
  const HostKey key{host_key_of(c.with, "key")};
  RestoreOptions options;
  if (c.with.contains("old_store")) {
    options.old_store = c.text("old_store");
    options.old_secret = key;
  }
  if (c.with.contains("witness")) options.witness = witness_in_file(c.text("witness"));
  const std::filesystem::path file = std::filesystem::path(c.text("backups")) / c.text("file");
  return plain(Store::restore(file, key, c.text("folder"), options));
}

}  // namespace

const Table<Call> story_calls{
    {"store.close", close},
    {"store.open", open},
    {"store.opened_with",
     [](Call& c) {
       return json::object{{"slot", c.store().opened_with().text()}};
     }},
    {"store.revoke_slot",
     [](Call& c) {
       c.store().revoke_slot(c.get<Uuid>("slot"));
       return nothing;
     }},
    {"store.backup", [](Call& c) { return plain(c.store().backup(c.text("folder"), {})); }},
    {"store.restore", restore},
    {"session.token",
     [](Call& c) {
       return json::object{{"token", c.session().token()}};
     }},
};

}  // namespace conformance
