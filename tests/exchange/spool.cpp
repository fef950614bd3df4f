// Rows of a program that are too many for memory.
#include "exchange/roster/spool.hpp"

#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <boost/test/unit_test.hpp>
#include <csignal>
#include <cstdlib>
#include <string>
#include <vector>

#include "exchange/roster/row_source.hpp"
#include "fixture/expect.hpp"

using namespace renraku;
using namespace renraku::exchange::roster;
using renraku::fixture::error_of;
using renraku::fixture::field_of;
namespace fs = std::filesystem;

namespace {

/// A folder that goes when the test ends.
class Folder {
 public:
  Folder() : path_((fs::temp_directory_path() / "renraku-spool-XXXXXX").string()) {
    BOOST_REQUIRE(::mkdtemp(path_.data()) != nullptr);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() { fs::remove_all(path_); }
  [[nodiscard]] fs::path path() const { return path_; }

 private:
  std::string path_;
};

/// This process may write files of so many bytes as long as this lives.
class SmallFiles {
 public:
  explicit SmallFiles(::rlim_t size) : before_(std::signal(SIGXFSZ, SIG_IGN)) {
    ::getrlimit(RLIMIT_FSIZE, &limit_);
    const rlimit small{size, limit_.rlim_max};
    BOOST_REQUIRE(::setrlimit(RLIMIT_FSIZE, &small) == 0);
  }
  SmallFiles(const SmallFiles&) = delete;
  SmallFiles& operator=(const SmallFiles&) = delete;
  ~SmallFiles() {
    ::setrlimit(RLIMIT_FSIZE, &limit_);
    std::signal(SIGXFSZ, before_);
  }

