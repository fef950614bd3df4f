// Every reader of bytes from outside gets good bytes with something spoilt: it may take them or
// throw an Error of a kind that its contract names, and nothing else.
#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <random>
#include <renraku/described/evacuee.hpp>
#include <renraku/json.hpp>
#include <set>

#include "access/journal/entry.hpp"
#include "base/uuid.hpp"
#include "crypto/key_file.hpp"
#include "domain/people/search_page.hpp"
#include "fixture/city.hpp"
#include "fixture/expect.hpp"

using namespace renraku;
using namespace renraku::fixture;

namespace {

int rounds() {
  return std::getenv("RENRAKU_FULL") ? 300'000 : 5'000;
}

class Spoiler {
 public:
  explicit Spoiler(std::string good) : good_(std::move(good)) {}

  std::string next() {
    std::string bytes = good_;
    for (int i = number(4); i >= 0; --i) spoil(bytes);
    return bytes;
  }

 private:
  int number(int limit) { return static_cast<int>(source_() % static_cast<unsigned>(limit)); }
  std::size_t place(const std::string& bytes) { return source_() % (bytes.size() + 1); }
  void spoil(std::string& bytes) {
    const std::size_t at = place(bytes);
    switch (number(5)) {
      case 0:
        if (at < bytes.size()) bytes[at] = static_cast<char>(bytes[at] ^ (1 << number(8)));
        break;
      case 1:
        bytes.insert(at, 1, static_cast<char>(number(256)));
        break;
      case 2:
        bytes.erase(at, static_cast<std::size_t>(number(9)));
        break;
      case 3:
        bytes.resize(at);
        break;
      default:
        bytes.insert(at, bytes.substr(place(bytes), static_cast<std::size_t>(number(20))));
    }
  }

  std::mt19937 source_{20261121};
  std::string good_;
};

template <class Read>
void never_breaks(const std::string& good, const std::set<std::string>& answers, Read&& read) {
  Spoiler spoiler(good);
  std::set<std::string> seen;
  for (int i = 0; i < rounds(); ++i) {
    const std::string bytes = spoiler.next();
    const std::string answer = error_of([&] { return read(bytes); });
    seen.insert(answer);
    BOOST_REQUIRE_MESSAGE(answers.contains(answer), answer);
  }
  BOOST_TEST(seen.size() > 1u);  // else nothing was spoilt, or nothing noticed
}

}  // namespace

BOOST_AUTO_TEST_SUITE(spoilt_bytes)

BOOST_AUTO_TEST_CASE(of_a_journal_entry) {
  access::Entry entry;
  entry.municipality = joso;
  entry.subjects.resize(3);
  entry.changes = {{"person", {}, 1}};
  entry.sealed = {1, 2, 3};
  crypto::Packer out;
  access::write_canonical(out, entry);
  const crypto::Bytes body = std::move(out).bytes();
  never_breaks({body.begin(), body.end()}, {"none", "damaged", "newer_format"},
               [](const std::string& bytes) {
                 return access::read_canonical(crypto::view_of(bytes)).sequence;
               });
}

BOOST_AUTO_TEST_CASE(of_a_key_file) {
  const crypto::Key key = crypto::Key::random();
  crypto::KeyHeader header = crypto::create_key_header(Uuid{}, {});
  crypto::add_passphrase_slot(header, key, "課", "言葉", crypto::Argon2Cost::for_tests(), {});
  const crypto::Bytes bytes = crypto::encode(header);
  never_breaks({bytes.begin(), bytes.end()}, {"none", "damaged", "newer_format"},
               [](const std::string& spoilt) {
                 return crypto::decode_key_header(crypto::view_of(spoilt)).slots.size();
               });
}

BOOST_AUTO_TEST_CASE(of_json) {
  Evacuee entry;
  entry.note = "備考\n\"";
  entry.extra = {{"a", "b"}};
  entry.consent_date = Date{2026, 1, 2};
  entry.withdrawal = Withdrawal{};
  entry.withdrawal->date = {2026, 1, 1};
  never_breaks(to_json(entry), {"none", "invalid"},
               [](const std::string& text) { return from_json<Evacuee>(text).revision; });
}

BOOST_AUTO_TEST_CASE(of_a_cursor) {
  domain::SearchPlace place{{1, 2, 3, 0xff}, 12345};
  never_breaks(place.cursor(), {"none", "invalid"},
               [](const std::string& text) { return domain::SearchPlace::parse(text).pk; });
}

BOOST_AUTO_TEST_CASE(of_dates_and_ids) {
  never_breaks("1940-03-05", {"none", "invalid"},
               [](const std::string& text) { return Date::parse(text).year; });
  never_breaks(base::make_uuid({}).text(), {"none", "invalid"},
               [](const std::string& text) { return Uuid::parse(text).text(); });
}

BOOST_AUTO_TEST_CASE(of_what_is_searched_for) {
  City city;
  Session officer = city.sign_in();
  officer.evacuees().add(resident("髙﨑　ハナ", "タカサキ　ハナ"), {});
  Spoiler spoiler("髙﨑ハナ%_\\ 0297-00-0001");
  for (int i = 0; i < rounds() / 10; ++i) {
    PersonFilter filter;
    filter.text = spoiler.next();
    const std::string answer = error_of([&] { return officer.people().find(filter).items.size(); });
    BOOST_REQUIRE_MESSAGE((answer == "none" || answer == "missing"), answer);
  }
}

BOOST_AUTO_TEST_SUITE_END()
