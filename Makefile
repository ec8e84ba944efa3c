# m365sh: rooms as archives in rank order (scripts/dev/layers.txt). `make run` and `make check` are all a newcomer needs.
#   make SAN=1 …   address and undefined-behaviour sanitizers, in a build folder of its own
#   make CC=clang …
CC      = gcc
SAN     =
BUILD   = build$(if $(SAN),/san)$(if $(findstring clang,$(CC)),/clang)
PROGRAM = $(BUILD)/m365sh

CFLAGS  = -std=gnu17 -D_GNU_SOURCE -O2 -g -Wall -Wextra -Werror -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wwrite-strings \
          -fno-common -fvisibility=hidden -pthread $(if $(SAN),,-fno-pie)
SANITIZE = $(if $(SAN),-fsanitize=address$(comma)undefined -fno-sanitize-recover=all -fno-omit-frame-pointer) $(if $(FUZZ),-fsanitize=fuzzer-no-link)
comma   = ,
INCLUDE = -Iinclude -I$(BUILD)/generated -isystem /usr/include/libxml2
# Start-up is mostly the dynamic linker's work: a fixed address needs no relocation, and libraries from their archives no
# look-up of symbols (docs/decisions/libraries.md). cJSON has no archive in Debian.
LDFLAGS = -pthread -Wl,--as-needed -Wl,-z,relro -Wl,-O1 -Wl,--hash-style=gnu $(if $(SAN),,-no-pie -Wl,--gc-sections)
STATIC  = -lreadline -ltinfo -lsqlite3 -lpcre2-8 -lutf8proc -lgmp
LIBS    = $(if $(SAN),$(STATIC),-Wl$(comma)-Bstatic $(STATIC) -Wl$(comma)-Bdynamic) -lcjson -ldl -lm

LAYERS  = scripts/dev/layers.txt
ROOMS  := $(shell awk -F'[ :]' '!/^#/ {print $$2}' $(LAYERS))
# The rooms that have sources yet, highest first: the order the linker wants.
PRESENT := $(shell for room in $$(awk -F'[ :]' '!/^#/ {print $$2}' $(LAYERS) | tac); do [ -d src/$$room ] && echo $$room; done)

sources_of = $(sort $(shell find src/$(1) -name '*.c' 2>/dev/null))
objects_of = $(patsubst src/%.c,$(BUILD)/objects/%.o,$(call sources_of,$(1)))
archive_of = $(BUILD)/rooms/lib$(1).a
# A room's own archive and those it may use, highest rank first.
closure_of = $(filter $(PRESENT),$(shell scripts/dev/room-closure $(1)))

.PHONY: all run check lint unit unit-programs program-path conformance bench fuzz docs format clean deps
all: $(PROGRAM)

run: deps
	@$(MAKE) --no-print-directory all
	@$(PROGRAM)

check: deps
	@scripts/dev/check

deps:
	@scripts/dev/install-deps

# --- the program --------------------------------------------------------------------------------------------------
$(PROGRAM): $(foreach room,$(PRESENT),$(call archive_of,$(room)))
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $(SANITIZE) $(LDFLAGS) -o $@ -Wl,--start-group $(foreach room,$(PRESENT),$(call archive_of,$(room))) -Wl,--end-group $(LIBS)

define room_rules
$(call archive_of,$(1)): $(call objects_of,$(1))
	@mkdir -p $$(@D); rm -f $$@
	@ar rcs $$@ $$^
endef
$(foreach room,$(PRESENT),$(eval $(call room_rules,$(room))))

$(BUILD)/objects/%.o: src/%.c
	@mkdir -p $(@D)
	@echo "  CC  $<"
	@$(CC) $(CFLAGS) $(SANITIZE) $(INCLUDE) -Isrc/$(firstword $(subst /, ,$*)) -I$(<D) -MMD -MP -c -o $@ $<

-include $(shell find $(BUILD)/objects $(BUILD)/unit -name '*.d' 2>/dev/null)

