// SPDX-License-Identifier: AGPL-3.0-or-later
//
// backup_damage_test.c: a backup that was damaged or forged is refused and changes nothing.

#include "store/backup_test_help.h"

#include "base/bug.h"
#include "store/container_private.h"

// ---- damage --------------------------------------------------------------------------------------

static enum err nothing_begins(void *context, const char *part, struct err_info *e2)
{
    (void)context, (void)part, (void)e2;
    return ERR_NONE;
}

static enum err nothing_added(void *context, const void *bytes, size_t len, struct err_info *e2)
{
    (void)context, (void)bytes, (void)len, (void)e2;
    return ERR_NONE;
}

static enum err read_copy(struct place *p, const char *bytes, size_t len)
{
    const char *copy = path(p, "copy");
    FILE *out = fopen(copy, "wb");
    assert_non_null(out);
    assert_int_equal(fwrite(bytes, 1, len, out), len);
    fclose(out);
    struct arena *a = arena_new(LIMIT_REQUEST_BYTES);
    json_t *manifest;
    struct container_visitor visitor = {.begin = nothing_begins, .add = nothing_added};
    enum err err = container_read(a, copy, &visitor, &manifest, &e);
    arena_free(a);
    return err;
}

static char *read_backup(struct place *p, size_t *len)
{
    const char *bytes;
    ok(store_backup(p->store, p->backup, &e));
    ok(file_read(p->arena, p->backup, LIMIT_IMPORT_BYTES, &bytes, len, &e));
    return (char *)bytes;
}

static void any_flipped_bit_is_found(void **state)
{
    struct place *p = *state;
    size_t len;
    char *bytes = read_backup(p, &len);
    ok(read_copy(p, bytes, len));
    int tried = 0;
    // The beginning, the list and the signature byte by byte; the rest in steps.
    for (size_t at = 0; at < len; at += at < 120 || at + 200 > len ? 1 : 1511) {
        for (int bit = 0; bit < 8; bit += at < 120 || at + 200 > len ? 3 : 7) {
            bytes[at] ^= (char)(1 << bit);
            enum err err = read_copy(p, bytes, len);
            if (err != ERR_DAMAGED && !(at < CONTAINER_MAGIC_BYTES && err == ERR_INPUT)) {
                fail_msg("a flipped bit at %zu of %zu gave %s", at, len, err_name(err));
            }
            bytes[at] ^= (char)(1 << bit);
            tried++;
        }
    }
    assert_true(tried > 500);
}

static void a_backup_cut_short_or_long_is_refused(void **state)
{
    struct place *p = *state;
    size_t len;
    char *bytes = read_backup(p, &len);
    for (size_t cut = 1; cut < len; cut += cut < 300 ? 7 : 5003) {
        enum err err = read_copy(p, bytes, len - cut);
        assert_true(err == ERR_DAMAGED || (len - cut < CONTAINER_MAGIC_BYTES && err == ERR_INPUT));
    }
    char *longer = arena_alloc(p->arena, len + 1);
    memcpy(longer, bytes, len);
    assert_int_equal(read_copy(p, longer, len + 1), ERR_DAMAGED);
    assert_int_equal(read_copy(p, "", 0), ERR_INPUT);
}

// Where the n-th chunk of 64 KB begins; 0 when there are fewer.
static size_t large_chunk(const char *bytes, size_t len, int n)
{
    for (size_t at = CONTAINER_MAGIC_BYTES + 32; at + 48 <= len;) {
        const unsigned char *head = (const unsigned char *)bytes + at;
        size_t size = head[0] | (size_t)head[1] << 8 | (size_t)head[2] << 16;
        if (size == 65536 && n-- == 0) {
            return at;
        }
        at += 48 + size;
    }
    return 0;
}

