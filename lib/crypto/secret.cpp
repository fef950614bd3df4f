#include "crypto/secret.hpp"

#include <sodium.h>

#include <algorithm>
#include <mutex>
#include <new>
#include <renraku/error.hpp>
#include <utility>
#include <vector>

#include "base/fork.hpp"
#include "crypto/init.hpp"
#include "crypto/random.hpp"

namespace renraku::crypto {
namespace {

constexpr std::size_t cell_size = 256;        // holds a key, a signing key, a prepared HMAC
constexpr std::size_t slab_size = 64 * 1024;  // 256 cells share one locked mapping

// Cells of equal size cut from sodium_malloc'd slabs. Slabs live as long as the process: secrets
// may be destroyed later than any static object.
class CellPool {
 public:
  static CellPool& instance() {
    static CellPool& pool = *new CellPool();
    return pool;
  }

  std::uint8_t* take() {
    const std::lock_guard lock(mutex_);
    if (free_.empty()) add_slab();
    std::uint8_t* const cell = free_.back();
    free_.pop_back();
    return cell;
  }

  // The list already has room for every cell there is, so this cannot fail.
  void give_back(std::uint8_t* cell) noexcept {
    const std::lock_guard lock(mutex_);
    free_.push_back(cell);
  }

 private:
  // A child forked while another thread held the lock would wait for ever when it destroys a key.
  CellPool() { base::free_after_forks(mutex_); }

  void add_slab() {
    free_.reserve(cells_ + slab_size / cell_size);
    auto* const slab = static_cast<std::uint8_t*>(sodium_malloc(slab_size));
    if (slab == nullptr) throw std::bad_alloc();
    cells_ += slab_size / cell_size;
    for (std::size_t at = slab_size; at > 0; at -= cell_size) {
      free_.push_back(slab + at - cell_size);
    }
  }

  std::mutex mutex_;
  std::vector<std::uint8_t*> free_;
  std::size_t cells_ = 0;
};

}  // namespace

SecretBytes::SecretBytes(std::size_t size) : size_(size) {
  if (size == 0) return;
  ready();
  data_ = size <= cell_size ? CellPool::instance().take()
                            : static_cast<std::uint8_t*>(sodium_malloc(size));
  if (data_ == nullptr) throw std::bad_alloc();
  std::fill_n(data_, size, std::uint8_t{0});
}

SecretBytes::SecretBytes(SecretBytes&& other) noexcept
    : data_(std::exchange(other.data_, nullptr)), size_(std::exchange(other.size_, 0)) {}

SecretBytes& SecretBytes::operator=(SecretBytes&& other) noexcept {
  if (this != &other) {
    release();
    data_ = std::exchange(other.data_, nullptr);
    size_ = std::exchange(other.size_, 0);
  }
  return *this;
}

SecretBytes::~SecretBytes() {
  release();
}

void SecretBytes::release() noexcept {
  if (data_ == nullptr) return;
  sodium_memzero(data_, size_);
  if (size_ <= cell_size) {
    CellPool::instance().give_back(data_);
  } else {
    sodium_free(data_);
  }
  data_ = nullptr;
  size_ = 0;
}

Key Key::random() {
  Key key;
  fill_random(key.writable());
  return key;
}

Key Key::from(ByteView bytes) {
  if (bytes.size() != size) {
    throw Error(ErrorCode::invalid_argument, "a key must be exactly 32 bytes", "key");
  }
  Key key;
  std::copy(bytes.begin(), bytes.end(), key.writable().begin());
  return key;
}

bool same_bytes(ByteView left, ByteView right) noexcept {
  return left.size() == right.size() && sodium_memcmp(left.data(), right.data(), left.size()) == 0;
}

void wipe(std::span<std::uint8_t> bytes) noexcept {
  sodium_memzero(bytes.data(), bytes.size());
}

void wipe(std::string& text) noexcept {
  text.resize(text.capacity());  // never allocates: the buffer has this size already
  sodium_memzero(text.data(), text.size());
  text.clear();
}

}  // namespace renraku::crypto
