/* How PowerShell shares the width among columns: columns with a width keep it, the others share what is left; when it is not
 * enough the last ones are narrowed, then left out. */
#include "column_private.h"

enum { SEPARATOR = 1, LEAST = 1 };

static int visible_width(const int *widths, size_t count) {
    int sum = 0, visible = 0;
    for (size_t i = 0; i < count; i++) {
        if (widths[i] <= 0) continue;
        sum += widths[i];
        visible++;
    }
    return visible ? sum + SEPARATOR * (visible - 1) : 0;
}

/* Open columns (width 0) get equal shares, the first ones one cell more where it does not divide evenly. */
static void share_rest(int *widths, size_t count, int total) {
    int open = 0, fixed = 0;
    for (size_t i = 0; i < count; i++) {
        open += widths[i] == 0;
        fixed += widths[i];
    }
    if (open == 0) return;
    int left = total - fixed - SEPARATOR * ((int)count - 1), more = left > 0 ? left % open : 0;
    for (size_t i = 0; i < count; i++) {
        if (widths[i] != 0) continue;
        widths[i] = left / open > LEAST ? left / open : LEAST;
        if (more-- > 0 && left / open >= LEAST) widths[i]++;
    }
}

void column_fit(int *widths, size_t count, int total) {
    if (count == 0) return;
    share_rest(widths, count, total);
    for (size_t last = count; last > 0;) {
        int excess = visible_width(widths, count) - total;
        if (excess <= 0) return;
        last--;
        if (widths[last] - excess >= LEAST) widths[last] -= excess;
        else widths[last] = -1;
    }
}
