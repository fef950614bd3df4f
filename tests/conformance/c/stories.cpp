// What happens to a whole store in the stories: closed, opened by another key, backed up, restored.
#include "c/call.hpp"

namespace conformance {
namespace {

using Key = std::array<std::uint8_t, 32>;

renraku_secret secret_of(const Key& key) {
  renraku_secret secret{};
  secret.struct_size = sizeof(secret);
  secret.host_key = key.data();
  secret.host_key_size = key.size();
  return secret;
}

json::value close(Call& c) {
  c.world.sessions.clear();
  c.world.store.reset();
  return json::object{};
}

json::value open(Call& c) {
  close(c);
  const Key key = host_key_of(c.with, "key");
  const renraku_secret secret = secret_of(key);
  renraku_witness witness{};
  witness.struct_size = sizeof(witness);
  renraku_store_options options{};
  options.struct_size = sizeof(options);
  if (c.with.contains("witness")) {
    witness.file = c.text("witness");
    options.witness = &witness;
  }
  renraku_store* store = nullptr;
  json::value result = done(renraku_store_open, c.text("address"), &secret, &options, &store);
  c.world.store.reset(store);
  return result;
}

json::value restore(Call& c) {
  const Key key = host_key_of(c.with, "key");
  const renraku_secret secret = secret_of(key);
  renraku_restore_options options{};
  options.struct_size = sizeof(options);
  if (c.with.contains("old_store")) {
    options.old_store = c.text("old_store");
    options.old_secret = &secret;
  }
  renraku_witness witness{};
  witness.struct_size = sizeof(witness);
  if (c.with.contains("witness")) {
    witness.file = c.text("witness");
    options.witness = &witness;
  }
  const std::string file = text_of(c.with, "backups") + "/" + text_of(c.with, "file");
  const char* no_private_key = nullptr;
  return one<renraku_restore_report_page>(renraku_store_restore, file.c_str(), no_private_key,
                                          &secret, c.text("folder"), &options);
}

json::value backup(Call& c) {
  const renraku_backup_options* as_usual = nullptr;
  return one<renraku_backup_report_page>(renraku_store_backup, c.store(), c.text("folder"),
                                         as_usual);
}

}  // namespace

const Table<Call> story_calls{
    {"store.close", close},
    {"store.open", open},
    {"store.opened_with",
     [](Call& c) { return text("slot", renraku_store_opened_with, c.store()); }},
    {"store.revoke_slot",
     [](Call& c) {
       return done(renraku_store_revoke_slot, c.store(), c.text("slot"), std::int32_t{0});
     }},
    {"store.backup", backup},
    {"store.restore", restore},
    {"session.token",
     [](Call& c) {
       return json::object{{"token", renraku_session_token(c.session())}};
     }},
};

}  // namespace conformance
