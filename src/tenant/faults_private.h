/* Failures that somebody asked for: a list of orders (POST /practice/faults), each for the next requests that it fits, and
 * a share of all requests (--faults). Drawn by seed, so that a rehearsal can be repeated. */
#ifndef M365SH_TENANT_FAULTS_PRIVATE_H
#define M365SH_TENANT_FAULTS_PRIVATE_H

#include "exchange_private.h"

enum fault_cut { FAULT_NO_CUT, FAULT_CUT_BEFORE, FAULT_CUT_AFTER };
struct fault_order {
    int status;        /* 0: none */
    int retry_after;   /* seconds; -1: no such header */
    enum fault_cut cut;
};

struct faults;
struct faults *faults_new(uint64_t seed, double rate);
void faults_free(struct faults *faults);
void faults_set_rate(struct faults *faults, double rate);
double faults_rate(struct faults *faults);
void faults_reseed(struct faults *faults, uint64_t seed);
void faults_clear(struct faults *faults);
/* `match` is looked for in "METHOD /path?query"; empty fits all. */
bool faults_add(struct faults *faults, const char *match, struct fault_order order, int skip, int count);
struct fault_order faults_next(struct faults *faults, struct exchange *exchange);
/* True: the order's error is the reply. */
bool faults_reply(struct exchange *exchange, const struct fault_order *order);
#endif
