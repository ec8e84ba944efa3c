/* One pattern has up to three compiled forms, made when first needed: for subjects of ASCII alone (no Unicode tables: the
 * quickest), for valid UTF-8, and for text with lone surrogates. Code of the JIT comes after a few uses. */
#define PCRE2_CODE_UNIT_WIDTH 8
#include "m365sh/pattern/regex.h"

#include <pcre2.h>
#include "m365sh/base/alloc.h"
#include "m365sh/base/interrupt.h"
#include "m365sh/base/utf8.h"
#include "m365sh/limits.h"
#include "regex_private.h"

#define USES_BEFORE_JIT 4
#define NEST_LIMIT 1000
#define HEAP_LIMIT_KIB (256u << 10)

enum form { FORM_ASCII, FORM_UTF8, FORM_BROKEN, FORM_COUNT };
struct compiled { pcre2_code *code; uint32_t uses; };
struct regex {
    uint32_t count;
    uint32_t options;
    char *source;
    size_t source_length;
    struct regex_groups groups;
    bool needs_unicode;
    struct compiled forms[FORM_COUNT];
};

struct text regex_source(const struct regex *regex) { return text_make(regex->source, regex->source_length); }
uint32_t regex_option_bits(const struct regex *regex) { return regex->options; }
uint32_t regex_group_count(const struct regex *regex) { return regex->groups.group_count; }

struct text regex_group_name(const struct regex *regex, uint32_t group) {
    return group < regex->groups.group_count ? text_of(regex->groups.names[group]) : TEXT_NONE;
}

int32_t regex_group_index(const struct regex *regex, struct text name) { return regex_groups_find(&regex->groups, name); }

static uint32_t pcre_options(uint32_t options, enum form form) {
    uint32_t out = PCRE2_ALT_CIRCUMFLEX | PCRE2_NEVER_BACKSLASH_C;
    if (form != FORM_ASCII) out |= PCRE2_UTF;
    if (form != FORM_ASCII && !(options & REGEX_ECMASCRIPT)) out |= PCRE2_UCP;
    if (form == FORM_BROKEN) out |= PCRE2_MATCH_INVALID_UTF;
    if (options & REGEX_IGNORE_CASE) out |= PCRE2_CASELESS;
    if (options & REGEX_MULTILINE) out |= PCRE2_MULTILINE;
    if (options & REGEX_SINGLELINE) out |= PCRE2_DOTALL;
    return out;
}

static enum status compile_failure(const struct regex *regex, int code, struct fault *fault) {
    if (code == PCRE2_ERROR_LOOKBEHIND_NOT_FIXED_LENGTH)
        return fault_set(fault, FAULT_INVALID, code,
                         "The pattern '%.*s' looks behind for text of varying length, which is not supported; name the "
                         "lengths as alternatives, or capture the text before instead.",
                         TEXT_ARGUMENT(regex_source(regex)));
    PCRE2_UCHAR message[160];
    pcre2_get_error_message(code, message, sizeof message);
    return fault_set(fault, FAULT_INVALID, code, "The pattern '%.*s' is not valid: %s.",
                     TEXT_ARGUMENT(regex_source(regex)), (char *)message);
}

static enum status compile_form(struct regex *regex, enum form form, struct fault *fault) {
    if (regex->forms[form].code) return STATUS_OK;
    struct bytes translated = {0};
    enum status status = regex_translate(regex_source(regex), regex->options, form == FORM_ASCII, &regex->groups,
                                         &translated, &regex->needs_unicode, fault);
    if (status != STATUS_OK || (form == FORM_ASCII && regex->needs_unicode)) {
        bytes_free(&translated);
        return status;
    }
    pcre2_compile_context *context = pcre2_compile_context_create(NULL);
    pcre2_set_newline(context, PCRE2_NEWLINE_LF);
    pcre2_set_parens_nest_limit(context, NEST_LIMIT);
    if (form != FORM_ASCII) pcre2_set_compile_extra_options(context, PCRE2_EXTRA_ALLOW_SURROGATE_ESCAPES);
    int code;
    PCRE2_SIZE offset;
    struct text text = translated.data ? bytes_text(&translated) : TEXT_NONE;
    regex->forms[form].code = pcre2_compile((PCRE2_SPTR)text.start, text.length, pcre_options(regex->options, form),
                                            &code, &offset, context);
    pcre2_compile_context_free(context);
    bytes_free(&translated);
    return regex->forms[form].code ? STATUS_OK : compile_failure(regex, code, fault);
}

enum status regex_compile(struct text pattern, uint32_t options, struct regex **out, struct fault *fault) {
    if (options & REGEX_RIGHT_TO_LEFT)
        return fault_set(fault, FAULT_INVALID, 0, "Matching from right to left is not supported.");
    struct regex *regex = ALLOC_NEW(struct regex);
    regex->count = 1;
    regex->options = options;
    regex->source = alloc_text(pattern.start, pattern.length);
    regex->source_length = pattern.length;
    enum status status = compile_form(regex, FORM_ASCII, fault);
    if (status == STATUS_OK && regex->needs_unicode) status = compile_form(regex, FORM_UTF8, fault);
    if (status != STATUS_OK) regex_release(regex);
    else *out = regex;
    return status;
}

