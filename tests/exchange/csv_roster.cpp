// Reads the sample rosters with text and the CSV reader alone and holds every value against what is
// expected of an import.
#include <boost/json/src.hpp>
#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <fstream>
#include <map>
#include <optional>
#include <renraku/time.hpp>
#include <sstream>

#include "exchange/csv_reader.hpp"
#include "exchange/csv_writer.hpp"
#include "text/date.hpp"
#include "text/encoding.hpp"
#include "text/kana.hpp"
#include "text/name.hpp"
#include "text/phone.hpp"
#include "text/width.hpp"

namespace json = boost::json;
namespace text = renraku::text;
using renraku::exchange::CsvReader;
using renraku::exchange::CsvRecord;

namespace {

constexpr renraku::Date today{2026, 11, 21};

enum Column {
  municipal_number = 1,
  name = 2,
  kana = 3,
  birth = 4,
  sex = 5,
  phone = 9,
  columns = 26
};

std::optional<std::string> sample(const std::string& file) {
  const std::filesystem::path path = std::filesystem::path(RENRAKU_SHARED_DATA) / "roster" / file;
  std::ifstream in(path, std::ios::binary);
  if (!in) {
    BOOST_TEST_MESSAGE("skipped: the sample " << file << " is not there");
    return {};
  }
  std::ostringstream all;
  all << in.rdbuf();
  return all.str();
}

/// Decodes in chunks of an odd size, as a stream would come.
CsvReader::Source decoded(const std::string& bytes) {
  constexpr std::size_t chunk = 4093;
  return [&bytes, decoder = text::Decoder(text::detect_encoding(bytes)), at = std::size_t{0},
          out = std::string()]() mutable {
    out.clear();
    while (out.empty() && at < bytes.size()) {
      decoder.decode(std::string_view(bytes).substr(at, chunk), out);
      at += chunk;
    }
    return std::string_view(out);
  };
}

std::string sex_of(std::string_view cell) {
  const std::string plain = text::nfkc(cell);
  if (plain == "男" || plain == "男性" || plain == "1" || plain == "M") return "male";
  if (plain == "女" || plain == "女性" || plain == "2" || plain == "F") return "female";
  return "";
}

struct Row {
  std::string number, name, kana, key, birth, sex, phone;
};

struct Import {
  std::map<std::uint64_t, Row> people;
  std::map<std::uint64_t, std::string> rejected;
  std::map<std::uint64_t, std::uint64_t> duplicates;

  void take(const CsvRecord& record);
  bool same_as_before(std::uint64_t line, const Row& row);
};

bool Import::same_as_before(std::uint64_t line, const Row& row) {
  if (!text::is_certain(row.key) || row.birth.empty()) return false;
  for (const auto& [first, other] : people) {
    if (row.key != other.key || row.birth != other.birth) continue;
    const bool by_number = !row.number.empty() && row.number == other.number;
    const bool by_phone =
        !row.sex.empty() && row.sex == other.sex && !row.phone.empty() && row.phone == other.phone;
    if (!by_number && !by_phone) continue;
    duplicates[line] = first;
    return true;
  }
  return false;
}

void Import::take(const CsvRecord& record) {
  if (record.cells.size() != columns) {
    rejected[record.number] = "columns";
    return;
  }
  const text::ReadDate date = text::read_date(record.cells[birth], today);
  const auto number = text::read_phone(record.cells[phone]);
  Row row{std::string(record.cells[municipal_number]),
          std::string(record.cells[name]),
          text::to_katakana(record.cells[kana]),
          text::name_key(record.cells[name], record.cells[kana]),
          date.kind == text::DateKind::known ? date.date.text() : "",
          sex_of(record.cells[sex]),
          number ? number->digits : ""};
  if (text::trim(row.name).empty()) {
    rejected[record.number] = "missing";
  } else if (date.kind == text::DateKind::invalid) {
    rejected[record.number] = "invalid";
  } else if (date.kind == text::DateKind::future) {
    rejected[record.number] = "future";
  } else if (!same_as_before(record.number, row)) {
    people[record.number] = std::move(row);
  }
}

Import import(const std::string& bytes) {
  Import result;
  CsvReader reader(decoded(bytes));
  CsvRecord record;
  BOOST_REQUIRE(reader.next(record));
  BOOST_REQUIRE_EQUAL(record.cells.size(), std::size_t{columns});
  while (reader.next(record)) {
    if (!record.blank) result.take(record);
  }
  return result;
}

std::string text_of(const json::value& value) {
  return value.is_null() ? std::string() : std::string(value.as_string());
}

}  // namespace

BOOST_AUTO_TEST_SUITE(csv_roster)

BOOST_AUTO_TEST_CASE(three_thousand_rows_read_as_expected) {
  const auto bytes = sample("joso_3000.cp932.csv");
  const auto expected_text = sample("joso_3000.expected.json");
  if (!bytes || !expected_text) return;
  BOOST_CHECK(text::detect_encoding(*bytes) == text::Encoding::cp932);
  const json::value expected = json::parse(*expected_text);
  const Import result = import(*bytes);

  BOOST_TEST(result.rejected.size() == expected.at("rejected").as_array().size());
  for (const json::value& item : expected.at("rejected").as_array()) {
    const auto line = item.at(0).to_number<std::uint64_t>();
    BOOST_REQUIRE(result.rejected.contains(line));
    BOOST_TEST(result.rejected.at(line) == text_of(item.at(2)));
  }
  BOOST_TEST(result.duplicates.size() == expected.at("duplicates").as_array().size());
  for (const json::value& item : expected.at("duplicates").as_array()) {
    const auto line = item.at(0).to_number<std::uint64_t>();
    BOOST_REQUIRE_MESSAGE(result.duplicates.contains(line), "line " << line);
    BOOST_TEST(result.duplicates.at(line) == item.at(1).to_number<std::uint64_t>());
  }
  BOOST_TEST(result.people.size() == expected.at("people").as_object().size());
  for (const auto& [line, person] : expected.at("people").as_object()) {
    const auto found = result.people.find(std::stoull(std::string(line)));
    BOOST_REQUIRE_MESSAGE(found != result.people.end(), "line " << line);
    BOOST_TEST(found->second.name == text_of(person.at("name")));
    BOOST_TEST(found->second.kana == text_of(person.at("kana")));
    BOOST_TEST(found->second.birth == text_of(person.at("birth")));
    BOOST_TEST(found->second.sex == text_of(person.at("sex")));
    BOOST_TEST(found->second.phone == text_of(person.at("phone")));
  }
}

BOOST_AUTO_TEST_CASE(the_fourteen_traps_in_both_encodings) {
  for (const char* file : {"nasty_14.cp932.csv", "nasty_14.utf8bom.csv"}) {
    const auto bytes = sample(file);
    if (!bytes) return;
    const Import result = import(*bytes);
    BOOST_TEST(result.people.size() == 9U);
    BOOST_TEST(result.rejected.size() == 2U);
    BOOST_TEST(result.rejected.contains(11));
    BOOST_TEST(result.rejected.contains(15));
    BOOST_CHECK(
        (result.duplicates == std::map<std::uint64_t, std::uint64_t>{{3, 2}, {5, 4}, {8, 7}}));
    BOOST_TEST(result.people.at(6).birth == "1989-01-07");
    BOOST_TEST(result.people.at(7).phone == "0297000006");
    BOOST_TEST(result.people.at(10).birth == "1940-03-05");
    BOOST_TEST(result.people.at(13).birth == "2019-05-01");
    BOOST_TEST(result.people.at(14).birth == "");
  }
}

BOOST_AUTO_TEST_SUITE_END()
