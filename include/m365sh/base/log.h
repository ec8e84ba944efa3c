/* Events as JSON lines (--log FILE), one per change and request, secrets removed by whoever builds the event. */
#ifndef M365SH_BASE_LOG_H
#define M365SH_BASE_LOG_H

#include <stdint.h>
#include "m365sh/base/bytes.h"
#include "m365sh/fault.h"

struct log_file;
struct log_file *log_open(const char *path, struct fault *fault); /* appends; NULL on failure */
void log_close(struct log_file *log);
void log_line(struct log_file *log, struct text json); /* whole lines, safe between processes */
/* Adds a JSON string with quotes. */
void log_add_json_text(struct bytes *out, struct text text);

#endif
