# SPDX-License-Identifier: GPL-2.0-only
#
# The front end: what a person types.  How the modules are built is in Kbuild,
# which the kernel's own make prefers to this file.

KDIR ?= /lib/modules/$(shell uname -r)/build
T := tools/testing

.DEFAULT_GOAL := help

##@help: this list
help:
	@sed -n 's/^##@\([a-z-]*\): /\1\t/p' Makefile | \
		awk -F '\t' '{ printf "  make %-16s %s\n", $$1, $$2 }'

##@demo: tell the story, from cards to a guest's RSA, on a simulated IBM Z
demo:
	@$T/box/run --kernel 6.12 --demo

##@test: everything but the debug kernel, one summary at the end
test:
	@$T/test user static check model guard deb uml-6.12 uml-7.3 box-6.12 box-7.3 \
		clients-stable

##@test-user: the pure parts in user space, with sanitizers
test-user:
	@$T/test user

##@coverage: which lines and branches of the pure parts their suites take
coverage:
	@$T/user/bed coverage

##@fuzz: run the fuzzers of the pure parts (TIME=seconds for each)
fuzz:
	@$T/user/bed fuzz

##@property: very many sequences of commands against a model (BEDS=user uml-7.3 ...)
property:
	@$T/property/bed $(BEDS)

##@check: layers, style and the like
check:
	@$T/test check

##@style: what changed, as check looks at it, and shellcheck (BASE=all: everything)
style:
	@$T/check/bed style

##@docs: a book of the pages in Documentation, as HTML
docs:
	@$T/check/bed docs

##@static: what compilers (W=1), sparse and coccinelle say, for every kernel
static:
	@$T/test static

##@test-tree: the driver in kernel trees: patches, its suites by kunit.py, builds
test-tree:
	@$T/test tree

##@model: who has a queue: a model, every order of events, and mistakes it has to find
model:
	@$T/test model

##@test-uml: KUnit and scripts under User Mode Linux 6.12 and 7.3
test-uml:
	@$T/test uml-6.12 uml-7.3

##@test-box: scripts and guests on a simulated IBM Z, Linux 6.12 and 7.3
test-box:
	@$T/test box-6.12 box-7.3

##@test-debug: the same with lockdep, KASAN, kmemleak and UBSAN (slow)
test-debug:
	@$T/test box-debug

##@test-kcsan: what many do at once, on a kernel that looks for data races (slow)
test-kcsan:
	@$T/test box-kcsan

##@clients: what Debian's programs (mdevctl, libvirt, ...) do with the driver, as a table
clients:
	@$T/box/clients

##@deb: the Debian package vfio-ap-dkms, in build/
deb:
	@tools/packaging/deb/build

##@test-deb: is it right, and can a Debian be installed, booted and rid of it
test-deb:
	@$T/test deb deb-install

##@mutants: small mistakes in the driver, and which test notices each (long)
mutants:
	@$T/mutants/run

##@shell-coverage: which lines of the driver's shell and adapters tests execute (long)
shell-coverage:
	@$T/uml/coverage.sh

##@bench: what the driver costs beside the kernel's own, as a table and a picture (long)
bench:
	@$T/bench/run

##@test-all: all of these, and more of what is random (hours)
test-all:
	@$T/test-all

##@box: a shell on the simulated IBM Z (KERNEL=6.12, 7.3, debug or kcsan)
KERNEL ?= 6.12
box:
	@$T/box/run --kernel $(KERNEL) --shell

##@kernel-tree: put the driver into a kernel's source (KERNEL=its directory)
kernel-tree:
	@tools/tree/kernel-tree $(KERNEL)

##@patch: the same as patches for it (KERNEL=its directory, OUT=where they go)
OUT ?= patches
patch:
	@tools/tree/patch $(KERNEL) $(OUT)

##@modules: vfio_ap.ko for a kernel (KDIR=its build directory)
modules:
	$(MAKE) -C $(KDIR) M=$(CURDIR) modules

##@clean: remove what "make modules" built
clean:
	$(MAKE) -C $(KDIR) M=$(CURDIR) clean

##@update: use the newest 6.12 and 7.3 from now on
update:
	@$T/prepare --update

##@distclean-cache: remove everything that was fetched, built and found
distclean-cache:
	@$T/prepare --remove

.PHONY: help demo test test-user coverage fuzz property check style docs static model \
	test-uml test-box test-debug test-kcsan test-tree clients deb test-deb mutants \
	shell-coverage bench test-all kernel-tree patch box modules clean update \
	distclean-cache
