/* A temporary encrypted store with a city and its administrator, who is roster officer too.
 * Everyone in it is made up. */
#ifndef CITY_H
#define CITY_H

#include <renraku.h>

#define JOSO "082112"
#define PASSWORD "ひみつのことば-十三文字以上"

extern const uint8_t host_key[32];

/* Whether stores are databases of a server, as the environment's RENRAKU_TEST_ENGINE says. */
int on_a_server(void);

struct city {
  char folder[64];   /* goes with the city; on a server the store's home */
  char address[256]; /* the store's */
  renraku_store* store;
  renraku_session* officer;
};

/* Ends the program when it can't: nothing can be tested then. */
void city_open(struct city* city);
void city_close(struct city* city);
/* Adds a member with this one role and signs in. */
renraku_session* city_member(struct city* city, const char* login, const char* role);
/* Adds a resident to the roster; `evacuee` and `person` become ids of 36 characters. */
void city_resident(struct city* city, const char* name, const char* kana, char evacuee[37],
                   char person[37]);

/* The secret of a host key; `add_city` puts the municipality and "kanri" into a store. */
renraku_secret host_secret(void);
int32_t add_city(renraku_store* store, renraku_error** error);

void make_folder(char folder[64]);
void remove_folder(const char* folder);

#endif
