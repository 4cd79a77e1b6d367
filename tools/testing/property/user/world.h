/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * property, user space - the real driver between a simulated machine and us
 *
 * All of the driver but its adapters is compiled as it is, with headers that stand
 * in for the kernel's.  What its ports need, and what VFIO, the AP bus and KVM do
 * to it, is here, in a few lines each.
 */
#ifndef PROPERTY_USER_WORLD_H
#define PROPERTY_USER_WORLD_H

#include <linux/device.h>
#include <linux/mdev.h>
#include <linux/vfio.h>

#include "../../../../drivers/s390/crypto/vfio_ap/vap.h"
#include "../../apsim/core/apsim.h"
#include "../prop.h"

/**
 * enum world_lie - what goes wrong below the driver
 * @LIE_NONE: nothing
 * @LIE_ZAPQ: a ZAPQ that is accepted does nothing
 * @LIE_MASKS: a guest keeps what it had
 * @LIE_AQIC: turning interruptions off does not
 * @LIE_UNPIN: a page that is unpinned in vain
 * @LIE_IBIT: the I bit is not seen any more soon after AQIC, whatever it is
 * @LIE_BELL: another subclass than the guest's
 * @LIES: how many there are
 */
enum world_lie {
	LIE_NONE,
	LIE_ZAPQ,
	LIE_MASKS,
	LIE_AQIC,
	LIE_UNPIN,
	LIE_IBIT,
	LIE_BELL,
	LIES,
};

/* Pages of a guest in which notification bytes are, one for each queue */
#define NIB_PAGES	QUEUES
#define NIB_AT		0x70000ULL
#define NIB_OFFSET	8
#define NIB_ISC		3

/**
 * struct kvm - a VM
 * @lock: as KVM has it
 * @number: which one
 * @link: its mediated device, NULL: none
 * @refs: references that the driver has taken
 * @view: its CRYCB
 * @isc: how often subclasses are registered
 * @mapped: its memory can be pinned
 * @limits: what its masks have room for
 * @page: where notification bytes may be
 * @rung: by page: its byte was set
 * @woken: the VM was interrupted
 */
struct kvm {
	struct mutex lock;
	unsigned int number;
	struct vap_guest_link *link;
	int refs;
	struct apsim_view view;
	int isc[8];
	bool mapped;
	struct apm_limits limits;
	struct page page[NIB_PAGES];
	bool rung[NIB_PAGES];
	bool woken;
};

struct kvm_vcpu {
	struct kvm *kvm;
};

extern enum world_lie world_lie;
extern unsigned int user_alarms;
extern const char *user_alarm_text;

/* machine.c */
extern struct apsim *world_machine;
void world_machine_begin(void);
void world_machine_end(void);
bool world_has_card(unsigned int apid);
int world_command(const char *format, ...);
u64 world_next(void);
void world_tick(void);
void world_pass(u64 ns);
u32 world_pqap(unsigned int fc, u16 apqn, const struct kvm *kvm);
u32 world_nqap(u16 apqn, u32 id, const struct kvm *kvm);
u32 world_dqap(u16 apqn, u32 *id, const struct kvm *kvm);
struct apm_hostcfg world_qci(void);
bool world_may_write(const struct page *page);

/* guest.c */
extern struct kvm world_kvm[VMS];
void world_guests_begin(bool small_vm);
void world_guests_end(void);
bool world_is_pinned(u64 addr);
void world_ring(const struct apsim_irq *irq);
int world_create(unsigned int n);
void world_remove(unsigned int n);
bool world_is_leaving(unsigned int n);
struct vap_mdev *world_mdev(unsigned int n);
int world_write(unsigned int n, const char *file, const char *text);
void world_read(unsigned int n, const char *file, char *text);
int world_open(unsigned int n, struct kvm *kvm);
void world_close(unsigned int n);
int world_reset(unsigned int n);
void world_map(struct kvm *kvm, bool mapped);
unsigned int world_aqic(struct kvm *kvm, u16 apqn, u64 nib);

/* bus.c */
void world_bus_begin(void);
void world_scan(void);
int world_mask(bool is_domain, unsigned int n, bool reserve);
int world_bind(unsigned int q);
void world_unbind(unsigned int q);
int world_override(unsigned int q, enum prop_override to);
int world_steer(unsigned int q, enum prop_override to);
void world_probe(unsigned int q);
bool world_is_ours(unsigned int q);
void world_all_ours(void);
extern bool world_new_bus;
extern struct device world_queue_device[QUEUES];

/* bed.c: with the AP bus of 7.3, and of 6.12 */
struct prop_bed;
extern const struct prop_bed world_bed;
extern const struct prop_bed world_old_bed;

/* The driver's module, and its parameter */
extern int (*const user_module_begin)(void);
extern void (*const user_module_end)(void);
void user_set_reset_timeout_ms(unsigned int ms);

#endif /* PROPERTY_USER_WORLD_H */
