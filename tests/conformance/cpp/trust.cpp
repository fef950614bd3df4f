// What one can rely on: the store and its keys, the journal, applications.
#include <renraku/backup.hpp>
#include <renraku/described/application.hpp>
#include <renraku/described/journal.hpp>
#include <renraku/described/municipality.hpp>
#include <renraku/described/store.hpp>
#include <renraku/described/witness.hpp>

#include "cpp/call.hpp"

namespace renraku {
RENRAKU_DESCRIBE(NewMunicipality, code, name, administrator)
}  // namespace renraku

namespace conformance {
namespace {

// Scenarios outlive any day that could stand in them.
Application expiring(Call& c) {
  auto application = c.get<Application>("application");
  application.expires = {Instant::now().micros + c.get<std::int64_t>("days") * 86'400'000'000};
  return application;
}

}  // namespace

const Table<Call> trust_calls{
    {"store.municipalities", [](Call& c) { return all(c.store().municipalities()); }},
    {"store.add_municipality",
     [](Call& c) { return plain(c.store().add_municipality(c.get<NewMunicipality>("input"))); }},
    {"store.add_service_administrator",
     [](Call& c) { return plain(c.store().add_service_administrator(c.get<NewMember>("input"))); }},
    {"session.backup",
     [](Call& c) { return plain(make_backup(c.session(), c.text("folder"), {})); }},
    {"store.key_slots", [](Call& c) { return all(c.store().key_slots()); }},
    {"store.change_passphrase",
     [](Call& c) {
       c.store().change_passphrase({c.text("current")}, {c.text("replacement")});
       return nothing;
     }},
    {"store.add_recovery_key",
     [](Call& c) {
       return json::object{{"printed", c.store().add_recovery_key(c.text("name"))}};
     }},
    {"store.add_host_key",
     [](Call& c) {
       c.store().add_host_key(c.text("name"), HostKey{host_key_of(c.with, "key")});
       return nothing;
     }},
    {"store.check", [](Call& c) { return plain(c.store().check()); }},
    {"store.verify_journal", [](Call& c) { return plain(c.store().verify_journal()); }},
    {"store.verify_journal_with",
     [](Call& c) { return plain(c.store().verify_journal(witness_in_file(c.text("witness")))); }},
    {"store.journal_heads", [](Call& c) { return all(c.store().journal_heads()); }},
    {"store.change_journal_signer",
     [](Call& c) {
       std::optional<JournalSigner> next;
       if (const std::string file = c.text("file"); !file.empty()) next = signer_in_file(file);
       c.store().change_journal_signer(next);
       return nothing;
     }},
    {"store.archive_journal",
     [](Call& c) {
       return all(
           c.store().archive_journal(Date::parse(c.text("before"), "before"), c.text("folder")));
     }},
    {"store.bring_back_journal",
     [](Call& c) { return plain(c.store().bring_back_journal(c.text("file"))); }},
    {"store.journal_segments", [](Call& c) { return all(c.store().journal_segments()); }},
    {"store.flush",
     [](Call& c) {
       c.store().flush();
       return nothing;
     }},
    {"store.is_strict",
     [](Call& c) {
       return json::object{{"strict", c.store().is_strict()}};
     }},
    {"store.recover_administrator",
     [](Call& c) {
       c.store().recover_administrator({c.text("key")}, c.text("municipality"), c.text("login"),
                                       c.text("password"));
       return nothing;
     }},
    {"store.act_as",
     [](Call& c) {
       const Session once = c.store().act_as(c.text("assertion"));
       return plain(once.municipalities().view());
     }},
    {"journal.list",
     [](Call& c) {
       return plain(c.session().journal().list(c.get<JournalFilter>("filter"), c.page()));
     }},
    {"journal.history",
     [](Call& c) {
       return plain(c.session().journal().history(c.get<Uuid>("subject"), c.page()));
     }},
    {"journal.verify", [](Call& c) { return plain(c.session().journal().verify()); }},
    {"journal.heads", [](Call& c) { return all(c.session().journal().heads()); }},
    {"applications.make_key", [](Call&) { return plain(make_application_key()); }},
    {"applications.register",
     [](Call& c) { return plain(c.session().applications().register_application(expiring(c))); }},
    {"applications.list", [](Call& c) { return plain(c.session().applications().list(c.page())); }},
    {"applications.view",
     [](Call& c) { return plain(c.session().applications().view(c.id<Application>())); }},
    {"applications.accept",
     [](Call& c) { return plain(c.session().applications().accept(c.id<Application>())); }},
    {"applications.revoke",
     [](Call& c) { return plain(c.session().applications().revoke(c.id<Application>())); }},
    {"applications.make_assertion",
     [](Call& c) {
       return json::object{
           {"assertion", make_assertion(c.get<Assertion>("assertion"), c.text("private_key"))}};
     }},
};

}  // namespace conformance
