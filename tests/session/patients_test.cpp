#include <boost/test/unit_test.hpp>
#include <renraku/described/notice.hpp>
#include <renraku/notices.hpp>
#include <renraku/patients.hpp>
#include <set>

#include "fixture/city.hpp"
#include "fixture/expect.hpp"
#include "fixture/raw_store.hpp"

using namespace renraku;
using namespace renraku::fixture;

namespace {

PatientConsent consent_to(std::vector<SharingScope> scopes) {
  PatientConsent consent;
  consent.form = "連携同意書 第2版";
  consent.date = {2026, 11, 1};
  consent.scopes = std::move(scopes);
  return consent;
}

TeamMember place(const Patient& patient, const Session& session, bool lead = false) {
  TeamMember place;
  place.patient = patient.id;
  place.member = session.member().id;
  place.lead = lead;
  return place;
}

TeamRequest request(const Id<Patient>& patient, const Session& who) {
  TeamRequest request;
  request.patient = patient;
  request.member = who.member().id;
  request.reason = "訪問を引き継ぐため";
  return request;
}

/// A patient, and the people around: the doctor registered her and leads, nurse is in the team.
struct Care {
  City city;
  Session office = city.sign_in();
  Session doctor = city.member("ishi", Role::professional);
  Session nurse = city.member("kango", Role::professional);
  Session stranger = city.member("yoso", Role::professional);
  Patient patient = doctor.patients().add(resident("架空 花子", "カクウ ハナコ"),
                                          consent_to({SharingScope::team}), "主治医");
  Care() { doctor.patients().add_to_team(place(patient, nurse)); }

