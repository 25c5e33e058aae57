// SPDX-License-Identifier: AGPL-3.0-or-later
//
// draw_program.c: the program that draws PDF files, as bytes inside this one, so that there is one
// file to copy. The build makes it first and gives its path in DRAW_PROGRAM.

#include "report/draw_pdf.h"

__asm__(".section .rodata\n"
        ".balign 16\n"
        ".globl draw_program\n"
        ".type draw_program, @object\n"
        "draw_program:\n"
        ".incbin \"" DRAW_PROGRAM "\"\n"
        ".globl draw_program_end\n"
        ".type draw_program_end, @object\n"
        "draw_program_end:\n"
        ".byte 0\n"
        ".size draw_program, draw_program_end - draw_program\n"
        ".previous\n");
