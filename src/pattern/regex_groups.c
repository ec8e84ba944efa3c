/* .NET numbers unnamed groups first, from left to right, then named ones; (?<5>…) has the number it says. */
#include <stdio.h>
#include <stdlib.h>
#include "m365sh/base/alloc.h"
#include "m365sh/base/decimal.h"
#include "regex_private.h"

struct numbered { int64_t number; const char *name; };

static bool number_taken(const struct regex_groups *groups, int64_t number) {
    for (size_t i = 0; i < groups->capture_count; i++)
        if (groups->captures[i].number == number) return true;
    return false;
}

static void number_unnamed(struct regex_groups *groups) {
    int64_t next = 1;
    for (size_t i = 0; i < groups->capture_count; i++)
        if (groups->captures[i].number < 0 && !groups->captures[i].name) groups->captures[i].number = next++;
    for (size_t i = 0; i < groups->capture_count; i++) {
        struct regex_capture *capture = &groups->captures[i];
        if (capture->number >= 0) continue;
        for (size_t j = 0; j < i && capture->number < 0; j++) /* the same name again is the same group */
            if (groups->captures[j].name && !strcmp(groups->captures[j].name, capture->name))
                capture->number = groups->captures[j].number;
        while (capture->number < 0 && number_taken(groups, next)) next++;
        if (capture->number < 0) capture->number = next;
    }
}

static int by_number(const void *a, const void *b) {
    const struct numbered *x = a, *y = b;
    return x->number < y->number ? -1 : x->number > y->number;
}

void regex_groups_number(struct regex_groups *groups) {
    number_unnamed(groups);
    struct numbered *all = ALLOC_ARRAY(struct numbered, groups->capture_count + 1);
    size_t count = 1;
    for (size_t i = 0; i < groups->capture_count; i++)
        all[count++] = (struct numbered){groups->captures[i].number, groups->captures[i].name};
    qsort(all, count, sizeof *all, by_number);
    groups->names = ALLOC_ARRAY(char *, count);
    int64_t last = -1;
    for (size_t i = 0; i < count; i++) {
        if (all[i].number == last) continue;
        last = all[i].number;
        char digits[24];
        int length = snprintf(digits, sizeof digits, "%lld", (long long)last);
        groups->names[groups->group_count++] =
            all[i].name ? alloc_text(all[i].name, strlen(all[i].name)) : alloc_text(digits, (size_t)length);
        for (size_t j = 0; j < groups->capture_count; j++)
            if (groups->captures[j].number == last) groups->captures[j].group = groups->group_count - 1;
    }
    alloc_free(all);
}

void regex_groups_free(struct regex_groups *groups) {
    for (size_t i = 0; i < groups->capture_count; i++) alloc_free(groups->captures[i].name);
    for (uint32_t i = 0; i < groups->group_count; i++) alloc_free(groups->names[i]);
    alloc_free(groups->captures);
    alloc_free(groups->names);
    *groups = (struct regex_groups){0};
}

int32_t regex_groups_find(const struct regex_groups *groups, struct text name) {
    int64_t number;
    if (decimal_read_int64(name, &number)) {
        if (number == 0) return 0;
        for (size_t i = 0; i < groups->capture_count; i++)
            if (groups->captures[i].number == number) return (int32_t)groups->captures[i].group;
        return -1;
    }
    for (uint32_t i = 0; i < groups->group_count; i++)
        if (text_equal(text_of(groups->names[i]), name)) return (int32_t)i;
    return -1;
}
