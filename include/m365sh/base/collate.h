/* Linguistic comparison, the one that -eq, -lt, Sort-Object and switch use (culture en-US, as ICU has it).
 * Pairs of plain ASCII text are answered from a table without ICU; other text loads ICU once (dlopen). If ICU
 * lacks, other text is compared by code point and the caller is not told: sorting must not fail. */
#ifndef M365SH_BASE_COLLATE_H
#define M365SH_BASE_COLLATE_H

#include <stdbool.h>
#include <stdint.h>
#include "m365sh/base/text.h"

struct collator; /* one per interpreter: ICU's collators are not shared between threads */
struct collator *collate_new(void);
void collate_free(struct collator *collator);
/* <0, 0, >0. Also used for -eq: composed and decomposed é are equal, as in PowerShell. */
int collate_compare(struct collator *collator, struct text a, struct text b, bool ignore_case);
/* Same answer as compare == 0, but quicker: equal bytes and ASCII are decided at once. */
bool collate_equal(struct collator *collator, struct text a, struct text b, bool ignore_case);

/* The first eight characters of plain ASCII text as a number: of two such numbers the smaller belongs to the text that comes
 * first, whether case counts or not; equal ones decide nothing. False: other characters stand too near to tell. */
bool collate_prefix(struct text text, uint64_t *prefix);

#endif
