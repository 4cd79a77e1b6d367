/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * zcrypt - the host's own way to its queues, for beds without its header
 */
#ifndef VFIO_AP_TEST_ZCRYPT_H
#define VFIO_AP_TEST_ZCRYPT_H

#include <linux/ioctl.h>

struct test_rsa_modexpo {
	void *inputdata;
	unsigned int inputdatalength;
	void *outputdata;
	unsigned int outputdatalength;
	void *b_key;
	void *n_modulus;
};

#define TEST_ZCRYPT		"/dev/z90crypt"
#define TEST_RSA_MODEXPO	_IOC(_IOC_READ | _IOC_WRITE, 'z', 5, 0)

#endif /* VFIO_AP_TEST_ZCRYPT_H */
