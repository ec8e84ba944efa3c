/* What a function that can fail returns. Details of a failure never travel in the status: below
 * `value` they are in the `struct fault` that was passed, from `value` up they are in
 * `realm->raised` (see value/realm.h). There are no long jumps anywhere in the program. */
#ifndef M365SH_STATUS_H
#define M365SH_STATUS_H

enum status {
    STATUS_OK = 0,
    STATUS_ERROR,       /* a fault was filled, or realm->raised holds the error record */
    STATUS_BREAK,       /* `break` on its way to a loop; realm->jump_label may name it */
    STATUS_CONTINUE,    /* `continue`, likewise */
    STATUS_RETURN,      /* `return` on its way out of a script block */
    STATUS_EXIT,        /* `exit`; realm->exit_code holds the code */
    STATUS_STOP,        /* a later stage of the pipeline wants no more (Select-Object -First) */
    STATUS_INTERRUPTED, /* Ctrl-C */
};

#define STATUS_MUST_CHECK __attribute__((warn_unused_result))

#endif
