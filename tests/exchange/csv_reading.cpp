#include <boost/test/unit_test.hpp>
#include <renraku/error.hpp>

#include "exchange/csv_reader.hpp"

using namespace renraku::exchange;
using namespace std::string_view_literals;
using renraku::Error;
using renraku::ErrorCode;

namespace {

/// Gives a text in chunks of one size.
CsvReader::Source chunks(std::string_view text, std::size_t size) {
  return [text, size]() mutable {
    const std::string_view chunk = text.substr(0, size);
    text.remove_prefix(chunk.size());
    return chunk;
  };
}

/// A record as text: "number@line:cell|cell", with marks for blank and stray.
std::string show(const CsvRecord& record) {
  std::string text = std::to_string(record.number) + "@" + std::to_string(record.line) + ":";
  bool first = true;
  for (const std::string_view cell : record.cells) {
    if (!first) text += "|";
    first = false;
    text += cell;
  }
  if (record.blank) text += " blank";
  if (record.stray_text) text += " stray";
  return text;
}

std::vector<std::string> read(std::string_view text, std::size_t size = 1000) {
  CsvReader reader(chunks(text, size));
  std::vector<std::string> records;
  CsvRecord record;
  while (reader.next(record)) {
    // The offset leads to the record's first character.
    BOOST_TEST(
        (record.offset == 0 || text[record.offset - 1] == '\n' || text[record.offset - 1] == '\r'));
    records.push_back(show(record));
  }
  return records;
}

void check(std::string_view text, const std::vector<std::string>& expected) {
  for (std::size_t size = 1; size <= text.size() + 1; ++size) {
    BOOST_TEST(read(text, size) == expected, boost::test_tools::per_element());
  }
}

bool says(const Error& error, ErrorCode code, std::string_view part) {
  return error.code() == code && std::string_view(error.what()).find(part) != std::string::npos;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(csv_reader)

BOOST_AUTO_TEST_CASE(line_ends_of_all_kinds) {
  check("a,b\r\nc,d\ne,f\rg,h", {"1@1:a|b", "2@2:c|d", "3@3:e|f", "4@4:g|h"});
  check("a\r\n", {"1@1:a"});
  check("a\r\rb", {"1@1:a", "2@2: blank", "3@3:b"});
}

BOOST_AUTO_TEST_CASE(quotes) {
  check("\"a,b\",\"say \"\"hi\"\"\",\"\"\r\n", {"1@1:a,b|say \"hi\"|"});
  check("\"\"\"\",5\",x\"y\"\r\n", {"1@1:\"|5\"|x\"y\""});
  check("\"a\" ,\"b\"\n", {"1@1:a|b"});
}

BOOST_AUTO_TEST_CASE(a_records_number_is_not_its_line) {
  check("h,i\r\n1,\"x\r\ny\nz\rw\"\r\n2,b\r\n", {"1@1:h|i", "2@2:1|x\r\ny\nz\rw", "3@6:2|b"});
}

BOOST_AUTO_TEST_CASE(blank_records_count) {
  check("a\n\n,\n \xE3\x80\x80,\"\"\nb\n",
        {"1@1:a", "2@2: blank", "3@3:| blank", "4@4: \xE3\x80\x80| blank", "5@5:b"});
}

BOOST_AUTO_TEST_CASE(empty_texts_have_no_records) {
  check("", {});
  check("\x1A", {});
  check("a\r\n\x1A", {"1@1:a"});
  check("\n", {"1@1: blank"});
}

BOOST_AUTO_TEST_CASE(text_behind_a_quote_is_marked) {
  check("a,\"b\"c,d\ne\n", {"1@1:a|bc|d stray", "2@2:e"});
}

BOOST_AUTO_TEST_CASE(tab_and_semicolon_where_the_header_has_no_comma) {
  check("a\tb\n1,2\t3\n", {"1@1:a|b", "2@2:1,2|3"});
  check("a;b\n1;2\n", {"1@1:a|b", "2@2:1|2"});
  check("a,b\tc\n1\t2\n", {"1@1:a|b\tc", "2@2:1\t2"});
  CsvReader reader(chunks("a\tb\n", 100));
  CsvRecord record;
  reader.next(record);
  BOOST_TEST(reader.separator() == '\t');
}

BOOST_AUTO_TEST_CASE(an_unclosed_quote_names_record_and_line) {
  for (std::size_t size = 1; size < 30; ++size) {
    BOOST_CHECK_EXCEPTION(
        (void)read("a,b\n\"x\ny\",1\n2,\"z\n3,4\n", size), Error,
        [](const Error& error) { return says(error, ErrorCode::invalid, "record 3 (line 4 of"); });
  }
}

BOOST_AUTO_TEST_CASE(nul_bytes_are_refused) {
  for (const auto text : {"a,b\n1,\0\n"sv, "a,b\n1,\"x\0\"\n"sv}) {
    BOOST_CHECK_EXCEPTION((void)read(text), Error, [](const Error& error) {
      return says(error, ErrorCode::invalid, "NUL byte in record 2 (line 2 of");
    });
  }
}

BOOST_AUTO_TEST_CASE(everything_has_a_limit) {
  const std::string cell(csv_cell_max, 'x');
  BOOST_TEST(read("h\n" + cell + "\n").size() == 2U);
  BOOST_CHECK_EXCEPTION((void)read("h\n" + cell + "x\n"), Error, [](const Error& error) {
    return says(error, ErrorCode::too_large, "1 MiB in record 2");
  });
  BOOST_CHECK_EXCEPTION((void)read("h\n\n\"a" + cell + "\n"), Error, [](const Error& error) {
    return says(error, ErrorCode::too_large, "line 3 is never closed");
  });
  std::string record = cell;
  for (int i = 0; i < 4; ++i) record += "," + cell;
  BOOST_CHECK_EXCEPTION((void)read(record), Error, [](const Error& error) {
    return says(error, ErrorCode::too_large, "4 MiB in record 1");
  });
  BOOST_TEST(read(std::string(csv_columns_max - 1, ',')).size() == 1U);
  BOOST_CHECK_EXCEPTION(
      (void)read(std::string(csv_columns_max, ',')), Error,
      [](const Error& error) { return says(error, ErrorCode::too_large, "1,024 columns"); });
}

BOOST_AUTO_TEST_CASE(other_formats_are_known) {
  for (const auto head : {"PK\x03\x04zz"sv, "\xD0\xCF\x11\xE0\xA1"sv, "%PDF-1.7"sv}) {
    BOOST_CHECK_EXCEPTION(refuse_other_formats(head), Error, [](const Error& error) {
      return says(error, ErrorCode::invalid, "save it as");
    });
  }
  BOOST_CHECK_NO_THROW(refuse_other_formats("PK,"));
  BOOST_CHECK_NO_THROW(refuse_other_formats(""));
}

BOOST_AUTO_TEST_SUITE_END()
