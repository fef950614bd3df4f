#include <renraku/c/base.h>

#include <cstring>
#include <new>

#include "watch.hpp"

const char* renraku_version(void) {
  return RENRAKU_VERSION;
}

void renraku_abi(int32_t* major, int32_t* minor) {
  if (major) *major = RENRAKU_ABI_MAJOR;
  if (minor) *minor = RENRAKU_ABI_MINOR;
}

void renraku_struct_init(void* structure, uint64_t struct_size) {
  if (!structure || struct_size < sizeof(struct_size)) return;
  std::memset(structure, 0, struct_size);
  std::memcpy(structure, &struct_size, sizeof(struct_size));
}

void renraku_text_free(char* text) {
  if (text) ::explicit_bzero(text, std::strlen(text));
  delete[] text;
}

renraku_cancel* renraku_cancel_create(void) {
  return new (std::nothrow) renraku_cancel;
}
void renraku_cancel_pull(renraku_cancel* cancel) {
  if (cancel) cancel->pulled.store(true, std::memory_order_relaxed);
}
void renraku_cancel_free(renraku_cancel* cancel) {
  delete cancel;
}
