/* Checksums of files: libcrypto's, loaded when first needed. */
#ifndef M365SH_CMDLETS_DIGEST_PRIVATE_H
#define M365SH_CMDLETS_DIGEST_PRIVATE_H

#include <stdint.h>
#include "m365sh/base/text.h"
#include "m365sh/fault.h"

#define DIGEST_MOST_BYTES 64
struct digest { uint8_t bytes[DIGEST_MOST_BYTES]; unsigned length; };
/* algorithm: MD5, SHA1, SHA256, SHA384, SHA512. FAULT_INVALID for others, FAULT_LIBRARY when libcrypto lacks. */
enum status digest_of_file(const char *algorithm, int descriptor, struct digest *out, struct fault *fault);
enum status digest_of_text(const char *algorithm, struct text text, struct digest *out, struct fault *fault);

#endif
