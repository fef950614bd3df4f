// A signer and a witness that are files.
#include <fcntl.h>

#include <memory>
#include <renraku/described/witness.hpp>
#include <renraku/json.hpp>
#include <renraku/witness.hpp>

#include "access/journal/signer.hpp"
#include "base/file.hpp"
#include "crypto/base64.hpp"

namespace renraku {
namespace {

constexpr std::string_view key_word = "renraku journal signer 1 ";
/// Half a gigabyte is a head an hour of a hundred chains for a year, and more; removals are few.
constexpr std::uint64_t witness_limit = std::uint64_t{512} << 20;

std::string read_whole(const base::File& file) {
  std::string text(file.size(), '\0');
  text.resize(file.read_at(0, {reinterpret_cast<std::uint8_t*>(text.data()), text.size()}));
  return text;
}

crypto::Key make_key(base::File& file) {
  crypto::Key key = crypto::Key::random();
  std::string text = std::string(key_word) + crypto::base64(key.bytes()) + "\n";
  file.write_at(0, crypto::view_of(text));
  file.flush();
  crypto::wipe(text);
  return key;
}

crypto::Key read_key(const base::File& file) {
  constexpr std::size_t most = 128;
  std::string text = file.size() > most ? std::string() : read_whole(file);
  crypto::Key key = crypto::Key::blank();
  std::string_view rest = text;
  const bool named = rest.starts_with(key_word) && rest.ends_with('\n');
  if (named) {
    rest.remove_prefix(key_word.size());
    rest.remove_suffix(1);
  }
  const bool good = named && crypto::read_base64(rest, key.writable());
  crypto::wipe(text);
  if (!good) {
    throw Error(ErrorCode::invalid, "this file holds no key of a journal's signer",
                "journal_signer");
  }
  return key;
}

/// The file of a witness, opened for each use: it may be moved away, e.g. by a log's rotation.
class WitnessFile {
 public:
  explicit WitnessFile(std::filesystem::path path) : path_(std::move(path)) {}

  /// Appends heads or removals.
  template <class Record>
  void record(const std::vector<Record>& records) {
    base::File file(path_, O_RDWR | O_CREAT, called);
    hold(file);
    std::string lines;
    for (const Record& record : records) lines += to_json(record) + "\n";
    const std::uint64_t end = whole_lines(file);
    if (end + lines.size() > witness_limit) {
      throw Error(ErrorCode::too_large, "the witness is full; go on in another file", "witness");
    }
    // What a crash left of a line goes.
    file.cut(end);
    file.write_at(end, crypto::view_of(lines));
    file.flush();
    if (end == 0) base::flush_folder(std::filesystem::absolute(path_).parent_path());
  }

  [[nodiscard]] std::vector<SignedHead> heads() const {
    std::vector<SignedHead> heads;
    const base::File file(path_, O_RDONLY, called);
    each_line(file, [&](std::string_view line) {
      if (!is_removal(line)) heads.push_back(read<SignedHead>(line));
    });
    return heads;
  }

  [[nodiscard]] std::vector<SignedRemoval> removals() const {
    std::vector<SignedRemoval> removals;
    const base::File file(path_, O_RDONLY, called);
    each_line(file, [&](std::string_view line) {
      if (is_removal(line)) removals.push_back(read<SignedRemoval>(line));
    });
    return removals;
  }

 private:
  static constexpr const char* called = "the witness of the journal";
  /// A removal says how its signer came to sign: room for some thousand changes of signer.
  static constexpr std::size_t longest_line = std::size_t{1} << 20;

  static void hold(base::File& file) {
    if (file.try_lock()) return;
    throw Error(ErrorCode::busy, "another process writes to the witness; try again", "witness");
  }

  /// Told without reading the line: there are many heads, and few removals.
  static bool is_removal(std::string_view line) { return line.starts_with(R"({"kind":)"); }

  template <class Record>
  static Record read(std::string_view line) {
    try {
      return from_json<Record>(line);
    } catch (const Error&) {
      throw Error(ErrorCode::damaged, "a line of the witness is neither head nor removal",
                  "witness");
    }
  }

  template <class Visit>
  static void each_line(const base::File& file, Visit&& visit) {
    if (file.size() > witness_limit) {
      throw Error(ErrorCode::too_large, "this is too large for a witness", "witness");
    }
    std::string part(longest_line, '\0');
    std::string left;
    for (std::uint64_t at = 0;;) {
      const std::size_t size =
          file.read_at(at, {reinterpret_cast<std::uint8_t*>(part.data()), part.size()});
      if (size == 0) return;
      at += size;
      left.append(part, 0, size);
      std::size_t begin = 0;
      for (std::size_t end = 0; (end = left.find('\n', begin)) != std::string::npos;) {
        visit(std::string_view(left).substr(begin, end - begin));
        begin = end + 1;
      }
      left.erase(0, begin);
      if (left.size() > longest_line) {
        throw Error(ErrorCode::damaged, "a line of the witness has no end", "witness");
      }
    }
  }

  /// Where the last whole line ends; it is short, so the end of the file tells.
  static std::uint64_t whole_lines(const base::File& file) {
    const std::uint64_t size = file.size();
    const std::uint64_t from = size > longest_line ? size - longest_line : 0;
    std::string end(size - from, '\0');
    file.read_at(from, {reinterpret_cast<std::uint8_t*>(end.data()), end.size()});
    const std::size_t feed = end.rfind('\n');
    return feed == std::string::npos ? from : from + feed + 1;
  }

  std::filesystem::path path_;
};

}  // namespace

JournalSigner signer_in_file(const std::filesystem::path& path) {
  constexpr const char* called = "the key of the journal's signer";
  if (auto file = base::File::find(path, O_RDONLY, called)) {
    return access::signer_of(read_key(*file));
  }
  base::File made(path, O_RDWR | O_CREAT | O_EXCL, called);
  const crypto::Key key = make_key(made);
  base::flush_folder(std::filesystem::absolute(path).parent_path());
  return access::signer_of(key);
}

Witness witness_in_file(const std::filesystem::path& file) {
  const auto witness = std::make_shared<WitnessFile>(file);
  return {[witness](const std::vector<SignedHead>& heads) { witness->record(heads); },
          [witness] { return witness->heads(); },
          [witness](const std::vector<SignedRemoval>& removals) { witness->record(removals); },
          [witness] { return witness->removals(); }};
}

}  // namespace renraku
