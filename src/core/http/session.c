// SPDX-License-Identifier: AGPL-3.0-or-later
//
// session.c: see session.h. Hashes are BLAKE2b of libsodium (crypto_generichash).

#include "http/session.h"

#include <sodium.h>
#include <string.h>

#include "base/bug.h"
#include "base/utf8.h"
#include "os/random.h"

#define TOKEN_BYTES 32
#define MAC_BYTES 32
#define FORM_RANDOM_BYTES 16
#define MAX_FLASH_BYTES 1500 // a cookie may hold 4096, in base64
#define MAX_UNDO_BYTES 1300  // twenty versions; of a step of more changes no undo is offered
#define VARIANT sodium_base64_VARIANT_URLSAFE_NO_PADDING

static const char *to_base64(struct arena *a, const unsigned char *bytes, size_t len)
{
    size_t size = sodium_base64_ENCODED_LEN(len, VARIANT);
    char *text = arena_alloc(a, size);
    sodium_bin2base64(text, size, bytes, len, VARIANT);
    return text;
}

// Decodes into out (cap bytes); false when it is no base64url or too long.
static bool from_base64(const char *text, unsigned char *out, size_t cap, size_t *len)
{
    const char *end = NULL;
    size_t text_len = strlen(text);
    return sodium_base642bin(out, cap, text, text_len, NULL, len, &end, VARIANT) == 0 &&
           end == text + text_len;
}

static void mac(unsigned char out[MAC_BYTES], const unsigned char *key, size_t key_len,
                const char *purpose, const void *bytes, size_t len)
{
    crypto_generichash_state state;
    crypto_generichash_init(&state, key, key_len, MAC_BYTES);
    crypto_generichash_update(&state, (const unsigned char *)purpose, strlen(purpose) + 1);
    crypto_generichash_update(&state, bytes, len);
    crypto_generichash_final(&state, out, MAC_BYTES);
}

// ---- tokens -------------------------------------------------------------------------------------

const char *session_token_new(struct arena *a)
{
    unsigned char bytes[TOKEN_BYTES];
    random_bytes(bytes, sizeof bytes);
    const char *token = to_base64(a, bytes, sizeof bytes);
    sodium_memzero(bytes, sizeof bytes);
    return token;
}

bool session_token_is_valid(const char *token)
{
    unsigned char bytes[TOKEN_BYTES];
    size_t len;
    return strlen(token) == SESSION_TOKEN_LENGTH &&
           from_base64(token, bytes, sizeof bytes, &len) && len == TOKEN_BYTES;
}

const char *session_token_hash(struct arena *a, const char *token)
{
    unsigned char hash[32];
    crypto_generichash(hash, sizeof hash, (const unsigned char *)token, strlen(token), NULL, 0);
    char *hex = arena_alloc(a, SESSION_HASH_LENGTH + 1);
    sodium_bin2hex(hex, SESSION_HASH_LENGTH + 1, hash, sizeof hash);
    return hex;
}

// ---- cookies ------------------------------------------------------------------------------------

static const char *cookie_name(struct arena *a, const char *name, bool secure)
{
    return secure ? arena_printf(a, "__Host-%s", name) : name;
}

static const char *cookie_line(struct arena *a, const char *name, const char *value,
                               const char *age, bool secure)
{
    return arena_printf(a, "%s=%s; Path=/; HttpOnly; SameSite=Lax%s%s", cookie_name(a, name, secure),
                        value, age, secure ? "; Secure" : "");
}

const char *session_cookie(struct arena *a, const char *token, bool secure)
{
    return cookie_line(a, "mainstay", token, "", secure);
}

const char *session_cookie_clear(struct arena *a, bool secure)
{
    return cookie_line(a, "mainstay", "", "; Max-Age=0", secure);
}

const char *session_preference_cookie(struct arena *a, const char *name, const char *value,
                                      bool secure)
{
    ensure(strspn(value, "abcdefghijklmnopqrstuvwxyz-") == strlen(value));
    return cookie_line(a, name, value, "; Max-Age=31536000", secure);
}

const char *cookie_find(struct arena *a, const char *header, const char *name)
{
    size_t name_len = strlen(name);
    for (const char *p = header; *p != '\0';) {
        p += strspn(p, " \t;");
        size_t len = strcspn(p, ";");
        if (len > name_len && strncmp(p, name, name_len) == 0 && p[name_len] == '=') {
            size_t value_len = len - name_len - 1;
            while (value_len > 0 && (p[len - 1] == ' ' || p[len - 1] == '\t')) {
                len--;
                value_len--;
            }
            return arena_copy_n(a, p + name_len + 1, value_len);
        }
        p += len;
    }
    return NULL;
}

static const char *cookie_sent(struct arena *a, const char *header, const char *name, bool secure)
{
    return cookie_find(a, header, cookie_name(a, name, secure));
}

const char *session_token_sent(struct arena *a, const char *header, bool secure)
{
    const char *token = cookie_sent(a, header, "mainstay", secure);
    return token != NULL && session_token_is_valid(token) ? token : NULL;
}

// ---- tokens of forms ----------------------------------------------------------------------------

static void csrf_of(const char *secret, unsigned char out[MAC_BYTES])
{
    size_t len = strlen(secret);
    ensure(len >= crypto_generichash_KEYBYTES_MIN && len <= crypto_generichash_KEYBYTES_MAX);
    mac(out, (const unsigned char *)secret, len, "csrf", "", 0);
}

