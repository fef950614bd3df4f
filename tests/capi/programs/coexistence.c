/* A host that has a SQLite of its own, beside the one inside librenraku: whichever was loaded
 * first, the host's database is plain and works, and the store is ciphertext.
 *
 * Built with LINKED, both are linked; else both are loaded, in the order of the arguments:
 *   coexistence ours theirs | coexistence theirs ours
 * Loaded with RTLD_GLOBAL, the worst case: the names of the first then stand before the other's. */
#define _XOPEN_SOURCE 700
#include <dlfcn.h>
#include <renraku.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SECRET_NAME "CanaryNameInPlainSight"

static void must(int holds, const char* what) {
  if (holds) return;
  fprintf(stderr, "coexistence: %s\n", what);
  exit(1);
}

static struct {
  int (*sqlite3_open)(const char*, void**);
  int (*sqlite3_exec)(void*, const char*, void*, void*, void*);
  int (*sqlite3_close)(void*);
  const char* (*sqlite3_libversion)(void);
  int32_t (*renraku_store_create)(const char*, const renraku_secret*, const char*,
                                  const renraku_store_options*, renraku_store**, renraku_error**);
  void (*renraku_store_free)(renraku_store*);
  int32_t (*renraku_store_flush)(renraku_store*, renraku_error**);
  int32_t (*renraku_municipality_add)(renraku_store*, const renraku_new_municipality*,
                                      renraku_municipality_page**, renraku_error**);
  void (*renraku_municipality_page_free)(renraku_municipality_page*);
} call;

#ifdef LINKED

extern int sqlite3_open(const char*, void**);
extern int sqlite3_exec(void*, const char*, void*, void*, void*);
extern int sqlite3_close(void*);
extern const char* sqlite3_libversion(void);
#define LOAD(function, library) (call.function = function)
static void* load(const char* name) {
  return (void*)name;
}
#define LIBRENRAKU ""

#else

/* dlsym gives an object's pointer; ISO C has no cast from it to a function's. */
#define LOAD(function, library)                             \
  do {                                                      \
    void* address = dlsym(library, #function);              \
    must(address != NULL, #function);                       \
    memcpy(&call.function, &address, sizeof call.function); \
  } while (0)
static void* load(const char* name) {
  return dlopen(name, RTLD_NOW | RTLD_GLOBAL);
}

#endif

static void load_theirs(void) {
  void* library = load("libsqlite3.so.0");
  if (!library) {
    puts("skipped: the system has no libsqlite3");
    exit(77);
  }
  LOAD(sqlite3_open, library);
  LOAD(sqlite3_exec, library);
  LOAD(sqlite3_close, library);
  LOAD(sqlite3_libversion, library);
}

static void load_ours(void) {
  void* library = load(LIBRENRAKU);
  must(library != NULL, "librenraku can't be loaded");
  LOAD(renraku_store_create, library);
  LOAD(renraku_store_free, library);
  LOAD(renraku_store_flush, library);
  LOAD(renraku_municipality_add, library);
  LOAD(renraku_municipality_page_free, library);
}

/* Whether the file of this name in the folder holds the text, and whether it starts with it. */
static int holds(const char* folder, const char* name, const char* text, int at_start) {
  char path[200];
  snprintf(path, sizeof path, "%s/%s", folder, name);
  FILE* file = fopen(path, "rb");
  if (!file) return 0;
  static char bytes[1 << 22];
  const size_t size = fread(bytes, 1, sizeof bytes, file);
  fclose(file);
  const size_t length = strlen(text);
  for (size_t i = 0; i + length <= size && (i == 0 || !at_start); ++i) {
    if (memcmp(bytes + i, text, length) == 0) return 1;
  }
  return 0;
}

static renraku_store* make_store(const char* path) {
  static const uint8_t key[32] = {7};
  renraku_secret secret = RENRAKU_INIT(renraku_secret);
  secret.host_key = key;
  secret.host_key_size = sizeof key;
  renraku_store* store = NULL;
  must(call.renraku_store_create(path, &secret, "host", NULL, &store, NULL) == 0, "store");
  return store;
}

static void add_name(renraku_store* store) {
  const char* role = "administrator";
  renraku_new_member administrator = RENRAKU_INIT(renraku_new_member);
  administrator.login = "kanri";
  administrator.name = SECRET_NAME;
  administrator.roles = &role;
  administrator.roles_count = 1;
  administrator.password = "thirteen or more";
  renraku_new_municipality input = RENRAKU_INIT(renraku_new_municipality);
  input.code = "082112";
  input.name = SECRET_NAME;
  input.administrator = &administrator;
  renraku_municipality_page* added = NULL;
  must(call.renraku_municipality_add(store, &input, &added, NULL) == 0, "municipality");
  call.renraku_municipality_page_free(added);
}

int main(int count, char** arguments) {
  const int theirs_first = count > 1 && strcmp(arguments[1], "theirs") == 0;
  if (theirs_first) load_theirs();
  load_ours();
  if (!theirs_first) load_theirs();

  char folder[] = "/tmp/renraku-coexistence-XXXXXX", store_path[100], plain_path[100];
  must(mkdtemp(folder) != NULL, "temporary folder");
  snprintf(store_path, sizeof store_path, "%s/city", folder);
  snprintf(plain_path, sizeof plain_path, "%s/plain.db", folder);

  /* Both at once, their calls taking turns. */
  void* plain = NULL;
  must(call.sqlite3_open(plain_path, &plain) == 0, "their database");
  renraku_store* store = make_store(store_path);
  must(call.sqlite3_exec(plain, "CREATE TABLE t (name TEXT)", NULL, NULL, NULL) == 0,
       "their table");
  add_name(store);
  must(call.sqlite3_exec(plain, "INSERT INTO t VALUES ('" SECRET_NAME "')", NULL, NULL, NULL) == 0,
       "their row");
  must(call.renraku_store_flush(store, NULL) == 0, "flush");
  must(!holds(store_path, "renraku.db-wal", SECRET_NAME, 0), "plaintext in our log");
  must(call.sqlite3_close(plain) == 0, "close");
  call.renraku_store_free(store);

  must(holds(folder, "plain.db", "SQLite format 3", 1), "their database is not plain");
  must(holds(folder, "plain.db", SECRET_NAME, 0), "their row is not there");
  must(!holds(store_path, "renraku.db", "SQLite format 3", 1), "our database is plain");
  must(!holds(store_path, "renraku.db", SECRET_NAME, 0), "plaintext in our database");
  must(!holds(store_path, "renraku.db-wal", SECRET_NAME, 0), "plaintext in our log");
  printf("side by side with SQLite %s\n", call.sqlite3_libversion());

  char command[140];
  snprintf(command, sizeof command, "rm -r %s", folder);
  return system(command) == 0 ? 0 : 1;
}
