#include "sql/collect_sql.hpp"

#include <fstream>
#include <renraku/backup.hpp>
#include <renraku/copying.hpp>
#include <renraku/moving.hpp>

#include "fixture/everything.hpp"
#include "fixture/expect.hpp"
#include "fixture/watched_city.hpp"

using namespace renraku;
using namespace renraku::fixture;

namespace {

void use_backups(City& city) {
  const auto folder = city.path().parent_path();
  static_cast<void>(city.store().backup(folder, {}));
  Session officer = city.sign_in();
  const Id<Person> person = officer.evacuees().add(resident("消す人", "ケスヒト"), {}).person;
  officer.people().erase(person, ErasureReason::request);
  static_cast<void>(officer.people().erasure(person));
  BackupOptions one;
  one.keep = 1;
  city.move_clock(std::chrono::minutes(1));
  const Id<Application> linked = accept_the_services_application(city);
  const Session staying = city.sign_in();
  const Id<Member> leaving = city.member("saru", Role::professional).member().id;
  const Id<Certificate> card = staying.factors().bind_certificate(leaving, {"", "CN=a", "CN=b"}).id;
  const std::string newest = city.store().backup(folder, one).file;
  city.sign_in().applications().revoke(linked);
  staying.factors().revoke_certificate(leaving, card);
  staying.members().suspend(leaving);
  city.store().reencrypt({Passphrase{passphrase}});
  city.store().reencrypt({Passphrase{passphrase}});
  RestoreOptions options;
  options.options = city.options();
  options.old_store = city.path();
  options.old_secret = Passphrase{passphrase};
  // Closing, it tells all that was taken away.
  Notebook notebook;
  StoreOptions witnessed = city.options();
  witnessed.witness = notebook.witness();
  static_cast<void>(open_store(city.path(), Passphrase{passphrase}, witnessed, City::cheap()));
  options.witness = notebook.witness();
  static_cast<void>(
      Store::restore(folder / newest, Passphrase{passphrase}, folder / "restored", options));
}

// Carried to another place, twice, and held against it.
void use_copying(City& city) {
  CopyOptions options;
  options.options = city.options();
  const Secret secret = Passphrase{passphrase};
  const std::string copy = (city.path().parent_path() / "copied").string();
  copy_store(city.address(), secret, copy, options);
  static_cast<void>(compare_stores(city.address(), copy, secret, options));
  // Ended when everything is read for the second time.
  std::int64_t once = 0;
  options.progress = [&](std::int64_t, std::int64_t, std::int64_t in_all) {
    if (once == 0) once = in_all;
    return in_all == once;
  };
  const std::string other = (city.path().parent_path() / "other").string();
  static_cast<void>(
      error_of([&] { return copy_store(city.address(), secret, other, options).rows; }));
  const Session officer = city.sign_in();
  const Id<Evacuee> changed = officer.evacuees().list().items.front().id;
  officer.evacuees().change(officer.evacuees().view(changed));
  options.progress = {};
  copy_store(city.address(), secret, other, options);
}

// Moved to another store and back, once after it was ended half-way.
void use_moving(City& city) {
  TemporaryFolder folder;
  const std::string there = (folder.path() / "there").string();
  const Secret secret = Passphrase{passphrase};
  static_cast<void>(create_store(there, secret, "先", city.options(), City::cheap()));
  MoveOptions options;
  options.options = options.other = city.options();
  options.progress = [](std::int64_t, std::int64_t, std::int64_t) { return false; };
  static_cast<void>(error_of([&] {
    return copy_municipality(city.address(), secret, there, secret, joso, options).rows;
  }));
  options.progress = {};
  copy_municipality(city.address(), secret, there, secret, joso, options);
  static_cast<void>(compare_municipality(city.address(), secret, there, secret, joso, options));
  copy_municipality(there, secret, city.address(), secret, joso, options);
}

// Witnessed, signed by another, moved to an archive and brought back.
void use_journal(City& city) {
  TemporaryFolder folder;
  const Witness witness = city.store().as_witness();
  witness.record(city.store().journal_heads());
  SignedRemoval removal;
  removal.id = city.sign_in().member().id;
  witness.record_removals({removal});
  static_cast<void>(witness.removals());
  static_cast<void>(city.store().verify_journal(witness));
  city.store().change_journal_signer(signer_in_file(folder.path() / "signer"));
  city.store().change_journal_signer(std::nullopt);
  city.move_clock(std::chrono::hours(24 * 40));
  Date next = Date::in_japan(city.now());
  next.day = 0;
  for (const auto& segment : city.store().archive_journal(next, folder.path())) {
    static_cast<void>(city.sign_in().journal().list());
    city.store().bring_back_journal(segment.file);
  }
  static_cast<void>(city.store().journal_segments());
}

}  // namespace

namespace renraku::fixture {

std::set<std::string> collect_sql() {
  std::set<std::string> seen;
  storage::observe_prepare([&seen](std::string_view sql) { seen.emplace(sql); });
  {
    City city;
    use_everything(city);
    static_cast<void>(city.store().check());
    static_cast<void>(city.store().municipalities());
    use_copying(city);
    use_moving(city);
    use_backups(city);
    use_journal(city);
  }
  storage::observe_prepare({});
  return seen;
}

}  // namespace renraku::fixture
