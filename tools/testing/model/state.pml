/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * state - all that is remembered: by the machine, the AP bus, and the driver
 */

/* Whose: a guest's is its number + 1. */
#define NOBODY		0
#define HOST		3
#define guest(m)	((m) + 1)

/* What a queue does: a ZAPQ or a RAPQ runs, or one failed and it says so. */
#define IDLE		0
#define ZEROIZING	1
#define RESETTING	2
#define FAILED		3

/* What TAPQ, or a ZAPQ, is answered (core/resetfsm.c: enum answer). */
#define PURE		0
#define BUSY		1
#define ERROR		2
#define NOWHERE		3

byte content[QUEUES];
byte hw[QUEUES];
byte has = ALL;			/* in the configuration (QCI) */
byte away;			/* deconfigured or checkstopped */
byte crycb[GUESTS];		/* the queues a guest's CPUs can reach */

/* The driver of a queue's device */
#define NO_DEVICE	0
#define NONE		1
#define ZCRYPT		2
#define VFIO_AP		3
byte drv[QUEUES];

/* The AP bus: ap_attr_mutex, apmask and aqmask, devices and their locks */
bool freeze;
byte hosts;
bool device_lock[QUEUES];

/* What an administrator, and a VMM, are doing */
bool going[GUESTS], closing[GUESTS], is_open[GUESTS];

/* struct vap; config is the mutex */
bool config;
byte host_now = ALL, host_settled = ALL;
byte taken, bound, clean, owed;

/* struct vap_engine */
byte pending, late, used;

/* struct vap_mdev; kvm: there is a guest; queued, running: settle_work */
byte assigned[GUESTS], plugged[GUESTS];
bool kvm[GUESTS], withdrawn[GUESTS], unsettled[GUESTS];
bool queued[GUESTS], running[GUESTS];
bool kvm_lock[GUESTS];

/* While vap.config is held: what settle works with, and on which device */
byte next, leaving, each;

/* enum apm_reset_state; GONE and AWAY are one. */
#define ISSUE		0
#define WAIT		1
#define VERIFY		2
#define CLEAN		3
#define AWAY		4

/* enum vap_reset_stage; OVER is first, so that all begins with 0. */
#define OVER		0
#define RUNNING		1
#define LATE		2
#define GONE		3

/* enum vap_reset_aim */
#define PROOF		0
#define ONLY		1

/* struct vap_queue, as far as there is one ("devices": vap.queues) */
byte aim[QUEUES], state[QUEUES], stage[QUEUES];
byte devices, busy, news;

/* What nobody remembers: a guest has had it, and no proof was told since. */
byte touched;

/* Within a step only, 0 otherwise */
byte answer, i, asked, was, entering, lacks, soon;

/* How long a reset may take: it may be late at any look, or at the last one. */
#ifdef LIVENESS
#define PATIENCE	2
byte age[QUEUES];
#define age_reset(q)	age[q] = 0
#define age_more(q)	age[q] = (age[q] < PATIENCE -> age[q] + 1 : PATIENCE)
#define too_old(q)	(age[q] == PATIENCE)
#define too_young(q)	(age[q] < PATIENCE)
#else
#define age_reset(q)	skip
#define age_more(q)	skip
#define too_old(q)	LATES
#define too_young(q)	true
#endif

/*
 * What the driver does is one step up to a place where others matter: a lock
 * that is taken, a wait, or others_run().
 */
bool pause;

inline others_run()
{
	pause = true;
	!pause
}

active proctype scheduler()
{
end:	do
	:: d_step { pause -> pause = false }
#ifdef LIVENESS
	:: !pause			/* time goes on when all is at rest */
#endif
	od
}

inline lock(l)
{
#ifdef FINE
	others_run();
#endif
	!l -> l = true
}

#define unlock(l)	l = false
