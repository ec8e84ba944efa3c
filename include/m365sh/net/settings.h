/* What every exchange shares: trust, proxy, timeouts, name, where the trace goes. Texts are copied by net_new. */
#ifndef M365SH_NET_SETTINGS_H
#define M365SH_NET_SETTINGS_H

struct log_file;

struct net_settings {
    const char *agent;            /* User-Agent; NULL: "m365sh/<version>" */
    const char *authorities_path; /* --ca-file; NULL: SSL_CERT_FILE or the system's */
    int connect_seconds;          /* 0: 10 */
    int idle_seconds;             /* no byte for so long ends an attempt; 0: 60 */
    int connections_most;         /* to one host; 0: 8 */
    int trace_descriptor;         /* --trace: readable lines there; -1 none */
    struct log_file *log;         /* --log: one event a request; NULL none. Borrowed */
};

#endif
