// The ways into a store: added, revoked, and gone for good once everything is encrypted anew.
#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <renraku/backup.hpp>

#include "crypto/key_file.hpp"
#include "fixture/city.hpp"
#include "fixture/expect.hpp"
#include "session/opening.hpp"

using namespace renraku;
using namespace renraku::fixture;
namespace fs = std::filesystem;

namespace {

HostKey host_key(std::uint8_t fill) {
  HostKey key;
  key.bytes.fill(fill);
  return key;
}

Store open(const City& city, const Secret& secret) {
  return open_store(city.address(), secret, city.options(), City::cheap());
}

std::string opening(const City& city, const Secret& secret) {
  return error_of([&] { return open(city, secret).opened_with(); });
}

Uuid slot_named(const Store& store, const std::string& name) {
  for (const KeySlot& slot : store.key_slots()) {
    if (slot.name == name) return slot.id;
  }
  return {};
}

std::vector<std::string> files(const fs::path& folder) {
  std::vector<std::string> names;
  for (const auto& file : fs::directory_iterator(folder)) {
    names.push_back(file.path().filename().string());
  }
  std::ranges::sort(names);
  return names;
}

bool holds(const std::vector<std::string>& names, const std::string& name) {
  return std::ranges::find(names, name) != names.end();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(key_slots)

BOOST_AUTO_TEST_CASE(each_way_opens_and_the_handle_knows_which_it_was) {
  City city;
  city.store().add_passphrase("福祉課", Passphrase{"二つ目の長い言葉です"});
  city.store().add_host_key("server", host_key(7));
  const std::string printed = city.store().add_recovery_key("金庫");
  BOOST_TEST(city.store().key_slots().size() == 4u);
  city.close();
  BOOST_TEST((open(city, Passphrase{"二つ目の長い言葉です"}).opened_with() ==
              slot_named(open(city, host_key(7)), "福祉課")));
  Store by_paper = open(city, RecoveryKey{printed});
  BOOST_TEST((by_paper.opened_with() == slot_named(by_paper, "金庫")));
  BOOST_TEST(error_of([&] {
               by_paper.add_passphrase("福祉課", Passphrase{"三つ目"});
               return 0;
             }) == "exists");
}

BOOST_AUTO_TEST_CASE(neither_the_last_slot_nor_silently_ones_own_is_revoked) {
  City city;
  Store& store = city.store();
  const Uuid own = store.opened_with();
  const auto revoke = [&](const Uuid& slot, bool even_own) {
    return error_of([&] {
      store.revoke_slot(slot, even_own);
      return 0;
    });
  };
  BOOST_TEST(revoke(own, true) == "conflict");
  store.add_host_key("server", host_key(7));
  BOOST_TEST(revoke(own, false) == "conflict");
  BOOST_TEST(revoke(Uuid::parse("01890000-0000-7000-8000-000000000000"), false) == "not_found");
  BOOST_TEST(revoke(own, true) == "none");
  BOOST_TEST(store.key_slots().size() == 1u);
  BOOST_TEST(opening(city, Passphrase{passphrase}) == "wrong_passphrase");
  BOOST_TEST(opening(city, host_key(7)) == "none");
}

BOOST_AUTO_TEST_CASE(changes_and_uses_are_in_the_journal_by_the_slots_id) {
  City city;
  city.store().add_host_key("server", host_key(7));
  const Uuid slot = slot_named(city.store(), "server");
  open(city, host_key(7)).flush();
  city.store().revoke_slot(slot);
  city.store().flush();
  storage::Transaction transaction = StoreAccess::state(city.store()).database().read();
  int added = 0;
  int used = 0;
  int revoked = 0;
  for (const crypto::Bytes& body :
       transaction.query("SELECT body, pk FROM journal").all<crypto::Bytes>()) {
    const access::Entry entry = access::read_canonical(body);
    if (entry.detail == "new host key " + slot.text()) ++added;
    if (entry.detail == "revoked " + slot.text()) ++revoked;
    if (entry.authentication == "key_slot " + slot.text()) ++used;
  }
  BOOST_TEST(added == 1);
  BOOST_TEST(used == 1);
  BOOST_TEST(revoked == 1);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(reencrypting, *on_a_folder("the database is encrypted anew"))

BOOST_AUTO_TEST_CASE(keeps_everything_and_the_slots_whose_secrets_were_given) {
  City city;
  const Evacuee added = city.sign_in().evacuees().add(resident("架空", "カクウ"), {});
  city.store().add_host_key("server", host_key(7));
  city.store().add_host_key("laptop", host_key(8));
  const std::string printed = city.store().add_recovery_key("金庫");
  const std::string token = city.sign_in().token();

  const auto kept = city.store().reencrypt({Passphrase{passphrase}, RecoveryKey{printed}});
  BOOST_TEST(kept.size() == 2u);
  BOOST_TEST(city.store().check().sound);
  BOOST_TEST(city.store().resume(token).people().view(added.person).name == "架空");
  BOOST_TEST(city.sign_in().journal().history(added.person).items.size() == 1u);
  BOOST_TEST(city.sign_in().journal().history(added.person).items[0].changes.empty() == false);
  city.close();
  BOOST_TEST(opening(city, Passphrase{passphrase}) == "none");
  BOOST_TEST(opening(city, RecoveryKey{printed}) == "none");
  BOOST_TEST(opening(city, host_key(7)) == "wrong_passphrase");
  BOOST_TEST(opening(city, host_key(8)) == "wrong_passphrase");
  const auto there = files(city.path());
  BOOST_TEST(holds(there, "renraku-1.db"));
  BOOST_TEST(!holds(there, "renraku.db"));

  city.reopen();
  city.store().reencrypt({Passphrase{passphrase}});
  city.store().reencrypt({Passphrase{passphrase}});
  city.reopen();
  BOOST_TEST(city.sign_in().people().view(added.person).name == "架空");
  const CheckReport report = city.store().check();
  for (const Finding& finding : report.findings) BOOST_TEST_MESSAGE(finding.detail);
  BOOST_TEST(report.sound);
  BOOST_TEST(!holds(files(city.path()), "renraku-2.db"));
}

BOOST_AUTO_TEST_CASE(a_lost_laptop_opens_nothing_although_it_has_an_old_key_header) {
  City city;
  city.store().add_host_key("laptop", host_key(8));
  const auto thief = city.path().parent_path() / "thief";
  fs::create_directory(thief);
  fs::copy_file(city.found().keys(), thief / "keys");
  city.store().revoke_slot(slot_named(city.store(), "laptop"));
  city.store().reencrypt({Passphrase{passphrase}});
  city.close();
  // What the thief has: the laptop's secret, the key header of before, and a look at the folder.
  fs::copy_file(city.path() / "renraku-1.db", thief / "renraku.db");
  fs::copy_file(city.path() / "renraku-1.db", thief / "renraku-1.db");
  BOOST_TEST(error_of([&] {
               return open_store(thief, host_key(8), {}, City::cheap()).opened_with();
             }) == "damaged");
  fs::copy_file(thief / "keys", city.found().keys(), fs::copy_options::overwrite_existing);
  BOOST_TEST(opening(city, host_key(8)) != "none");
}

BOOST_AUTO_TEST_CASE(without_a_right_secret_nothing_is_done) {
  City city;
  const auto reencrypt = [&](const std::vector<Secret>& kept) {
    return error_of([&] { return city.store().reencrypt(kept).size(); });
  };
  BOOST_TEST(reencrypt({}) == "missing");
  BOOST_TEST(reencrypt({Passphrase{passphrase}, Passphrase{"違う言葉"}}) == "wrong_passphrase");
  BOOST_TEST(holds(files(city.path()), "renraku.db"));
  BOOST_TEST(city.store().check().sound);
}

BOOST_AUTO_TEST_CASE(another_handle_is_told_to_open_anew_and_loses_no_read) {
  City city;
  const Evacuee added = city.sign_in().evacuees().add(resident("架空", "カクウ"), {});
  std::optional<Store> other = open(city, Passphrase{passphrase});
  std::optional<Session> theirs = other->sign_in(joso, "kanri", password);
  BOOST_TEST(theirs->people().view(added.person).name == "架空");
  city.store().reencrypt({Passphrase{passphrase}});

  BOOST_TEST(error_of([&] { return theirs->people().view(added.person); }) == "busy");
  BOOST_TEST(field_of([&] { return theirs->people().view(added.person); }) == "reopen");
  BOOST_TEST(field_of([&] { return theirs->evacuees().add(resident("後", "アト"), {}).id; }) ==
             "reopen");
  const std::string token = theirs->token();
  theirs.reset();
  other.reset();
  other = open(city, Passphrase{passphrase});
  BOOST_TEST(other->resume(token).people().view(added.person).name == "架空");
  other->flush();
  const CheckReport report = other->check();
  BOOST_TEST(report.sound);
  BOOST_TEST(report.journal.reads_lost == 0);
}

BOOST_AUTO_TEST_CASE(what_a_killed_process_left_is_put_right) {
  City city;
  city.sign_in().evacuees().add(resident("架空", "カクウ"), {});
  city.close();
  // Killed after the old database was moved aside, before the key header named the new one.
  fs::rename(city.path() / "renraku.db", city.path() / "renraku.db.leaving");
  fs::copy_file(city.found().keys(), city.path() / "renraku-1.db");
  city.reopen();
  BOOST_TEST(city.store().check().sound);
  city.store().reencrypt({Passphrase{passphrase}});
  city.close();
  // Killed after the key header named the new one, before the old one was removed.
  fs::copy_file(city.path() / "renraku-1.db", city.path() / "renraku.db.leaving");
  city.reopen();
  BOOST_TEST(!holds(files(city.path()), "renraku.db.leaving"));
  BOOST_TEST(city.store().check().sound);
}

BOOST_AUTO_TEST_SUITE_END()
