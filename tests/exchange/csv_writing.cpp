#include <boost/test/unit_test.hpp>
#include <utility>

#include "exchange/csv_reader.hpp"
#include "exchange/csv_writer.hpp"

using namespace renraku::exchange;

namespace {

const char* const cells[] = {"",           "a",          "=1+1", "+81-297-00-0010",
                             "-",          "@x",         "\tx",  "\rx",
                             "\nx",        "＝1",        "＋81", "－",
                             "＠x",        "'=x",        "''+x", "'",
                             "''",         "'a",         "a=b",  "x,y",
                             "say \"hi\"", "1\r\n2",     " a ",  "a;b",
                             "-\"1,2\"\n", "架空　太郎", "ー",   "\"",
                             "\"=1"};

}  // namespace

BOOST_AUTO_TEST_SUITE(csv_writer)

BOOST_AUTO_TEST_CASE(records_as_rfc_4180_has_them) {
  std::string out;
  CsvWriter writer(out);
  for (const char* cell : {"氏名", "a,b", "say \"hi\"", "1\n2", ""}) writer.cell(cell);
  writer.end_record();
  writer.cell("");
  writer.end_record();
  writer.cell("=1");
  writer.cell("-1,5");
  writer.end_record();
  BOOST_TEST(out == "氏名,\"a,b\",\"say \"\"hi\"\"\",\"1\n2\",\r\n\"\"\r\n'=1,\"'-1,5\"\r\n");
}

BOOST_AUTO_TEST_CASE(no_cell_begins_as_a_formula) {
  for (const char* cell :
       {"=1", "+1", "-1", "@1", "\t1", "\r1", "\n1", "＝1", "＋1", "－1", "＠1"}) {
    BOOST_TEST(harmless(cell) == "'" + std::string(cell));
  }
  BOOST_TEST(harmless("a=1") == "a=1");
  BOOST_TEST(harmless("ー") == "ー");
}

BOOST_AUTO_TEST_CASE(what_was_written_is_read_unchanged) {
  std::string out;
  CsvWriter writer(out);
  for (const char* cell : cells) writer.cell(cell);
  writer.end_record();
  for (const char* cell : cells) {
    BOOST_TEST(unharmed(harmless(cell)) == cell);
    writer.cell(cell);
    writer.end_record();
  }
  bool given = false;
  CsvReader reader([&] { return std::exchange(given, true) ? std::string_view() : out; });
  CsvRecord record;
  BOOST_REQUIRE(reader.next(record));
  BOOST_REQUIRE_EQUAL(record.cells.size(), std::size(cells));
  for (std::size_t i = 0; i < std::size(cells); ++i) {
    BOOST_TEST(unharmed(record.cells[i]) == cells[i]);
  }
  for (const char* cell : cells) {
    BOOST_REQUIRE(reader.next(record));
    BOOST_REQUIRE_EQUAL(record.cells.size(), 1U);
    BOOST_TEST(unharmed(record.cells[0]) == cell);
  }
  BOOST_TEST(!reader.next(record));
}

BOOST_AUTO_TEST_SUITE_END()
