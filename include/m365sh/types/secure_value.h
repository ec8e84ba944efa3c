/* [securestring] as a value, for ConvertTo-SecureString, Get-Credential, Read-Host and sign-in. The text is wiped when the
 * last reference goes. */
#ifndef M365SH_TYPES_SECURE_VALUE_H
#define M365SH_TYPES_SECURE_VALUE_H

#include "m365sh/base/secret.h"
#include "m365sh/types/type.h"

struct value secure_value_new(struct realm *realm, struct text text);      /* owned */
/* The text, borrowed; false for any other value. */
bool secure_value_reveal(struct value v, struct text *text);
/* A PSCredential of a name and a [securestring]. Owned. */
struct value secure_value_credential(struct realm *realm, struct value user_name, struct value password);

#endif
