/* What a simple script block tests, as data, so that -Filter { … } and push-down can read it without seeing syntax. The
 * compiler makes it (code); operands are constants or variables, read when the command runs. */
#ifndef M365SH_COMMAND_CONDITION_H
#define M365SH_COMMAND_CONDITION_H

#include "m365sh/base/text.h"
#include "m365sh/value/value.h"

enum condition_kind { CONDITION_COMPARE, CONDITION_AND, CONDITION_OR, CONDITION_NOT, CONDITION_TRUTH /* a bare property */,
                      CONDITION_OPAQUE /* a part that cannot be said as data */ };
struct condition {
    enum condition_kind kind;
    struct text property;        /* "Department", "manager.id"; $_. is taken off */
    struct text operation;       /* "eq", "ne", "lt", "like", "match", "contains", "in" …, c form as "ceq" */
    struct value operand;        /* constant; VALUE_UNSET when `variable` names one */
    struct text variable;
    bool operand_first;          /* 'x' -in $_.Tags */
    const struct condition *left, *right;
    bool bare;                   /* at the root: properties stand without $_ (`{ Department -eq 'Sales' }`): running the block would not do */
};

#endif
