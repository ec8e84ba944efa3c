/* Seeded pseudo-random numbers (xoshiro256**) and random identifiers. Not for keys: use random_secure. */
#ifndef M365SH_BASE_RANDOM_H
#define M365SH_BASE_RANDOM_H

#include <stddef.h>
#include <stdint.h>

struct random { uint64_t state[4]; };
void random_seed(struct random *random, uint64_t seed);
void random_seed_system(struct random *random);
uint64_t random_next(struct random *random);
uint64_t random_below(struct random *random, uint64_t bound); /* 0 .. bound-1 without bias; bound > 0 */
double random_fraction(struct random *random);                 /* [0, 1) */
void random_secure(void *out, size_t length);                  /* from the system */
/* RFC 4122 version 4; bytes in the order of the text form. */
void random_guid(struct random *random, uint8_t out[16]);      /* NULL: from the system */

#endif
