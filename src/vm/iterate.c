/* foreach and switch over anything: arrays by index, ranges by number, the rest through an enumerator. */
#include "engine_private.h"

#include "m365sh/base/file.h"
#include "m365sh/limits.h"
#include "m365sh/pattern/regex.h"
#include "m365sh/pattern/wildcard.h"

static void release_enumeration(void *payload) { enumeration_end(payload); }
static const struct native_class enumeration_class = {"System.Collections.IEnumerator", release_enumeration, NULL};

static struct value make_enumerator(struct engine *engine, struct value v) {
    struct value holder = native_new(engine->realm, &enumeration_class, NULL, sizeof(struct enumeration));
    enumeration_start(engine->realm, native_payload(holder, &enumeration_class), v);
    return holder;
}

/* $foreach and $switch show an enumerator that scripts may move themselves. */
static enum status show_enumerator(struct engine *engine, struct value *pair, struct value v) {
    struct value list = v.kind == VALUE_ARRAY ? value_keep(v) : VALUE_UNSET_INIT;
    if (list.kind == VALUE_UNSET) {
        struct value both[2] = {value_void(), value_int32(0)};
        enum status status = output_each(engine, engine->frame, both, v);
        list = capture_take(engine, both, true);
        if (status != STATUS_OK) return status;
    }
    enum status status = member_call(engine->realm, list, intern_name(engine->realm->names, TEXT("GetEnumerator")), NULL, 0, &pair[0]);
    pair[1] = value_int32(1);
    pair[1].small = 1;
    value_release(list);
    return status;
}

static enum status move_shown(struct engine *engine, struct value enumerator, bool *more, struct value *item) {
    struct value moved;
    bool found;
    enum status status = member_call(engine->realm, enumerator, intern_name(engine->realm->names, TEXT("MoveNext")), NULL, 0, &moved);
    if (status != STATUS_OK) return status;
    *more = value_truth(moved);
    value_release(moved);
    return *more ? member_get(engine->realm, enumerator, intern_name(engine->realm->names, TEXT("Current")), &found, item) : STATUS_OK;
}

static void start_over(struct engine *engine, struct value *pair, struct value v, bool null_counts) {
    pair[1] = value_int32(0);
    if (v.kind == VALUE_VOID || v.kind == VALUE_UNSET || (v.kind == VALUE_NULL && !null_counts)) {
        pair[0] = value_void();
        value_release(v);
    } else if (v.kind == VALUE_ARRAY && !array_block(v)->rank_lengths[0]) {
        pair[0] = v;
    } else if (convert_is_enumerable(engine->realm, v)) {
        pair[0] = make_enumerator(engine, v);
        value_release(v);
    } else {
        pair[0] = array_of_take(engine->realm, &v, 1);
    }
}

enum status iterate_start(struct engine *engine, struct frame *frame, const struct instruction *i) {
    struct value *pair = &frame->registers[i->a];
    struct value v = operand_take(frame, i->b);
    v.spare = 0;
    value_release(pair[0]);
    pair[0] = VALUE_UNSET_INIT;
    bool shown = i->e & 2, null_counts = i->e & 1;
    if (i->d != 1) {
        if (shown && !value_is_nothing(v)) {
            enum status status = show_enumerator(engine, pair, v);
            value_release(v);
            return status;
        }
        start_over(engine, pair, v, null_counts);
        return STATUS_OK;
    }
    struct value end = operand_take(frame, i->c);
    if (v.kind == VALUE_INT32 && end.kind == VALUE_INT32 && !shown) {
        pair[0] = value_int64(v.integer);
        pair[1] = value_int64(end.integer);
        return STATUS_OK;
    }
    struct value all;
    enum status status = ops_binary(engine->realm, OPERATION_RANGE, false, v, end, &all);
    value_release(v);
    value_release(end);
    if (status != STATUS_OK) return status;
    if (!shown) start_over(engine, pair, all, null_counts);
    else {
        status = show_enumerator(engine, pair, all);
        value_release(all);
    }
    return status;
}

