#include "engine_private.h"
struct module *module_new(struct engine *engine, struct text name) {
    struct module *module = ALLOC_NEW(struct module);
    module->references = 1;
    module->name = text_make(alloc_text(name.start, name.length), name.length);
    scope_open(&module->scope, &engine->global, NULL, NULL);
    module->scope.module = module;
    module->scope.is_script = true;
    module->engine = engine;
    return module;
}
struct module *module_keep(struct module *module) { if (module) module->references++; return module; }
void module_release(struct module *module) {
    if (!module || --module->references) return;
    scope_close(module->engine, &module->scope);
    alloc_free((char *)module->name.start);
    alloc_free(module->path);
    alloc_free(module->folder);
    alloc_free(module);
}
void modules_stop(struct engine *engine) { for (uint32_t i = 0; i < engine->module_count; i++) module_release(engine->modules[i]); alloc_free(engine->modules); engine->module_count = 0; }
enum status using_run(struct engine *engine, struct frame *frame, const struct using_site *site) {
    (void)frame;
    if (site->kind != USING_NAMESPACE) return STATUS_OK;
    engine->namespaces = alloc_resize(engine->namespaces, engine->namespace_count + 1, sizeof *engine->namespaces);
    engine->namespaces[engine->namespace_count++] = text_make(alloc_text(site->name.start, site->name.length), site->name.length);
    return STATUS_OK;
}
enum status host_ask(struct host *host, struct text what, const struct value *arguments, uint32_t count, struct value *out) { (void)host; (void)what; (void)arguments; (void)count; *out = value_null(); return STATUS_OK; }
