#include "engine_private.h"
void class_start(struct engine *engine) { (void)engine; }
void class_stop(struct engine *engine) { (void)engine; }
enum status class_define(struct engine *engine, struct frame *frame, const struct class_site *site) { (void)engine; (void)frame; (void)site; return STATUS_OK; }
enum status class_call_base(struct engine *engine, struct frame *frame, const struct instruction *i) { (void)engine; (void)frame; (void)i; return STATUS_OK; }
const struct condition *condition_of_block(struct host *host, struct value block) { (void)host; (void)block; return NULL; }
