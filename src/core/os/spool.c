// SPDX-License-Identifier: AGPL-3.0-or-later
//
// spool.c: see spool.h.

#include "os/spool.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/limits.h"

static enum err failed(const struct spool *s, struct err_info *e)
{
    const char *hint = errno == ENOSPC ? MSG("Make room on the disk, then try again.") : MSG("The system says: {1}.");
    return err_set(e, ERR_FAILED, NULL, MSG("{0} cannot be written."), hint, s->folder, strerror(errno), NULL);
}

// Nobody can open what has no name, and nothing is left when the process ends, however it ends.
static enum err begin(struct spool *s, struct err_info *e)
{
    char path[4096];
    if (snprintf(path, sizeof path, "%s/.result-XXXXXX", s->folder) >= (int)sizeof path) {
        errno = ENAMETOOLONG;
        return failed(s, e);
    }
    s->fd = mkstemp(path);
    if (s->fd < 0) {
        return failed(s, e);
    }
    (void)fcntl(s->fd, F_SETFD, FD_CLOEXEC);
    return unlink(path) == 0 ? ERR_NONE : failed(s, e);
}

enum err spool_add(struct spool *s, const void *bytes, size_t len, struct err_info *e)
{
    const char *p = bytes;
    enum err err = s->fd < 0 ? begin(s, e) : ERR_NONE;
    if (err == ERR_NONE && len > LIMIT_SPOOL_BYTES - s->len) {
        err = err_set(e, ERR_TOO_LARGE, NULL, MSG("The result is too large."), MSG("Ask for less, with --where."), NULL);
    }
    while (err == ERR_NONE && len > 0) {
        ssize_t n = write(s->fd, p, len);
        if (n < 0 && errno == EINTR) {
            continue;
        }
        if (n <= 0) {
            return failed(s, e);
        }
        p += n;
        len -= (size_t)n;
        s->len += (size_t)n;
    }
    return err;
}

void spool_drop(struct spool *s)
{
    if (s->fd >= 0) {
        close(s->fd);
    }
    s->fd = -1;
    s->len = 0;
}
