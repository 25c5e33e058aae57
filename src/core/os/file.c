// SPDX-License-Identifier: AGPL-3.0-or-later
//
// file.c: see file.h.

#define _XOPEN_SOURCE 700 // realpath

#include "os/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"

static enum err failed(struct err_info *e, enum err code, const char *text, const char *path)
{
    int saved = errno;
    (void)err_set(e, code, NULL, text, MSG("The system says: {1}."), path, strerror(saved), NULL);
    err_detail(e, "errno %d", saved);
    return code;
}

static enum err too_large(struct err_info *e, const char *path)
{
    return err_set(e, ERR_TOO_LARGE, NULL, MSG("{0} is too large."), MSG("Split it into smaller files."), path, NULL);
}

static enum err read_all(struct arena *a, int fd, const char *path, size_t limit_bytes,
                         const char **bytes, size_t *len, struct err_info *e)
{
    struct buf b;
    struct stat about;
    buf_init(&b, a, limit_bytes);
    if (fstat(fd, &about) == 0 && S_ISREG(about.st_mode) && about.st_size > 0) {
        buf_reserve(&b, (size_t)about.st_size); // a buffer that grows needs twice the memory
    }
    char piece[16384];
    for (;;) {
        ssize_t n = read(fd, piece, sizeof piece);
        if (n < 0 && errno == EINTR) {
            continue;
        }
        if (n < 0) {
            return failed(e, ERR_FAILED, MSG("{0} cannot be read."), path);
        }
        if (n == 0) {
            break;
        }
        buf_add(&b, piece, (size_t)n);
        if (buf_is_full(&b)) {
            return too_large(e, path);
        }
    }
    *bytes = b.data;
    *len = b.len;
    return ERR_NONE;
}

static enum err open_to_read(const char *path, int *fd, struct err_info *e)
{
    *fd = open(path, O_RDONLY | O_CLOEXEC);
    return *fd >= 0 ? ERR_NONE
                    : failed(e, errno == ENOENT ? ERR_NOT_FOUND : ERR_FAILED, MSG("{0} cannot be opened."), path);
}

enum err file_read(struct arena *a, const char *path, size_t limit_bytes, const char **bytes,
                   size_t *len, struct err_info *e)
{
    int fd;
    enum err err = open_to_read(path, &fd, e);
    if (err != ERR_NONE) {
        return err;
    }
    err = read_all(a, fd, path, limit_bytes, bytes, len, e);
    close(fd);
    return err;
}

enum err file_read_input(struct arena *a, size_t limit_bytes, const char **bytes, size_t *len,
                         struct err_info *e)
{
    return read_all(a, STDIN_FILENO, "standard input", limit_bytes, bytes, len, e);
}

struct file_in {
    int fd;
    const char *path;
    size_t bytes;
};

static void close_file_in(void *f)
{
    close(((struct file_in *)f)->fd);
}

enum err file_in_open(struct arena *a, const char *path, size_t least_bytes, size_t limit_bytes, struct file_in **out,
                      struct err_info *e)
{
    struct stat about;
    *out = NULL;
    if (stat(path, &about) != 0 || !S_ISREG(about.st_mode) || about.st_size <= (off_t)least_bytes) {
        return ERR_NONE;
    }
    if (about.st_size > (off_t)limit_bytes) {
        return too_large(e, path);
    }
    struct file_in *f = ARENA_MAKE(a, struct file_in);
    *f = (struct file_in){.path = path, .bytes = (size_t)about.st_size};
    enum err err = open_to_read(path, &f->fd, e);
    if (err == ERR_NONE) {
        arena_on_close(a, close_file_in, f);
        *out = f;
    }
    return err;
}

size_t file_in_bytes(const struct file_in *f)
{
    return f->bytes;
}

enum err file_in_read(struct file_in *f, char *bytes, size_t room, size_t *n, struct err_info *e)
{
    *n = 0;
    while (*n < room) {
        ssize_t got = read(f->fd, bytes + *n, room - *n);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            return failed(e, ERR_FAILED, MSG("{0} cannot be read."), f->path);
        }
        if (got == 0) {
            break;
        }
        *n += (size_t)got;
    }
    return ERR_NONE;
}

enum err folder_sync_of(const char *path, struct err_info *e)
{
    char folder[4096];
    snprintf(folder, sizeof folder, "%s", path);
    char *slash = strrchr(folder, '/');
    if (slash == NULL) {
        snprintf(folder, sizeof folder, ".");
    } else if (slash != folder) {
        *slash = '\0';
    }
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0 || fsync(fd) != 0) {
        enum err err = failed(e, ERR_FAILED, MSG("{0} cannot be made safe on disk."), folder);
        if (fd >= 0) {
            close(fd);
        }
        return err;
    }
    close(fd);
    return ERR_NONE;
}

static enum err put_all(int fd, const char *path, const char *bytes, size_t len, struct err_info *e)
{
    while (len > 0) {
        ssize_t n = write(fd, bytes, len);
        if (n < 0 && errno == EINTR) {
            continue;
        }
        if (n <= 0) {
            return failed(e, ERR_FAILED, MSG("{0} cannot be written."), path);
        }
        bytes += n;
        len -= (size_t)n;
    }
    return ERR_NONE;
}

