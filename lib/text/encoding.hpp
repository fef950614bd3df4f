// The encodings a municipal CSV comes in, which of them a file is, and the way to UTF-8 and back.
//
// CP932 is what Windows means by it (Windows-31J; ICU's ibm-943_P15A-2003, whose pairs were held
// against Windows' table): JIS X 0208, NEC row 13, NEC-selected IBM extensions ED/EE, IBM
// extensions FA-FC, and the user-defined F040-F9FC as U+E000-U+E757. The single bytes 80, A0 and
// FD-FF are errors, bytes below 80 are ASCII. It is not Shift_JIS, which lacks 髙, ① and more.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace renraku::text {

enum class Encoding : std::uint8_t { utf8, utf8_bom, cp932, utf16le, utf16be };

/// "utf-8", "utf-8-bom", "cp932", "utf-16le" or "utf-16be".
[[nodiscard]] std::string_view encoding_name(Encoding encoding) noexcept;

/// The encoding of that name. Case does not matter, and the usual other names are known ("utf8",
/// "utf-8-sig", "windows-31j", "ms932", "sjis", "shift_jis"). Throws Error{invalid_argument}.
[[nodiscard]] Encoding parse_encoding(std::string_view name);

/// Turns bytes into UTF-8, chunk by chunk; characters may straddle chunks.
///
/// Strict: the first byte that no character of the encoding begins or goes on with throws
/// Error{encoding} with its offset from the first byte fed. A byte order mark at the start is
/// dropped. After an error the object is of no further use. One thread at a time.
class Decoder {
 public:
  explicit Decoder(Encoding encoding) noexcept : encoding_(encoding) {}

  /// Appends to `out` the UTF-8 of all characters that are whole by now.
  void decode(std::string_view chunk, std::string& out);
  /// To be called after the last chunk: throws Error{encoding} if the text ends within a character.
  void finish() const;

  /// As decode(), but answers the offset of the first bad byte instead of throwing.
  [[nodiscard]] std::optional<std::uint64_t> try_decode(std::string_view chunk, std::string& out);
  /// As finish(), likewise.
  [[nodiscard]] std::optional<std::uint64_t> try_finish() const noexcept;

 private:
  Encoding encoding_;
  std::uint64_t offset_ = 0;  // of the first byte of pending_
  std::string pending_;       // the beginning of a character, at most 3 bytes
};

/// Decodes a whole text at once, as Decoder does.
[[nodiscard]] std::string decode(std::string_view bytes, Encoding encoding);

/// Finds out the encoding of a text that may be larger than memory.
///
/// In this order: a byte order mark decides; the zero bytes that UTF-16 leaves beside digits,
/// commas and line ends decide (looked for in the first 64 KiB; such bytes would also pass as
/// UTF-8 full of NULs, so they come first); then UTF-8 if every byte is, then CP932 if every byte
/// is. Pure ASCII and the empty text are utf8.
class EncodingDetector {
 public:
  EncodingDetector();

  /// Feeds the next bytes. Returns false once more bytes can't change the answer.
  bool feed(std::string_view chunk);
  /// The answer. Throws Error{encoding} naming the offset at which each candidate failed.
  [[nodiscard]] Encoding finish();

 private:
  struct Candidate {
    Decoder decoder;
    std::optional<std::uint64_t> failed_at;
    void feed(std::string_view chunk, std::string& scratch);
  };

  void look_at_head();

  std::string head_;
  bool looked_ = false;
  std::optional<Encoding> decided_;
  Candidate utf8_{Decoder(Encoding::utf8), {}};
  Candidate cp932_{Decoder(Encoding::cp932), {}};
  std::string scratch_;
};

/// The encoding of bytes that are all at hand, as EncodingDetector finds it.
[[nodiscard]] Encoding detect_encoding(std::string_view bytes);

/// What a text lost on its way into CP932.
struct EncodingLoss {
  /// How many positions are kept.
  static constexpr std::size_t positions_max = 100;

  /// Characters that CP932 does not have, each written as 〓 (81 AC).
  std::size_t replaced = 0;
  /// Variation selectors and zero-width marks, which were left out; the character before is whole.
  std::size_t dropped = 0;
  /// Byte offsets in the UTF-8 text of the first characters counted above.
  std::vector<std::size_t> positions;
};

/// Appends UTF-8 as CP932 and adds to `loss` what could not be kept.
///
/// Where CP932 has a character several times the code is the one Windows writes: JIS X 0208
/// before NEC row 13 before IBM extensions FA-FC, never ED/EE. U+E000-U+E757 become F040-F9FC.
/// Written without loss are the twins of characters it has (U+301C, 2212, 2016, 2014, and ¢ £ ¬ ¥ ¦
/// as their full-width forms) and kana with a combining (semi-)voiced mark. Every other character
/// is replaced by exactly one 〓, so that no neighbour and no delimiter is lost.
void encode_cp932(std::string_view utf8, std::string& out, EncodingLoss& loss);

}  // namespace renraku::text
