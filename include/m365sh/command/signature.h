/* What a command declares: parameters, sets, help. Cmdlets declare it as static rows, script functions are given one by
 * vm at run time; the binder sees only the common form below. */
#ifndef M365SH_COMMAND_SIGNATURE_H
#define M365SH_COMMAND_SIGNATURE_H

#include "m365sh/types/type.h"
#include "m365sh/value/realm.h"

/* --- rows, as cmdlets write them --------------------------------------------------------------------------------- */
enum parameter_flags {
    PARAMETER_MANDATORY = 1,
    PARAMETER_PIPELINE = 2,          /* ValueFromPipeline */
    PARAMETER_BY_NAME = 4,           /* ValueFromPipelineByPropertyName */
    PARAMETER_REMAINING = 8,         /* ValueFromRemainingArguments */
    PARAMETER_ALLOW_NULL = 16, PARAMETER_ALLOW_EMPTY = 32 /* '' and empty collections for mandatory ones */,
    PARAMETER_NOT_NULL = 64, PARAMETER_NOT_EMPTY = 128 /* ValidateNotNull, ValidateNotNullOrEmpty */,
    PARAMETER_HIDDEN = 256,          /* DontShow */
    PARAMETER_SECRET = 512,          /* its value never reaches history, logs or messages */
    PARAMETER_WILDCARDS = 1024,      /* help says so */
    PARAMETER_ALLOW_EMPTY_LIST = 4096, /* [AllowEmptyCollection()] of a function; its ALLOW_EMPTY is about texts alone */
    PARAMETER_AS_WRITTEN = 2048,     /* numbers among the remaining arguments come as the words they were written as */
};
struct parameter_row {
    const char *name;
    const char *type;        /* "string[]", "switch", "int", "object", "scriptblock" … as type_find reads it */
    int position;            /* from 0; -1: by name only */
    uint32_t flags;
    const char *aliases;     /* "a|b" or NULL */
    const char *sets;        /* "Name|Filter": the sets it belongs to; "Filter?": not mandatory there; NULL: all */
    const char *choices;     /* "a|b|c": ValidateSet; NULL */
    const char *complete;    /* what completion offers: "user", "product", "group", "property", "path", "command" …; NULL */
    const char *help;        /* one or two sentences */
};
struct example_row { const char *code; const char *remark; }; /* code runs in tests against the practice tenant */

struct invocation;
struct cmdlet_row {
    const char *name;        /* "Get-User" */
    const char *aliases;     /* "gu|Get-Users" or NULL; plural nouns too */
    const char *synopsis;
    const char *description;
    const struct parameter_row *parameters;
    size_t parameter_count;
    const char *default_set; /* NULL: none */
    uint32_t flags;          /* enum cmdlet_flags */
    size_t state_size;       /* zeroed before begin, freed after clean */
    enum status (*begin)(struct invocation *call);   /* any may be NULL */
    enum status (*process)(struct invocation *call); /* once per input; once in all without pipeline input */
    enum status (*end)(struct invocation *call);
    void (*clean)(struct invocation *call);          /* always, also after errors and stops; releases the state's values */
    const struct example_row *examples;
    size_t example_count;
    const char *emits;       /* type whose properties completion and push-down may assume; NULL */
    const char *permissions; /* Graph permissions, least first, comma list; NULL */
};
enum cmdlet_flags {
    CMDLET_SHOULD_PROCESS = 1,  /* has -WhatIf and -Confirm */
    CMDLET_IMPACT_HIGH = 2,     /* ConfirmImpact High: asks at the prompt */
    CMDLET_IMPACT_LOW = 4,
    CMDLET_WRITES_TENANT = 8,   /* check lists it, the prompt holds pasted blocks that have it */
    CMDLET_RAW_ARGUMENTS = 16,  /* no common parameters, no binding: arguments as they come (none of ours but natives) */
    CMDLET_NEEDS_TENANT = 32,
};

/* --- the form that the binder sees ------------------------------------------------------------------------------- */
struct validator {
    enum validator_kind { VALIDATE_SET, VALIDATE_RANGE, VALIDATE_PATTERN, VALIDATE_SCRIPT, VALIDATE_COUNT, VALIDATE_LENGTH,
        VALIDATE_NOT_NULL, VALIDATE_NOT_EMPTY, VALIDATE_NOT_BLANK /* …NullOrWhiteSpace */, VALIDATE_DRIVE } kind;
    struct value argument;   /* SET: array of text; PATTERN: text; SCRIPT: block; RANGE, COUNT, LENGTH: array of two, or
                                text "Positive" etc. for RANGE kinds */
    struct value message;    /* ErrorMessage with {0}, or VALUE_UNSET */
    bool keep_case;          /* SET: IgnoreCase = $false; PATTERN: options */
};
struct parameter_set_part {  /* what holds in one set; `set` 0: __AllParameterSets */
    name_id set;
    struct text spelling;    /* the set's name as it was written here */
    uint32_t flags;          /* MANDATORY, PIPELINE, BY_NAME, REMAINING */
    int position;            /* -1 none */
    struct value help_message;
    uint64_t mask;           /* the set's bit, or all bits; filled by signature_finish */
};
struct parameter {
    name_id name;
    struct text spelling;
    const struct type *type; /* NULL: object (no conversion) */
    bool is_switch;
    uint32_t flags;          /* those not tied to a set */
    name_id *aliases; uint32_t alias_count;
    struct parameter_set_part *parts; uint32_t part_count; /* at least one */
    struct validator *validators; uint32_t validator_count;
    const struct parameter_row *row; /* cmdlets: where it came from; NULL for functions */
    bool has_default;        /* functions: vm evaluates it when nothing was bound */
    struct value completer;  /* ArgumentCompleter block, or VALUE_UNSET */
    struct value transform;  /* reserved for [Credential()] and the like; VALUE_UNSET */
    uint64_t mask;           /* bits of the sets it belongs to; filled by signature_finish */
};
struct signature {
    struct parameter *parameters; uint32_t count;
    name_id default_set;     /* 0 none */
    uint32_t flags;          /* enum cmdlet_flags */
    bool is_advanced;        /* has common parameters; refuses arguments that it does not know */
    bool takes_rest;         /* simple function: what is not bound goes to $args */
    bool positional_binding; /* false: [CmdletBinding(PositionalBinding=$false)] */
    uint32_t common_start;   /* parameters from here on are the common ones (command/common.h) */
    bool converts_as_script; /* functions: arguments are cast as [type]value; cmdlets refuse an array for one string */
    name_id *sets; uint32_t set_count; /* bit i of a mask is sets[i]; filled by signature_finish */
    struct value output_types; /* [OutputType()] of a function: array of types and names; VALUE_UNSET without */
    const char *conflict;    /* id of the MetadataException that any call raises: a name declared twice; NULL: none */
    name_id conflict_name;
    int only_input;          /* the one parameter that takes any pipeline value as it is, -1: ask bind_input's rules */
};
#define SIGNATURE_SETS_MOST 60
/* Builds it from a row, common parameters added. Types are looked up now. Owned; signature_free. */
struct signature *signature_from_row(struct realm *realm, const struct cmdlet_row *row);
void signature_free(struct signature *signature);
/* For functions: parameters with no explicit position get 0, 1, … in order, unless positional_binding is off or one
 * has a position; adds the common parameters if is_advanced. Call after filling `parameters`. */
void signature_finish(struct realm *realm, struct signature *signature);
/* By full name, alias, or unambiguous prefix. -1: none, -2: ambiguous. */
int signature_find(const struct signature *signature, struct realm *realm, struct text name);

#endif
