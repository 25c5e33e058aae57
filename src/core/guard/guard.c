// SPDX-License-Identifier: AGPL-3.0-or-later
//
// guard.c: see guard.h. A list of system calls that are allowed, as a seccomp filter: everything that
// is not on it answers EPERM, so that a C library that tries one more (the size of a pipe, say) goes
// on without. Memory can never become code: mmap and mprotect are refused with PROT_EXEC.

#define _GNU_SOURCE

#include "guard/guard.h"

#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>

#if defined(__x86_64__)
#define ARCHITECTURE AUDIT_ARCH_X86_64
#define OTHER_ABI 0x40000000u // the same processor with short pointers has numbers of its own
#elif defined(__aarch64__)
#define ARCHITECTURE AUDIT_ARCH_AARCH64
#elif defined(__riscv) && __riscv_xlen == 64
#define ARCHITECTURE AUDIT_ARCH_RISCV64
#endif

#ifdef ARCHITECTURE

static const unsigned allowed[] = {
    SYS_read,       SYS_write,         SYS_brk,         SYS_munmap,         SYS_mremap,
    SYS_madvise,    SYS_exit,          SYS_exit_group,  SYS_futex,          SYS_rt_sigreturn,
    SYS_getrandom,  SYS_clock_gettime, SYS_sched_yield, SYS_rt_sigprocmask, SYS_gettid,
    SYS_sigaltstack,
};
static const unsigned without_code[] = {SYS_mmap, SYS_mprotect};

#define N(list) (sizeof(list) / sizeof(list)[0])
#define STEPS (8 + 2 * N(allowed) + 6 * N(without_code))

struct program {
    struct sock_filter steps[STEPS];
    unsigned short n;
};

static void add(struct program *p, struct sock_filter step)
{
    p->steps[p->n++] = step;
}

static void load(struct program *p, size_t offset)
{
    add(p, (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, (unsigned)offset));
}

static void end_with(struct program *p, unsigned answer)
{
    add(p, (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, answer));
}

// Goes on with the next step when the number loaded is n, else after `skip` steps more.
static void when_equal(struct program *p, unsigned n, unsigned char skip)
{
    add(p, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, n, 0, skip));
}

static void write_program(struct program *p)
{
    load(p, offsetof(struct seccomp_data, arch));
    add(p, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, ARCHITECTURE, 1, 0));
    end_with(p, SECCOMP_RET_KILL_PROCESS);
    load(p, offsetof(struct seccomp_data, nr));
#ifdef OTHER_ABI
    add(p, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, OTHER_ABI, 0, 1));
    end_with(p, SECCOMP_RET_KILL_PROCESS);
#endif
    for (size_t i = 0; i < N(allowed); i++) {
        when_equal(p, allowed[i], 1);
        end_with(p, SECCOMP_RET_ALLOW);
    }
    for (size_t i = 0; i < N(without_code); i++) {
        when_equal(p, without_code[i], 4);
        load(p, offsetof(struct seccomp_data, args[2])); // its low half: the protection
        add(p, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, PROT_EXEC, 0, 1));
        end_with(p, SECCOMP_RET_ERRNO | EPERM);
        end_with(p, SECCOMP_RET_ALLOW);
    }
    end_with(p, SECCOMP_RET_ERRNO | EPERM);
}

static bool filter_calls(void)
{
    struct program p = {.n = 0};
    write_program(&p);
    struct sock_fprog filter = {.len = p.n, .filter = p.steps};
    return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter, 0, 0) == 0;
}

#else

static bool filter_calls(void)
{
    return false;
}

#endif

bool guard_close_down(void)
{
    struct rlimit none = {0, 0};
    (void)setrlimit(RLIMIT_NOFILE, &none); // what is open stays open
    (void)setrlimit(RLIMIT_NPROC, &none);
    bool kept_small = prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0;
    (void)prctl(PR_SET_DUMPABLE, 0, 0, 0, 0); // no other process of this user may look inside
    return kept_small && filter_calls();
}
