// What was taken away since a backup, told by the witness alone: the server burnt.
#include "access/journal/removals.hpp"

#include <boost/test/unit_test.hpp>
#include <fstream>
#include <future>
#include <renraku/backup.hpp>
#include <thread>
#include <utility>

#include "crypto/base64.hpp"
#include "fixture/expect.hpp"
#include "fixture/watched_city.hpp"

using namespace renraku;
using namespace renraku::fixture;
namespace fs = std::filesystem;

namespace {

const HostKey laptop_key{{8, 8, 8}};

/// A city with a witness and backups, in which there is one of everything that can be taken away.
struct Doomed {
  Notebook notebook;
  WatchedCity city;
  StoreOptions options;
  std::string backup;
  Id<Member> nurse;
  Id<Member> kiko;
  Id<Certificate> certificate;
  Id<Application> own;
  Id<Application> of_service;
  Id<Person> person;
  Uuid laptop;

  Doomed() : options(city.options()) {
    options.witness = notebook.witness();
    city.open(options);
    fs::create_directory(city.file("backups"));
    nurse = add("kango");
    kiko = add("kiko");
    Session officer = city.sign_in();
    ClientCertificate card;
    card.fingerprint = std::string(64, 'a');
    certificate = officer.factors().bind_certificate(nurse, card).id;
    own = officer.applications().register_application(application()).id;
    of_service = application_of_service();
    person = officer.evacuees().add(resident("架空", "カクウ"), {}).person;
    city.store().add_host_key("laptop", laptop_key);
    laptop = city.store().key_slots().at(1).id;
  }

