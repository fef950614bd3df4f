#include "crypto/key_file.hpp"

#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <thread>
#include <vector>

#include "crypto/hash.hpp"
#include "expect.hpp"

using namespace renraku;
using namespace renraku::crypto;
namespace fs = std::filesystem;

namespace {

constexpr Instant now{1'790'000'000'000'000};

struct Folder {
  Folder() {
    std::string pattern = (fs::temp_directory_path() / "renraku-keys-XXXXXX").string();
    BOOST_REQUIRE(mkdtemp(pattern.data()) != nullptr);
    folder = pattern;
    path = folder / "keys";
    Uuid id;
    id.bytes[0] = 7;
    header = create_key_header(id, now);
    add_host_key_slot(header, store_key, "first", host_key, now);
  }
  ~Folder() { fs::remove_all(folder); }

  void write(ByteView bytes) const {
    std::ofstream(path, std::ios::binary)
        .write(reinterpret_cast<const char*>(bytes.data()),
               static_cast<std::streamsize>(bytes.size()));
  }
  Bytes bytes() const {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  void add_slot(KeyHeader& to, const std::string& name) const {
    add_host_key_slot(to, store_key, name, host_key, now);
  }

  fs::path folder;
  fs::path path;
  Key store_key = Key::random();
  Key host_key = Key::random();
  KeyHeader header;
};

Bytes two_copies(const Bytes& first, const Bytes& second) {
  Bytes file = first;
  file.insert(file.end(), second.begin(), second.end());
  return file;
}

void expect_refused(ByteView file, ErrorCode code) {
  BOOST_CHECK_EXCEPTION(static_cast<void>(decode_key_file(file)), Error, kind(code));
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(key_file, Folder)

BOOST_AUTO_TEST_CASE(holds_what_was_written) {
  write_key_header(path, header);
  BOOST_TEST(header.generation == 1u);
  BOOST_TEST(fs::file_size(path) == key_file_size);
  const StoredKeyHeader stored = read_key_header(path);
  BOOST_TEST((stored.header == header));
  BOOST_TEST(stored.sound());
  BOOST_TEST(!stored.unfinished);
  BOOST_TEST(std::distance(fs::directory_iterator(folder), {}) == 1);
}

BOOST_AUTO_TEST_CASE(is_for_its_owner_alone) {
  write_key_header(path, header);
  struct stat status {};
  BOOST_REQUIRE(stat(path.c_str(), &status) == 0);
  BOOST_TEST((status.st_mode & 0777) == 0600u);
}

BOOST_AUTO_TEST_CASE(is_replaced_as_often_as_wanted) {
  write_key_header(path, header);
  for (int i = 0; i < 5; ++i) {
    KeyHeader read = read_key_header(path).header;
    add_slot(read, "slot " + std::to_string(i));
    write_key_header(path, read);
    const StoredKeyHeader stored = read_key_header(path);
    BOOST_TEST((stored.header == read));
    BOOST_TEST(stored.sound());
    BOOST_TEST(!stored.unfinished);
  }
  BOOST_TEST(read_key_header(path).header.generation == 6u);
}

BOOST_AUTO_TEST_CASE(is_not_made_over_another) {
  KeyHeader second = header;
  write_key_header(path, header);
  const Bytes before = bytes();
  BOOST_CHECK_EXCEPTION(write_key_header(path, second), Error, kind(ErrorCode::exists));
  BOOST_TEST(bytes() == before);
  BOOST_TEST(std::distance(fs::directory_iterator(folder), {}) == 1);
}

BOOST_AUTO_TEST_CASE(a_change_based_on_an_old_one_is_refused) {
  write_key_header(path, header);
  KeyHeader mine = read_key_header(path).header;
  KeyHeader theirs = mine;
  add_slot(theirs, "theirs");
  write_key_header(path, theirs);
  add_slot(mine, "mine");
  BOOST_CHECK_EXCEPTION(write_key_header(path, mine), Error, kind(ErrorCode::conflict));
  BOOST_TEST((read_key_header(path).header == theirs));
}

BOOST_AUTO_TEST_CASE(no_change_of_many_threads_is_lost) {
  write_key_header(path, header);
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&, t] {
      for (bool done = false; !done;) {
        KeyHeader mine = read_key_header(path).header;
        add_slot(mine, "thread " + std::to_string(t));
        try {
          write_key_header(path, mine);
          done = true;
        } catch (const Error& error) {
          if (error.code() != ErrorCode::conflict) throw;
        }
      }
    });
  }
  for (auto& thread : threads) thread.join();
  BOOST_TEST(read_key_header(path).header.slots.size() == 5u);
}

BOOST_AUTO_TEST_CASE(without_slots_is_refused) {
  KeyHeader empty = create_key_header(header.store_id, now);
  BOOST_CHECK_EXCEPTION(write_key_header(path, empty), Error, kind(ErrorCode::invalid_argument));
}

BOOST_AUTO_TEST_CASE(holds_the_largest_header) {
  for (std::size_t i = 1; i < slot_limit; ++i) {
    add_passphrase_slot(header, store_key, std::string(97, 'n') + std::to_string(100 + i), "x",
                        Argon2Cost::for_tests(), now);
  }
  write_key_header(path, header);
  BOOST_TEST((read_key_header(path).header == header));
}

// Every byte that means something, and a sample of the zeros between.
BOOST_AUTO_TEST_CASE(each_flipped_byte_is_noticed) {
  header.generation = 1;
  const Bytes copy = encode_key_copy(header);
  Bytes file = two_copies(copy, copy);
  for (std::size_t at = 0; at < file.size(); ++at) {
    const std::size_t within = at % key_copy_size;
    if (within >= 300 && within < key_copy_size - 32 && at % 37 != 0) continue;
    file[at] ^= 0x20;
    const StoredKeyHeader stored = decode_key_file(file);
    BOOST_REQUIRE((stored.header == header));
    BOOST_REQUIRE(!stored.sound());
    BOOST_REQUIRE(stored.damaged[at / key_copy_size]);
    BOOST_REQUIRE(!stored.damaged[1 - at / key_copy_size]);
    file[at] ^= 0x20;
  }
  BOOST_TEST(decode_key_file(file).sound());
}

BOOST_AUTO_TEST_CASE(flipped_in_both_copies_is_damaged) {
  header.generation = 1;
  const Bytes copy = encode_key_copy(header);
  for (std::size_t at = 0; at < key_copy_size; at += at < 300 ? 1 : 997) {
    Bytes file = two_copies(copy, copy);
    file[at] ^= 1;
    file[key_copy_size + at] ^= 0x80;
    expect_refused(file, ErrorCode::damaged);
  }
}

BOOST_AUTO_TEST_CASE(a_write_cut_short_leaves_a_whole_copy) {
  header.generation = 1;
  const Bytes old_copy = encode_key_copy(header);
  KeyHeader changed = header;
  add_slot(changed, "second");
  changed.generation = 2;
  const Bytes new_copy = encode_key_copy(changed);
  for (const std::size_t index : {1u, 0u}) {  // the order in which they are written
    // From the first byte in which the copies differ.
    for (std::size_t written = 61; written < key_copy_size; written += 61) {
      Bytes file = index == 1 ? two_copies(old_copy, old_copy) : two_copies(old_copy, new_copy);
      std::copy_n(new_copy.begin(), written,
                  file.begin() + static_cast<std::ptrdiff_t>(index * key_copy_size));
      const StoredKeyHeader stored = decode_key_file(file);
      BOOST_REQUIRE((stored.header == (index == 1 ? header : changed)));
      BOOST_REQUIRE((stored.unfinished || stored.damaged[index]));
    }
  }
  BOOST_TEST((decode_key_file(two_copies(old_copy, new_copy)).header == changed));
  BOOST_TEST((decode_key_file(two_copies(new_copy, old_copy)).header == changed));
}

BOOST_AUTO_TEST_CASE(the_next_write_mends_it_and_spares_the_good_copy) {
  write_key_header(path, header);
  for (const std::size_t index : {0u, 1u}) {
    Bytes file = bytes();
    file[index * key_copy_size + 50] ^= 1;
    write(file);
    KeyHeader read = read_key_header(path).header;
    add_slot(read, "after " + std::to_string(index));
    write_key_header(path, read);
    const StoredKeyHeader stored = read_key_header(path);
    BOOST_TEST((stored.header == read));
    BOOST_TEST(stored.sound());
  }
}

// The system kills the child at the byte of the file given as its limit.
BOOST_AUTO_TEST_CASE(a_killed_writer_leaves_a_whole_copy) {
  write_key_header(path, header);
  const Bytes whole = bytes();
  KeyHeader changed = header;
  add_slot(changed, "second");
  for (const int damaged_copy : {-1, 0, 1}) {
    for (const std::size_t limit : {1u, 100u, 16383u, 16384u, 16484u, 32767u}) {
      Bytes file = whole;
      if (damaged_copy >= 0) file[static_cast<std::size_t>(damaged_copy) * key_copy_size + 60] ^= 1;
      write(file);
      const pid_t child = fork();
      if (child == 0) {
        const rlimit none{0, 0};
        setrlimit(RLIMIT_CORE, &none);
        const rlimit most{limit, limit};
        setrlimit(RLIMIT_FSIZE, &most);
        signal(SIGXFSZ, SIG_DFL);
        write_key_header(path, changed);
        _exit(0);
      }
      int status = 0;
      waitpid(child, &status, 0);
      BOOST_TEST(WIFSIGNALED(status));
      const KeyHeader left = read_key_header(path).header;
      BOOST_TEST((left.slots == header.slots || left.slots == changed.slots));
      BOOST_TEST(left.generation == left.slots.size());  // first write one slot, second two
    }
  }
}

BOOST_AUTO_TEST_CASE(of_a_wrong_size_opens_and_is_mended) {
  write_key_header(path, header);
  for (const std::size_t size : {key_copy_size, key_copy_size + 100, key_file_size + 5}) {
    Bytes file = bytes();
    file.resize(size);
    write(file);
    StoredKeyHeader stored = read_key_header(path);
    BOOST_TEST(stored.wrong_size);
    BOOST_TEST(!stored.sound());
    write_key_header(path, stored.header);
    BOOST_TEST(read_key_header(path).sound());
  }
}

BOOST_AUTO_TEST_CASE(cut_inside_the_first_copy_is_damaged) {
  header.generation = 1;
  const Bytes copy = encode_key_copy(header);
  for (const std::size_t size : {0u, 1u, 5u, 13u, 100u, 16383u}) {
    expect_refused(ByteView(copy).first(size), ErrorCode::damaged);
  }
}

BOOST_AUTO_TEST_CASE(other_files_are_told_apart) {
  Bytes sqlite(8192);
  std::ranges::copy(view_of({"SQLite format 3\0", 16}), sqlite.begin());
  expect_refused(sqlite, ErrorCode::plaintext);
  expect_refused(view_of("氏名,住所,電話\r\n"), ErrorCode::not_a_store);
  expect_refused(Bytes(key_file_size, 0), ErrorCode::not_a_store);
  expect_refused(Bytes(100, 0xa5), ErrorCode::not_a_store);
}

BOOST_AUTO_TEST_CASE(of_a_later_version_is_told_apart) {
  header.generation = 3;
  Bytes newer = encode_key_copy(header);
  newer[24] = 9;  // the header's format version, after magic, generation and length
  const Digest checksum = sha256(ByteView(newer).first(key_copy_size - 32));
  std::ranges::copy(checksum, newer.end() - 32);
  expect_refused(two_copies(newer, newer), ErrorCode::newer_format);
  header.generation = 2;  // an upgrade cut short is an upgrade
  expect_refused(two_copies(encode_key_copy(header), newer), ErrorCode::newer_format);
}

BOOST_AUTO_TEST_CASE(missing_is_no_store) {
  const auto refused = [](const fs::path& where) {
    BOOST_CHECK_EXCEPTION(static_cast<void>(read_key_header(where)), Error,
                          kind(ErrorCode::not_a_store));
  };
  refused(path);
  refused(folder);
  refused(path / "under");
  fs::create_symlink("elsewhere", path);
  BOOST_CHECK_THROW(static_cast<void>(read_key_header(path)), Error);
}

BOOST_AUTO_TEST_CASE(that_cannot_be_made_says_so) {
  BOOST_CHECK_THROW(write_key_header(folder / "none" / "keys", header), Error);
  BOOST_TEST(header.generation == 0u);
}

BOOST_AUTO_TEST_SUITE_END()
