// SPDX-License-Identifier: GPL-2.0-only
/*
 * unit - what is said about cases, and handlers of interruptions
 */
#include "unit.h"

#define CR0_CLOCK	0x800UL

/* The clock's unit is 1/4096 of a microsecond. */
#define US		4096UL

static struct unit_text *const text = (void *)UNIT_TEXT;
static unsigned int wrong;

unsigned long unit_ios, unit_externals, unit_supervisors;
uint32_t unit_io_word;

/* What gcc calls for structures, even without a library */
void *memcpy(void *to, const void *from, size_t len)
{
	const char *f = from;
	char *t = to;

	while (len--) {
		*t++ = *f++;
		asm volatile("" : : : "memory");
	}
	return to;
}

void *memset(void *to, int byte, size_t len)
{
	char *t = to;

	while (len--) {
		*t++ = byte;
		asm volatile("" : : : "memory");
	}
	return to;
}

static void say(const char *s)
{
	while (*s && text->len < sizeof(text->text))
		text->text[text->len++] = *s++;
}

static void say_hex(uint64_t value)
{
	char digits[17];
	unsigned int i;

	for (i = 0; i < 16; i++)
		digits[i] = "0123456789abcdef"[value >> (60 - 4 * i) & 15];
	digits[16] = 0;
	say(digits);
}

void same(const char *what, uint64_t got, uint64_t want)
{
	if (got == want)
		return;
	wrong++;
	say("# ");
	say(what);
	say(" is ");
	say_hex(got);
	say(", should be ");
	say_hex(want);
	say("\n");
}

void case_end(const char *name)
{
	say(wrong ? "not ok - " : "ok - ");
	say(name);
	say("\n");
	wrong = 0;
}

/* Registers with something in them that will be recognised */
void begin(struct trial *t)
{
	unsigned int i;

	*t = (struct trial){ .mask = MASK_64BIT };
	for (i = 0; i < 14; i++)
		t->gr[i] = 0x1111111111111111UL * i + 0x0123456700000000UL;
	t->gr[0] = 0;
	t->gr[1] = 0;
	t->gr[2] = 0;
}

/* All are as begin() has left them but those in the mask, bit 0 for GR0 */
void same_registers(const struct trial *t, unsigned int changed)
{
	struct trial before;
	unsigned int i;

	begin(&before);
	for (i = 0; i < 14; i++) {
		if (!(changed >> i & 1))
			same("a register", t->gr[i], before.gr[i]);
	}
}

/* It ends with an exception that suppresses it: nothing but the PSW is new. */
void exception(struct trial *t, uint32_t instruction, unsigned int pgm)
{
	struct trial before = *t;
	unsigned int i;

	try(t, instruction);
	same("interruption code", t->pgm, pgm);
	if (t->pgm)
		same("length", t->length, 4);
	for (i = 0; i < 14; i++)
		same("a register", t->gr[i], before.gr[i]);
}

/* Until the clock, or a queue, interrupts */
void sleep_for(unsigned long us)
{
	static const unsigned long cr0 = CR0_CLOCK;
	unsigned long until;

	asm volatile("stck	%0" : "=Q" (until) : : "cc");
	until += us * US;
	asm volatile("sckc	%0" : : "Q" (until));
	asm volatile("lctlg	0,0,%0" : : "Q" (cr0));
	wait_enabled();
}

/* What the machine has stored in the first page, of which gcc knows nothing */
static void *lowcore(unsigned long addr)
{
	asm("" : "+d" (addr));
	return (void *)addr;
}

void on_external(void)
{
	unsigned long never = -1UL;

	asm volatile("sckc	%0" : : "Q" (never));
	unit_externals++;
}

void on_supervisor(void)
{
	unit_supervisors += *(const uint16_t *)lowcore(0x8a);
}

void on_io(void)
{
	unit_io_word = *(const uint32_t *)lowcore(0xc0);
	unit_ios++;
}

void on_program(void)
{
	same("a program interruption that nobody asked for",
	     *(const uint16_t *)lowcore(0x8e), 0);
	same("its address", *(const uint64_t *)lowcore(0x158), 0);
	case_end("goes on to its end");
	text->magic = UNIT_MAGIC;
}

void unit_main(void)
{
	struct trial t;

	text->len = 0;
	unit_machine();
	begin(&t);
	try(&t, PQAP);
	if (t.pgm) {
		unit_without();
	} else {
		unit_pqap();
		unit_message();
		unit_interrupts();
	}
	text->magic = UNIT_MAGIC;
}
