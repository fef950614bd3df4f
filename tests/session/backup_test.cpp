// Backups: sealed, read back, kept in generations, and restored without what was taken away since.
#include <boost/test/unit_test.hpp>
#include <fstream>
#include <iterator>
#include <renraku/backup.hpp>
#include <thread>

#include "fixture/city.hpp"
#include "fixture/expect.hpp"

using namespace renraku;
using namespace renraku::fixture;
namespace fs = std::filesystem;

namespace {

/// A city with a folder for its backups.
struct BackedUp {
  City city;
  fs::path folder = city.path().parent_path() / "backups";
  fs::path restored = city.path().parent_path() / "restored.renraku";
  Id<Person> person;

  BackedUp() {
    fs::create_directory(folder);
    person = city.sign_in().evacuees().add(resident("架空", "カクウ"), {}).person;
  }
  fs::path make(const BackupOptions& options = {}) {
    city.move_clock(std::chrono::minutes(1));
    return folder / city.store().backup(folder, options).file;
  }
  [[nodiscard]] RestoreOptions options() const {
    RestoreOptions options;
    options.options = city.options();
    return options;
  }
  std::string restore(const fs::path& file, const BackupSecret& secret) {
    return error_of([&] { return Store::restore(file, secret, restored, options()).sequence; });
  }
  Store open_restored(const Secret& secret = Passphrase{passphrase}) {
    return open_store(restored, secret, city.options(), City::cheap());
  }
};

std::string content(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}
void put(const fs::path& file, const std::string& bytes) {
  std::ofstream(file, std::ios::binary | std::ios::trunc) << bytes;
}

void add_service_administrator(City& city) {
  NewMember input;
  input.login = "unei";
  input.name = "運営 一郎";
  input.password = password;
  city.store().add_service_administrator(input);
}

/// Of the service, and accepted by the city.
Id<Application> accepted_application(City& city) {
  add_service_administrator(city);
  Application application;
  application.name = "架空カルテ連携";
  application.public_key = make_application_key().public_key;
  application.municipalities = {joso};
  application.expires = {city.now().micros + 86'400'000'000};
  const Session service = city.store().sign_in("", "unei", password);
  const auto id = service.applications().register_application(application).id;
  city.sign_in().applications().accept(id);
  return id;
}

HostKey host_key(std::uint8_t fill) {
  HostKey key;
  key.bytes.fill(fill);
  return key;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(backups, *on_a_folder("a backup of the folder"))

BOOST_AUTO_TEST_CASE(sealed_to_slots_comes_back_whole_as_another_node) {
  BackedUp store;
  const std::string token = store.city.sign_in().token();
  const fs::path file = store.make();
  const RestoreReport report =
      Store::restore(file, Passphrase{passphrase}, store.restored, store.options());
  BOOST_TEST((report.node != report.from));
  BOOST_TEST(report.sequence > 0);
  BOOST_TEST(!report.old_store_read);
  Store restored = store.open_restored();
  const CheckReport check = restored.check();
  for (const Finding& finding : check.findings) BOOST_TEST_MESSAGE(finding.detail);
  BOOST_TEST(check.sound);
  BOOST_TEST(check.journal.reads_lost == 0);
  BOOST_TEST(error_of([&] { return restored.resume(token).token(); }) == "session_ended");
  Session officer = restored.sign_in(joso, "kanri", password);
  BOOST_TEST(officer.people().view(store.person).name == "架空");
  BOOST_TEST(officer.journal().history(store.person).items[0].changes.empty() == false);
  Person person = officer.people().view(store.person);
  person.name = "変更";
  BOOST_TEST(officer.people().change(person).revision == 2);
  BOOST_TEST((officer.journal().history(store.person).items.back().node == report.node));
  BOOST_TEST(restored.check().sound);
}

BOOST_AUTO_TEST_CASE(sealed_to_a_public_key_opens_by_the_private_half_alone) {
  BackedUp store;
  const BackupKey key = make_backup_key();
  BackupOptions options;
  options.to_key = key.public_half;
  const fs::path file = store.make(options);
  BOOST_TEST(store.restore(file, Passphrase{passphrase}) == "wrong_passphrase");
  BOOST_TEST(store.restore(file, BackupPrivateKey{make_backup_key().private_half}) ==
             "wrong_passphrase");
  BOOST_TEST(store.restore(file, BackupPrivateKey{key.public_half}) == "invalid");
  BOOST_TEST(!fs::exists(store.restored));
  BOOST_TEST(store.restore(file, BackupPrivateKey{key.private_half}) == "none");
  BOOST_TEST(store.open_restored().check().sound);

  options.to_key = key.private_half;
  BOOST_TEST(field_of([&] { return store.make(options); }) == "to_key");
  BOOST_TEST(store.restore(store.make(), BackupPrivateKey{key.private_half}) == "wrong_passphrase");
}

BOOST_AUTO_TEST_CASE(every_altered_byte_is_noticed_and_its_place_named) {
  BackedUp store;
  const fs::path file = store.make();
  const std::string whole = content(file);
  const auto other = store.folder / "altered";
  for (std::size_t at = 0; at < whole.size(); at += whole.size() / 40 + 1) {
    std::string altered = whole;
    altered[at] = static_cast<char>(altered[at] ^ 4);
    put(other, altered);
    const std::string error = store.restore(other, Passphrase{passphrase});
    BOOST_TEST(error != "none");
    BOOST_TEST(!fs::exists(store.restored));
    if (at > 40'000) {
      BOOST_TEST(error == "damaged");
      const std::string text = text_of([&] {
        return Store::restore(other, Passphrase{passphrase}, store.restored, {}).sequence;
      });
      std::size_t first = 0;
      std::size_t last = 0;
      BOOST_TEST(std::sscanf(text.c_str(), "bytes %zu to %zu", &first, &last) == 2);
      BOOST_TEST((first <= at && at <= last));
    }
  }
  put(other, whole.substr(0, whole.size() - 1));
  BOOST_TEST(store.restore(other, Passphrase{passphrase}) == "damaged");
  // Cut between two chunks, where only the mark of the last one is missing.
  put(other, whole.substr(0, whole.size() - (whole.size() % 65'552 + 65'552)));
  BOOST_TEST(store.restore(other, Passphrase{passphrase}) == "damaged");
  put(other, "なにか別のファイル");
  BOOST_TEST(store.restore(other, Passphrase{passphrase}) == "not_a_store");
}

BOOST_AUTO_TEST_CASE(only_so_many_are_kept_and_none_is_overwritten) {
  BackedUp store;
  BackupOptions options;
  options.keep = 2;
  put(store.folder / "renraku-other.backup", "その他");
  const fs::path first = store.make(options);
  const fs::path second = store.make(options);
  store.city.move_clock(std::chrono::minutes(1));
  const BackupReport third = store.city.store().backup(store.folder, options);
  BOOST_TEST(third.removed.size() == 1u);
  BOOST_TEST(third.removed.at(0) == first.filename().string());
  BOOST_TEST(!fs::exists(first));
  BOOST_TEST(fs::exists(second));
  BOOST_TEST(fs::exists(store.folder / "renraku-other.backup"));
  BOOST_TEST(error_of([&] { return store.city.store().backup(store.folder, {}).file; }) ==
             "exists");
  BOOST_TEST(error_of([&] { return store.city.store().backup("/nowhere/at/all", {}).file; }) ==
             "io");
}

BOOST_AUTO_TEST_CASE(writers_and_readers_go_on_meanwhile) {
  BackedUp store;
  std::atomic<bool> stop{false};
  std::atomic<int> written{0};
  std::thread writer([&] {
    Session officer = store.city.sign_in();
    while (!stop || written < 5) {
      officer.evacuees().add(resident("並行", "ヘイコウ"), {});
      ++written;
    }
  });
  std::vector<fs::path> made;
  for (int i = 0; i < 5; ++i) made.push_back(store.make());
  stop = true;
  writer.join();
  for (const fs::path& file : made) {
    fs::remove_all(store.restored);
    BOOST_TEST(store.restore(file, Passphrase{passphrase}) == "none");
    BOOST_TEST(store.open_restored().check().sound);
  }
}

BOOST_AUTO_TEST_CASE(are_made_by_order_of_who_runs_the_service_and_proved_it_of_late) {
  BackedUp store;
  add_service_administrator(store.city);
  Session service = store.city.store().sign_in("", "unei", password);
  const auto order = [&](const Session& by) {
    store.city.move_clock(std::chrono::minutes(1));
    return error_of([&] { return make_backup(by, store.folder, {}).file; });
  };
  BOOST_TEST(order(store.city.sign_in()) == "not_permitted");
  store.city.move_clock(std::chrono::minutes(10));
  BOOST_TEST(order(service) == "reauthenticate");
  BOOST_TEST(fs::is_empty(store.folder));
  service.reauthenticate(password);
  BOOST_TEST(order(service) == "none");
  for (const auto& file : fs::directory_iterator(store.folder)) {
    BOOST_TEST(store.restore(file.path(), Passphrase{passphrase}) == "none");
  }
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(restoring, *on_a_folder("a backup of the folder"))

BOOST_AUTO_TEST_CASE(what_was_taken_away_since_stays_away) {
  BackedUp store;
  Session officer = store.city.sign_in();
  store.city.store().add_host_key("laptop", host_key(8));
  Session nurse = store.city.member("kango", Role::professional);
  const Id<Application> linked = accepted_application(store.city);
  const fs::path file = store.make();

  officer = store.city.sign_in();
  officer.applications().revoke(linked);
  Member member = nurse.member();
  officer.members().suspend(member.id);
  officer.people().erase(store.person, ErasureReason::request);
  for (const KeySlot& slot : store.city.store().key_slots()) {
    if (slot.name == "laptop") store.city.store().revoke_slot(slot.id);
  }
  store.city.store().reencrypt({Passphrase{passphrase}});
  store.city.close();

  RestoreOptions options = store.options();
  options.old_store = store.city.path();
  options.old_secret = Passphrase{passphrase};
  const RestoreReport report =
      Store::restore(file, Passphrase{passphrase}, store.restored, options);
  BOOST_TEST(report.old_store_read);
  BOOST_TEST(report.members_suspended == 1);
  BOOST_TEST(report.applications_revoked == 1);
  BOOST_TEST(report.people_erased == 1);
  BOOST_TEST(report.slots_revoked == 1);
  BOOST_TEST(report.reencrypt);
  BOOST_TEST(error_of([&] { return store.open_restored(host_key(8)).opened_with(); }) ==
             "wrong_passphrase");
  Store restored = store.open_restored();
  BOOST_TEST(restored.check().sound);
  BOOST_TEST(error_of([&] { return restored.sign_in(joso, "kango", password).token(); }) ==
             "sign_in_failed");
  Session again = restored.sign_in(joso, "kanri", password);
  BOOST_TEST(error_of([&] { return again.applications().view(linked).name; }) == "not_found");
  BOOST_TEST(error_of([&] { return again.people().view(store.person).name; }) == "not_found");
  BOOST_TEST((again.people().erasure(store.person).reason == ErasureReason::request));
}

BOOST_AUTO_TEST_CASE(goes_into_a_new_folder_and_leaves_nothing_when_it_fails) {
  BackedUp store;
  const fs::path file = store.make();
  BOOST_TEST(error_of([&] {
               return Store::restore(file, Passphrase{passphrase}, store.city.path(),
                                     store.options())
                   .sequence;
             }) == "exists");
  BOOST_TEST(store.city.store().check().sound);
  BOOST_TEST(store.restore(file, Passphrase{"違う言葉"}) == "wrong_passphrase");
  BOOST_TEST(store.restore(store.folder / "none", Passphrase{passphrase}) == "io");
  BOOST_TEST(!fs::exists(store.restored));
}

BOOST_AUTO_TEST_CASE(a_new_passphrase_opens_where_all_others_are_lost) {
  BackedUp store;
  const BackupKey key = make_backup_key();
  BackupOptions sealing;
  sealing.to_key = key.public_half;
  const fs::path file = store.make(sealing);
  RestoreOptions options = store.options();
  options.passphrase = Passphrase{"新しい金庫の長い言葉"};
  static_cast<void>(
      Store::restore(file, BackupPrivateKey{key.private_half}, store.restored, options));
  BOOST_TEST(store.open_restored(Passphrase{"新しい金庫の長い言葉"}).key_slots().size() == 2u);
}

BOOST_AUTO_TEST_SUITE_END()
