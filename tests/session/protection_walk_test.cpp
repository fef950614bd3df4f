// Whoever is not named in a protection finds out nothing about the place, whatever he asks.
//
// The strong form: three towns that differ in nothing but where the protected people are. Every
// role asks every call that reads, with every text of every place, and must be answered alike in
// all three, byte by byte. What is the same wherever she is can't tell where she is.
#include "protection_walk.hpp"

#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>

using namespace renraku;
using namespace renraku::hiding;

namespace {

std::string file_text(const std::filesystem::path& file) {
  std::ifstream in(file);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// "Class::name" of everything in a header that returns what must not be thrown away: what reads.
std::set<std::string> reading_calls(const std::string& header) {
  static const std::regex begin_of_class("class RENRAKU_API (\\w+)");
  static const std::regex reading("\\[\\[nodiscard\\]\\][^;({]*?(\\w+)\\(");
  std::set<std::string> calls;
  std::smatch found;
  auto at = header.cbegin();
  while (std::regex_search(at, header.cend(), found, begin_of_class)) {
    const std::string name = found[1];
    const auto from = found[0].second;
    const auto to =
        std::search(from, header.cend(), std::begin("private:"), std::prev(std::end("private:")));
    for (std::sregex_iterator call(from, to, reading), none; call != none; ++call) {
      calls.insert(name + "::" + (*call)[1].str());
    }
    at = to;
  }
  return calls;
}

/// Alike answers at the same place of two walks.
void must_be_alike(const std::string& who, const std::vector<std::string>& one,
                   const std::vector<std::string>& other) {
  BOOST_REQUIRE_EQUAL(one.size(), other.size());
  for (std::size_t i = 0; i < one.size(); ++i)
    BOOST_TEST(one[i] == other[i], who << ":\n" << one[i] << other[i]);
}

/// The answer behind the question, which may hold a guess.
std::string answer_of(const std::string& told) {
  return told.substr(told.find(" => "));
}

int answers_that_tell(const std::vector<std::string>& answers,
                      const std::vector<std::string>& canaries) {
  int telling = 0;
  for (const std::string& told : answers) {
    for (const std::string& canary : canaries) {
      if (answer_of(told).find(canary) != std::string::npos) {
        ++telling;
        break;
      }
    }
  }
  return telling;
}

/// Organisations tell their own districts, which are nobody's place.
bool names_districts(const std::string& told) {
  return told.find("\"districts\":[") != std::string::npos;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(protection_walk)

BOOST_AUTO_TEST_CASE(walks_every_call_that_reads) {
  std::set<std::string> walked;
  for (const WalkCall& call : walk_calls()) walked.insert(call.name);
  std::set<std::string> declared;
  const auto headers = std::filesystem::path(RENRAKU_TESTS).parent_path() / "include/renraku";
  for (const auto& header : std::filesystem::directory_iterator(headers)) {
    if (header.path().extension() != ".hpp") continue;
    declared.merge(reading_calls(file_text(header.path())));
  }
  BOOST_TEST(declared.size() > 40u);
  for (const std::string& call : declared) {
    // A region, a store and a session give the way to the calls, and show nobody; nor does an error
    // that a call of the walk did not throw.
    if (call.starts_with("Region::") || call.starts_with("Store::")) continue;
    if (call.starts_with("Session::") || call.starts_with("Error::")) continue;
    BOOST_TEST(walked.contains(call), call << " is not walked: add it to walk_calls()");
  }
}

BOOST_AUTO_TEST_CASE(no_stranger_is_told_a_place_or_can_tell_two_apart) {
  Refuge in_east(east);
  Refuge in_west(west);
  Refuge far_away(away);
  const auto strangers = in_east.strangers();
  std::vector<std::string> canaries = away.canaries();
  canaries.push_back(ground);
  for (std::size_t i = 0; i < strangers.size(); ++i) {
    const std::string& who = strangers[i].name;
    const auto of_east = walk(in_east, strangers[i]);
    must_be_alike(who, of_east, walk(in_west, in_west.strangers()[i]));
    const auto of_away = walk(far_away, far_away.strangers()[i]);
    must_be_alike(who, of_east, of_away);
    for (const std::string& told : of_away) {
      if (names_districts(told)) continue;
      BOOST_TEST(answers_that_tell({told}, canaries) == 0, who << " is told " << told);
    }
  }
}

BOOST_AUTO_TEST_CASE(the_service_is_told_nothing_either) {
  Refuge town(away);
  for (const std::string& told : walk(town, town.service())) {
    BOOST_TEST(answers_that_tell({told}, away.canaries()) == 0, told);
  }
}

BOOST_AUTO_TEST_CASE(newcomers_are_told_nothing_either) {
  Refuge town(away);
  town.make_newcomers();
  for (const Refuge::Reader& reader : town.strangers()) {
    for (const std::string& told : walk(town, reader)) {
      BOOST_TEST(answers_that_tell({told}, away.canaries()) == 0, reader.name << ": " << told);
    }
  }
}

BOOST_AUTO_TEST_CASE(who_is_named_or_granted_is_told) {
  Refuge town(away);
  const auto tells = [&](const std::string& name, const Session& session) {
    return answers_that_tell(walk(town, {name, session}), {away.phone_digits(), away.word});
  };
  BOOST_TEST(tells("the named officer", town.named_officer) > 40);
  BOOST_TEST(tells("the granted member of the team", town.visitor) > 2);
}

BOOST_AUTO_TEST_SUITE_END()