# --- generated: text files that the program carries ---------------------------------------------------------------
$(BUILD)/tools/embed: scripts/dev/embed.c
	@mkdir -p $(@D)
	@$(CC) -std=gnu17 -O1 -Wall -Wextra -Werror -o $@ $<

STDLIB := $(sort $(shell find stdlib -type f 2>/dev/null))
$(BUILD)/generated/embedded_stdlib.inc: $(BUILD)/tools/embed $(STDLIB)
	@mkdir -p $(@D)
	@$(BUILD)/tools/embed $@ $(STDLIB)
TENANT_FILES := $(sort $(shell find src/tenant -type f \( -name '*.sql' -o -name '*.json' -o -name '*.tsv' -o -name '*.html' -o -name '*.js' -o -name '*.css' \) 2>/dev/null))
$(BUILD)/generated/embedded_tenant.inc: $(BUILD)/tools/embed $(TENANT_FILES)
	@mkdir -p $(@D)
	@$(BUILD)/tools/embed $@ $(TENANT_FILES)
JOURNAL_FILES := $(sort $(shell find src/journal -type f -name '*.sql' 2>/dev/null))
$(BUILD)/generated/embedded_journal.inc: $(BUILD)/tools/embed $(JOURNAL_FILES)
	@mkdir -p $(@D)
	@$(BUILD)/tools/embed $@ $(JOURNAL_FILES)
$(call objects_of,session): $(BUILD)/generated/embedded_stdlib.inc
$(call objects_of,tenant): $(BUILD)/generated/embedded_tenant.inc
$(call objects_of,journal): $(BUILD)/generated/embedded_journal.inc

# --- tests --------------------------------------------------------------------------------------------------------
# One cmocka binary a room, linked with the archives that the room may use: a call upward is an unresolved symbol.
TESTED := $(patsubst tests/unit/%/,%,$(filter %/,$(wildcard tests/unit/*/)))
define unit_rules
$(BUILD)/unit/$(1)/test: $(patsubst tests/%.c,$(BUILD)/%.o,$(wildcard tests/unit/$(1)/*.c)) $(foreach room,$(call closure_of,$(1)),$(call archive_of,$(room)))
	@$(CC) $(CFLAGS) $(SANITIZE) $(LDFLAGS) -o $$@ $(patsubst tests/%.c,$(BUILD)/%.o,$(wildcard tests/unit/$(1)/*.c)) -Wl,--start-group $(foreach room,$(call closure_of,$(1)),$(call archive_of,$(room))) -Wl,--end-group -lcmocka $(LIBS)
endef
$(foreach room,$(TESTED),$(eval $(call unit_rules,$(room))))
$(BUILD)/unit/%.o: tests/unit/%.c
	@mkdir -p $(@D)
	@$(CC) $(CFLAGS) $(SANITIZE) $(INCLUDE) -Itests/support -Isrc/$(firstword $(subst /, ,$*)) -Wno-missing-prototypes -MMD -MP -c -o $@ $<
unit: $(foreach room,$(TESTED),$(BUILD)/unit/$(room)/test)
	@scripts/dev/run-units $(foreach room,$(TESTED),$(BUILD)/unit/$(room)/test)
unit-%: $(BUILD)/unit/%/test
	@$<
unit-programs: $(foreach room,$(TESTED),$(BUILD)/unit/$(room)/test)
program-path:
	@echo $(PROGRAM)

conformance: all
	@scripts/dev/run-conformance --program $(PROGRAM) $(AREAS)
bench: all
	@scripts/dev/bench $(PROGRAM) $(ROWS)
lint:
	@scripts/dev/lint
fuzz:
	@scripts/dev/fuzz $(TARGETS)
docs: all
	@scripts/dev/gen-docs $(PROGRAM)
format:
	@git ls-files '*.c' '*.h' | xargs clang-format -i
clean:
	rm -rf build