const char *csrf_token(struct arena *a, const char *secret)
{
    unsigned char right[MAC_BYTES], masked[2 * MAC_BYTES];
    csrf_of(secret, right);
    random_bytes(masked, MAC_BYTES);
    for (size_t i = 0; i < MAC_BYTES; i++) {
        masked[MAC_BYTES + i] = right[i] ^ masked[i];
    }
    return to_base64(a, masked, sizeof masked);
}

bool csrf_is_right(const char *secret, const char *posted)
{
    unsigned char right[MAC_BYTES], masked[2 * MAC_BYTES];
    size_t len;
    if (!from_base64(posted, masked, sizeof masked, &len) || len != sizeof masked) {
        return false;
    }
    csrf_of(secret, right);
    for (size_t i = 0; i < MAC_BYTES; i++) {
        masked[i] ^= masked[MAC_BYTES + i];
    }
    return sodium_memcmp(masked, right, MAC_BYTES) == 0;
}

const char *form_cookie_new(struct arena *a, const unsigned char key[SESSION_KEY_BYTES])
{
    unsigned char bytes[FORM_RANDOM_BYTES + MAC_BYTES];
    random_bytes(bytes, FORM_RANDOM_BYTES);
    mac(bytes + FORM_RANDOM_BYTES, key, SESSION_KEY_BYTES, "form", bytes, FORM_RANDOM_BYTES);
    return to_base64(a, bytes, sizeof bytes);
}

const char *form_cookie_line(struct arena *a, const char *value, bool secure)
{
    return cookie_line(a, "mainstay_form", value, "", secure);
}

const char *form_cookie_sent(struct arena *a, const char *header, bool secure,
                             const unsigned char key[SESSION_KEY_BYTES])
{
    unsigned char bytes[FORM_RANDOM_BYTES + MAC_BYTES], right[MAC_BYTES];
    size_t len;
    const char *value = cookie_sent(a, header, "mainstay_form", secure);
    if (value == NULL || !from_base64(value, bytes, sizeof bytes, &len) || len != sizeof bytes) {
        return NULL;
    }
    mac(right, key, SESSION_KEY_BYTES, "form", bytes, FORM_RANDOM_BYTES);
    return sodium_memcmp(right, bytes + FORM_RANDOM_BYTES, MAC_BYTES) == 0 ? value : NULL;
}

// ---- message for the next page ------------------------------------------------------------------
// Cookie: base64url of MAC, text, zero byte, undo versions. The MAC covers the session too.

static void flash_mac(struct arena *a, unsigned char out[MAC_BYTES], const unsigned char *key,
                      const char *secret, const unsigned char *bytes, size_t len)
{
    size_t secret_size = strlen(secret) + 1;
    unsigned char *all = arena_alloc(a, secret_size + len);
    memcpy(all, secret, secret_size);
    memcpy(all + secret_size, bytes, len);
    mac(out, key, SESSION_KEY_BYTES, "flash", all, secret_size + len);
}

const char *flash_cookie(struct arena *a, const char *text, const char *undo, const char *secret,
                         bool secure, const unsigned char key[SESSION_KEY_BYTES])
{
    undo = undo == NULL || strlen(undo) > MAX_UNDO_BYTES ? "" : undo;
    size_t text_len = utf8_prefix(text, MAX_FLASH_BYTES);
    size_t len = text_len + 1 + strlen(undo);
    unsigned char *bytes = arena_alloc(a, MAC_BYTES + len);
    memcpy(bytes + MAC_BYTES, text, text_len);
    memcpy(bytes + MAC_BYTES + text_len + 1, undo, strlen(undo));
    flash_mac(a, bytes, key, secret, bytes + MAC_BYTES, len);
    return cookie_line(a, "mainstay_flash", to_base64(a, bytes, MAC_BYTES + len), "; Max-Age=60",
                       secure);
}

const char *flash_cookie_clear(struct arena *a, bool secure)
{
    return cookie_line(a, "mainstay_flash", "", "; Max-Age=0", secure);
}

bool flash_sent(struct arena *a, const char *header, const char *secret, bool secure,
                const unsigned char key[SESSION_KEY_BYTES], const char **text, const char **undo)
{
    const char *value = cookie_sent(a, header, "mainstay_flash", secure);
    if (value == NULL || *value == '\0') {
        return false;
    }
    size_t cap = MAC_BYTES + MAX_FLASH_BYTES + 1 + MAX_UNDO_BYTES, len;
    unsigned char *bytes = arena_alloc(a, cap + 1);
    unsigned char right[MAC_BYTES];
    if (!from_base64(value, bytes, cap, &len) || len < MAC_BYTES + 1) {
        return false;
    }
    bytes[len] = '\0';
    flash_mac(a, right, key, secret, bytes + MAC_BYTES, len - MAC_BYTES);
    if (sodium_memcmp(right, bytes, MAC_BYTES) != 0) {
        return false;
    }
    *text = (const char *)bytes + MAC_BYTES;
    size_t text_len = strlen(*text);
    bool has_undo = MAC_BYTES + text_len + 1 < len;
    *undo = has_undo ? *text + text_len + 1 : NULL;
    return true;
}
