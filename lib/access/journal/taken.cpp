#include "access/journal/taken.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "crypto/base64.hpp"

namespace renraku::access {
namespace {

constexpr std::string_view word = "took ";

/// The words of a detail; as many as there have to be, or none.
std::optional<std::array<std::string_view, 5>> words_of(std::string_view detail) {
  std::array<std::string_view, 5> words;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::size_t end = detail.find(' ');
    const bool is_last = i + 1 == words.size();
    if ((end == std::string_view::npos) != is_last) return std::nullopt;
    words[i] = detail.substr(0, end);
    if (!is_last) detail.remove_prefix(end + 1);
  }
  return words;
}

std::optional<Uuid> id_in(std::string_view text) {
  try {
    return Uuid::parse(text);
  } catch (const Error&) {
    return std::nullopt;
  }
}

template <class Array>
void copy_whole(const crypto::Bytes& bytes, Array& out) {
  if (bytes.size() != out.size()) {
    throw Error(ErrorCode::damaged, "a chain of the journal has no whole head; run a check");
  }
  std::ranges::copy(bytes, out.begin());
}

}  // namespace

std::string TakenChain::text() const {
  return fmt::format("{}{} {} {} {} {}", word, node.text(), municipality, sequence,
                     crypto::base64(hash), crypto::base64(signer));
}

std::optional<TakenChain> TakenChain::read(std::string_view detail) {
  if (!detail.starts_with(word)) return std::nullopt;
  const auto words = words_of(detail.substr(word.size()));
  if (!words) return std::nullopt;
  const auto& [node, municipality, sequence, hash, signer] = *words;
  TakenChain taken;
  const auto id = id_in(node);
  const auto digest = crypto::from_base64<crypto::Digest>(hash);
  const auto key = crypto::from_base64<crypto::PublicKey>(signer);
  const auto [end, wrong] =
      std::from_chars(sequence.data(), sequence.data() + sequence.size(), taken.sequence);
  if (!id || !digest || !key || wrong != std::errc{} || end != sequence.data() + sequence.size()) {
    return std::nullopt;
  }
  taken.node = *id;
  taken.municipality = municipality;
  taken.hash = *digest;
  taken.signer = *key;
  return taken;
}

TakenChain TakenChain::of(const StoredChain& chain) {
  TakenChain taken;
  taken.node = chain.node;
  taken.municipality = chain.municipality;
  taken.sequence = chain.sequence;
  copy_whole(chain.hash, taken.hash);
  copy_whole(chain.signer, taken.signer);
  return taken;
}

bool TakenChain::is_head_of(const StoredChain& chain) const {
  return chain.node == node && chain.municipality == municipality && chain.sequence == sequence &&
         std::ranges::equal(chain.hash, hash) && chain.is_signed_by(signer);
}

}  // namespace renraku::access