static void chunks_that_changed_places_are_refused(void **state)
{
    struct place *p = *state;
    size_t len, other_len, chunk = 48 + 65536;
    char *bytes = read_backup(p, &len);
    char *other = read_backup(p, &other_len);
    size_t a = large_chunk(bytes, len, 0), b = large_chunk(bytes, len, 1);
    assert_true(a > 0 && b > 0);
    char *swapped = arena_copy_n(p->arena, bytes, len);
    memcpy(swapped + a, bytes + b, chunk);
    memcpy(swapped + b, bytes + a, chunk);
    assert_int_equal(read_copy(p, swapped, len), ERR_DAMAGED);
    assert_non_null(strstr(e.args[1], "moved"));
    // One left out.
    memcpy(swapped, bytes, a);
    memcpy(swapped + a, bytes + a + chunk, len - a - chunk);
    assert_int_equal(read_copy(p, swapped, len - chunk), ERR_DAMAGED);
    // One taken from another backup of the same workspace.
    memcpy(swapped, bytes, len);
    memcpy(swapped + a, other + large_chunk(other, other_len, 0), chunk);
    assert_int_equal(read_copy(p, swapped, len), ERR_DAMAGED);
}

// Changes a byte of the n-th chunk of a kind and makes the hash of the chunk right again, as somebody
// can who knows the form but not the key.
static void rewrite(char *bytes, size_t len, enum container_kind kind, int n, size_t place)
{
    unsigned char *b = (unsigned char *)bytes;
    const unsigned char *id = b + CONTAINER_MAGIC_BYTES;
    for (size_t at = CONTAINER_MAGIC_BYTES + CONTAINER_ID_BYTES; at < len;) {
        size_t size = (size_t)container_take(b + at, 4);
        if (container_take(b + at + 4, 4) == kind && n-- == 0) {
            unsigned char *content = b + at + CONTAINER_HEAD_BYTES;
            content[place % size] ^= 1;
            container_hash(id, b + at, content, size, b + at + 16);
            return;
        }
        at += CONTAINER_HEAD_BYTES + size;
    }
    fail_msg("there is no such chunk");
}

static void a_change_with_the_right_hash_of_its_chunk_is_found(void **state)
{
    struct place *p = *state;
    size_t len;
    char *bytes = read_backup(p, &len);
    char *copy = arena_copy_n(p->arena, bytes, len);
    rewrite(copy, len, CONTAINER_BYTES, 1, 100);
    assert_int_equal(read_copy(p, copy, len), ERR_DAMAGED);
    assert_non_null(strstr(e.args[1], "parts"));
    memcpy(copy, bytes, len);
    rewrite(copy, len, CONTAINER_PART, 1, 3);
    assert_int_equal(read_copy(p, copy, len), ERR_DAMAGED);
    assert_non_null(strstr(e.args[1], "parts"));
    // A digit of the time in the list: "time":"2026-...
    memcpy(copy, bytes, len);
    const char *list = NULL;
    for (size_t i = 0; i + 8 < len; i++) {
        list = memcmp(bytes + i, "\"time\":\"", 8) == 0 ? bytes + i : list;
    }
    assert_non_null(list);
    size_t start = (size_t)(list - bytes);
    while (memcmp(bytes + start, "{\"facts\"", 8) != 0) {
        start--;
    }
    rewrite(copy, len, CONTAINER_LIST, 0, (size_t)(list - bytes) - start + 10);
    assert_int_equal(read_copy(p, copy, len), ERR_DAMAGED);
    assert_non_null(strstr(e.args[1], "signature"));
    memcpy(copy, bytes, len);
    rewrite(copy, len, CONTAINER_SIGN, 0, 5);
    assert_int_equal(read_copy(p, copy, len), ERR_DAMAGED);
    assert_non_null(strstr(e.args[1], "signature"));
}

static void a_damaged_backup_changes_nothing(void **state)
{
    struct place *p = *state;
    size_t len;
    char *bytes = read_backup(p, &len);
    close_store(p);
    bytes[len / 2] ^= 1;
    ok(file_write(p->backup, bytes, len, 0600, &e));
    const char *aside;
    const char *there = test_server == NULL ? p->workspace : new_workspace(p, "office");
    assert_int_equal(store_restore(there, p->backup, p->arena, &aside, &e), ERR_DAMAGED);
    assert_null(aside);
    assert_false(file_exists(path(p, "office.restoring")));
    check_workspace(p, p->workspace, 30);
}

// ---- forged backups: sound as a file, wrong in what they say -------------------------------------

struct forging {
    struct container_writer *w;
    const char *leave_out; // part
    const char *add;       // part
};

static bool skipping;

static enum err forge_begin(void *context, const char *part, struct err_info *e2)
{
    struct forging *f = context;
    skipping = f->leave_out != NULL && strcmp(part, f->leave_out) == 0;
    return skipping ? ERR_NONE : container_begin(f->w, part, e2);
}

