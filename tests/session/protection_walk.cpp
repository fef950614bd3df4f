#include "protection_walk.hpp"

#include <algorithm>
#include <fstream>
#include <renraku/disclosures.hpp>
#include <renraku/factors.hpp>
#include <renraku/patients.hpp>
#include <sstream>
#include <stdexcept>

#include "fixture/totp.hpp"

namespace renraku::hiding {

using namespace fixture;
namespace {

const std::string header =
    "管理番号,宛名番号,氏名,フリガナ,生年月日,性別,郵便番号,住所,行政区,電話,携帯,事由,"
    "個別避難計画,避難先,避難支援等実施者,避難支援等実施者連絡先,かかりつけ医,備考,目印\n";

/// The hexadecimal digits and hyphens from `at` on.
std::size_t id_length(const std::string& text, std::size_t at) {
  const auto end = text.find_first_not_of("0123456789abcdef-", at);
  return (end == std::string::npos ? text.size() : end) - at;
}

/// Subjects are in the order of their ids, which is chance.
std::string sorted_subjects(std::string text) {
  const std::string key = "\"subjects\":[";
  for (auto at = text.find(key); at != std::string::npos; at = text.find(key, at + 1)) {
    const auto begin = at + key.size();
    const auto end = text.find(']', begin);
    std::vector<std::string> subjects;
    for (auto from = begin; from < end;) {
      const auto to = std::min(text.find(',', from), end);
      subjects.push_back(text.substr(from, to - from));
      from = to + 1;
    }
    std::ranges::sort(subjects);
    std::string joined;
    for (const std::string& subject : subjects) joined += (joined.empty() ? "" : ",") + subject;
    text.replace(begin, end - begin, joined);
  }
  return text;
}

}  // namespace

Refuge::Refuge(const Place& place) : place_(place) {
  fill_roster();
  protect_all();
  care();
  disclose();
  strangers_ = {
      {"another officer", other_officer},
      {"an officer of another protection", officer_of_another},
      {"an administrator", join("admin", {Role::administrator})},
      {"an office's administrator", join("office", {Role::office_administrator}, office.id)},
      {"the patient's doctor", doctor},
      {"a nurse of the patient's team", nurse},
      {"a professional elsewhere", join("stranger", {Role::professional})},
      {"a fireman", join("fireman", {Role::receiver}, fire.id)},
      {"a volunteer", join("volunteer", {Role::receiver}, volunteers.id)}};
  learn_names();
  city.store().flush();
}

std::vector<Refuge::Reader> Refuge::strangers() const {
  return strangers_;
}

Session Refuge::join(const std::string& login, std::vector<Role> roles,
                     const Id<Organisation>& organisation) {
  NewMember input;
  input.login = login;
  input.name = login;
  input.roles = std::move(roles);
  input.password = password;
  input.organisation = organisation;
  kanri.members().add(input);
  tick();
  return city.sign_in(login);
}

Refuge::Reader Refuge::service() {
  NewMember input;
  input.login = "service";
  input.name = "service";
  input.roles = {Role::service_administrator};
  input.password = password;
  city.store().add_service_administrator(input);
  tick();
  return {"the service", city.store().sign_in("", input.login, password)};
}

Organisation Refuge::organisation(OrganisationKind kind, const std::string& name,
                                  std::vector<std::string> districts) {
  Organisation added;
  added.kind = kind;
  added.name = name;
  added.kana = name;
  added.districts = std::move(districts);
  tick();
  return kanri.organisations().add(added);
}

void Refuge::import(const std::vector<std::string>& rows) {
  TemporaryFolder folder;
  const auto file = folder.path() / "roster.csv";
  {
    std::ofstream out(file, std::ios::binary);
    out << header;
    for (const std::string& row : rows) out << row;
  }
  ImportOptions options;
  options.accept_large = true;
  named_officer.roster().import_file(file, options);
  tick();
}

std::string Refuge::row(const std::string& who, const Place& at, const std::string& reason,
                        const std::string& note) const {
  std::string row = who;
  for (const std::string& cell :
       {at.postal_code(), at.address(), at.district(), at.phone(), std::string(), reason, at.plan(),
        at.shelter(), at.supporter(), at.contact(), at.physician(), note, at.mark()}) {
    row += "," + cell;
  }
  return row + "\n";
}

// Everything that an import can leave behind about her: a row that could not be taken, pairs, a
// conflict over what leads to the place and one over what does not, a child that is missing.
void Refuge::fill_roster() {
  const Place neutral{"丁原", "8844"};
  const std::string her = "11,2011,母　花,ハハ　ハナ,S40.3.5,女";
  std::vector<std::string> rows{
      row("01,2001,東　人,アズマ　ヒト,S10.1.1,男", east, "独居", east.note()),
      row("02,2002,西　人,ニシ　ヒト,S11.1.1,男", west, "独居", west.note()),
      row("03,2003,他　人,ホカ　ヒト,S12.1.1,男", neutral, "独居", ""),
      row(her, place_, "独居", place_.note())};
  const std::string child_row = row("12,2012,子　太郎,コ　タロウ,H20.3.5,男", place_, "", "");
  rows.push_back(child_row);
  import(rows);
  // Alike by the place alone, in one of the towns; alike by name and birth date, in all; a row of
  // hers that can't be taken.
  rows.pop_back();
  rows.push_back(row("21,,波葉　花,ハハ　ハナ,S40.3.5,女", east, "", ""));
  rows.push_back(row("22,,母　花,ハハ　ハナ,S40.3.5,女", neutral, "", ""));
  rows.push_back(row("23,,母　花,ハハ　ハナ,S99.99.99,女", place_, "", ""));
  import(rows);
  mother = entry_of("11");
  child = entry_of("12");
  neighbour = entry_of("01");
  mother.note = place_.note() + "（改）";
  mother.reason = "日中独居";
  mother = named_officer.evacuees().change(mother);
  rows[3] = row(her, place_, "高齢独居", place_.note() + "（新）");
  import(rows);
}

void Refuge::protect_all() {
  Protection protection;
  protection.ground = ground;
  protection.officers = {named_officer.member().id};
  protection.household = {child.person};
  const People people = named_officer.people();
  Person her = people.view(mother.person);
  her = people.protect(her.id, her.revision, protection);
  tick();
  her.addresses[0].text += "裏";
  people.change(her);
  protection.officers = {officer_of_another.member().id};
  protection.household.clear();
  officer_of_another.people().protect(entry_of("03").person, 1, protection);
  RosterConsent consent;
  consent.person = her.id;
  consent.given_by = place_.word + "の姉";
  consent.evidence = place_.word + "の棚";
  named_officer.disclosures().record_consent(consent);
  tick();
}

void Refuge::care() {
  Person person = resident("療養　花子", "リョウヨウ　ハナコ");
  person.addresses = {{AddressKind::residence, place_.postal_code(), place_.address()}};
  person.phones = {{PhoneKind::home, {}, place_.phone()}};
  PatientConsent consent;
  consent.form = "連携同意書";
  consent.date = {2026, 11, 1};
  consent.scopes = {SharingScope::team};
  patient = doctor.patients().add(person, consent, "主治医");
  for (const Session* joins : {&nurse, &visitor}) {
    TeamMember joining;
    joining.patient = patient.id;
    joining.member = joins->member().id;
    doctor.patients().add_to_team(joining);
    tick();
  }
  Protection protection;
  protection.ground = ground;
  protection.officers = {named_officer.member().id};
  named_officer.people().protect(patient.person, 1, protection);
  named_officer.people().grant_place(patient.person, visitor.member().id, {2026, 12, 21},
                                     place_.word + "を訪問するため");
  tick();
}

void Refuge::disclose() {
  DisclosureRule rule;
  rule.kind = DisclosurePolicy::unless_refused;
  rule.ordinance = "架空市名簿条例";
  rule.valid_from = {2026, 4, 1};
  rule = named_officer.disclosures().propose(rule);
  other_officer.disclosures().decide(rule.id, rule.revision, true);
  tick();
}

Evacuee Refuge::entry_of(const std::string& reference) const {
  for (const EvacueeLine& line : named_officer.evacuees().list().items) {
    if (line.reference == reference) return named_officer.evacuees().view(line.id);
  }
  throw std::logic_error("nobody has the reference " + reference);
}

void Refuge::learn_names() {
  for (const EvacueeLine& line : named_officer.evacuees().list().items) {
    names_[line.id.text()] = "evacuee " + line.reference;
    names_[line.person.text()] = "person " + line.reference;
  }
  for (const Member& member : kanri.members().list().items) names_[member.id.text()] = member.login;
  for (const Organisation& one : kanri.organisations().list().items) {
    names_[one.id.text()] = one.name;
  }
  names_[patient.id.text()] = "patient";
  names_[patient.person.text()] = "person of the patient";
}

std::string Refuge::named(const std::string& text) const {
  constexpr std::size_t id_size = 36;
  constexpr std::size_t hash_size = 64;
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = std::max<std::size_t>(id_length(text, at), 1);
    const std::string run = text.substr(at, length);
    if (length == id_size && run[8] == '-') {
      const auto known = names_.find(run);
      out += known == names_.end() ? "<id>" : known->second;
    } else {
      out += length == hash_size ? "<hash>" : run;
    }
    at += length;
  }
  return sorted_subjects(std::move(out));
}

void Refuge::make_newcomers() {
  kanri = city.sign_in();
  const TotpEnrolment enrolment = kanri.factors().begin_totp();
  static_cast<void>(kanri.factors().confirm_totp(totp_code(enrolment.secret, city.now())));
  kanri.municipalities().require_two_factor(TwoFactor::required);
}

std::string Visit::told(const Page<JournalEntry>& page) {
  std::string entries;
  for (JournalEntry entry : page.items) {
    entry.sequence = 0;
    entry.recorded = {};
    entry.hash.clear();
    entries += to_json(entry) + "\n";
  }
  return entries;
}

std::string Visit::sorted_lines(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  std::ranges::sort(lines);
  std::string sorted;
  for (const std::string& line : lines) sorted += line + "\n";
  return sorted;
}

std::vector<std::string> walk(const Refuge& town, const Refuge::Reader& reader) {
  Visit visit(town, reader);
  for (const WalkCall& call : walk_calls()) call.walk(visit);
  return std::move(visit.answers);
}

}  // namespace renraku::hiding