  /// Somebody with the administrator's role and no other.
  Session administrator(const std::string& login) {
    return city.member(login, Role::administrator);
  }
  std::vector<std::string> kinds(const Session& reader) const {
    std::vector<std::string> kinds;
    for (const Notice& notice : reader.notices().list().items) {
      kinds.emplace_back(enum_name(notice.kind));
    }
    return kinds;
  }
};

std::vector<std::string> names(const Page<PatientLine>& page) {
  std::vector<std::string> names;
  for (const PatientLine& line : page.items) names.push_back(line.name);
  return names;
}

std::set<std::string> kinds_in(const Page<JournalEntry>& history) {
  std::set<std::string> kinds;
  for (const JournalEntry& entry : history.items) {
    for (const FieldChange& change : entry.changes) kinds.insert(change.record_kind);
  }
  return kinds;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(patients)

BOOST_FIXTURE_TEST_CASE(are_seen_by_their_team, Care) {
  const PatientSheet view = nurse.patients().view(patient.id);
  BOOST_TEST(view.person.name == "架空 花子");
  BOOST_CHECK(view.scopes == std::vector{SharingScope::team});
  BOOST_TEST(view.patient.registered.text() == "2026-11-21");
  const auto own = nurse.patients().list().items;
  BOOST_REQUIRE(own.size() == 1u);
  BOOST_TEST(!own[0].lead);
  BOOST_TEST(doctor.patients().list().items.at(0).lead);
  BOOST_TEST(doctor.patients().list().items.at(0).role == "主治医");
  BOOST_TEST(nurse.people().view(patient.person).kana == "カクウ　ハナコ");
}

BOOST_FIXTURE_TEST_CASE(tell_their_team_who_looked_and_who_was_turned_away, Care) {
  static_cast<void>(nurse.patients().view(patient.id));
  BOOST_TEST(error_of([&] { return stranger.patients().view(patient.id); }) == "not_permitted");
  const auto entries = doctor.journal().lookers(patient.id).items;
  const auto views_of = [&](const Session& who) {
    return std::ranges::count_if(entries, [&](const JournalEntry& entry) {
      return entry.action == "patient_view" && entry.member == who.member().id;
    });
  };
  BOOST_TEST(views_of(nurse) == 1);
  BOOST_TEST(views_of(stranger) == 1);
  BOOST_TEST(std::ranges::all_of(entries, [&](const JournalEntry& entry) {
    return entry.subjects == std::vector<Uuid>{patient.id};
  }));
}

BOOST_FIXTURE_TEST_CASE(are_nobodys_business_otherwise, Care) {
  const Id<Patient> nobody(Uuid::parse("01900000-0000-7000-8000-000000000000"));
  TeamMember herself = place(patient, stranger);
  for (const Id<Patient>& id : {patient.id, nobody}) {
    herself.patient = id;
    const auto all = stranger.patients();
    BOOST_TEST(text_of([&] { return all.view(id); }) ==
               "the policy does not permit patient_view to this member");
    BOOST_TEST(error_of([&] { return all.team(id); }) == "not_permitted");
    BOOST_TEST(error_of([&] { return all.consents(id); }) == "not_permitted");
    BOOST_TEST(error_of([&] { return all.requests(id); }) == "not_permitted");
    BOOST_TEST(error_of([&] { return all.add_to_team(herself); }) == "not_permitted");
    BOOST_TEST(error_of([&] { return all.leave(id), 0; }) == "not_permitted");
    BOOST_TEST(error_of([&] { return stranger.journal().history(id); }) == "not_permitted");
    // Asking tells nothing either, and may be repeated.
    BOOST_TEST(error_of([&] { return all.ask_to_join(request(id, stranger)), 0; }) == "none");
    BOOST_TEST(error_of([&] { return all.ask_to_join(request(id, stranger)), 0; }) == "none");
    // Nor may one ask for somebody else without being in the team.
    BOOST_TEST(error_of([&] { return all.ask_to_join(request(id, nurse)), 0; }) == "not_permitted");
  }
  BOOST_TEST(stranger.patients().list().items.empty());
  BOOST_TEST(error_of([&] { return stranger.people().view(patient.person); }) == "not_permitted");
}

BOOST_FIXTURE_TEST_CASE(are_listed_by_reading_and_found_in_any_spelling, Care) {
  const auto consent = consent_to({SharingScope::team});
  doctor.patients().add(resident("高﨑 次郎", "タカサキ ジロウ"), consent, "");
  doctor.patients().add(resident("阿部 三郎", "アベ サブロウ"), consent, "");
  const std::vector<std::string> all{"阿部 三郎", "架空 花子", "高﨑 次郎"};
  BOOST_TEST(names(doctor.patients().list()) == all, boost::test_tools::per_element());
  std::vector<std::string> paged;
  PageRequest page{"", 1};
  do {
    const auto one = doctor.patients().list({}, page);
    for (const std::string& name : names(one)) paged.push_back(name);
    page.after = one.next;
  } while (!page.after.empty());
  BOOST_TEST(paged == all, boost::test_tools::per_element());
  PatientFilter filter;
  filter.text = "高崎";
  BOOST_TEST(names(doctor.patients().list(filter)) == std::vector<std::string>{"高﨑 次郎"},
             boost::test_tools::per_element());
}

BOOST_FIXTURE_TEST_CASE(need_a_consent_to_the_team, Care) {
  const auto add = [&](PatientConsent consent) {
    return field_of([&] { return doctor.patients().add(resident("甲", "コウ"), consent, ""); });
  };
  BOOST_TEST(add(consent_to({SharingScope::family})) == "scopes");
  PatientConsent unnamed = consent_to({SharingScope::team});
  unnamed.form.clear();
  BOOST_TEST(add(unnamed) == "form");
  PatientConsent tomorrow = consent_to({SharingScope::team});
  tomorrow.date = {2026, 11, 22};
  BOOST_TEST(add(tomorrow) == "date");
  BOOST_TEST(doctor.patients().list().items.size() == 1u);
}

BOOST_FIXTURE_TEST_CASE(are_new_people_and_whether_they_are_known_an_officer_decides, Care) {
  const Evacuee known = office.evacuees().add(resident("髙田 一", "タカダ ハジメ"), {});
  const Patient added = doctor.patients().add(resident("高田 一", "タカダ ハジメ"),
                                              consent_to({SharingScope::team}), "");
  BOOST_CHECK(added.person != known.person);
  const auto suspects = office.roster().suspects().items;
  BOOST_REQUIRE(suspects.size() == 1u);
  BOOST_CHECK((std::set<Uuid>{suspects[0].first, suspects[0].second} ==
               std::set<Uuid>{added.person, known.person}));
  const std::vector<std::string> reasons{"name", "birth_date"};
  BOOST_TEST(suspects[0].reasons == reasons, boost::test_tools::per_element());
}

BOOST_FIXTURE_TEST_CASE(a_nurse_changes_office_and_sees_nothing_at_once, Care) {
  // Her session stays open all the while.
  nurse.patients().leave(patient.id);
  BOOST_TEST(error_of([&] { return nurse.patients().view(patient.id); }) == "not_permitted");
  BOOST_TEST(error_of([&] { return nurse.people().view(patient.person); }) == "not_permitted");
  BOOST_TEST(nurse.patients().list().items.empty());
  // What was stays by name.
  const auto team = doctor.patients().team(patient.id).items;
  BOOST_REQUIRE(team.size() == 2u);
  BOOST_TEST(team[1].name == "kango");
  BOOST_TEST(!team[1].active);
  BOOST_TEST(team[1].until.value().text() == "2026-11-21");
  // She comes back as somebody new to the team.
  doctor.patients().add_to_team(place(patient, nurse));
  BOOST_TEST(nurse.patients().view(patient.id).person.name == "架空 花子");
  BOOST_TEST(doctor.patients().team(patient.id).items.size() == 3u);
}

BOOST_FIXTURE_TEST_CASE(a_place_ends_by_itself_on_its_day, Care) {
  TeamMember substitute = place(patient, stranger);
  substitute.until = Date{2026, 11, 21};
  BOOST_TEST(field_of([&] { return doctor.patients().add_to_team(substitute); }) == "until");
  substitute.until = Date{2026, 11, 22};
  doctor.patients().add_to_team(substitute);
  BOOST_TEST(error_of([&] { return stranger.patients().view(patient.id); }) == "none");
  city.move_clock(std::chrono::hours(12));  // midnight in Japan
  stranger = city.sign_in("yoso");
  BOOST_TEST(error_of([&] { return stranger.patients().view(patient.id); }) == "not_permitted");
  BOOST_TEST(stranger.patients().list().items.empty());
}

BOOST_FIXTURE_TEST_CASE(an_account_that_is_suspended_is_in_no_team, Care) {
  office.members().suspend(nurse.member().id);
  office.members().restore(nurse.member().id);
  BOOST_TEST(error_of([&] { return nurse.patients().view(patient.id); }) == "session_ended");
  office.members().suspend(nurse.member().id);
  BOOST_TEST(!doctor.patients().team(patient.id).items.at(1).active);
}

BOOST_FIXTURE_TEST_CASE(the_last_lead_stays_until_there_is_another, Care) {
  const auto team = doctor.patients();
  BOOST_TEST(field_of([&] { return team.leave(patient.id), 0; }) == "lead");
  BOOST_TEST(field_of([&] { return team.end_in_team(patient.id, doctor.member().id), 0; }) ==
             "lead");
  BOOST_TEST(field_of([&] { return team.add_to_team(place(patient, doctor, false)); }) == "lead");
  BOOST_TEST(error_of([&] { return nurse.patients().add_to_team(place(patient, stranger)); }) ==
             "not_permitted");
  team.add_to_team(place(patient, nurse, true));
  team.leave(patient.id);
  nurse.patients().add_to_team(place(patient, stranger));
  nurse.patients().end_in_team(patient.id, stranger.member().id);
  BOOST_TEST(error_of([&] { return stranger.patients().view(patient.id); }) == "not_permitted");
}

BOOST_FIXTURE_TEST_CASE(a_care_manager_in_the_team_arranges_it, Care) {
  Member manager = nurse.member();
  manager.profession = Profession::care_manager;
  office.members().change(manager);
  nurse.patients().add_to_team(place(patient, stranger));
  BOOST_TEST(error_of([&] { return stranger.patients().view(patient.id); }) == "none");
}

BOOST_FIXTURE_TEST_CASE(the_whole_team_is_told, Care) {
  doctor.patients().add_to_team(place(patient, stranger));
  // The nurse joined first, then the stranger; who added them knows.
  const std::vector<std::string> twice{"team_joined", "team_joined"};
  const std::vector<std::string> once{"team_joined"};
  BOOST_TEST(kinds(nurse) == twice, boost::test_tools::per_element());
  BOOST_TEST(kinds(stranger) == once, boost::test_tools::per_element());
  BOOST_TEST(kinds(doctor).empty());
  const Notice newest = nurse.notices().list().items.front();
  BOOST_CHECK(newest.subject == patient.id);
  BOOST_CHECK(newest.member == stranger.member().id);
  BOOST_CHECK(newest.actor == doctor.member().id);

  BOOST_TEST(nurse.notices().count_unread() == 2);
  BOOST_TEST(nurse.notices().read(newest.id).is_read);
  BOOST_TEST(nurse.notices().read(newest.id).revision == 2);
  BOOST_TEST(nurse.notices().count_unread() == 1);
  BOOST_TEST(nurse.notices().list({true}).items.size() == 1u);
  BOOST_TEST(error_of([&] { return doctor.notices().read(newest.id); }) == "not_found");
}

BOOST_FIXTURE_TEST_CASE(joining_oneself_takes_a_second_person, Care) {
  BOOST_TEST(field_of([&] {
               TeamRequest bare = request(patient.id, stranger);
               bare.reason.clear();
               return stranger.patients().ask_to_join(bare), 0;
             }) == "reason");
  stranger.patients().ask_to_join(request(patient.id, stranger));
  const auto waiting = doctor.patients().requests(patient.id).items;
  BOOST_REQUIRE(waiting.size() == 1u);
  BOOST_TEST(kinds(doctor).front() == "team_asked");
  const auto answer = [&](const Session& who, RequestAnswer what) {
    return who.patients().answer(patient.id, waiting[0].id, waiting[0].revision, what);
  };
  BOOST_TEST(error_of([&] { return answer(stranger, RequestAnswer::accepted); }) ==
             "not_permitted");
  // The team has people who can answer, so no administrator does.
  BOOST_TEST(error_of([&] { return answer(office, RequestAnswer::accepted); }) == "not_permitted");
  BOOST_TEST(error_of([&] { return answer(nurse, RequestAnswer::open); }) == "invalid");
  const TeamRequest answered = answer(nurse, RequestAnswer::accepted);
  BOOST_CHECK(answered.answerer == nurse.member().id);
  BOOST_TEST(error_of([&] { return answer(doctor, RequestAnswer::declined); }) == "conflict");
  BOOST_TEST(stranger.patients().view(patient.id).person.name == "架空 花子");
  BOOST_TEST(!stranger.patients().list().items.at(0).lead);
  BOOST_TEST(kinds(stranger).front() == "team_joined");
  BOOST_TEST(doctor.patients().requests(patient.id).items.empty());
}

BOOST_FIXTURE_TEST_CASE(a_request_can_be_declined, Care) {
  stranger.patients().ask_to_join(request(patient.id, stranger));
  const TeamRequest waiting = doctor.patients().requests(patient.id).items.at(0);
  doctor.patients().answer(patient.id, waiting.id, waiting.revision, RequestAnswer::declined);
  BOOST_TEST(error_of([&] { return stranger.patients().view(patient.id); }) == "not_permitted");
  BOOST_TEST(kinds(stranger).front() == "team_declined");
}

BOOST_FIXTURE_TEST_CASE(a_request_is_answered_for_its_own_patient_alone, Care) {
  const Patient other =
      stranger.patients().add(resident("乙", "オツ"), consent_to({SharingScope::team}), "");
  stranger.patients().ask_to_join(request(patient.id, stranger));
  const TeamRequest waiting = doctor.patients().requests(patient.id).items.at(0);
  BOOST_TEST(error_of([&] {
               return stranger.patients().answer(other.id, waiting.id, waiting.revision,
                                                 RequestAnswer::accepted);
             }) == "not_found");
}

BOOST_FIXTURE_TEST_CASE(an_administrators_entry_takes_a_second_person_too, Care) {
  const Session first = administrator("kanri1");
  const Session second = administrator("kanri2");
  first.patients().ask_to_join(request(patient.id, stranger));
  TeamRequest waiting = second.patients().requests(patient.id).items.at(0);
  BOOST_CHECK(waiting.asker == first.member().id);
  const auto answer = [&](const Session& who) {
    return who.patients().answer(patient.id, waiting.id, waiting.revision, RequestAnswer::accepted);
  };
  BOOST_TEST(error_of([&] { return answer(first); }) == "not_permitted");
  BOOST_TEST(error_of([&] { return answer(second); }) == "not_permitted");

  // Everybody of the team is gone: the other administrator answers, and the patient has a lead.
  office.members().suspend(doctor.member().id);
  office.members().suspend(nurse.member().id);
  BOOST_TEST(error_of([&] { return answer(first); }) == "not_permitted");
  answer(second);
  BOOST_TEST(stranger.patients().list().items.at(0).lead);
}

BOOST_FIXTURE_TEST_CASE(administrators_see_teams_and_no_patients, Care) {
  const Session administrator = this->administrator("kanri1");
  const auto teams = administrator.patients().teams().items;
  BOOST_REQUIRE(teams.size() == 1u);
  BOOST_TEST(teams[0].name == "架空 花子");
  BOOST_TEST(teams[0].members == 2);
  BOOST_TEST(teams[0].leads == 1);
  PatientFilter filter;
  filter.text = "0297000001";  // a place, and no name
  BOOST_TEST(administrator.patients().teams(filter).items.empty());
  filter.text = "かくう";
  BOOST_TEST(administrator.patients().teams(filter).items.size() == 1u);
  BOOST_TEST(administrator.patients().team(patient.id).items.at(1).name == "kango");
  BOOST_TEST(error_of([&] { return administrator.patients().view(patient.id); }) ==
             "not_permitted");
  BOOST_TEST(error_of([&] { return administrator.patients().consents(patient.id); }) ==
             "not_permitted");
  BOOST_TEST(error_of([&] { return administrator.people().view(patient.person); }) ==
             "not_permitted");
  BOOST_TEST(error_of([&] { return administrator.journal().history(patient.person); }) ==
             "not_permitted");
  BOOST_TEST(error_of([&] { return nurse.patients().teams(); }) == "not_permitted");
}

BOOST_FIXTURE_TEST_CASE(withdrawing_the_consent_ends_sharing_at_once, Care) {
  const PatientConsent family = nurse.patients().record_consent([&] {
    PatientConsent consent = consent_to({SharingScope::family, SharingScope::family});
    consent.patient = patient.id;
    return consent;
  }());
  BOOST_TEST(family.scopes.size() == 1u);
  BOOST_TEST(nurse.patients().view(patient.id).scopes.size() == 2u);
  const PatientConsent first = nurse.patients().consents(patient.id).items.at(0);
  const auto withdraw = [&](const Session& who, const Date& day) {
    return who.patients().withdraw_consent(patient.id, first.id, first.revision, day);
  };
  BOOST_TEST(field_of([&] { return withdraw(nurse, {2026, 12, 1}); }) == "withdrawn");
  withdraw(nurse, {2026, 11, 20});
  BOOST_TEST(error_of([&] { return nurse.patients().view(patient.id); }) == "not_permitted");
  BOOST_TEST(error_of([&] { return nurse.people().view(patient.person); }) == "not_permitted");
  BOOST_TEST(nurse.patients().list().items.empty());
  // The lead has to close the patient, and is told.
  BOOST_TEST(kinds(doctor).front() == "consent_withdrawn");
  BOOST_TEST(error_of([&] { return withdraw(doctor, {2026, 11, 20}); }) == "conflict");
  Patient closed = doctor.patients().view(patient.id).patient;
  closed.closed = Date{2026, 11, 21};
  doctor.patients().change(closed);
  BOOST_TEST(doctor.patients().list().items.empty());
  PatientFilter filter;
  filter.closed = true;
  BOOST_TEST(doctor.patients().list(filter).items.size() == 1u);
}

BOOST_FIXTURE_TEST_CASE(a_consent_is_withdrawn_for_its_own_patient_alone, Care) {
  const Patient other =
      stranger.patients().add(resident("乙", "オツ"), consent_to({SharingScope::team}), "");
  const PatientConsent consent = nurse.patients().consents(patient.id).items.at(0);
  BOOST_TEST(error_of([&] {
               return stranger.patients().withdraw_consent(other.id, consent.id, consent.revision,
                                                           {2026, 11, 21});
             }) == "not_found");
  BOOST_TEST(error_of([&] { return nurse.patients().view(patient.id); }) == "none");
}

BOOST_FIXTURE_TEST_CASE(are_closed_by_a_lead, Care) {
  Patient closed = patient;
  closed.closed = Date{2026, 11, 21};
  BOOST_TEST(error_of([&] { return nurse.patients().change(closed); }) == "not_permitted");
  Patient registered = patient;
  registered.registered = {2026, 10, 1};
  BOOST_TEST(nurse.patients().change(registered).revision == 2);
  BOOST_TEST(error_of([&] { return doctor.patients().change(closed); }) == "conflict");
  closed.revision = 2;
  closed.registered = registered.registered;
  BOOST_TEST(doctor.patients().change(closed).closed.value().text() == "2026-11-21");
  BOOST_TEST(kinds(nurse).front() == "patient_closed");
}

BOOST_FIXTURE_TEST_CASE(are_listed_as_closed_until_their_care_goes_on_again, Care) {
  const auto listed = [&](bool closed) {
    PatientFilter filter;
    filter.closed = closed;
    return std::pair(doctor.patients().list(filter).items.size(),
                     office.patients().teams(filter).items.size());
  };
  const std::pair<std::size_t, std::size_t> none{0, 0};
  const std::pair<std::size_t, std::size_t> one{1, 1};
  BOOST_TEST((listed(false) == one && listed(true) == none));
  Patient closed = patient;
  closed.closed = Date{2026, 11, 21};
  closed = doctor.patients().change(closed);
  BOOST_TEST((listed(false) == none && listed(true) == one));
  closed.closed.reset();
  doctor.patients().change(closed);
  BOOST_TEST((listed(false) == one && listed(true) == none));
}

BOOST_FIXTURE_TEST_CASE(are_those_whom_their_own_table_names, Care) {
  Evacuee entry;
  entry.district = "架空区";
  office.evacuees().add(resident("乙", "オツ"), entry);
  Patient closed =
      doctor.patients().add(resident("甲", "コウ"), consent_to({SharingScope::team}), "");
  closed.closed = Date{2026, 11, 21};
  doctor.patients().change(closed);
  city.close();
  RawStore(city.found()).run("UPDATE person_search SET patient = 'open'");
  city.reopen();
  const Session officer = city.sign_in();
  PageRequest page;
  page.size = 1;
  const auto teams = officer.patients().teams({}, page);
  BOOST_REQUIRE(teams.items.size() == 1u);
  BOOST_TEST(teams.items[0].name == "架空 花子");
  BOOST_TEST(teams.next == "");
  PatientFilter filter;
  filter.text = "コウ";
  BOOST_TEST(officer.patients().teams(filter).items.empty());
}

BOOST_FIXTURE_TEST_CASE(a_protected_persons_place_is_withheld_from_the_team, Care) {
  Protection protection;
  protection.officers = {office.member().id};
  office.people().protect(patient.person, 1, protection);
  const PatientSheet view = nurse.patients().view(patient.id);
  BOOST_TEST(view.person.withheld);
  BOOST_TEST(view.person.addresses.empty());
  BOOST_TEST(view.person.phones.empty());
  BOOST_TEST(nurse.patients().list().items.at(0).is_protected);
  PatientFilter filter;
  for (const char* place : {"架空町", "0297000001"}) {
    filter.text = place;
    BOOST_TEST(nurse.patients().list(filter).items.empty());
  }
  for (const JournalEntry& entry : nurse.journal().history(patient.id).items) {
    for (const FieldChange& change : entry.changes) {
      BOOST_TEST(change.field != "addresses");
      BOOST_TEST(change.field != "phones");
    }
  }
  // What the team changes leaves it alone.
  Person renamed = view.person;
  renamed.name = "架空 華子";
  BOOST_TEST(nurse.people().change(renamed).addresses.empty());
  BOOST_TEST(office.people().view(patient.person).addresses.size() == 1u);
}

BOOST_FIXTURE_TEST_CASE(each_reads_the_history_that_is_its_own, Care) {
  stranger.patients().ask_to_join(request(patient.id, stranger));
  const std::set<std::string> care{"patient", "patient_consent", "person", "team_member",
                                   "team_request"};
  for (const Uuid& subject : {Uuid(patient.id), Uuid(patient.person)}) {
    BOOST_TEST(kinds_in(nurse.journal().history(subject)) == care,
               boost::test_tools::per_element());
  }
  // An officer of the roster sees the person, and not that she is cared for.
  const Session officer = city.member("meibo", Role::roster_officer);
  const auto seen = officer.journal().history(patient.person);
  BOOST_TEST(kinds_in(seen) == std::set<std::string>{"person"}, boost::test_tools::per_element());
  BOOST_TEST(seen.items.size() == 1u);
  BOOST_TEST(officer.journal().history(patient.id).items.empty());
  // Nor does the team see what the roster says.
  const Evacuee listed = office.evacuees().add(resident("乙", "オツ"), {});
  BOOST_TEST(error_of([&] { return nurse.journal().history(listed.person); }) == "not_permitted");
}

BOOST_FIXTURE_TEST_CASE(stay_in_their_municipality, Care) {
  NewMunicipality mito;
  mito.code = "082015";
  mito.name = "水戸市";
  mito.administrator.login = "mito";
  mito.administrator.name = "水戸 管";
  mito.administrator.roles = {Role::administrator, Role::professional};
  mito.administrator.password = password;
  city.store().add_municipality(mito);
  const Session elsewhere = city.store().sign_in("082015", "mito", password);
  BOOST_TEST(error_of([&] { return elsewhere.patients().view(patient.id); }) == "not_permitted");
  BOOST_TEST(error_of([&] { return elsewhere.patients().team(patient.id); }) == "not_found");
  BOOST_TEST(elsewhere.patients().teams().items.empty());
  BOOST_TEST(error_of([&] { return doctor.patients().add_to_team(place(patient, elsewhere)); }) ==
             "not_found");
}

BOOST_FIXTURE_TEST_CASE(only_care_workers_join, Care) {
  BOOST_TEST(field_of([&] { return doctor.patients().add_to_team(place(patient, office)); }) ==
             "member");
  office.members().suspend(stranger.member().id);
  BOOST_TEST(field_of([&] { return doctor.patients().add_to_team(place(patient, stranger)); }) ==
             "member");
}

BOOST_AUTO_TEST_SUITE_END()