  Id<Member> add(const std::string& login) {
    NewMember input;
    input.login = login;
    input.name = login;
    input.roles = {Role::professional};
    input.password = password;
    return city.sign_in().members().add(input).id;
  }
  Application application() {
    Application application;
    application.name = "架空カルテ連携";
    application.public_key = make_application_key().public_key;
    application.expires = {options.clock().micros + 86'400'000'000};
    return application;
  }
  /// Accepted by the city.
  Id<Application> application_of_service() {
    NewMember input;
    input.login = "unei";
    input.name = "運営 一郎";
    input.password = password;
    city.store().add_service_administrator(input);
    Application application = this->application();
    application.municipalities = {joso};
    const Session service = city.store().sign_in("", "unei", password);
    const auto id = service.applications().register_application(application).id;
    city.sign_in().applications().accept(id);
    return id;
  }

  void back_up() {
    city.move_clock(std::chrono::minutes(1));
    backup = city.store().backup(city.file("backups"), {}).file;
  }
  /// Nothing is left of the store.
  void burn() {
    city.close();
    fs::remove_all(city.path());
  }
  [[nodiscard]] fs::path restored() const { return city.file("restored.renraku"); }
  [[nodiscard]] RestoreOptions by_word_of(const Witness& witness) const {
    RestoreOptions with;
    with.options = city.options();
    with.witness = witness;
    return with;
  }
  RestoreReport restore(const RestoreOptions& with) {
    fs::remove_all(restored());
    return Store::restore(city.file("backups") / backup, Passphrase{passphrase}, restored(), with);
  }
  RestoreReport restore(const Witness& witness) { return restore(by_word_of(witness)); }
  RestoreReport restore() { return restore(notebook.witness()); }
  [[nodiscard]] Store open_restored(const Secret& secret = Passphrase{passphrase}) {
    return open_store(restored(), secret, city.options(), City::cheap());
  }
  /// What the witness was told last.
  [[nodiscard]] std::string last() const {
    const SignedRemoval& removal = notebook.removals.at(notebook.removals.size() - 1);
    return std::string(enum_name(removal.kind)) + (removal.taken ? " " : " back ") +
           removal.id.text() + removal.municipality;
  }
};

std::string status_in(Store& store, const std::string& login) {
  return error_of([&] { return store.sign_in(joso, login, password).token(); });
}

}  // namespace

BOOST_AUTO_TEST_SUITE(removals)

BOOST_AUTO_TEST_CASE(the_witness_hears_of_each_as_soon_as_it_is_done) {
  Doomed burning;
  const auto said = [](const char* kind, const Uuid& id) {
    return std::string(kind) + " " + id.text();
  };
  Session officer = burning.city.sign_in();
  officer.members().suspend(burning.kiko);
  BOOST_TEST(burning.last() == said("member_suspended", burning.kiko));
  officer.members().restore(burning.kiko);
  BOOST_TEST(burning.last() == said("member_suspended back", burning.kiko));
  officer.factors().revoke_certificate(burning.nurse, burning.certificate);
  BOOST_TEST(burning.last() == said("certificate_revoked", burning.certificate));
  officer.applications().revoke(burning.own);
  BOOST_TEST(burning.last() == said("application_revoked", burning.own));
  officer.applications().revoke(burning.of_service);
  BOOST_TEST(burning.last() == said("application_left", burning.of_service) + joso);
  officer.people().erase(burning.person, ErasureReason::request);
  BOOST_TEST(burning.last() == said("person_erased", burning.person));
  burning.city.store().revoke_slot(burning.laptop);
  BOOST_TEST(burning.last() == said("key_slot_removed", burning.laptop));
  const std::size_t told = burning.notebook.removals.size();
  static_cast<void>(burning.city.sign_in());
  BOOST_TEST(burning.notebook.removals.size() == told);
  for (const SignedRemoval& removal : burning.notebook.removals) {
    BOOST_TEST(to_json(removal).find("架空") == std::string::npos);
    BOOST_TEST(to_json(removal).find("laptop") == std::string::npos);
  }
}

BOOST_AUTO_TEST_CASE(what_was_taken_away_stays_away_though_nothing_is_left_of_the_store,
                     *on_a_folder("a backup is restored")) {
  Doomed burning;
  burning.back_up();
  {
    Session officer = burning.city.sign_in();
    officer.members().suspend(burning.kiko);
    officer.members().restore(burning.kiko);
    officer.members().suspend(burning.nurse);
    officer.factors().revoke_certificate(burning.nurse, burning.certificate);
    officer.applications().revoke(burning.own);
    officer.applications().revoke(burning.of_service);
    officer.people().erase(burning.person, ErasureReason::request);
    burning.city.store().revoke_slot(burning.laptop);
  }
  burning.burn();

  const RestoreReport report = burning.restore();
  BOOST_TEST(!report.old_store_read);
  BOOST_TEST(report.witness_read);
  BOOST_TEST(report.members_suspended == 1);
  BOOST_TEST(report.certificates_revoked == 1);
  BOOST_TEST(report.applications_revoked == 2);
  BOOST_TEST(report.people_erased == 1);
  BOOST_TEST(report.slots_revoked == 1);
  BOOST_TEST(!report.reencrypt);
  BOOST_TEST(error_of([&] { return burning.open_restored(laptop_key).opened_with(); }) ==
             "wrong_passphrase");
  Store restored = burning.open_restored();
  BOOST_TEST(restored.check().sound);
  BOOST_TEST(status_in(restored, "kango") == "sign_in_failed");
  BOOST_TEST(status_in(restored, "kiko") == "none");
  Session officer = restored.sign_in(joso, "kanri", password);
  BOOST_TEST(officer.factors().certificates(burning.nurse).at(0).revoked);
  BOOST_TEST(officer.applications().view(burning.own).revoked);
  BOOST_TEST(error_of([&] { return officer.applications().view(burning.of_service).name; }) ==
             "not_found");
  BOOST_TEST(error_of([&] { return officer.people().view(burning.person).name; }) == "not_found");
  // Proved by the restored store: the proof of the old one is gone with it.
  const Erasure erasure = officer.people().erasure(burning.person);
  BOOST_TEST(erasure.proof.find(report.node.text()) != std::string::npos);
  BOOST_TEST(!erasure.erased_by);
  BOOST_TEST(erasure.signature.size() > 80u);
}

BOOST_AUTO_TEST_CASE(a_witness_of_heads_alone_tells_nothing_and_the_report_says_so,
                     *on_a_folder("a backup is restored")) {
  Doomed burning;
  burning.back_up();
  burning.city.sign_in().members().suspend(burning.nurse);
  burning.burn();
  const RestoreReport report = burning.restore(burning.notebook.of_heads_alone());
  BOOST_TEST(!report.witness_read);
  BOOST_TEST(report.members_suspended == 0);
  Notebook of_others;
  of_others.removals = burning.notebook.removals;
  for (SignedRemoval& removal : of_others.removals) removal.node.bytes[0] ^= 1U;
  BOOST_TEST(!burning.restore(of_others.witness()).witness_read);
  Store restored = burning.open_restored();
  // The account is open, and asks for its certificate.
  BOOST_TEST(status_in(restored, "kango") == "second_factor");
}

BOOST_AUTO_TEST_CASE(a_line_that_no_signer_of_the_store_signed_is_refused_and_leaves_nothing,
                     *on_a_folder("a backup is restored")) {
  Doomed burning;
  burning.back_up();
  burning.city.sign_in().members().suspend(burning.nurse);
  burning.burn();
  const auto honest = burning.notebook.removals;
  const auto refused = [&] {
    const auto restore = [&] { return burning.restore().sequence; };
    const bool is_damaged = error_of(restore) == "damaged" && field_of(restore) == "witness";
    return is_damaged && !fs::exists(burning.restored());
  };
  SignedRemoval& last = burning.notebook.removals.back();
  last.id = burning.kiko;
  BOOST_TEST(refused());
  last = honest.back();
  last.taken = false;
  BOOST_TEST(refused());
  last = honest.back();
  last.time.micros += 1;
  BOOST_TEST(refused());
  // By a stranger, who says that he came after the signer.
  const access::HeadSigner stranger(access::signer_of(crypto::Key::random()));
  last = honest.back();
  last.id = burning.kiko;
  access::sign_removal(last, stranger, {});
  BOOST_TEST(refused());
  access::Succession made_up;
  made_up.before = *crypto::from_base64<crypto::PublicKey>(honest.back().signer);
  made_up.after = stranger.public_key();
  access::sign_removal(last, stranger, {made_up.text()});
  BOOST_TEST(refused());
  burning.notebook.removals = honest;
  BOOST_TEST(burning.restore().members_suspended == 1);
}

BOOST_AUTO_TEST_CASE(a_signer_that_came_after_the_backup_is_vouched_for_by_the_one_before,
                     *on_a_folder("a backup is restored")) {
  Doomed burning;
  burning.back_up();
  const JournalSigner apart = signer_in_file(burning.city.file("signer"));
  burning.city.store().change_journal_signer(apart);
  burning.city.sign_in().members().suspend(burning.nurse);
  burning.city.store().change_journal_signer(std::nullopt);
  // Its own key comes from the store key, which goes too.
  burning.city.store().reencrypt({Passphrase{passphrase}});
  burning.city.sign_in().people().erase(burning.person, ErasureReason::request);
  BOOST_TEST(burning.notebook.removals.back().successions.size() == 3u);
  burning.burn();
  const RestoreReport report = burning.restore();
  BOOST_TEST(report.members_suspended == 1);
  BOOST_TEST(report.people_erased == 1);
  BOOST_TEST(report.slots_revoked == 1);
  BOOST_TEST(report.reencrypt);
}

BOOST_AUTO_TEST_CASE(a_signer_whom_nobody_vouches_for_counts_where_it_is_given,
                     *on_a_folder("a backup is restored")) {
  Doomed burning;
  burning.city.store().change_journal_signer(signer_in_file(burning.city.file("lost")));
  burning.options.journal_signer = signer_in_file(burning.city.file("lost"));
  burning.city.open(burning.options);
  burning.back_up();
  burning.city.close();
  const JournalSigner next = signer_in_file(burning.city.file("next"));
  burning.options.journal_signer = next;
  burning.options.journal_signer_lost = true;
  burning.city.open(burning.options);
  burning.city.sign_in().members().suspend(burning.nurse);
  burning.burn();
  BOOST_TEST(field_of([&] { return burning.restore().sequence; }) == "witness");
  RestoreOptions with = burning.by_word_of(burning.notebook.witness());
  with.options.journal_signer = next;
  BOOST_TEST(burning.restore(with).members_suspended == 1);
}

BOOST_AUTO_TEST_CASE(what_only_one_of_old_store_and_witness_knows_stays_away_too,
                     *on_a_folder("a backup is restored")) {
  Doomed burning;
  burning.back_up();
  burning.city.sign_in().members().suspend(burning.nurse);
  burning.city.close();
  // An older copy of the folder is what is left.
  fs::copy(burning.city.path(), burning.city.file("disk"), fs::copy_options::recursive);
  burning.city.open(burning.options);
  burning.city.sign_in().members().suspend(burning.kiko);
  burning.city.sign_in().people().erase(burning.person, ErasureReason::request);
  burning.burn();
  std::erase_if(burning.notebook.removals,
                [&](const SignedRemoval& removal) { return removal.id == burning.nurse; });
  RestoreOptions with = burning.by_word_of(burning.notebook.witness());
  with.old_store = burning.city.file("disk");
  with.old_secret = Passphrase{passphrase};
  const RestoreReport report = burning.restore(with);
  BOOST_TEST(report.old_store_read);
  BOOST_TEST(report.witness_read);
  BOOST_TEST(report.members_suspended == 2);
  BOOST_TEST(report.people_erased == 1);
}

BOOST_AUTO_TEST_CASE(a_restored_store_goes_on_and_its_own_word_counts_after_the_one_before,
                     *on_a_folder("a backup is restored")) {
  Doomed burning;
  burning.back_up();
  burning.city.sign_in().members().suspend(burning.nurse);
  burning.city.sign_in().people().erase(burning.person, ErasureReason::request);
  burning.burn();
  static_cast<void>(burning.restore());
  fs::rename(burning.restored(), burning.city.path());
  burning.city.open(burning.options);
  burning.city.sign_in().members().restore(burning.nurse);
  burning.back_up();
  burning.city.sign_in().members().suspend(burning.kiko);
  burning.burn();
  const RestoreReport report = burning.restore();
  BOOST_TEST(report.members_suspended == 1);
  Store restored = burning.open_restored();
  // The account is open, and asks for its certificate.
  BOOST_TEST(status_in(restored, "kango") == "second_factor");
  BOOST_TEST(status_in(restored, "kiko") == "sign_in_failed");
  BOOST_TEST(error_of([&] {
               return restored.sign_in(joso, "kanri", password).people().view(burning.person).name;
             }) == "not_found");
}

BOOST_AUTO_TEST_CASE(what_the_witness_missed_it_hears_when_it_is_there_again) {
  Doomed burning;
  burning.notebook.fails = true;
  Session officer = burning.city.sign_in();
  officer.members().suspend(burning.nurse);
  BOOST_TEST(burning.last().find(burning.nurse.text()) == std::string::npos);
  BOOST_TEST(!burning.city.store().check().sound);
  burning.notebook.fails = false;
  burning.city.move_clock(std::chrono::minutes(2));
  static_cast<void>(officer.evacuees().list());
  BOOST_TEST(burning.last() == "member_suspended " + burning.nurse.text());
  // A clock that was set back misleads nobody.
  burning.city.move_clock(std::chrono::minutes(-1));
  officer = burning.city.sign_in();
  officer.members().restore(burning.nurse);
  BOOST_TEST((burning.notebook.removals.back().time >
              burning.notebook.removals.at(burning.notebook.removals.size() - 2).time));
}

BOOST_AUTO_TEST_CASE(what_is_done_while_another_thread_hands_over_waits_for_no_hour) {
  Doomed burning;
  std::promise<void> handing;
  std::promise<void> go_on;
  StoreOptions options = burning.options;
  options.witness.record_removals = [&, once = true,
                                     keep = options.witness.record_removals](auto& given) mutable {
    keep(given);
    if (!std::exchange(once, false)) return;
    handing.set_value();
    go_on.get_future().wait();
  };
  burning.city.open(options);
  std::thread other([&] { burning.city.sign_in().members().suspend(burning.nurse); });
  handing.get_future().wait();
  burning.city.sign_in().members().suspend(burning.kiko);
  BOOST_TEST(burning.last() == "member_suspended " + burning.nurse.text());
  go_on.set_value();
  other.join();
  BOOST_TEST(burning.last() == "member_suspended " + burning.kiko.text());
}

BOOST_AUTO_TEST_CASE(what_another_process_took_away_can_be_given_back_here) {
  Doomed burning;
  Store other =
      open_store(burning.city.address(), Passphrase{passphrase}, burning.options, City::cheap());
  other.sign_in(joso, "kanri", password).members().suspend(burning.nurse);
  BOOST_TEST(burning.last() == "member_suspended " + burning.nurse.text());
  burning.city.sign_in().members().restore(burning.nurse);
  BOOST_TEST(burning.last() == "member_suspended back " + burning.nurse.text());
  other.add_host_key("tablet", HostKey{{9}});
  const Uuid tablet = other.key_slots().at(2).id;
  burning.city.store().revoke_slot(tablet);
  BOOST_TEST(burning.last() == "key_slot_removed " + tablet.text());
}

BOOST_AUTO_TEST_CASE(another_store_remembers_them_too, *on_a_folder("a backup is restored")) {
  WatchedCity neighbour;
  Doomed burning;
  burning.options.witness = neighbour.store().as_witness();
  burning.city.open(burning.options);
  burning.back_up();
  burning.city.sign_in().members().suspend(burning.nurse);
  burning.burn();
  const RestoreReport report = burning.restore(neighbour.store().as_witness());
  BOOST_TEST(report.witness_read);
  BOOST_TEST(report.members_suspended == 1);
}

BOOST_AUTO_TEST_CASE(a_file_holds_both_and_one_from_before_reads_as_it_did,
                     *on_a_folder("a backup is restored")) {
  Doomed burning;
  const fs::path path = burning.city.file("witness");
  const Witness file = witness_in_file(path);
  file.record(burning.city.store().journal_heads());
  const std::size_t heads = file.heads().size();
  BOOST_TEST(file.removals().empty());
  burning.options.witness = file;
  burning.city.open(burning.options);
  burning.back_up();
  burning.city.sign_in().members().suspend(burning.nurse);
  burning.burn();
  BOOST_TEST(file.heads().size() > heads);
  BOOST_TEST(!file.removals().empty());
  BOOST_TEST(burning.restore(file).members_suspended == 1);
  BOOST_TEST(error_of([&] {
               return burning.restore(witness_in_file(burning.city.file("none"))).sequence;
             }) == "io");
  std::ofstream(path, std::ios::app) << R"({"kind":"something else"})" << '\n';
  BOOST_TEST(error_of([&] { return burning.restore(file).sequence; }) == "damaged");
  BOOST_TEST(field_of([&] { return burning.restore(file).sequence; }) == "witness");
}

BOOST_AUTO_TEST_CASE(a_file_that_was_moved_away_hears_everything_anew,
                     *on_a_folder("a backup is restored")) {
  Doomed burning;
  const fs::path path = burning.city.file("witness");
  burning.options.witness = witness_in_file(path);
  burning.city.open(burning.options);
  burning.back_up();
  burning.city.sign_in().members().suspend(burning.nurse);
  fs::rename(path, burning.city.file("witness.1"));
  static_cast<void>(burning.city.sign_in());
  burning.burn();
  BOOST_TEST(burning.restore(witness_in_file(path)).members_suspended == 1);
}

BOOST_AUTO_TEST_SUITE_END()
