// SPDX-License-Identifier: GPL-2.0-only
/*
 * apsim core - what an adapter makes of a request
 *
 * Every request gets a reply: the driver of a real adapter waits a quarter of
 * an hour for one.
 */
#include "apsim_priv.h"

#define TYPE_82			0x82

/**
 * apsim_error_reply() - the reply to a request that cannot be served
 * @msg: at least 8 bytes
 * @code: why
 *
 * Return: length of the reply.
 */
u32 apsim_error_reply(u8 *msg, enum apsim_reply_code code)
{
	memset(msg, 0, 8);
	msg[1] = TYPE_82;
	msg[4] = code;
	return 8;
}

/**
 * apsim_compute() - turn a request into its reply
 * @job: from apsim_job(); touches nothing else, may sleep
 */
void apsim_compute(struct apsim_job *job)
{
	if (job->mode == APSIM_ACCEL)
		apsim_rsa(job);
	else
		apsim_cprb(job);
}
