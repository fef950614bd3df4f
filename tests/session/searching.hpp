// People who have much in common, and every search by text that finds them: for tests that hold one
// way of searching against another.
#pragma once

#include <fmt/format.h>

#include <boost/test/unit_test.hpp>
#include <fstream>
#include <map>
#include <renraku/renraku.hpp>
#include <set>
#include <string>
#include <vector>

#include "fixture/city.hpp"

namespace renraku::fixture {

template <class T>
const T& one_of(const std::vector<T>& all, int number) {
  return all[static_cast<std::size_t>(number) % all.size()];
}

/// People whose texts have much in common: spellings of one name, kana of all widths, numbers.
inline Person somebody(int number) {
  static const std::vector<std::string> families{"髙橋", "高橋", "渡邉", "渡辺", "𠮷田",
                                                 "吉田", "髙",   "橋",   "齋藤", "山田"};
  static const std::vector<std::string> family_kana{"タカハシ", "たかはし", "ﾜﾀﾅﾍﾞ", "わたなべ",
                                                    "ヨシダ",   "よしだ",   "コウ",  "ハシ",
                                                    "サイトウ", "ヤマダ"};
  static const std::vector<std::string> given{"久枝", "久", "三郎", "花子", "ー", "ハナ", "一二三"};
  static const std::vector<std::string> given_kana{"ヒサエ", "ヒサ", "サブロウ", "ハナコ",
                                                   "",       "ﾊﾅ",   "ひふみ"};
  Person person = resident(one_of(families, number) + "　" + one_of(given, number / 3),
                           one_of(family_kana, number) + " " + one_of(given_kana, number / 3));
  person.addresses.front().text =
      fmt::format("架空市{}{}丁目{}番地",
                  one_of(std::vector<std::string>{"奥里", "架空町", "ヶ丘"}, number / 2),
                  number % 7, number % 31);
  const std::string digits = fmt::format("029700{:04}", number % 9000);
  person.phones.front() = {PhoneKind::home, digits, digits};
  if (number % 4 == 0) person.municipal_number = fmt::format("N{}", number);
  return person;
}

inline Evacuee entry_of(int number) {
  Evacuee entry;
  entry.reference = fmt::format("甲-{}", number);
  return entry;
}

/// Needles of one to four characters out of what is there, and some of what is not.
inline std::vector<std::string> needles() {
  std::set<std::string> all{"",   "　",  "橋",     "どこ", "久枝橋",   "郎 サ",  "髙 橋", "たかは",
                            "-1", "甲-", "花子丁", "029",  "０２９７", "１丁目", "N1",    "7丁目3"};
  for (const std::string word : {"高橋久", "ワタナベ", "ﾖｼﾀﾞ", "𠮷田三", "奥里", "ヶ丘1", "一二三",
                                 "甲-12", "ハナコ", "2970001"}) {
    std::vector<std::string> characters;
    for (std::size_t at = 0; at < word.size();) {
      std::size_t end = at + 1;
      while (end < word.size() && (static_cast<unsigned char>(word[end]) & 0xC0U) == 0x80U) ++end;
      characters.push_back(word.substr(at, end - at));
      at = end;
    }
    for (std::size_t begin = 0; begin < characters.size(); ++begin) {
      std::string needle;
      for (std::size_t end = begin; end < std::min(begin + 4, characters.size()); ++end) {
        all.insert(needle += characters[end]);
      }
    }
  }
  return {all.begin(), all.end()};
}

template <class List>
std::string ids(List&& list, int size) {
  std::string found;
  PageRequest request{{}, size};
  do {
    const auto page = list(request);
    for (const auto& item : page.items) found += item.name + '/' + item.id.text() + ' ';
    request.after = page.next;
    found += '|';
  } while (!request.after.empty());
  return found;
}

using Answers = std::map<std::string, std::string>;

/// What every search by text finds, on pages of several sizes.
inline Answers answers(const Session& session, int each = 1) {
  Answers all;
  const auto find = [&](const std::string& what, const PersonFilter& filter, int size) {
    all[what] =
        ids([&](const PageRequest& page) { return session.people().find(filter, page); }, size);
  };
  int number = 0;
  for (const std::string& needle : needles()) {
    if (++number % each != 0) continue;
    const int size = 37 + 40 * (number % 5);
    PersonFilter filter;
    filter.name = needle;
    find("name " + needle, filter, 200);
    filter.kana = "ハ";
    find("name, short kana " + needle, filter, size);
    filter = {};
    filter.kana = needle;
    filter.address = "架空";
    find("kana, address " + needle, filter, size);
    filter = {};
    filter.address = needle;
    find("address " + needle, filter, 200);
    filter = {};
    filter.text = needle;
    find("text " + needle, filter, size);
    filter.name = "橋";
    find("text, short name " + needle, filter, 200);
    EvacueeFilter entries;
    entries.text = needle;
    all["entries " + needle] =
        ids([&](const PageRequest& page) { return session.evacuees().list(entries, page); }, size);
  }
  return all;
}

inline void must_be_same(const Answers& one, const Answers& other) {
  BOOST_REQUIRE(one.size() == other.size());
  for (const auto& [what, found] : one) BOOST_TEST(found == other.at(what), what);
}

inline void import_many(const City& city, const Session& officer, int first, int people) {
  const auto file = city.path().parent_path() / "many.csv";
  std::ofstream csv(file);
  csv << "管理番号,氏名,フリガナ,生年月日,住所,電話\n";
  for (int i = first; i < first + people; ++i) {
    const Person person = somebody(i);
    csv << "甲-" << i << ',' << person.name << ',' << person.kana << ",S15.3.5,"
        << person.addresses.front().text << ',' << person.phones.front().digits << '\n';
  }
  csv.close();
  ImportOptions options;
  options.accept_large = true;
  officer.roster().import_file(file, options);
}

inline std::vector<std::string> named(const Session& session, const std::string& name) {
  PersonFilter filter;
  filter.name = name;
  std::vector<std::string> names;
  for (const Person& person : session.people().find(filter).items) names.push_back(person.name);
  return names;
}

inline boost::unit_test::precondition on_a_server_alone() {
  return boost::unit_test::precondition([](boost::unit_test::test_unit_id) {
    boost::test_tools::assertion_result runs(on_a_server());
    runs.message() << "nothing is kept for a folder";
    return runs;
  });
}

}  // namespace renraku::fixture