struct regex *regex_keep(struct regex *regex) {
    regex->count++;
    return regex;
}

void regex_release(struct regex *regex) {
    if (!regex || --regex->count) return;
    for (int form = 0; form < FORM_COUNT; form++) pcre2_code_free(regex->forms[form].code);
    regex_groups_free(&regex->groups);
    alloc_free(regex->source);
    alloc_free(regex);
}

/* What of PCRE2's is kept between the calls of one loop, and what was found out about its subject. */
struct regex_scratch {
    pcre2_match_data *data;
    pcre2_match_context *context;
    uint32_t pairs;
    struct text subject;
    enum form form;
};

void regex_match_free(struct regex_match *match) {
    if (match->scratch) {
        pcre2_match_data_free(match->scratch->data);
        pcre2_match_context_free(match->scratch->context);
        alloc_free(match->scratch);
    }
    alloc_free(match->groups);
    *match = (struct regex_match){0};
}

static void prepare(struct regex_match *match, uint32_t group_count, uint32_t pairs) {
    if (!match->scratch) {
        match->scratch = ALLOC_NEW(struct regex_scratch);
        match->scratch->context = pcre2_match_context_create(NULL);
        pcre2_set_match_limit(match->scratch->context, LIMIT_REGEX_MATCH);
        pcre2_set_depth_limit(match->scratch->context, LIMIT_REGEX_MATCH);
        pcre2_set_heap_limit(match->scratch->context, HEAP_LIMIT_KIB);
    }
    if (match->scratch->pairs < pairs) {
        pcre2_match_data_free(match->scratch->data);
        match->scratch->data = pcre2_match_data_create(pairs, NULL);
        match->scratch->pairs = pairs;
    }
    if (match->group_count != group_count || !match->groups) {
        match->groups = alloc_resize(match->groups, group_count, sizeof *match->groups);
        match->group_count = group_count;
    }
}

/* A subject is looked through once, when its first match is sought; a loop goes on with from > 0. */
static enum form choose_form(const struct regex *regex, struct regex_scratch *scratch, struct text subject, size_t from) {
    bool same = from > 0 && scratch->subject.start == subject.start && scratch->subject.length == subject.length;
    if (!same) {
        scratch->subject = subject;
        scratch->form = utf8_is_ascii(subject) ? FORM_ASCII : utf8_is_valid(subject) ? FORM_UTF8 : FORM_BROKEN;
    }
    return scratch->form == FORM_ASCII && regex->needs_unicode ? FORM_UTF8 : scratch->form;
}

static int run(struct compiled *compiled, struct regex_scratch *scratch, struct text subject, size_t from, enum form form) {
    if (compiled->uses++ == USES_BEFORE_JIT) pcre2_jit_compile(compiled->code, PCRE2_JIT_COMPLETE);
    uint32_t options = form == FORM_UTF8 ? PCRE2_NO_UTF_CHECK : 0;
    PCRE2_SPTR start = (PCRE2_SPTR)subject.start;
    int code = pcre2_match(compiled->code, start, subject.length, from, options, scratch->data, scratch->context);
    if (code == PCRE2_ERROR_JIT_STACKLIMIT)
        code = pcre2_match(compiled->code, start, subject.length, from, options | PCRE2_NO_JIT, scratch->data, scratch->context);
    return code;
}

static void read_groups(const struct regex *regex, struct regex_match *match) {
    const PCRE2_SIZE *ends = pcre2_get_ovector_pointer(match->scratch->data);
    memset(match->groups, 0, match->group_count * sizeof *match->groups);
    match->groups[0] = (struct regex_span){ends[0] < ends[1] ? ends[0] : ends[1], ends[1], true};
    for (size_t i = 0; i < regex->groups.capture_count; i++) {
        size_t start = ends[2 * i + 2], end = ends[2 * i + 3];
        if (start == PCRE2_UNSET) continue;
        match->groups[regex->groups.captures[i].group] = (struct regex_span){start, end, true};
    }
}

enum status regex_find(const struct regex *constant, struct text subject, size_t from, struct regex_match *match,
                       bool *found, struct fault *fault) {
    struct regex *regex = (struct regex *)constant; /* only its compiled forms change, and nobody can tell */
    *found = false;
    if (from > subject.length) return STATUS_OK;
    uint32_t pairs = (uint32_t)regex->groups.capture_count + 1;
    prepare(match, regex->groups.group_count, pairs);
    enum form form = choose_form(regex, match->scratch, subject, from);
    enum status status = compile_form(regex, form, fault);
    if (status != STATUS_OK) return status;
    while (form == FORM_UTF8 && from < subject.length && (subject.start[from] & 0xc0) == 0x80) from++; /* never within a character */
    int code = run(&regex->forms[form], match->scratch, subject, from, form);
    if (code == PCRE2_ERROR_NOMATCH) return STATUS_OK;
    if (code < 0) {
        if (interrupt_pending()) return fault_set(fault, FAULT_INTERRUPTED, 0, "Interrupted.");
        return fault_set(fault, FAULT_LIMIT, code, "Matching '%.*s' takes too many steps; make the pattern simpler.",
                         TEXT_ARGUMENT(regex_source(regex)));
    }
    read_groups(regex, match);
    *found = true;
    return STATUS_OK;
}
