#include "canary/planting.hpp"

#include <boost/test/unit_test.hpp>
#include <fstream>
#include <iterator>

#include "fixture/expect.hpp"

using namespace renraku;
using namespace renraku::fixture;
namespace fs = std::filesystem;

namespace renraku::canary {
namespace {

/// Files of the folder that are open but have no name any more: how many bytes they hold.
std::uintmax_t nameless_files_must_not_tell(const fs::path& folder) {
  std::uintmax_t bytes = 0;
  for (const auto& entry : fs::directory_iterator("/proc/self/fd")) {
    std::error_code gone;
    const std::string target = fs::read_symlink(entry.path(), gone).string();
    if (!target.starts_with(folder.string()) || !target.ends_with(" (deleted)")) continue;
    bytes += fs::file_size(entry.path());
    BOOST_TEST(!planted().in_bytes(content(entry.path())), target);
  }
  return bytes;
}

Person canary() {
  Person person;
  person.name = words[0];
  person.kana = person.kana_written = words[1];
  person.birth_written = words[0];
  person.birth_date = birth_date;
  person.addresses = {{AddressKind::residence, words[2], words[3]}};
  person.phones = {{PhoneKind::home, words[2], words[2]}};
  person.municipal_number = words[2];
  return person;
}

Evacuee entry_of_the_canary() {
  Evacuee entry;
  for (std::string Evacuee::*field :
       {&Evacuee::reference, &Evacuee::district, &Evacuee::reason, &Evacuee::care_level,
        &Evacuee::physical_disability, &Evacuee::intellectual_disability,
        &Evacuee::mental_disability, &Evacuee::intractable_disease, &Evacuee::medical_devices,
        &Evacuee::consent_written, &Evacuee::plan, &Evacuee::shelter, &Evacuee::supporter,
        &Evacuee::supporter_contact, &Evacuee::physician, &Evacuee::note}) {
    entry.*field = words[4] + words[0] + words[2];
  }
  entry.extra = {{words[0], words[3]}};
  return entry;
}

/// A roster from a program that is too large for memory: where it waits nothing may be read.
void import_many_rows(City& city, const Session& officer) {
  constexpr int count = 9'000;
  std::uintmax_t waiting = 0;
  ImportOptions options;
  options.dry_run = true;
  const ImportReport report = officer.roster().import_rows(
      [at = 0](std::vector<std::string>& cells) mutable {
        if (at == 0) {
          cells = {"氏名", "フリガナ", "生年月日", "住所", "電話番号", "備考"};
        } else {
          cells = {words[0], words[1], other_birth_date.text(), words[3] + std::to_string(at),
                   words[2], words[4]};
        }
        return at++ <= count;
      },
      options,
      [&](std::int64_t, std::int64_t, std::int64_t) {
        if (waiting == 0) waiting = nameless_files_must_not_tell(city.found().path);
        return true;
      });
  BOOST_TEST(report.rows == count);
  BOOST_TEST(waiting > 1'000'000u);
  files_must_not_tell(city.found().path, 2);
}

/// What is done as one officer; the texts of what failed.
class Planting {
 public:
  explicit Planting(City& city) : city_(city) {}

  void members() {
    NewMember member;
    member.login = words[1];
    member.name = words[0];
    member.roles = {Role::roster_officer};
    member.password = words[3];
    member_ = officer_.members().add(member);
    fail([&] { return officer_.members().add(member).login; });
    fail([&] { return city_.store().sign_in(joso, words[1], words[4] + "x"); });
    fail([&] { return city_.store().sign_in(words[0], words[0], words[0]); });
    fail([&] { return city_.store().resume(words[0]); });
    fail([&] { officer_.change_password(words[0], words[3]); });
    member.login = words[2];
    member.password = "鳥居坂麗奈衛門";
    fail([&] { return officer_.members().add(member).login; });
  }

