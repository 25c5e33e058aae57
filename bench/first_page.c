// SPDX-License-Identifier: AGPL-3.0-or-later
//
// first_page.c: time from starting a server to the first page it answers with status 200.
//
//   first_page PORT PATH COMMAND [ARGUMENT]...     prints milliseconds
//
// Starts the command in a process group of its own, asks for the page every 0.2 ms until it comes
// whole, ends what it started. Gives up after ten seconds. Linux.

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define GIVE_UP_MS 10000.0

static double now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

// Asks once; the whole reply must come and begin with status 200.
static bool ask(int port, const char *path)
{
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons((unsigned short)port)};
    char text[65536];
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    bool ok = fd >= 0 && connect(fd, (struct sockaddr *)&to, sizeof to) == 0;
    if (ok) {
        int len = snprintf(text, sizeof text,
                           "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nConnection: close\r\n\r\n",
                           path, port);
        ok = write(fd, text, (size_t)len) == len;
        ssize_t n;
        char status[16] = "";
        for (bool first = true; ok && (n = read(fd, text, sizeof text)) > 0; first = false) {
            if (first && n > 12) {
                memcpy(status, text, 12);
            }
        }
        ok = ok && memcmp(status + 8, " 200", 4) == 0;
    }
    if (fd >= 0) {
        close(fd);
    }
    return ok;
}

int main(int argc, char **argv)
{
    if (argc < 4) {
        fprintf(stderr, "first_page: say port, path and command\n");
        return 2;
    }
    int port = atoi(argv[1]);
    double start = now_ms();
    pid_t child = fork();
    if (child == 0) {
        setpgid(0, 0);
        int nowhere = open("/dev/null", O_RDWR);
        dup2(nowhere, 0);
        dup2(nowhere, 1);
        execvp(argv[3], argv + 3);
        _exit(127);
    }
    bool ok = false;
    while (child > 0 && !ok && now_ms() - start < GIVE_UP_MS && waitpid(child, NULL, WNOHANG) == 0) {
        ok = ask(port, argv[2]);
        if (!ok) {
            nanosleep(&(struct timespec){.tv_nsec = 200 * 1000L}, NULL);
        }
    }
    double ms = now_ms() - start;
    if (child > 0) {
        kill(-child, SIGTERM);
        for (int i = 0; i < 300 && waitpid(child, NULL, WNOHANG) == 0; i++) {
            nanosleep(&(struct timespec){.tv_nsec = 10 * 1000000L}, NULL);
        }
        kill(-child, SIGKILL);
    }
    if (!ok) {
        fprintf(stderr, "first_page: no page came\n");
        return 1;
    }
    printf("%.2f\n", ms);
    return 0;
}
