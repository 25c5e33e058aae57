// SPDX-License-Identifier: AGPL-3.0-or-later
//
// control_wire.h: bytes on the control socket. Used by control.c and control_forward.c only.
//
// Asked: head, number of arguments, each as length and bytes, input as length and bytes.
// Answered: head; long output as it is made, piece by piece, each as length and bytes, ended by a length of 0; exit
// status; the rest of the output and errors, as length and bytes. Numbers are 64 bits of this machine: both ends run
// on it.

#ifndef APP_CONTROL_WIRE_H
#define APP_CONTROL_WIRE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/socket.h>
#include <sys/un.h>

#include "base/arena.h"

// Both ends must be the same program.
#define WIRE_HEAD "mainstay " MAINSTAY_VERSION " 2\n"
#define WIRE_MAX_ARGS 1000
#define WIRE_MAX_ARG_BYTES ((size_t)128 * 1024) // what Linux allows for one argument

// All of it, or false. A peer that is silent for 30 s is given up.
bool wire_send(int fd, const void *bytes, size_t len);
bool wire_receive(int fd, void *bytes, size_t len);
bool wire_send_number(int fd, uint64_t n);
bool wire_receive_number(int fd, uint64_t *n);
bool wire_send_block(int fd, const void *bytes, size_t len);
// Ended by a zero byte that is not counted. False also above limit_bytes.
bool wire_receive_block(int fd, struct arena *a, size_t limit_bytes, char **bytes, size_t *len);

// Address of run.sock in an open folder. A socket's path may have only 107 bytes, so it is named
// through the open folder; folder_fd must stay open until bind or connect.
void wire_address(int folder_fd, struct sockaddr_un *out);
int wire_socket(void); // -1 when there is none to be had

#endif
