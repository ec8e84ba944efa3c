/* Which program this is. The language version is the one whose behaviour is kept. */
#ifndef M365SH_VERSION_H
#define M365SH_VERSION_H

#define M365SH_VERSION "0.1.0"
#define M365SH_LANGUAGE_MAJOR 7
#define M365SH_LANGUAGE_MINOR 6
#define M365SH_LANGUAGE_PATCH 9

#endif
