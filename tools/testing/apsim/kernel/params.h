/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The machine's description, as given by the module parameter "machine"
 */
#ifndef APSIM_KERNEL_PARAMS_H
#define APSIM_KERNEL_PARAMS_H

/**
 * apsim_machine_description() - what the machine is to be made of
 *
 * Return: commands as for apsim_machine_command().
 */
const char *apsim_machine_description(void);

#endif /* APSIM_KERNEL_PARAMS_H */
