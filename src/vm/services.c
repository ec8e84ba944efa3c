/* Commands and modules of services that are out of reach: the error says which service it is. */
#include "engine_private.h"

#include "m365sh/pattern/wildcard.h"

struct service { const char *name, *modules, *commands, *advice; };
static const struct service services[] = {
#define SERVICE(name, modules, commands, advice) {name, modules, commands, advice},
#include "services.def"
#undef SERVICE
};

static bool any_fits(const char *patterns, struct text name) {
    struct text rest = text_of(patterns), pattern;
    while (text_split_next(&rest, ' ', &pattern)) {
        if (pattern.length && wildcard_match(pattern, name, true)) return true;
    }
    return false;
}

static bool find(struct text name, bool is_module, struct bytes *out) {
    for (size_t i = 0; i < sizeof services / sizeof *services; i++) {
        const struct service *service = &services[i];
        if (!any_fits(is_module ? service->modules : service->commands, name)) continue;
        bytes_add_format(out, "'%.*s' belongs to %s, which this shell does not reach; %s.", TEXT_ARGUMENT(name), service->name, service->advice);
        return true;
    }
    return false;
}

bool service_of_command(struct text name, struct bytes *sentence) { return find(name, false, sentence); }
bool service_of_module(struct text name, struct bytes *sentence) { return find(name, true, sentence); }
