/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * apsim_vectors.ko - programs of a kernel front end that carry out vectors
 */
#ifndef APSIM_VECTORS_FRONT_H
#define APSIM_VECTORS_FRONT_H

#include "run.h"

/**
 * struct vec_program - somebody who executes instructions
 * @name: who that is
 * @init: get ready, and say where the buffer is; 0 or -errno
 * @exit: the end
 * @clear: the buffer is to be zero
 * @front: how; command and pause are there already
 */
struct vec_program {
	const char *name;
	int (*init)(struct vec_front *front);
	void (*exit)(void);
	void (*clear)(void);
	struct vec_front front;
};

/* The front end's; ends with one that has no name. */
extern struct vec_program vec_programs[];

#endif /* APSIM_VECTORS_FRONT_H */
