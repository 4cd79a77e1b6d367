// SPDX-License-Identifier: GPL-2.0-only
/*
 * user bed - fuzzer: a guest's PQAP(AQIC), and what the machine answers
 *
 * The input is three registers, what the guest has, and answers for a queue that
 * is reset and one whose interruptions end.
 */
#include "../../../../drivers/s390/crypto/vfio_ap/tests/twin_words.h"
#include "core.h"

static struct twin_story story;

static void ask(struct fuzz_input *in)
{
	struct apm_status status = { .rc = 0x5a, .irq = true };
	u64 gr0 = fuzz_take(in, 8);
	u64 gr1 = fuzz_take(in, 8);
	u64 gr2 = fuzz_take(in, 8);
	struct apm_aqic aqic = apm_aqic_decode(gr0, gr1, gr2);
	struct apm_matrix plugged = fuzz_matrix(in);
	unsigned int rc = twin_refusal(&plugged, gr0, gr1, gr2);

	fuzz_must(twin_is_aqic(&aqic, gr0, gr1, gr2), "what the guest asks");
	fuzz_must(apm_aqic_refuse(&plugged, &aqic, &status) == !!rc,
		  "that it is refused");
	fuzz_must(twin_is_status(&status, rc ? rc << 16 : 0x015a0000),
		  "the answer");
}

static struct apm_tapq *answer(struct fuzz_input *in, bool started)
{
	struct apm_tapq *said = &story.said[story.count];
	u32 word = (u32)fuzz_take(in, 2) << 16;

	fuzz_expect("status word", twin_word_wrong(word | (word >> 16)));
	said->status = apm_status_of(word);
	said->bind_state = word >> 26 & 3;
	story.started[story.count++] = started;
	return said;
}

static void zeroize(struct fuzz_input *in)
{
	enum apm_reset_state state = APM_RESET_ISSUE;

	for (story.count = 0; story.count < TWIN_STORY && in->left;) {
		enum apm_reset_ask next = apm_reset_next(state);
		const struct apm_tapq *said;

		if (next == APM_ASK_NOTHING)
			return;
		said = answer(in, next == APM_ASK_ZAPQ);
		state = next == APM_ASK_ZAPQ ? apm_reset_zapq(&said->status) :
					       apm_reset_tapq(state, said);
		fuzz_must(apm_reset_is_pure(said) == twin_pure(said), "pure");
		fuzz_must(state == twin_reset(&story), "where the reset is");
	}
}

static void silence(struct fuzz_input *in)
{
	enum apm_quiet_state state = APM_QUIET_ISSUE;

	for (story.count = 0; story.count < TWIN_STORY && in->left;) {
		enum apm_quiet_ask next = apm_quiet_next(state);
		const struct apm_tapq *said;

		if (next == APM_QUIET_ASK_NOTHING)
			return;
		said = answer(in, next == APM_QUIET_ASK_AQIC);
		state = next == APM_QUIET_ASK_AQIC ?
			apm_quiet_aqic(&said->status) :
			apm_quiet_tapq(state, &said->status);
		fuzz_must(state == twin_quiet(&story), "how quiet it is");
	}
}

int LLVMFuzzerTestOneInput(const u8 *data, size_t size)
{
	struct fuzz_input in = { data, size };

	ask(&in);
	zeroize(&in);
	silence(&in);
	return 0;
}