enum status iterate_next(struct engine *engine, struct frame *frame, const struct instruction *i, bool *more) {
    struct value *pair = &frame->registers[i->a];
    *more = false;
    if (pair[0].kind == VALUE_ARRAY) {
        if (pair[1].integer >= array_count(pair[0])) return STATUS_OK;
        *more = true;
        return operand_store(engine, frame, i->b, value_keep(array_at(pair[0], (uint32_t)pair[1].integer++)));
    }
    struct value item;
    if (pair[1].small) {
        enum status moved = move_shown(engine, pair[0], more, &item);
        return moved == STATUS_OK && *more ? operand_store(engine, frame, i->b, item) : moved;
    }
    struct enumeration *it = native_payload(pair[0], &enumeration_class);
    if (!it) return STATUS_OK;
    enum status status = enumeration_next(engine->realm, it, more, &item);
    if (status != STATUS_OK || !*more) return status;
    return operand_store(engine, frame, i->b, value_keep(item));
}

static enum status test_regex(struct engine *engine, struct frame *frame, struct value item, struct value pattern, bool keep_case, bool *out) {
    struct value result;
    enum status status = ops_binary(engine->realm, OPERATION_MATCH, keep_case, item, pattern, &result);
    if (status != STATUS_OK) return status;
    *out = value_truth(result);
    value_release(result);
    return engine->realm->set_matches.kind != VALUE_UNSET ? operand_matches(engine, frame) : STATUS_OK;
}

static enum status test_wildcard(struct engine *engine, struct value item, struct value pattern, bool keep_case, bool *out) {
    struct value text = convert_text(engine->realm, item), wild = convert_text(engine->realm, pattern);
    *out = wildcard_match(string_text(wild), string_text(text), !keep_case);
    value_release(text);
    value_release(wild);
    return STATUS_OK;
}

static enum status test_block(struct engine *engine, struct value block, bool *out) {
    struct block_call call = {.block = block, .dollar_underscore = engine->underscore, .scope = BLOCK_CALLER_SCOPE};
    struct value result;
    enum status status = callable_call_collect(engine->realm, &call, &result);
    if (status != STATUS_OK) return status;
    *out = value_truth(result);
    value_release(result);
    return STATUS_OK;
}

/* Values are compared by their text: 65 is no [char]'A', 1 no $true. */
static enum status test_text(struct engine *engine, struct value item, struct value pattern, bool keep_case, bool *out) {
    struct value text = convert_text(engine->realm, item), wanted = convert_text(engine->realm, pattern);
    enum status status = ops_equal(engine->realm, text, wanted, keep_case, out);
    value_release(text);
    value_release(wanted);
    return status;
}

/* The item is what $_ says now: a clause before may have changed it. */
enum status switch_test(struct engine *engine, struct frame *frame, const struct instruction *i) {
    struct value *condition = operand(engine, frame, i->c);
    if (!condition) return STATUS_ERROR;
    bool truth = false, keep_case = i->d & SWITCH_CASE;
    struct value subject = engine->underscore, pattern = *condition;
    if (subject.kind == VALUE_UNSET) subject = value_null();
    subject.spare = pattern.spare = 0;
    enum status status;
    if (pattern.kind == VALUE_SCRIPT_BLOCK) status = test_block(engine, pattern, &truth);
    else if (i->d & SWITCH_REGEX) status = test_regex(engine, frame, subject, pattern, keep_case, &truth);
    else if (i->d & SWITCH_WILDCARD) status = test_wildcard(engine, subject, pattern, keep_case, &truth);
    else status = test_text(engine, subject, pattern, keep_case, &truth);
    operand_done(frame, i->c);
    return status == STATUS_OK ? operand_store(engine, frame, i->a, value_bool(truth)) : status;
}

enum status switch_file(struct engine *engine, struct frame *frame, const struct instruction *i) {
    struct value *v = operand(engine, frame, i->b);
    if (!v) return STATUS_ERROR;
    struct value name = convert_text(engine->realm, *v);
    struct bytes path = {0}, content = {0};
    struct fault fault = {0};
    path_resolve(string_text(name), engine->host->folder ? engine->host->folder(engine->host) : TEXT("/"), &path);
    enum status status = file_read(path.data, LIMIT_SOURCE_BYTES, &content, &fault);
    value_release(name);
    bytes_free(&path);
    operand_done(frame, i->b);
    if (status != STATUS_OK) return realm_raise_fault(engine->realm, &fault, "PathNotFound");
    struct value lines = array_new(engine->realm, NULL, 16);
    struct text rest = bytes_text(&content), line;
    while (text_split_next(&rest, '\n', &line)) {
        if (!rest.length && !line.length) break;
        if (line.length && line.start[line.length - 1] == '\r') line.length--;
        array_push_take(lines, string_new(line));
    }
    bytes_free(&content);
    return operand_store(engine, frame, i->a, lines);
}
