// SPDX-License-Identifier: AGPL-3.0-or-later
//
// mapped.c: see mapped.h.

#include "os/mapped.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "os/file.h"

#define WAITING_BYTES ((size_t)256 * 1024) // written at once

struct file_out {
    const char *path;
    const char *beside;
    int fd; // -1: closed
    size_t len;
    size_t n_waiting;
    unsigned char waiting[WAITING_BYTES];
};

static enum err failed(struct err_info *e, enum err code, const char *text, const char *path)
{
    int saved = errno;
    const char *hint = saved == ENOSPC ? MSG("Make room on the disk, then try again.") : MSG("The system says: {1}.");
    return err_set(e, code, NULL, text, hint, path, strerror(saved), (char *)NULL);
}

enum err file_map(const char *path, struct mapped *out, struct err_info *e)
{
    struct stat s;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    *out = (struct mapped){0};
    if (fd < 0 || fstat(fd, &s) != 0) {
        enum err err = failed(e, errno == ENOENT ? ERR_NOT_FOUND : ERR_FAILED, MSG("{0} cannot be opened."), path);
        if (fd >= 0) {
            close(fd);
        }
        return err;
    }
    void *p = s.st_size == 0 ? NULL : mmap(NULL, (size_t)s.st_size, PROT_READ, MAP_SHARED, fd, 0);
    enum err err = p == MAP_FAILED ? failed(e, ERR_FAILED, MSG("{0} cannot be read."), path) : ERR_NONE;
    close(fd);
    if (err == ERR_NONE) {
        *out = (struct mapped){p, (size_t)s.st_size};
    }
    return err;
}

void file_unmap(struct mapped *m)
{
    if (m->bytes != NULL) {
        munmap((void *)m->bytes, m->len);
    }
    *m = (struct mapped){0};
}

enum err file_out_begin(struct arena *a, const char *path, struct file_out **out, struct err_info *e)
{
    struct file_out *f = ARENA_MAKE(a, struct file_out);
    f->path = arena_copy(a, path);
    f->beside = arena_printf(a, "%s.new", path);
    f->fd = open(f->beside, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
    *out = f;
    return f->fd >= 0 ? ERR_NONE : failed(e, ERR_FAILED, MSG("{0} cannot be written."), path);
}

static enum err put(struct file_out *f, const unsigned char *bytes, size_t len, struct err_info *e)
{
    while (len > 0) {
        ssize_t n = write(f->fd, bytes, len);
        if (n < 0 && errno == EINTR) {
            continue;
        }
        if (n <= 0) {
            return failed(e, ERR_FAILED, MSG("{0} cannot be written."), f->path);
        }
        bytes += n;
        len -= (size_t)n;
    }
    return ERR_NONE;
}

static enum err empty(struct file_out *f, struct err_info *e)
{
    size_t n = f->n_waiting;
    f->n_waiting = 0;
    return put(f, f->waiting, n, e);
}

enum err file_out_add(struct file_out *f, const void *bytes, size_t len, struct err_info *e)
{
    enum err err = ERR_NONE;
    if (len > WAITING_BYTES - f->n_waiting) {
        err = empty(f, e);
    }
    f->len += len;
    if (err == ERR_NONE && len > WAITING_BYTES) {
        return put(f, bytes, len, e);
    }
    if (err == ERR_NONE && len > 0) {
        memcpy(f->waiting + f->n_waiting, bytes, len);
        f->n_waiting += len;
    }
    return err;
}

size_t file_out_len(const struct file_out *f)
{
    return f->len;
}

enum err file_out_end(struct file_out *f, const void *first, size_t len, struct err_info *e)
{
    enum err err = empty(f, e);
    if (err == ERR_NONE && pwrite(f->fd, first, len, 0) != (ssize_t)len) {
        err = failed(e, ERR_FAILED, MSG("{0} cannot be written."), f->path);
    }
    if (err == ERR_NONE && (fsync(f->fd) != 0 || rename(f->beside, f->path) != 0)) {
        err = failed(e, ERR_FAILED, MSG("{0} cannot be put in place."), f->path);
    }
    if (err != ERR_NONE) {
        file_out_drop(f);
        return err;
    }
    close(f->fd);
    f->fd = -1;
    return folder_sync_of(f->path, e);
}

void file_out_drop(struct file_out *f)
{
    if (f->fd >= 0) {
        close(f->fd);
        unlink(f->beside);
        f->fd = -1;
    }
}

enum err file_remove(const char *path, struct err_info *e)
{
    return unlink(path) == 0 || errno == ENOENT ? ERR_NONE
                                                : failed(e, ERR_FAILED, MSG("{0} cannot be removed."), path);
}
