/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * property - sequences that failed once, as text, lines of dashes in between
 */
#ifndef PROPERTY_REGRESS_H
#define PROPERTY_REGRESS_H

/* regressions/ *.seq in a row, made by regress.mk */
extern const char prop_regressions[];

#endif /* PROPERTY_REGRESS_H */
