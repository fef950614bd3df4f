// What one can rely on: the store and its keys, the journal, applications.
#include <chrono>

#include "c/call.hpp"

namespace conformance {
namespace {

// Scenarios outlive any day that could stand in them.
const renraku_application* expiring(Call& c) {
  const std::chrono::microseconds now = std::chrono::duration_cast<std::chrono::microseconds>(
      std::chrono::system_clock::now().time_since_epoch());
  auto* application = c.arena.make<renraku_application>(1);
  *application = *c.get<renraku_application>("application");
  application->expires = now.count() + c.with.at("days").to_number<int64_t>() * 86'400'000'000;
  return application;
}

json::value act_as(Call& c) {
  renraku_session* opened = nullptr;
  done(renraku_session_act_as, c.store(), c.text("assertion"), &opened);
  const Session once(opened, renraku_session_free);
  return one<renraku_municipality_page>(renraku_municipality_view, once.get());
}

json::value backup(Call& c) {
  const renraku_backup_options* as_usual = nullptr;
  return one<renraku_backup_report_page>(renraku_session_backup, c.session(), c.text("folder"),
                                         as_usual);
}

}  // namespace

const Table<Call> trust_calls{
    {"store.municipalities",
     [](Call& c) { return list<renraku_municipality_page>(renraku_municipality_list, c.store()); }},
    {"store.add_municipality",
     [](Call& c) {
       return one<renraku_municipality_page>(renraku_municipality_add, c.store(),
                                             c.get<renraku_new_municipality>("input"));
     }},
    {"store.add_service_administrator",
     [](Call& c) {
       return one<renraku_member_page>(renraku_store_add_service_administrator, c.store(),
                                       c.get<renraku_new_member>("input"));
     }},
    {"session.backup", backup},
    {"store.key_slots",
     [](Call& c) { return list<renraku_key_slot_page>(renraku_store_key_slots, c.store()); }},
    {"store.change_passphrase",
     [](Call& c) {
       return done(renraku_store_change_passphrase, c.store(), c.text("current"),
                   c.text("replacement"));
     }},
    {"store.add_recovery_key",
     [](Call& c) {
       return text("printed", renraku_store_add_recovery_key, c.store(), c.text("name"));
     }},
    {"store.add_host_key",
     [](Call& c) {
       const auto key = host_key_of(c.with, "key");
       return done(renraku_store_add_host_key, c.store(), c.text("name"), key.data(), key.size());
     }},
    {"store.check",
     [](Call& c) { return one<renraku_check_report_page>(renraku_store_check, c.store()); }},
    {"store.verify_journal",
     [](Call& c) {
       return one<renraku_journal_report_page>(renraku_store_verify_journal, c.store());
     }},
    {"store.verify_journal_with",
     [](Call& c) {
       renraku_witness witness{};
       witness.struct_size = sizeof(witness);
       witness.file = c.text("witness");
       return one<renraku_journal_report_page>(renraku_store_verify_journal_with, c.store(),
                                               &witness);
     }},
    {"store.journal_heads",
     [](Call& c) {
       return list<renraku_signed_head_page>(renraku_store_journal_heads, c.store());
     }},
    {"store.change_journal_signer",
     [](Call& c) {
       renraku_journal_signer next{};
       next.struct_size = sizeof(next);
       next.file = c.text("file");
       return done(renraku_store_change_journal_signer, c.store(), *next.file ? &next : nullptr);
     }},
    {"store.archive_journal",
     [](Call& c) {
       return list<renraku_journal_segment_page>(renraku_store_archive_journal, c.store(),
                                                 c.text("before"), c.text("folder"));
     }},
    {"store.bring_back_journal",
     [](Call& c) {
       return one<renraku_journal_segment_page>(renraku_store_bring_back_journal, c.store(),
                                                c.text("file"));
     }},
    {"store.journal_segments",
     [](Call& c) {
       return list<renraku_journal_segment_page>(renraku_store_journal_segments, c.store());
     }},
    {"store.flush", [](Call& c) { return done(renraku_store_flush, c.store()); }},
    {"store.is_strict",
     [](Call& c) {
       std::int32_t strict = 0;
       done(renraku_store_is_strict, c.store(), &strict);
       return json::value{{"strict", strict != 0}};
     }},
    {"store.recover_administrator",
     [](Call& c) {
       return done(renraku_store_recover_administrator, c.store(), c.text("key"),
                   c.text("municipality"), c.text("login"), c.text("password"));
     }},
    {"store.act_as", act_as},
    {"journal.list",
     [](Call& c) {
       return list<renraku_journal_entry_page>(renraku_journal_list, c.session(),
                                               c.get<renraku_journal_filter>("filter"), c.page());
     }},
    {"journal.history",
     [](Call& c) {
       return list<renraku_journal_entry_page>(renraku_journal_history, c.session(),
                                               c.text("subject"), c.page());
     }},
    {"journal.verify",
     [](Call& c) { return one<renraku_journal_report_page>(renraku_journal_verify, c.session()); }},
    {"journal.heads",
     [](Call& c) { return list<renraku_signed_head_page>(renraku_journal_heads, c.session()); }},
    {"applications.make_key",
     [](Call&) { return one<renraku_application_key_page>(renraku_application_key_make); }},
    {"applications.register",
     [](Call& c) {
       return one<renraku_application_page>(renraku_application_register, c.session(), expiring(c));
     }},
    {"applications.list",
     [](Call& c) {
       return list<renraku_application_page>(renraku_application_list, c.session(), c.page());
     }},
    {"applications.view",
     [](Call& c) {
       return one<renraku_application_page>(renraku_application_view, c.session(), c.id());
     }},
    {"applications.accept",
     [](Call& c) {
       return one<renraku_application_page>(renraku_application_accept, c.session(), c.id());
     }},
    {"applications.revoke",
     [](Call& c) {
       return one<renraku_application_page>(renraku_application_revoke, c.session(), c.id());
     }},
    {"applications.make_assertion",
     [](Call& c) {
       return text("assertion", renraku_assertion_make, c.get<renraku_assertion>("assertion"),
                   c.text("private_key"));
     }},
};

}  // namespace conformance