  void people() {
    added_ = officer_.evacuees().add(canary(), entry_of_the_canary());
    Person person = officer_.people().view(added_.person);
    person.birth_date = Date{1940, 2, 30};
    fail([&] { return officer_.people().change(person).name; });
    person.birth_date.reset();
    person.revision = 7;
    fail([&] { return officer_.people().change(person).name; });
    person.name = words[0] + "\xff";
    person.revision = 1;
    fail([&] { return officer_.people().change(person).name; });
    const auto find = [&](std::optional<std::string> PersonFilter::*field,
                          const std::string& needle) {
      return [this, field, needle] {
        PersonFilter filter;
        filter.*field = needle;
        return officer_.people().find(filter).items.size();
      };
    };
    fail(find(&PersonFilter::birth_date, words[0]));
    fail(find(&PersonFilter::phone, words[0]));
    fail(find(&PersonFilter::name, std::string(600, 'x') + words[0]));
    BOOST_TEST(find(&PersonFilter::name, words[0])() == 1u);
    BOOST_TEST(find(&PersonFilter::phone, words[2])() == 1u);
    PageRequest request;
    request.after = words[0];
    fail([&] { return officer_.evacuees().list({}, request).next; });
    fail([&] { return officer_.journal().list({}, request).next; });
    fail([&] { return Uuid::parse(words[0]).text(); });
    fail([&] { return Date::parse(words[0]).text(); });
  }

  void roster() {
    const std::string born = other_birth_date.text();
    // A row that is taken, one that says it otherwise, and one that can't be taken and is kept.
    const std::vector<std::vector<std::string>> rows{
        {"管理番号", "氏名", "フリガナ", "生年月日", "性別", "住所", "電話番号", "備考", words[0]},
        {"1", words[0], words[1], born, "女", words[3], words[2], words[4], words[4]},
        {"2", words[0], words[1], born, "女", words[3] + "甲", words[2], words[4], words[0]},
        {"3", words[0], words[1], words[4], words[0], words[3], words[2], words[4], words[4]}};
    ImportOptions options;
    options.accept_large = true;
    const ImportReport report = officer_.roster().import_rows(
        [&rows, at = std::size_t{0}](std::vector<std::string>& cells) mutable {
          if (at == rows.size()) return false;
          cells = rows[at++];
          return true;
        },
        options);
    BOOST_TEST(report.added == 1);
    BOOST_TEST(report.rejected.size() == 1u);
    fail(
        [&] { return officer_.roster().mend_open_row(officer_.roster().open_rows().items.at(0)); });

    import_many_rows(city_, officer_);
  }

  /// Half of the people come before a server keeps pairs of characters, half after it.
  void text_index() { officer_.municipalities().index_texts(true); }

  void settings() {
    Municipality settings = officer_.municipalities().view();
    settings.label_red = settings.label_blue = settings.label_yellow = words[0];
    settings.name = words[0];
    officer_.municipalities().change(settings);
    fail([&] { return officer_.municipalities().change(settings).name; });
    Protection protection;
    protection.ground = words[4];
    protection.officers = {member_.id};
    officer_.people().protect(added_.person, 1, protection);
    fail([&] { return officer_.people().protect(added_.person, 2, std::nullopt).name; });
    static_cast<void>(officer_.journal().history(added_.person));
    static_cast<void>(officer_.evacuees().list());
    static_cast<void>(city_.store().add_recovery_key("金庫"));
    fail([&] { return city_.store().add_recovery_key("金庫"); });
    fail([&] { city_.store().change_passphrase(Passphrase{words[0]}, Passphrase{words[1]}); });
    for (int i = 0; i < 6; ++i) {
      fail([&] { return city_.store().sign_in(joso, "kanri", words[0]); });
    }
  }

  /// Offices, patients with their teams, and what was handed out of the roster.
  void offices() {
    Organisation office;
    office.kind = OrganisationKind::fire_station;
    office.name = words[0];
    office.kana = words[1];
    office.phone = words[2];
    office.address = words[3];
    office.districts = {words[4]};
    office_ = officer_.organisations().add(office);
    office_.kana = words[1] + words[1];
    office_ = officer_.organisations().change(office_);
    ClientCertificate shown;
    shown.issuer = "CN=" + words[0];
    shown.subject = "CN=" + words[4];
    officer_.factors().bind_certificate(member_.id, shown);
  }

