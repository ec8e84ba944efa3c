/* Every bound in the program, with its reason. tests/limits tries one below and one above each. */
#ifndef M365SH_LIMITS_H
#define M365SH_LIMITS_H

#define LIMIT_TEXT_BYTES 0x7fffffffu       /* .NET strings hold at most 2^30 units; we allow the bytes for them */
#define LIMIT_SOURCE_BYTES (256u << 20)    /* a script larger than this is data, not a program */
#define LIMIT_PARSE_DEPTH 1000             /* nesting of one program; deeper is DeepNesting, not a C stack overflow */
#define LIMIT_DIAGNOSTICS 100              /* after so many the rest is counted, not kept */
#define LIMIT_JSON_DEPTH 1024              /* ConvertFrom-Json's own default is 1024 */
#define LIMIT_STACK_PERCENT 80             /* CallDepthOverflow beyond this share of the C stack */
#define LIMIT_CALL_DEPTH 10000             /* nested calls of script code; an error on its way out looks at each of them */
#define LIMIT_COMPARE_DEPTH 64             /* nested containers compared or printed */
#define LIMIT_REGEX_MATCH 50000000         /* PCRE2 match limit: some seconds of backtracking */
#define LIMIT_BATCH_PARTS 20               /* Graph: most requests in one $batch */
#define LIMIT_PAGE_SIZE 999                /* Graph: largest $top for users and groups */
#define LIMIT_BODY_BYTES (4u << 20)        /* Graph: largest request body; the practice tenant keeps it too */
#define LIMIT_ERROR_HISTORY 256            /* $MaximumErrorCount */
#define LIMIT_RESPONSE_BYTES (512u << 20)  /* one answer of the service */

#endif
