/* Get-Random and Get-SecureRandom: numbers in a range, or items of a list; they differ in where the bits come from. */
#ifndef M365SH_CMDLETS_RANDOM_PRIVATE_H
#define M365SH_CMDLETS_RANDOM_PRIVATE_H

#include "../cmdlet_private.h"

struct random_state { struct value items; bool secure; };
enum { RANDOM_MAXIMUM, RANDOM_MINIMUM, RANDOM_INPUT, RANDOM_COUNT, RANDOM_SHUFFLE, RANDOM_SEED };

#define RANDOM_ROWS                                                                                                                                    \
    {"Maximum", "object", 0, 0, NULL, "RandomNumberParameterSet", NULL, NULL, "Below this."},                                                          \
    {"Minimum", "object", -1, 0, NULL, "RandomNumberParameterSet", NULL, NULL, "From here on; 0 unless said."},                                        \
    {"InputObject", "object[]", 0, PARAMETER_MANDATORY | PARAMETER_PIPELINE, NULL, "RandomListItemParameterSet|ShuffleParameterSet", NULL, NULL, "A list to choose from."}, \
    {"Count", "int", -1, 0, NULL, "RandomNumberParameterSet|RandomListItemParameterSet", NULL, NULL, "How many."},                                     \
    {"Shuffle", "switch", -1, PARAMETER_MANDATORY, NULL, "ShuffleParameterSet", NULL, NULL, "All items in another order."}

enum status random_begin(struct invocation *call, bool secure);
enum status random_process(struct invocation *call);
enum status random_end(struct invocation *call);
void random_clean(struct invocation *call);

#endif
