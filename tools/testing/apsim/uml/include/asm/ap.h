/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Stand-in for asm/ap.h: AP instructions are functions (../../instructions.c)
 *
 * Names and meaning are those of s390's header.  Bit fields are declared from
 * the least significant bit on, because that is how a little-endian compiler
 * allocates them: every word has s390's value.  It has not got s390's bytes in
 * storage, so whoever looks at one object through words of two sizes sees a
 * difference; nobody in the driver does.
 */
#ifndef APSIM_UML_ASM_AP_H
#define APSIM_UML_ASM_AP_H

#include <linux/io.h>
#include <linux/slab.h>		/* ap_bus.h expects it from here */
#include <linux/types.h>

typedef unsigned int ap_qid_t;

#define AP_MKQID(card, queue)	(((card) & 0xff) << 8 | ((queue) & 0xff))
#define AP_QID_CARD(qid)	((qid) >> 8 & 0xff)
#define AP_QID_QUEUE(qid)	((qid) & 0xff)

/* Secure Execution bind states, field bs of struct ap_tapq_hwinfo. */
#define AP_BS_Q_USABLE			0
#define AP_BS_Q_USABLE_NO_SECURE_KEY	1
#define AP_BS_Q_AVAIL_FOR_BINDING	2
#define AP_BS_Q_UNUSABLE		3

struct ap_queue_status {
	union {
		unsigned int value : 32;
		struct {
			unsigned int : 16;
			unsigned int rc : 8;
			unsigned int status_bits : 8;
		};
		struct {
			unsigned int : 16;
			unsigned int response_code : 8;
			unsigned int irq_enabled : 1;
			unsigned int async : 1;
			unsigned int : 3;
			unsigned int queue_full : 1;
			unsigned int replies_waiting : 1;
			unsigned int queue_empty : 1;
		};
	};
};

struct ap_tapq_hwinfo {
	union {
		unsigned long value;
		struct {
			unsigned int apinfo : 32;
			unsigned int fac : 32;
		};
		struct {
			unsigned int qd : 5;
			unsigned int : 3;
			unsigned int ml : 4;
			unsigned int : 4;
			unsigned int nd : 8;
			unsigned int at : 8;
			unsigned int : 14;
			unsigned int bs : 2;
			unsigned int class : 8;
			unsigned int slcf : 1;
			unsigned int apxa : 1;
			unsigned int ep11 : 1;
			unsigned int accel : 1;
			unsigned int cca : 1;
			unsigned int crt4k : 1;
			unsigned int mex4k : 1;
			unsigned int apsc : 1;
		};
	};
};

struct ap_config_info {
	union {
		unsigned int flags;
		struct {
			unsigned int : 23;
			unsigned int apsb : 1;
			unsigned int : 4;
			unsigned int rc8a : 1;
			unsigned int qact : 1;
			unsigned int apxa : 1;
			unsigned int apsc : 1;
		};
	};
	unsigned char na;
	unsigned char nd;
	unsigned char _reserved0[10];
	unsigned int apm[8];
	unsigned int aqm[8];
	unsigned int adm[8];
	unsigned char _reserved1[16];
} __aligned(8);

union ap_qirq_ctrl {
	unsigned long value;
	struct {
		unsigned int isc : 3;
		unsigned int : 1;
		unsigned int gisa : 27;
		unsigned int : 1;
		unsigned int gf : 2;
		unsigned int : 6;
		unsigned int gisc : 3;
		unsigned int : 4;
		unsigned int ir : 1;
		unsigned int zone : 8;
		unsigned int : 8;
	};
};

union ap_qact_ap_info {
	unsigned long val;
	struct {
		unsigned char ver[2];
		unsigned int : 8;
		unsigned int cat : 8;
		unsigned int : 26;
		unsigned int mode : 3;
		unsigned int : 3;
	};
};

bool ap_instructions_available(void);
struct ap_queue_status ap_tapq(ap_qid_t qid, struct ap_tapq_hwinfo *info);
struct ap_queue_status ap_test_queue(ap_qid_t qid, int tbit,
				     struct ap_tapq_hwinfo *info);
struct ap_queue_status ap_rapq(ap_qid_t qid, int fbit);
struct ap_queue_status ap_zapq(ap_qid_t qid, int fbit);
struct ap_queue_status ap_aqic(ap_qid_t qid, union ap_qirq_ctrl qirqctrl,
			       phys_addr_t pa_ind);
int ap_qci(struct ap_config_info *config);
struct ap_queue_status ap_qact(ap_qid_t qid, int ifbit,
			       union ap_qact_ap_info *apinfo);
struct ap_queue_status ap_bapq(ap_qid_t qid);
struct ap_queue_status ap_aapq(ap_qid_t qid, unsigned int sec_idx);
struct ap_queue_status ap_nqap(ap_qid_t qid, unsigned long long psmid,
			       void *msg, size_t length);
struct ap_queue_status ap_dqap(ap_qid_t qid, unsigned long *psmid, void *msg,
			       size_t msglen, size_t *length, size_t *reslength,
			       unsigned long *resgr0);

#endif /* APSIM_UML_ASM_AP_H */