static enum err forge_add(void *context, const void *bytes, size_t len, struct err_info *e2)
{
    return skipping ? ERR_NONE : container_add(((struct forging *)context)->w, bytes, len, e2);
}

// Writes the backup again, changed, and signs it.
static enum err restore_forged(struct place *p, struct forging *f, const unsigned char *secret_key,
                               void (*change)(json_t *manifest))
{
    json_t *manifest;
    const char *aside;
    const char *forged = path(p, "forged");
    struct container_visitor visitor = {.context = f, .begin = forge_begin, .add = forge_add};
    ok(container_create(p->arena, forged, &f->w, &e));
    ok(container_read(p->arena, p->backup, &visitor, &manifest, &e));
    if (f->add != NULL) {
        ok(container_begin(f->w, f->add, &e));
        ok(container_add(f->w, "x", 1, &e));
    }
    if (change != NULL) {
        change(manifest);
    }
    ok(container_finish(f->w, manifest, secret_key, &e));
    return store_restore(new_workspace(p, "new"), forged, p->arena, &aside, &e);
}

static void say_more_rows(json_t *manifest)
{
    json_t *rows = json_object_get(json_object_get(manifest, "facts"), "rows");
    assert_non_null(json_object_get(rows, "risk"));
    json_object_set_new(rows, "risk", json_integer(2));
}

static void say_other_head(json_t *manifest)
{
    json_t *heads = json_object_get(json_object_get(manifest, "facts"), "heads");
    json_object_set_new(json_array_get(heads, 0), "seq", json_integer(99999));
}

static void say_newer_format(json_t *manifest)
{
    json_object_set_new(manifest, "format", json_integer(2));
}

static void a_forged_backup_is_refused(void **state)
{
    struct place *p = *state;
    ok(store_backup(p->store, p->backup, &e));
    const unsigned char *own = p->store->secret_key;
    unsigned char public_key[crypto_sign_PUBLICKEYBYTES], foreign[crypto_sign_SECRETKEYBYTES];
    crypto_sign_keypair(public_key, foreign);
    const char *database = test_server == NULL ? "database" : "tables/risk";
    static const char *const bad_parts[] = {
        "files/../escape", "../escape", "/tmp/escape", "keys/../../escape", "keys/.hidden",
        "files/ab/short", "mainstay.db", "lock"};
    ok(restore_forged(p, &(struct forging){0}, own, NULL)); // unchanged it is good
    ok(folder_remove(path(p, "new"), &e));
    assert_int_equal(restore_forged(p, &(struct forging){0}, foreign, NULL), ERR_DAMAGED);
    assert_int_equal(restore_forged(p, &(struct forging){0}, own, say_more_rows), ERR_DAMAGED);
    assert_int_equal(restore_forged(p, &(struct forging){0}, own, say_other_head), ERR_DAMAGED);
    assert_int_equal(restore_forged(p, &(struct forging){0}, own, say_newer_format), ERR_INPUT);
    assert_int_equal(restore_forged(p, &(struct forging){.leave_out = database}, own, NULL),
                     ERR_DAMAGED);
    assert_int_not_equal(restore_forged(p, &(struct forging){.leave_out = "keys/node.key"}, own,
                                        NULL), ERR_NONE);
    for (size_t i = 0; i < COUNT_OF(bad_parts); i++) {
        assert_int_equal(restore_forged(p, &(struct forging){.add = bad_parts[i]}, own, NULL),
                         ERR_INPUT);
    }
    assert_false(file_exists(path(p, "new")));
    assert_false(file_exists(path(p, "new.restoring")));
    assert_false(file_exists(path(p, "escape")));
}

// ---- the group -----------------------------------------------------------------------------------

static int group(const char *engine)
{
    const struct CMUnitTest tests[] = {
        TEST(any_flipped_bit_is_found),
        TEST(a_backup_cut_short_or_long_is_refused),
        TEST(chunks_that_changed_places_are_refused),
        TEST(a_change_with_the_right_hash_of_its_chunk_is_found),
        TEST(a_damaged_backup_changes_nothing),
        TEST(a_forged_backup_is_refused),
    };
    return cmocka_run_group_tests_name(engine, tests, NULL, NULL);
}

int main(void)
{
    return run_on_both(group);
}
