/* Many exchanges at once: one network thread a process owns libcurl, its connections and the pace. It starts with the
 * first exchange. Callers submit and wait; waiting ends within a tenth of a second of Ctrl-C. */
#ifndef M365SH_NET_TRANSFER_H
#define M365SH_NET_TRANSFER_H

#include "m365sh/net/exchange.h"
#include "m365sh/net/settings.h"

struct net;
/* Copies the settings. Loads nothing yet. */
struct net *net_new(const struct net_settings *settings);
/* Ends the thread; exchanges still under way are ended as interrupted. */
void net_free(struct net *net);

/* Other certificate authorities for what is begun from now on (Connect-Tenant -CaFile). */
void net_trust(struct net *net, const char *authorities_path);

/* A lane: those who share one service and its pace. At most `limit` are under way; the number sinks when the service
 * says 429 and grows again one by one. When it asks to wait, the whole lane waits. */
struct lane *lane_new(struct net *net, int limit);
void lane_free(struct lane *lane);           /* nothing of it may be under way */
void lane_set_limit(struct lane *lane, int limit);
void lane_pause(struct lane *lane, int64_t milliseconds);  /* a part of a batch was told to wait */
int64_t lane_pause_left(struct lane *lane);  /* milliseconds */
bool lane_is_gone(struct lane *lane);        /* RETRY_REFUSED_MOST connections in a row were refused */

/* FAULT_LIBRARY when libcurl lacks; then the exchange is not taken. */
enum status transfer_submit(struct net *net, struct exchange *exchange, struct fault *fault);
bool transfer_is_done(struct net *net, const struct exchange *exchange);
/* STATUS_OK: done, whatever the answer. STATUS_INTERRUPTED: Ctrl-C; the exchange is still under way.
 * `patient`: Ctrl-C is not looked at (what is in flight is awaited); a second one counts. */
enum status transfer_wait(struct net *net, struct exchange *exchange, bool patient);
/* The same for any of several; *which is the index of one that is done. */
enum status transfer_wait_any(struct net *net, struct exchange *const *exchanges, size_t count, size_t *which);
/* Takes it back if it is not on the wire and the service has not seen it (or has refused it); false: it is under way. */
bool transfer_withdraw(struct net *net, struct exchange *exchange);
/* Ends it and waits until the thread has let go. Harmless when it is done or was never submitted. */
void transfer_cancel(struct net *net, struct exchange *exchange);

#endif
