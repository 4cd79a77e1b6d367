// SPDX-License-Identifier: GPL-2.0-only
/*
 * poweroff - the last program of a UML bed
 *
 * The bed's root is the host's, and a container has no poweroff.
 */
#include <stdio.h>
#include <sys/reboot.h>
#include <unistd.h>

int main(void)
{
	sync();
	reboot(RB_POWER_OFF);
	perror("poweroff");
	return 1;
}
