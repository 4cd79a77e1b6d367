/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * cube - a request to an accelerator whose reply tells which request it was
 */
#ifndef VFIO_AP_TEST_CUBE_H
#define VFIO_AP_TEST_CUBE_H

/* Type 50 and type 80, operands of 1024 bits. */
#define CUBE_LEN		128
#define CUBE_REQUEST_LEN	(16 + 3 * CUBE_LEN)
#define CUBE_REPLY_LEN		(16 + CUBE_LEN)

void cube_request(unsigned char *request, unsigned int number);
int cube_is_reply(const unsigned char *reply, unsigned int number);

#endif /* VFIO_AP_TEST_CUBE_H */
