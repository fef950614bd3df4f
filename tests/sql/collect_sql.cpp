#include "sql/collect_sql.hpp"

#include <fstream>
#include <renraku/backup.hpp>
#include <renraku/described/disclosure.hpp>

#include "fixture/city.hpp"
#include "fixture/expect.hpp"
#include "fixture/totp.hpp"
#include "fixture/watched_city.hpp"

using namespace renraku;
using namespace renraku::fixture;

namespace {

void use_organisations(Session& officer) {
  Organisation office;
  office.name = "架空薬局";
  office = officer.organisations().add(office);
  officer.organisations().change(office);
  static_cast<void>(officer.organisations().list());
  static_cast<void>(officer.organisations().view(office.id));
}

void use_members(City& city, Session& officer) {
  NewMember input;
  input.login = "hanako";
  input.name = "花子";
  input.roles = {Role::professional};
  input.password = password;
  Member member = officer.members().add(input);
  member.name = "華子";
  officer.members().change(member);
  officer.members().suspend(member.id);
  officer.members().restore(member.id);
  static_cast<void>(officer.members().list());
  static_cast<void>(officer.members().view(member.id));
  static_cast<void>(officer.members().colleagues());
  officer.members().reset_password(member.id, password);
  std::ofstream(city.path().parent_path() / "accounts.csv")
      << "ID,氏名,職種,事業所\nb1,架空 花子,看護師,架空診療所\n";
  officer.members().import_accounts(city.path().parent_path() / "accounts.csv");
  officer.municipalities().change(officer.municipalities().view());
  static_cast<void>(error_of([&] { return city.store().sign_in(joso, "kanri", "x"); }));
  static_cast<void>(city.store().resume(officer.token()));
  officer.change_password(password, password);
}

// From a known source, a known device and as a stranger; and in again by the recovery key.
void use_sign_in(City& city) {
  SignIn input;
  input.municipality = joso;
  input.login = "kanri";
  input.source = "192.0.2.10";
  input.remember_device = true;
  input.password = "x";
  static_cast<void>(error_of([&] { return city.store().sign_in(input); }));
  input.password = password;
  input.device = city.store().sign_in(input).device;
  static_cast<void>(city.store().sign_in(input));
  const std::string key = city.store().add_recovery_key("金庫");
  city.store().recover_administrator({key}, joso, "kanri", password);
}

void use_totp(City& city) {
  Session officer = city.sign_in();
  const auto factors = officer.factors();
  const TotpEnrolment enrolment = factors.begin_totp();
  factors.confirm_totp(totp_code(enrolment.secret, city.now()));
  officer.reauthenticate(totp_code(enrolment.secret, city.now(), 1));
  static_cast<void>(factors.view(officer.member().id));
  SignIn input;
  input.municipality = joso;
  input.login = "kanri";
  input.password = password;
  input.code = factors.new_recovery_codes()[0];
  static_cast<void>(city.store().sign_in(input));
  factors.remove_totp();
  factors.reset(officer.member().id);
}

void use_certificates(City& city) {
  Session officer = city.sign_in();
  const auto factors = officer.factors();
  const Id<Member> self = officer.member().id;
  officer.municipalities().require_two_factor(TwoFactor::warned);
  const Certificate bound = factors.bind_certificate(self, {"", "CN=a", "CN=b"});
  static_cast<void>(factors.certificates(self));
  SignIn input;
  input.municipality = joso;
  input.login = "kanri";
  input.password = password;
  input.certificate = {"", "CN=a", "CN=b"};
  static_cast<void>(city.store().sign_in(input));
  factors.revoke_certificate(self, bound.id);
  Session again = city.sign_in();
  again.factors().revoke_session(self, again.factors().sessions(self)[0].id);
}

void find(Session& officer, std::optional<std::string> PersonFilter::*field,
          const std::string& needle) {
  PersonFilter filter;
  filter.*field = needle;
  static_cast<void>(officer.people().find(filter));
}

void use_people(Session& officer) {
  const Evacuee one = officer.evacuees().add(resident("一", "イチ"), {});
  const Evacuee two = officer.evacuees().add(resident("二", "ニ"), {});
  officer.evacuees().change(officer.evacuees().view(one.id));
  static_cast<void>(officer.evacuees().list());
  officer.people().change(officer.people().view(one.person));
  Protection protection;
  protection.officers = {officer.member().id};
  protection.household = {two.person};
  officer.people().protect(one.person, officer.people().view(one.person).revision, protection);
  find(officer, &PersonFilter::name, "一");
  find(officer, &PersonFilter::text, "一");
  EvacueeFilter by_text;
  by_text.text = "一";
  static_cast<void>(officer.evacuees().list(by_text));
  PersonFilter by_key_and_name;
  by_key_and_name.birth_date = "1940-03-05";
  static_cast<void>(officer.people().find(by_key_and_name));
  by_key_and_name.name = "一";
  static_cast<void>(officer.people().find(by_key_and_name));
  find(officer, &PersonFilter::phone, "0297000001");
  static_cast<void>(officer.journal().history(one.person));
  JournalFilter about;
  about.subject = one.person;
  static_cast<void>(officer.journal().list(about));
  static_cast<void>(officer.journal().list());
  static_cast<void>(officer.journal().verify());
}

// Consents, a rule of two officers, a receiver and what is handed to it.
void use_disclosures(City& city, Session& officer) {
  const Evacuee entry = officer.evacuees().add(resident("四", "シ"), {});
  const auto disclosures = officer.disclosures();
  RosterConsent consent;
  consent.person = entry.person;
  disclosures.record_consent(consent);
  static_cast<void>(disclosures.consents(entry.person));
  DisclosureRule rule;
  rule.valid_from = Date{2026, 4, 1};
  static_cast<void>(disclosures.preview(rule));
  rule = disclosures.propose(rule);
  const Session second = city.member("futari", Role::roster_officer);
  second.disclosures().decide(rule.id, rule.revision, true);
  static_cast<void>(disclosures.rules());

  Organisation fire;
  fire.kind = OrganisationKind::fire_station;
  fire.name = "架空消防署";
  fire = officer.organisations().add(fire);
  for (const auto purpose :
       {DisclosurePurpose::list, DisclosurePurpose::plan, DisclosurePurpose::medical}) {
    const auto file = city.path().parent_path() / (std::string(enum_name(purpose)) + ".csv");
    disclosures.make(fire.id, purpose, file);
  }
  Disclosure made = disclosures.list().items.front();
  made = disclosures.record_receipt(made.id, made.revision, "受取 一郎", Date{2026, 11, 1});
  disclosures.record_return(made.id, made.revision, Date{2026, 11, 2});

  NewMember input;
  input.login = "shobo";
  input.name = "消防";
  input.roles = {Role::receiver};
  input.password = password;
  input.organisation = fire.id;
  officer.members().add(input);
  const Session receiver = city.sign_in("shobo");
  static_cast<void>(receiver.disclosures().visible());
  DisclosedFilter by_text;
  by_text.text = "四";
  static_cast<void>(receiver.disclosures().visible(by_text));
  static_cast<void>(receiver.disclosures().view(entry.person));
}

void grant_place(const Session& officer, const Patient& patient, const Session& nurse) {
  Protection protection;
  protection.ground = "支援措置";
  protection.officers = {officer.member().id};
  const People people = officer.people();
  people.protect(patient.person, people.view(patient.person).revision, protection);
  const auto grant = [&] {
    return people.grant_place(patient.person, nurse.member().id, Date{2026, 11, 21}, "訪問").id;
  };
  grant();
  people.revoke_place_grant(patient.person, grant());
  static_cast<void>(people.place_grants(patient.person));
}

void use_patients(City& city, Session& officer) {
  const Session doctor = city.member("ishi", Role::professional);
  const Session nurse = city.member("kango", Role::professional);
  PatientConsent consent;
  consent.form = "同意書";
  consent.date = {2026, 11, 1};
  consent.scopes = {SharingScope::team};
  const auto patients = doctor.patients();
  const Patient patient = patients.add(resident("患者", "カンジャ"), consent, "");
  patients.change(patients.view(patient.id).patient);
  static_cast<void>(patients.list());
  static_cast<void>(officer.patients().teams());
  PatientFilter by_text;
  by_text.text = "カンジャ";
  static_cast<void>(patients.list(by_text));
  static_cast<void>(officer.patients().teams(by_text));
  static_cast<void>(doctor.journal().lookers(patient.id));
  consent.patient = patient.id;
  const PatientConsent second = patients.record_consent(consent);
  patients.withdraw_consent(patient.id, second.id, second.revision, consent.date);
  static_cast<void>(patients.consents(patient.id));
  TeamRequest request;
  request.patient = patient.id;
  request.member = nurse.member().id;
  request.reason = "引き継ぎ";
  nurse.patients().ask_to_join(request);
  for (const TeamRequest& asked : patients.requests(patient.id).items) {
    patients.answer(patient.id, asked.id, asked.revision, RequestAnswer::accepted);
  }
  static_cast<void>(patients.team(patient.id));
  grant_place(officer, patient, nurse);
  patients.end_in_team(patient.id, nurse.member().id);
  for (const Notice& notice : nurse.notices().list().items) nurse.notices().read(notice.id);
  static_cast<void>(nurse.notices().count_unread());
  officer.members().suspend(doctor.member().id);
  nurse.patients().ask_to_join(request);
}

RowReader rows(std::vector<std::vector<std::string>> cells) {
  cells.insert(cells.begin(), {"管理番号", "宛名番号", "氏名", "フリガナ", "生年月日", "性別",
                               "住所", "電話番号", "事由", "同意"});
  return [cells = std::move(cells), at = std::size_t{0}](std::vector<std::string>& out) mutable {
    if (at == cells.size()) return false;
    out = cells[at++];
    return true;
  };
}

// Imports everything that an officer can be asked about, and answers it.
void use_roster(City& city, Session& officer) {
  const std::vector<std::string> one{"1",          "101", "架空　太郎", "カクウ　タロウ",
                                     "1940-03-05", "男",  "架空町1",    "0297-00-0011",
                                     "独居",       "同意"};
  std::vector<std::string> twin = one;
  twin[0] = "2", twin[1] = "102", twin[2] = "架空　次郎";
  std::vector<std::string> bad = one;
  bad[0] = "3", bad[1] = "103", bad[4] = "1940-02-30";
  std::vector<std::string> alike = one;
  alike[0] = "4", alike[1] = "104", alike[7] = "0297-00-0012";
  ImportOptions options;
  options.accept_large = true;
  options.dry_run = true;
  officer.roster().import_rows(rows({one, twin, bad, alike}), options);
  options.dry_run = false;
  officer.roster().import_rows(rows({one, twin, bad, alike}), options);
  for (const EvacueeLine& line : officer.evacuees().list().items) {
    Evacuee entry = officer.evacuees().view(line.id);
    entry.reason = "ここで直した";
    officer.evacuees().change(entry);
  }
  std::vector<std::string> changed = one;
  changed[8] = "要介護";
  bad[2] = one[2];  // names somebody who is stored
  officer.roster().import_rows(rows({changed, bad}), options);
  const auto roster = officer.roster();
  static_cast<void>(roster.summary());
  static_cast<void>(roster.count_open_rows());
  for (OpenRow row : roster.open_rows().items) {
    static_cast<void>(error_of([&] { return roster.mend_open_row(row); }));
    roster.dismiss_open_row(row.id, row.revision);
  }
  for (const auto& suspect : roster.suspects().items) {
    roster.decide_suspect(suspect.id, suspect.revision, SuspectDecision::different);
  }
  static_cast<void>(roster.decided_suspects());
  for (const auto& missing : roster.missing().items) {
    roster.decide_missing(missing.id, missing.revision, MissingDecision::moved_out);
  }
  for (const auto& conflict : roster.conflicts().items) {
    roster.decide_conflict(conflict.id, conflict.revision, ConflictDecision::take);
  }
  roster.export_file(city.path().parent_path() / "roster.csv");
}

void use_applications(City& city) {
  Session officer = city.sign_in();
  const ApplicationKey key = make_application_key();
  Application application;
  application.name = "架空カルテ連携";
  application.public_key = key.public_key;
  application.professions = {Profession::city_officer};
  application.actions = {"municipality_view"};
  application.members = {officer.member().id};
  application.expires = {city.now().micros + 1'000'000'000};
  application = officer.applications().register_application(application);
  static_cast<void>(officer.applications().list());
  Assertion assertion;
  assertion.application = application.id;
  assertion.municipality = joso;
  assertion.login = "kanri";
  assertion.issued_at = city.now();
  assertion.factors = {AssertedFactor::password};
  static_cast<void>(
      city.store().act_as(make_assertion(assertion, key.private_key)).municipalities().view());
  officer.applications().revoke(application.id);
}

// Registered by the service, accepted by the municipality.
Id<Application> use_the_services_application(City& city) {
  NewMember input;
  input.login = "unei";
  input.name = "運営";
  input.password = password;
  city.store().add_service_administrator(input);
  Application application;
  application.name = "架空カルテ連携";
  application.public_key = make_application_key().public_key;
  application.municipalities = {joso};
  application.expires = {city.now().micros + 1'000'000'000};
  const Session service = city.store().sign_in("", "unei", password);
  const auto id = service.applications().register_application(application).id;
  return city.sign_in().applications().accept(id).id;
}

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
  const Id<Application> linked = use_the_services_application(city);
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
    Session officer = city.sign_in();
    use_members(city, officer);
    use_organisations(officer);
    use_people(officer);
    use_patients(city, officer);
    use_disclosures(city, officer);
    use_roster(city, officer);
    city.move_clock(std::chrono::minutes(5));
    static_cast<void>(officer.evacuees().list());
    static_cast<void>(city.store().check());
    static_cast<void>(city.store().municipalities());
    officer.sign_out();
    use_sign_in(city);
    use_totp(city);
    use_certificates(city);
    use_applications(city);
    use_backups(city);
    use_journal(city);
  }
  storage::observe_prepare({});
  return seen;
}

}  // namespace renraku::fixture
