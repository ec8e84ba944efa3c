#include "random_private.h"

static const struct parameter_row parameter_rows[] = {RANDOM_ROWS};

static enum status begin(struct invocation *call) { return random_begin(call, true); }

static const struct example_row example_rows[] = {
    {"-join (1..16 | ForEach-Object { [char](Get-SecureRandom -Minimum 97 -Maximum 123) })", "A password of letters."},
    {"'a', 'b', 'c' | Get-SecureRandom -Shuffle", "Another order."},
};

CMDLET(get_secure_random) = {
    .name = "Get-SecureRandom", .synopsis = "Gives random numbers or items, good enough for secrets.", .description = "The bits come from the system's generator.", PARAMETERS,
    .default_set = "RandomNumberParameterSet", .state_size = sizeof(struct random_state), .begin = begin, .process = random_process, .end = random_end, .clean = random_clean, EXAMPLES,
};
