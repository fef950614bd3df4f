// A town in which somebody is hidden, and a walk through every call that reads: what each role is
// answered, in a form in which two towns can be compared byte by byte.
#pragma once

#include <functional>
#include <map>
#include <renraku/described/account.hpp>
#include <renraku/described/application.hpp>
#include <renraku/described/disclosure.hpp>
#include <renraku/described/evacuee.hpp>
#include <renraku/described/factor.hpp>
#include <renraku/described/journal.hpp>
#include <renraku/described/member.hpp>
#include <renraku/described/municipality.hpp>
#include <renraku/described/notice.hpp>
#include <renraku/described/organisation.hpp>
#include <renraku/described/patient.hpp>
#include <renraku/described/place_grant.hpp>
#include <renraku/described/roster.hpp>
#include <renraku/described/witness.hpp>
#include <renraku/json.hpp>
#include <string>
#include <vector>

#include "fixture/city.hpp"

namespace renraku::hiding {

using namespace fixture;

/// Where somebody is, each field with a text of the place's own.
struct Place {
  std::string word;
  std::string digits;

  [[nodiscard]] std::string district() const { return word + "区"; }
  [[nodiscard]] std::string address() const { return "架空市" + word + "町１丁目２番３号"; }
  [[nodiscard]] std::string postal_code() const { return "303" + digits; }
  [[nodiscard]] std::string phone() const { return "0297-12-" + digits; }
  [[nodiscard]] std::string phone_digits() const { return "029712" + digits; }
  [[nodiscard]] std::string contact() const { return "090-3333-" + digits; }
  /// Cells as a roster has them.
  [[nodiscard]] std::string shelter() const { return word + "小学校"; }
  [[nodiscard]] std::string supporter() const { return word + "　支援子"; }
  [[nodiscard]] std::string physician() const { return word + "医院"; }
  [[nodiscard]] std::string plan() const { return word + "の棚に有"; }
  [[nodiscard]] std::string note() const { return word + "の実家"; }
  [[nodiscard]] std::string mark() const { return word + "神社の隣"; }

  /// What must stand in no answer.
  [[nodiscard]] std::vector<std::string> canaries() const {
    return {word, postal_code(), phone(), phone_digits(), contact(), "0903333" + digits};
  }
  /// What somebody who guesses the place would look for.
  [[nodiscard]] std::vector<std::string> guesses() const {
    return {word,
            district(),
            address(),
            postal_code(),
            phone(),
            contact(),
            supporter(),
            shelter(),
            note(),
            mark(),
            plan(),
            physician(),
            phone_digits().substr(4)};
  }
};

/// Neighbours live in the first two, in every town; in the third lives nobody but who is hidden.
inline const Place east{"甲浜", "5511"};
inline const Place west{"乙沢", "6622"};
inline const Place away{"丙森", "7733"};
inline const std::string ground = "夫の知人が窓口に来る";

/// A town where a mother and her child are under protection, and so is a patient with a care team,
/// all three at `place`. Towns differ in nothing but the place.
class Refuge {
 public:
  explicit Refuge(const Place& place);

  /// Somebody who signs in, and how the walk calls him.
  struct Reader {
    std::string name;
    Session session;
  };
  /// Everybody who is neither named nor granted anything.
  [[nodiscard]] std::vector<Reader> strangers() const;

  /// An administrator of the service, who belongs to no municipality.
  [[nodiscard]] Reader service();

  [[nodiscard]] const Place& place() const { return place_; }
  /// `text` with every id of the town by its name, and every other as "<id>".
  [[nodiscard]] std::string named(const std::string& text) const;
  /// From here on nobody may do anything before setting up a second factor.
  void make_newcomers();

  City city;
  Session kanri = city.sign_in();
  Session named_officer = join("named", {Role::roster_officer});
  Session other_officer = join("other", {Role::roster_officer});
  /// Named in somebody else's protection.
  Session officer_of_another = join("another", {Role::roster_officer});
  Organisation office = organisation(OrganisationKind::visiting_nurse_station, "架空訪問看護");
  Organisation fire = organisation(OrganisationKind::fire_station, "架空消防署");
  Organisation volunteers = organisation(OrganisationKind::voluntary_disaster, "架空自主防災会",
                                         {east.district(), west.district(), away.district()});
  Session doctor = join("doctor", {Role::professional});
  Session nurse = join("nurse", {Role::professional}, office.id);
  Session visitor = join("visitor", {Role::professional}, office.id);
  Patient patient;
  Evacuee mother;
  Evacuee child;
  /// What an import found beside her.
  Evacuee neighbour;

 private:
  Session join(const std::string& login, std::vector<Role> roles,
               const Id<Organisation>& organisation = {});
  Organisation organisation(OrganisationKind kind, const std::string& name,
                            std::vector<std::string> districts = {});
  void import(const std::vector<std::string>& rows);
  [[nodiscard]] std::string row(const std::string& who, const Place& at, const std::string& reason,
                                const std::string& note) const;
  void fill_roster();
  void protect_all();
  void care();
  void disclose();
  void learn_names();
  [[nodiscard]] Evacuee entry_of(const std::string& reference) const;
  void tick() { city.move_clock(std::chrono::seconds(1)); }

  Place place_;
  std::vector<Reader> strangers_;
  std::map<std::string, std::string> names_;
};

/// What one reader asks, and is answered.
class Visit {
 public:
  Visit(const Refuge& town, const Refuge::Reader& reader) : town(town), session(reader.session) {}

  const Refuge& town;
  const Session session;
  TemporaryFolder folder;
  /// The answers in the order of the questions, ids by name.
  std::vector<std::string> answers;

  /// Notes what `work` answers, or which error it throws.
  template <class Work>
  void ask(const std::string& question, Work&& work) {
    std::string answer;
    try {
      answer = told(work());
    } catch (const Error& error) {
      answer = "Error " + std::string(error.name()) + " " + error.field() + ": " + error.what();
    }
    answers.push_back(question + " => " + sorted_lines(town.named(answer)));
  }
  /// A list, page by page, one item each.
  template <class List>
  void ask_in_pages(const std::string& question, List&& list) {
    PageRequest request{{}, 1};
    for (int i = 0; i < 12; ++i) {
      ask(question, [&] {
        auto page = list(request);
        request.after = page.next;
        return page;
      });
      if (request.after.empty()) return;
    }
  }

 private:
  static std::string sorted_lines(const std::string& text);
  static std::string told(const std::string& text) { return text; }
  static std::string told(std::int64_t number) { return std::to_string(number); }
  /// Which chain's entry came when depends on a thread: entries are compared as a set, without
  /// number and hash.
  static std::string told(const Page<JournalEntry>& page);
  template <class Item>
  static std::string told(const Page<Item>& page) {
    return to_json(page.items) + " next=" + page.next;
  }
  template <class T>
  static std::string told(const T& value) {
    return to_json(value);
  }
};

/// One call of the public interface that reads, and all that the walk asks of it.
struct WalkCall {
  /// "Class::name".
  std::string name;
  std::function<void(Visit&)> walk;
};
[[nodiscard]] const std::vector<WalkCall>& walk_calls();

/// Everything that the reader is answered.
[[nodiscard]] std::vector<std::string> walk(const Refuge& town, const Refuge::Reader& reader);

}  // namespace renraku::hiding