// Bytes of memory, or all of an open file.
struct content {
    const char *bytes;
    size_t len;
    int from; // -1: of memory
};

static enum err put_content(int fd, const char *path, const struct content *c, struct err_info *e)
{
    char piece[65536];
    if (c->from < 0) {
        return put_all(fd, path, c->bytes, c->len, e);
    }
    for (off_t at = 0;;) {
        ssize_t n = pread(c->from, piece, sizeof piece, at);
        if (n < 0 && errno == EINTR) {
            continue;
        }
        if (n < 0) {
            return failed(e, ERR_FAILED, MSG("{0} cannot be written."), path);
        }
        enum err err = put_all(fd, path, piece, (size_t)n, e);
        if (err != ERR_NONE || n == 0) {
            return err;
        }
        at += n;
    }
}

static enum err write_all(int fd, const char *path, const struct content *c, struct err_info *e)
{
    enum err err = put_content(fd, path, c, e);
    return err != ERR_NONE || fsync(fd) == 0
               ? err
               : failed(e, ERR_FAILED, MSG("{0} cannot be made safe on disk."), path);
}

// Into what is no file of bytes: a pipe, a device. It is not replaced by a file.
static enum err write_through(const char *path, const struct content *c, struct err_info *e)
{
    int fd = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
    if (fd < 0) {
        return failed(e, ERR_FAILED, MSG("{0} cannot be written."), path);
    }
    enum err err = put_content(fd, path, c, e);
    close(fd);
    return err;
}

static enum err replace(const char *path, const struct content *c, unsigned mode, struct err_info *e)
{
    char beside[4096], target[PATH_MAX];
    struct stat there;
    bool exists = stat(path, &there) == 0;
    if (exists && !S_ISREG(there.st_mode) && !S_ISDIR(there.st_mode)) {
        return write_through(path, c, e);
    }
    if (exists) {
        mode &= there.st_mode; // what was closed to others is not opened to them
        path = realpath(path, target) != NULL ? target : path; // a link stays: the file that it leads to is replaced
    }
    if (snprintf(beside, sizeof beside, "%s.new", path) >= (int)sizeof beside) {
        errno = ENAMETOOLONG;
        return failed(e, ERR_FAILED, MSG("{0} cannot be written."), path);
    }
    int fd = open(beside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, (mode_t)mode);
    if (fd < 0) {
        return failed(e, ERR_FAILED, MSG("{0} cannot be written."), path);
    }
    enum err err = write_all(fd, path, c, e);
    close(fd);
    if (err == ERR_NONE && rename(beside, path) != 0) {
        err = failed(e, ERR_FAILED, MSG("{0} cannot be put in place."), path);
    }
    if (err != ERR_NONE) {
        unlink(beside);
        return err;
    }
    return folder_sync_of(path, e);
}

enum err file_write(const char *path, const void *bytes, size_t len, unsigned mode, struct err_info *e)
{
    return replace(path, &(struct content){.bytes = bytes, .len = len, .from = -1}, mode, e);
}

enum err file_write_from(const char *path, int from, unsigned mode, struct err_info *e)
{
    return replace(path, &(struct content){.from = from}, mode, e);
}

enum err file_print_from(int from, struct err_info *e)
{
    return put_content(STDOUT_FILENO, "standard output", &(struct content){.from = from}, e);
}

enum err file_write_new(const char *path, const void *bytes, size_t len, unsigned mode,
                        struct err_info *e)
{
    if (file_exists(path)) {
        errno = EEXIST;
        return failed(e, ERR_CONFLICT, MSG("{0} exists already."), path);
    }
    return file_write(path, bytes, len, mode, e);
}

enum err folder_make(const char *path, unsigned mode, struct err_info *e)
{
    char copy[4096];
    if (snprintf(copy, sizeof copy, "%s", path) >= (int)sizeof copy) {
        errno = ENAMETOOLONG;
        return failed(e, ERR_FAILED, MSG("The folder {0} cannot be made."), path);
    }
    for (char *p = copy + 1;; p++) {
        if (*p == '/' || *p == '\0') {
            char kept = *p;
            *p = '\0';
            if (mkdir(copy, (mode_t)mode) != 0 && errno != EEXIST) {
                return failed(e, ERR_FAILED, MSG("The folder {0} cannot be made."), path);
            }
            *p = kept;
            if (kept == '\0') {
                return ERR_NONE;
            }
        }
    }
}

bool file_exists(const char *path)
{
    return access(path, F_OK) == 0;
}

bool folder_is_empty(const char *path)
{
    DIR *d = opendir(path);
    if (d == NULL) {
        return !file_exists(path);
    }
    bool empty = true;
    for (struct dirent *entry; (entry = readdir(d)) != NULL;) {
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0) {
            empty = false;
            break;
        }
    }
    closedir(d);
    return empty;
}
