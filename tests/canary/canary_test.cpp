// A person who exists nowhere else is planted in every field of every record. Afterwards none of
// the person's words may stand in a file of the store, in an error's text, in a line of the log, on
// a standard stream or in a temporary file: neither as written nor in another encoding, nor folded
// for searching.
#include <unistd.h>

#include <boost/test/unit_test.hpp>

#include "canary/planting.hpp"

using namespace renraku;
using namespace renraku::canary;
using namespace renraku::fixture;
namespace fs = std::filesystem;

namespace {

/// Nor a secret, a sign-in name or what people called a key slot.
void log_must_not_tell(const std::string& log) {
  for (const char* said : {"was made", "was opened", "held off", "was closed"}) {
    BOOST_TEST(log.find(said) != std::string::npos, said);
  }
  BOOST_TEST(!planted().in_bytes(log), log);
  for (const std::string kept : {passphrase, password, "kanri", "情報政策課", "金庫"}) {
    BOOST_TEST(log.find(kept) == std::string::npos, kept);
  }
}

/// Sends both standard streams into a file as long as it lives.
class CapturedStreams {
 public:
  explicit CapturedStreams(const fs::path& file) : out_(::dup(1)), err_(::dup(2)) {
    std::FILE* to = std::fopen(file.c_str(), "wb");
    ::dup2(::fileno(to), 1);
    ::dup2(::fileno(to), 2);
    std::fclose(to);
  }
  CapturedStreams(const CapturedStreams&) = delete;
  CapturedStreams& operator=(const CapturedStreams&) = delete;
  ~CapturedStreams() {
    std::fflush(nullptr);
    ::dup2(out_, 1);
    ::dup2(err_, 2);
    ::close(out_);
    ::close(err_);
  }

 private:
  int out_;
  int err_;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(canary_words)

BOOST_AUTO_TEST_CASE(the_search_for_them_finds_each_form) {
  for (const Form& form : planted().forms()) {
    BOOST_TEST(planted().in_bytes("before" + form.bytes + "after").has_value(), form.of);
  }
  BOOST_TEST(planted().forms().size() > 400u);
  BOOST_TEST(!planted().in_bytes("nothing"));
}

BOOST_AUTO_TEST_CASE(and_in_a_text_what_it_writes_in_other_letters) {
  const auto found = [](const std::string& text) { return planted().in_text(text).has_value(); };
  for (const char* text :
       {"kept: 0298765432", "part: 9876543", "a day 19310729.", "S6.7.29", "1931-07-29",
        "\\x0030323938373635343332ff",  // the phone
        "\t\\\\xe9b3a5e5b185e59d82e9ba97e5a588e8a19be99680\t",
        "ICAg6bOl5bGF5Z2C6bqX5aWI6KGb6ZaA",  // the name behind blanks
        "トリイザカレナエモン", "とりいざかれなえもん", "ﾄﾘｲｻﾞｶﾚﾅｴﾓﾝ", "０２９８７６５４３２"}) {
    BOOST_TEST(found(text), text);
  }
  // Times and keys hold any seven digits by chance.
  for (const char* text : {"", "1795987654321000", "abc9876543def", "\\x9876543a"}) {
    BOOST_TEST(!found(text), text);
  }
}

BOOST_AUTO_TEST_CASE(they_appear_in_no_file_no_error_and_on_no_stream) {
  TemporaryFolder temporary;
  // Temporary files, of SQLite too, would be made here.
  const fs::path temp = temporary.path() / "tmp";
  fs::create_directory(temp);
  ::setenv("TMPDIR", temp.c_str(), 1);
  ::setenv("SQLITE_TMPDIR", temp.c_str(), 1);
  const fs::path streams = temporary.path() / "streams";
  std::string said;
  {
    City city;
    {
      const CapturedStreams captured(streams);
      said = plant(city);
    }
    files_must_not_tell(city.found().path, 2);  // with the log, before it is merged
    BOOST_TEST(!planted().in_bytes(said), said);
    {
      const CapturedStreams captured(streams);
      city.reopen();
      BOOST_TEST(city.store().check().sound);
      city.close();
    }
    log_must_not_tell(city.log());
    files_must_not_tell(city.found().path, 1);
    files_must_not_tell(temp, 1);
  }
  BOOST_TEST(content(streams).empty(), content(streams));
  BOOST_TEST(fs::is_empty(temp));
  ::unsetenv("TMPDIR");
  ::unsetenv("SQLITE_TMPDIR");
}

BOOST_AUTO_TEST_SUITE_END()