 private:
  rlimit limit_{};
  void (*before_)(int);
};

/// The files of `folder` that this process has open, those without a name too.
std::vector<fs::path> open_files(const fs::path& folder) {
  std::vector<fs::path> found;
  for (const auto& entry : fs::directory_iterator("/proc/self/fd")) {
    std::error_code gone;
    const std::string target = fs::read_symlink(entry.path(), gone).string();
    if (!gone && target.starts_with(folder.string() + "/")) found.push_back(entry.path());
  }
  return found;
}

std::string text_of(const crypto::Bytes& bytes) {
  return {bytes.begin(), bytes.end()};
}

/// A header and `count` rows, each of its number, an empty cell and a long one.
auto rows(int count) {
  return [count, at = 0](std::vector<std::string>& cells) mutable {
    if (at > count) return false;
    cells = {std::to_string(at), "", std::string(1000, static_cast<char>('a' + at % 26))};
    ++at;
    return true;
  };
}

/// Reads all of them and holds them against what rows(count) gave.
void must_give(RowSource& source, int count) {
  RawRow row;
  for (int at = 0; at <= count; ++at) {
    BOOST_REQUIRE(source.next(row));
    BOOST_REQUIRE(row.line == at + 1);
    BOOST_REQUIRE(row.cells.size() == 3u);
    BOOST_REQUIRE(row.cells[0] == std::to_string(at));
    BOOST_REQUIRE(row.cells[1].empty());
    BOOST_REQUIRE(row.cells[2] == std::string(1000, static_cast<char>('a' + at % 26)));
  }
  BOOST_TEST(!source.next(row));
  BOOST_TEST(source.bytes_read() == source.bytes_in_all());
}

}  // namespace

BOOST_AUTO_TEST_SUITE(spool)

BOOST_AUTO_TEST_CASE(gives_back_its_blocks_in_any_order) {
  Folder folder;
  Spool spool(folder.path());
  BOOST_TEST(open_files(folder.path()).empty());
  const std::vector<std::string> blocks{"a", "", std::string(3'000'000, 'b'), "架空"};
  for (const std::string& block : blocks) spool.append(block);
  BOOST_REQUIRE(spool.blocks() == blocks.size());
  for (const std::size_t block : {3u, 0u, 2u, 1u, 2u}) {
    BOOST_TEST((text_of(spool.read(block)) == blocks[block]));
  }
}

BOOST_AUTO_TEST_CASE(its_file_has_no_name_and_goes_with_it) {
  Folder folder;
  {
    Spool spool(folder.path());
    spool.append("text");
    BOOST_TEST(open_files(folder.path()).size() == 1u);
    BOOST_TEST(fs::is_empty(folder.path()));
  }
  BOOST_TEST(open_files(folder.path()).empty());
}

BOOST_AUTO_TEST_CASE(what_was_altered_moved_or_cut_does_not_open) {
  Folder folder;
  Spool spool(folder.path());
  spool.append(std::string(100, 'a'));
  spool.append(std::string(100, 'b'));
  const fs::path file = open_files(folder.path()).at(0);
  const int other = ::open(file.c_str(), O_RDWR | O_CLOEXEC);
  BOOST_REQUIRE(other >= 0);
  std::string bytes(266, '\0');
  BOOST_REQUIRE(::pread(other, bytes.data(), bytes.size(), 0) == 266);
  BOOST_TEST(bytes.find("aaa") == std::string::npos);
  // The second in the first one's place.
  BOOST_REQUIRE(::pwrite(other, bytes.data() + 133, 133, 0) == 133);
  BOOST_TEST(error_of([&] { return spool.read(0); }) == "damaged");
  BOOST_TEST((text_of(spool.read(1)) == std::string(100, 'b')));
  bytes[200] = static_cast<char>(bytes[200] ^ 1);
  BOOST_REQUIRE(::pwrite(other, bytes.data(), bytes.size(), 0) == 266);
  BOOST_TEST((text_of(spool.read(0)) == std::string(100, 'a')));
  BOOST_TEST(error_of([&] { return spool.read(1); }) == "damaged");
  BOOST_REQUIRE(::ftruncate(other, 150) == 0);
  BOOST_TEST(error_of([&] { return spool.read(1); }) == "io");
  ::close(other);
}

BOOST_AUTO_TEST_CASE(a_full_disk_and_a_folder_that_is_not_there_are_told) {
  Folder folder;
  Spool spool(folder.path());
  spool.append("before");
  {
    const SmallFiles small(1 << 20);
    BOOST_TEST(error_of([&] {
                 spool.append(std::string(3 << 20, 'x'));
                 return 0;
               }) == "disk_full");
  }
  BOOST_TEST(spool.blocks() == 1u);
  spool.append("after");
  BOOST_TEST((text_of(spool.read(0)) == "before"));
  BOOST_TEST((text_of(spool.read(1)) == "after"));
  Spool nowhere(folder.path() / "none");
  const auto append = [&] {
    nowhere.append("x");
    return 0;
  };
  BOOST_TEST(error_of(append) == "io");
  BOOST_TEST(field_of(append) == "rows");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(collected_rows)

BOOST_AUTO_TEST_CASE(come_again_and_again_however_many_they_are) {
  Folder folder;
  for (const int count : {0, 1, 1'038, 1'039, 5'000}) {
    const auto source = collect_rows(rows(count), folder.path());
    must_give(*source, count);
    source->rewind();
    RawRow row;
    for (int at = 0; at < count / 2; ++at) BOOST_REQUIRE(source->next(row));
    source->rewind();
    must_give(*source, count);
  }
}

BOOST_AUTO_TEST_CASE(few_stay_in_memory_and_many_do_not) {
  Folder folder;
  const auto few = collect_rows(rows(500), folder.path());
  BOOST_TEST(open_files(folder.path()).empty());
  const auto many = collect_rows(rows(5'000), folder.path());
  BOOST_REQUIRE(open_files(folder.path()).size() == 1u);
  const auto spooled = fs::file_size(open_files(folder.path())[0]);
  BOOST_TEST(spooled > 3'000'000u);
  BOOST_TEST(static_cast<std::uintmax_t>(many->bytes_in_all()) < spooled + (1 << 20));
  const auto kept = collect_rows(rows(5'000), {});
  must_give(*kept, 5'000);
}

BOOST_AUTO_TEST_CASE(a_row_larger_than_a_block_is_a_block_of_its_own) {
  Folder folder;
  const std::vector<std::vector<std::string>> given{
      {"甲"}, {std::string(1 << 20, 'x'), std::string(1 << 20, 'y')}, {"\xff乙"}};
  std::size_t at = 0;
  const auto source = collect_rows(
      [&](std::vector<std::string>& cells) {
        if (at == given.size()) return false;
        cells = given[at++];
        return true;
      },
      folder.path());
  RawRow row;
  BOOST_REQUIRE(source->next(row));
  BOOST_TEST((row.cells[0] == "甲"));
  BOOST_REQUIRE(source->next(row));
  BOOST_TEST((row.cells[1] == given[1][1]));
  BOOST_REQUIRE(source->next(row));
  BOOST_TEST((row.cells[0] == "\xEF\xBF\xBD乙"));
  BOOST_TEST(!source->next(row));
}

BOOST_AUTO_TEST_SUITE_END()