  void patients() {
    const Session doctor = city_.member("ishi-shujii", Role::professional);
    const Session nurse = city_.member("kango-houmon", Role::professional);
    const Session stranger = city_.member("yoso-no-hito", Role::professional);
    Person person = canary();
    person.name = words[0] + words[0];
    PatientConsent consent;
    consent.form = words[4] + words[0];
    consent.date = {2026, 11, 1};
    consent.scopes = {SharingScope::team};
    const Patient patient = doctor.patients().add(person, consent, words[0]);
    TeamMember place;
    place.patient = patient.id;
    place.member = nurse.member().id;
    place.role = words[4];
    doctor.patients().add_to_team(place);
    TeamRequest request;
    request.patient = patient.id;
    request.member = stranger.member().id;
    request.role = words[0];
    request.reason = words[4];
    stranger.patients().ask_to_join(request);
    fail([&] { return stranger.patients().view(patient.id).person.name; });
    PatientFilter filter;
    filter.text = words[0];
    BOOST_TEST(doctor.patients().list(filter).items.size() == 1u);
    Protection protection;
    protection.ground = words[4];
    protection.officers = {officer_.member().id};
    officer_.people().protect(patient.person, 1, protection);
    officer_.people().grant_place(patient.person, doctor.member().id, Date{2026, 11, 22}, words[4]);
  }

  void disclosures() {
    RosterConsent consent;
    consent.person = added_.person;
    consent.date = Date{2026, 11, 1};
    consent.given_by = words[0];
    consent.evidence = words[4];
    officer_.disclosures().record_consent(consent);
    DisclosureRule rule;
    rule.kind = DisclosurePolicy::unless_refused;
    rule.ordinance = words[4] + words[0];
    rule.valid_from = {2026, 4, 1};
    const DisclosureRule proposed = officer_.disclosures().propose(rule);
    const Session second = city_.member("meibo-tantou", Role::roster_officer);
    second.disclosures().decide(proposed.id, proposed.revision, true);
    TemporaryFolder handed_out;
    const auto made = officer_.disclosures().make(office_.id, DisclosurePurpose::list,
                                                  handed_out.path() / "file.csv");
    officer_.disclosures().record_receipt(made.disclosure, 1, words[0], {2026, 11, 21});
    EvacueeFilter filter;
    filter.district = filter.reason = filter.care_level = filter.text = words[4];
    static_cast<void>(officer_.evacuees().list(filter));
  }

  std::string said;

 private:
  template <class Work>
  void fail(Work&& work) {
    const std::string text = text_of(work);
    BOOST_TEST(!text.empty(), "this should have failed");
    said += text + field_of(work) + '\n';
  }

  City& city_;
  Session officer_ = city_.sign_in();
  Member member_;
  Evacuee added_;
  Organisation office_;
};

}  // namespace

const Words& planted() {
  static const Words all = [] {
    Words made;
    for (const std::string& word : words) made.add(word);
    made.add_phone(words[2]);
    made.add_day(birth_date);
    made.add_day(other_birth_date);
    return made;
  }();
  return all;
}

std::string content(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

void files_must_not_tell(const fs::path& folder, int at_least) {
  int files = 0;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    ++files;
    BOOST_TEST(!planted().in_bytes(content(entry.path())), entry.path().filename());
    BOOST_TEST(!planted().in_bytes(entry.path().string()));
  }
  BOOST_TEST(files >= at_least);
}

std::string plant(City& city) {
  Planting planting(city);
  planting.members();
  planting.people();
  planting.text_index();
  planting.roster();
  planting.offices();
  planting.patients();
  planting.disclosures();
  planting.settings();
  return planting.said;
}

}  // namespace renraku::canary
