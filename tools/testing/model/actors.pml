/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * actors - administrators, the AP bus, and the guests' user space
 *
 * What they call is named after the driver's functions (edit.c, attach.c,
 * mdev.c, vap_on_claim() in queue.c, host.c).
 */

/* edit.c: plan_and_commit(), with "to" wanted instead of what is assigned */
#define taken_by_others(m, to)	(taken & (to) & ~assigned[m])

inline vap_reassign(m, to)
{
	region = assigned[m] ^ (to);
	taken = taken & ~(assigned[m] & ~(to)) | to;
	assigned[m] = to;
	printf("device %d: assigned is %x\n", m, to)
}

inline plan_and_commit(m, to)
{
	lock(config);
	if
	:: (to & ~assigned[m] & hosts) || taken_by_others(m, to)
	:: else ->
#if MUTANT == EDIT_RACE
		unlock(config);
		unlock(freeze);
		others_run();
		lock(freeze);
		lock(config);
#endif
		vap_reassign(m, to);
		vap_settle(m)
	fi;
	unlock(config)
}

inline vap_edit(m, to)
{
#if MUTANT == EDIT_UNFROZEN
	plan_and_commit(m, to);
#else
	lock(freeze);
	plan_and_commit(m, to);
	unlock(freeze);
#endif
	others_run();
	vap_reset_wait_settled(m);
	vap_reset_wait(region);
	region = 0
}

inline vap_withdraw(m)
{
	lock(config);
	going[m] = true;
	printf("device %d is being removed\n", m);
	withdrawn[m] = (MUTANT != REMOVE_RETURNS);
	vap_settle(m);
	unlock(config)
}

/*
 * One thread for each device.  To remove one: VFIO's request, then mdev.c's
 * remove() when it is closed; then another one is made.
 */
proctype owner(byte m)
{
	byte to, region;

end:	do
	:: atomic {
		if
		:: may(edits) -> spend(edits); select_queues(to)
		:: may(removes) && is_open[m] -> spend(removes);
			vap_withdraw(m);
			!is_open[m]
		fi;
		vap_edit(m, to);
#if MUTANT == WAIT_GONE
		!(owed && going[m]);
#endif
		to = 0;
		withdrawn[m] = false;
		going[m] = false }
	od
}

inline vap_attach(m)
{
	vap_reset_wait(assigned[m]);
	lock(config);
	kvm[m] = true;
	printf("device %d is opened\n", m);
	vap_settle(m);
	unlock(config);
	vap_reset_wait_settled(m)
}

inline vap_detach(m)
{
	lock(kvm_lock[m]);
	lock(config);
	region = queues_of(plugged[m]);
	vap_unplug(m);
#if MUTANT == WAIT_LOCKED
	!(pending & region);
#endif
	kvm[m] = false;
	printf("device %d is closed\n", m);
	unlock(config);
	unlock(kvm_lock[m]);
	others_run();
#if MUTANT != WORK_AFTER_CLOSE
	queued[m] = false;
	!running[m];
#endif
#if MUTANT == WAIT_PROOF
	!(owed & region);
#endif
	vap_reset_wait(region);
	region = 0
}

inline vap_reset_mdev(m)
{
	lock(config);
	printf("device %d is reset\n", m);
	region = queues_of(plugged[m]);
	vap_reset_region(region, ONLY);
	unlock(config);
	vap_reset_wait(region);
	region = 0
}

/* A VMM; the last time it opens the device it keeps it, if closes are less. */
proctype vmm(byte m)
{
	byte region;

end:	do
	:: atomic { !is_open[m] && may(opens) && !going[m] -> spend(opens);
		is_open[m] = true;
		vap_attach(m) }
	:: atomic { is_open[m] && may(resets) -> spend(resets);
		vap_reset_mdev(m) }
	:: atomic { is_open[m] && (may(closes) || going[m]) ->
		if
		:: may(closes) -> spend(closes)
		:: going[m]
		fi;
		closing[m] = true;
		vap_detach(m);
		is_open[m] = false;
		closing[m] = false }
	od
}

