#include "random_private.h"

static const struct parameter_row parameter_rows[] = {
    RANDOM_ROWS,
    {"SetSeed", "int", -1, 0, NULL, NULL, NULL, NULL, "A number that makes what follows come the same each time."},
};

static enum status begin(struct invocation *call) {
    if (invocation_has(call, RANDOM_SEED)) random_seed(&call->realm->random, (uint64_t)invocation_integer(call, RANDOM_SEED, 0));
    return random_begin(call, false);
}

static const struct example_row example_rows[] = {
    {"Get-Random -Minimum 1 -Maximum 7", "A die: the maximum itself never comes."},
    {"1..49 | Get-Random -Count 6", "Six of them."},
};

CMDLET(get_random) = {
    .name = "Get-Random", .synopsis = "Gives random numbers, or random items of a list.", .description = "Not for passwords and keys: see Get-SecureRandom.", PARAMETERS,
    .default_set = "RandomNumberParameterSet", .state_size = sizeof(struct random_state), .begin = begin, .process = random_process, .end = random_end, .clean = random_clean, EXAMPLES,
};