/* Another thread of it keeps the VM's lock for as long as it likes. */
proctype holder(byte m)
{
end:	do
	:: atomic { may(holds) && kvm[m] && !kvm_lock[m] -> spend(holds);
		printf("guest %d: user space takes the lock\n", m);
		lock(kvm_lock[m]);
		others_run();
		unlock(kvm_lock[m]) }
	od
}

/* A driver is unbound from a queue's device, with the device's lock held. */
inline unbind(q)
{
	if
	:: drv[q] == VFIO_AP -> vap_on_unbind(q)
	:: else
	fi;
	drv[q] = NONE
}

/* Whose a device is follows from the masks when its driver is looked for. */
inline bind(q)
{
	if
	:: in(hosts, q) -> drv[q] = ZCRYPT; printf("queue %d is the host's\n", q)
	:: else -> drv[q] = VFIO_AP;
		others_run();
		vap_on_bind(q)
	fi
}

/* queue.c: the veto; it has to be exact (I11). */
inline vap_on_claim(q)
{
	lock(config);
	veto = in(taken, q) || (in(owed, q) && MUTANT != VETO_ASSIGNED);
	printf("queue %d is claimed for the host, veto %d\n", q, veto);
	check(veto == (in(any(assigned), q) || in(touched, q)), "I11: the veto is not exact\n");
	unlock(config);
	others_run()
}

/* apmask and aqmask: a queue is claimed for the host, or let go. */
inline write_mask(q)
{
	lock(freeze);
	if
	:: in(hosts, q) -> hosts = hosts & ~one(q)
	:: else ->
		vap_on_claim(q);
		hosts = (veto -> hosts : hosts | one(q));
		veto = false
	fi;
	unlock(freeze);
	others_run()
}

/* Masks, and after that who is bound is another one; unbind and bind by hand */
proctype masks(byte q)
{
	bool veto, by_hand;

end:	do
	:: atomic {
		if
		:: may(claims) -> spend(claims); write_mask(q)
		:: may(rebinds) -> spend(rebinds); by_hand = true
		fi;
		lock(device_lock[q]);
		if
		:: drv[q] >= ZCRYPT && (by_hand ||
			drv[q] == (in(hosts, q) -> VFIO_AP : ZCRYPT)) -> unbind(q)
		:: drv[q] == NONE && by_hand -> by_hand = false
		:: else
		fi;
		if
		:: drv[q] == NONE && !by_hand -> bind(q)
		:: else
		fi;
		by_hand = false;
		unlock(device_lock[q]) }
	od
}

/* A device follows from whether the host has the queue. */
inline make_or_remove_device(q)
{
	lock(device_lock[q]);
	if
	:: !in(cfg, q) && drv[q] != NO_DEVICE -> unbind(q); drv[q] = NO_DEVICE
	:: in(cfg, q) && drv[q] == NO_DEVICE -> bind(q)
	:: else
	fi;
	unlock(device_lock[q])
}

/* A scan: what is new is told, devices are made and removed, and it is over. */
proctype ap_bus_scan()
{
	byte cfg, q, changed;

end:	do
	:: atomic { has != host_now || has != host_settled -> cfg = has;
		lock(config);
		changed = host_now & host_settled;
		host_now = cfg;			/* vap_on_host_changed() */
		changed = changed ^ (host_now & host_settled);
		vap_settle_owners(changed);
		changed = 0;
		unlock(config);
		do
		:: q < QUEUES ->
			others_run();
			make_or_remove_device(q);
			q++
		:: else -> break
		od;
		others_run();
		lock(config);
		changed = host_now & host_settled;
		host_now = cfg;			/* vap_on_host_scanned() */
		host_settled = cfg;
		changed = changed ^ cfg;
#if MUTANT != SCAN_UNTOLD
		vap_settle_owners(changed);
#endif
		changed = 0;
		unlock(config);
		q = 0;
		cfg = 0 }
	od
}
