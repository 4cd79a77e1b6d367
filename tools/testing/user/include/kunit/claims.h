/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * user bed - KUNIT_EXPECT_*() and KUNIT_ASSERT_*()
 *
 * Each operand is evaluated once.  A failed assertion leaves the test, a
 * failed expectation only fails it.
 */
#ifndef USER_KUNIT_CLAIMS_H
#define USER_KUNIT_CLAIMS_H

#define KUNIT_CLAIM(is_fatal, l, o, r)					\
	{ .file = __FILE__, .line = __LINE__, .fatal = is_fatal,	\
	  .left = l, .op = o, .right = r }

#define KUNIT_END(test, claim, fmt, ...) \
	kunit_claim_fails(test, &(claim), fmt, ##__VA_ARGS__)

#define KUNIT_BOOL(test, fatal, cond, want, fmt, ...)			\
	do {								\
		static const struct kunit_claim __claim =		\
			KUNIT_CLAIM(fatal, #cond, "is", #want);		\
		bool __got = (cond);					\
									\
		if (__got != (want))					\
			KUNIT_END(test, __claim, fmt, ##__VA_ARGS__);	\
	} while (0)

#define KUNIT_NUMBERS(test, fatal, l, o, r, fmt, ...)			\
	do {								\
		static const struct kunit_claim __claim =		\
			KUNIT_CLAIM(fatal, #l, #o, #r);			\
		const typeof(l) __left = (l);				\
		const typeof(r) __right = (r);				\
									\
		if (__left o __right)					\
			break;						\
		kunit_show_numbers(test, &__claim, (long long)__left,	\
				   (long long)__right);			\
		KUNIT_END(test, __claim, fmt, ##__VA_ARGS__);		\
	} while (0)

#define KUNIT_POINTERS(test, fatal, l, o, r, fmt, ...)			\
	do {								\
		static const struct kunit_claim __claim =		\
			KUNIT_CLAIM(fatal, #l, #o, #r);			\
		const void *__left = (l);				\
		const void *__right = (r);				\
									\
		if (__left o __right)					\
			break;						\
		kunit_show_numbers(test, &__claim, (long)__left,	\
				   (long)__right);			\
		KUNIT_END(test, __claim, fmt, ##__VA_ARGS__);		\
	} while (0)

#define KUNIT_STRINGS(test, fatal, l, o, r, fmt, ...)			\
	do {								\
		static const struct kunit_claim __claim =		\
			KUNIT_CLAIM(fatal, #l, #o, #r);			\
		const char *__left = (l);				\
		const char *__right = (r);				\
									\
		if (__left && __right && strcmp(__left, __right) o 0)	\
			break;						\
		kunit_show_strings(test, &__claim, __left, __right);	\
		KUNIT_END(test, __claim, fmt, ##__VA_ARGS__);		\
	} while (0)

#define KUNIT_BYTES(test, fatal, l, o, r, n, fmt, ...)			\
	do {								\
		static const struct kunit_claim __claim =		\
			KUNIT_CLAIM(fatal, #l, #o, #r);			\
		const void *__left = (l);				\
		const void *__right = (r);				\
		const size_t __size = (n);				\
									\
		if (__left && __right &&				\
		    memcmp(__left, __right, __size) o 0)		\
			break;						\
		kunit_show_bytes(test, &__claim, __left, __right, __size); \
		KUNIT_END(test, __claim, fmt, ##__VA_ARGS__);		\
	} while (0)

#define KUNIT_SUCCEED(test)	((void)(test))
#define KUNIT_FAIL(test, fmt, ...) \
	KUNIT_BOOL(test, false, false, true, fmt, ##__VA_ARGS__)
#define KUNIT_FAIL_AND_ABORT(test, fmt, ...) \
	KUNIT_BOOL(test, true, false, true, fmt, ##__VA_ARGS__)

#define KUNIT_EXPECT_TRUE_MSG(test, cond, fmt, ...) \
	KUNIT_BOOL(test, false, cond, true, fmt, ##__VA_ARGS__)
#define KUNIT_EXPECT_TRUE(test, cond) \
	KUNIT_EXPECT_TRUE_MSG(test, cond, NULL)
#define KUNIT_EXPECT_FALSE_MSG(test, cond, fmt, ...) \
	KUNIT_BOOL(test, false, cond, false, fmt, ##__VA_ARGS__)
#define KUNIT_EXPECT_FALSE(test, cond) \
	KUNIT_EXPECT_FALSE_MSG(test, cond, NULL)
#define KUNIT_EXPECT_EQ_MSG(test, l, r, fmt, ...) \
	KUNIT_NUMBERS(test, false, l, ==, r, fmt, ##__VA_ARGS__)
#define KUNIT_EXPECT_EQ(test, l, r) \
	KUNIT_EXPECT_EQ_MSG(test, l, r, NULL)
#define KUNIT_EXPECT_NE_MSG(test, l, r, fmt, ...) \
	KUNIT_NUMBERS(test, false, l, !=, r, fmt, ##__VA_ARGS__)
#define KUNIT_EXPECT_NE(test, l, r) \
	KUNIT_EXPECT_NE_MSG(test, l, r, NULL)
#define KUNIT_EXPECT_LT_MSG(test, l, r, fmt, ...) \
	KUNIT_NUMBERS(test, false, l, <, r, fmt, ##__VA_ARGS__)
#define KUNIT_EXPECT_LT(test, l, r) \
	KUNIT_EXPECT_LT_MSG(test, l, r, NULL)
#define KUNIT_EXPECT_LE_MSG(test, l, r, fmt, ...) \
	KUNIT_NUMBERS(test, false, l, <=, r, fmt, ##__VA_ARGS__)
#define KUNIT_EXPECT_LE(test, l, r) \
	KUNIT_EXPECT_LE_MSG(test, l, r, NULL)
#define KUNIT_EXPECT_GT_MSG(test, l, r, fmt, ...) \
	KUNIT_NUMBERS(test, false, l, >, r, fmt, ##__VA_ARGS__)
#define KUNIT_EXPECT_GT(test, l, r) \
	KUNIT_EXPECT_GT_MSG(test, l, r, NULL)
#define KUNIT_EXPECT_GE_MSG(test, l, r, fmt, ...) \
	KUNIT_NUMBERS(test, false, l, >=, r, fmt, ##__VA_ARGS__)
#define KUNIT_EXPECT_GE(test, l, r) \
	KUNIT_EXPECT_GE_MSG(test, l, r, NULL)
#define KUNIT_EXPECT_PTR_EQ_MSG(test, l, r, fmt, ...) \
	KUNIT_POINTERS(test, false, l, ==, r, fmt, ##__VA_ARGS__)
#define KUNIT_EXPECT_PTR_EQ(test, l, r) \
	KUNIT_EXPECT_PTR_EQ_MSG(test, l, r, NULL)
#define KUNIT_EXPECT_PTR_NE_MSG(test, l, r, fmt, ...) \
	KUNIT_POINTERS(test, false, l, !=, r, fmt, ##__VA_ARGS__)
#define KUNIT_EXPECT_PTR_NE(test, l, r) \
	KUNIT_EXPECT_PTR_NE_MSG(test, l, r, NULL)
#define KUNIT_EXPECT_NULL_MSG(test, ptr, fmt, ...) \
	KUNIT_POINTERS(test, false, ptr, ==, NULL, fmt, ##__VA_ARGS__)
#define KUNIT_EXPECT_NULL(test, ptr) \
	KUNIT_EXPECT_NULL_MSG(test, ptr, NULL)
#define KUNIT_EXPECT_NOT_NULL_MSG(test, ptr, fmt, ...) \
	KUNIT_POINTERS(test, false, ptr, !=, NULL, fmt, ##__VA_ARGS__)
#define KUNIT_EXPECT_NOT_NULL(test, ptr) \
	KUNIT_EXPECT_NOT_NULL_MSG(test, ptr, NULL)
#define KUNIT_EXPECT_STREQ_MSG(test, l, r, fmt, ...) \
	KUNIT_STRINGS(test, false, l, ==, r, fmt, ##__VA_ARGS__)
#define KUNIT_EXPECT_STREQ(test, l, r) \
	KUNIT_EXPECT_STREQ_MSG(test, l, r, NULL)
#define KUNIT_EXPECT_STRNEQ_MSG(test, l, r, fmt, ...) \
	KUNIT_STRINGS(test, false, l, !=, r, fmt, ##__VA_ARGS__)
#define KUNIT_EXPECT_STRNEQ(test, l, r) \
	KUNIT_EXPECT_STRNEQ_MSG(test, l, r, NULL)
#define KUNIT_EXPECT_MEMEQ_MSG(test, l, r, n, fmt, ...) \
	KUNIT_BYTES(test, false, l, ==, r, n, fmt, ##__VA_ARGS__)
#define KUNIT_EXPECT_MEMEQ(test, l, r, n) \
	KUNIT_EXPECT_MEMEQ_MSG(test, l, r, n, NULL)
#define KUNIT_EXPECT_MEMNEQ_MSG(test, l, r, n, fmt, ...) \
	KUNIT_BYTES(test, false, l, !=, r, n, fmt, ##__VA_ARGS__)
#define KUNIT_EXPECT_MEMNEQ(test, l, r, n) \
	KUNIT_EXPECT_MEMNEQ_MSG(test, l, r, n, NULL)
#define KUNIT_EXPECT_NOT_ERR_OR_NULL(test, ptr) \
	KUNIT_EXPECT_NOT_NULL(test, ptr)

#define KUNIT_ASSERT_TRUE_MSG(test, cond, fmt, ...) \
	KUNIT_BOOL(test, true, cond, true, fmt, ##__VA_ARGS__)
#define KUNIT_ASSERT_TRUE(test, cond) \
	KUNIT_ASSERT_TRUE_MSG(test, cond, NULL)
#define KUNIT_ASSERT_FALSE_MSG(test, cond, fmt, ...) \
	KUNIT_BOOL(test, true, cond, false, fmt, ##__VA_ARGS__)
#define KUNIT_ASSERT_FALSE(test, cond) \
	KUNIT_ASSERT_FALSE_MSG(test, cond, NULL)
#define KUNIT_ASSERT_EQ_MSG(test, l, r, fmt, ...) \
	KUNIT_NUMBERS(test, true, l, ==, r, fmt, ##__VA_ARGS__)
#define KUNIT_ASSERT_EQ(test, l, r) \
	KUNIT_ASSERT_EQ_MSG(test, l, r, NULL)
#define KUNIT_ASSERT_NE_MSG(test, l, r, fmt, ...) \
	KUNIT_NUMBERS(test, true, l, !=, r, fmt, ##__VA_ARGS__)
#define KUNIT_ASSERT_NE(test, l, r) \
	KUNIT_ASSERT_NE_MSG(test, l, r, NULL)
#define KUNIT_ASSERT_LT_MSG(test, l, r, fmt, ...) \
	KUNIT_NUMBERS(test, true, l, <, r, fmt, ##__VA_ARGS__)
#define KUNIT_ASSERT_LT(test, l, r) \
	KUNIT_ASSERT_LT_MSG(test, l, r, NULL)
#define KUNIT_ASSERT_LE_MSG(test, l, r, fmt, ...) \
	KUNIT_NUMBERS(test, true, l, <=, r, fmt, ##__VA_ARGS__)
#define KUNIT_ASSERT_LE(test, l, r) \
	KUNIT_ASSERT_LE_MSG(test, l, r, NULL)
#define KUNIT_ASSERT_GT_MSG(test, l, r, fmt, ...) \
	KUNIT_NUMBERS(test, true, l, >, r, fmt, ##__VA_ARGS__)
#define KUNIT_ASSERT_GT(test, l, r) \
	KUNIT_ASSERT_GT_MSG(test, l, r, NULL)
#define KUNIT_ASSERT_GE_MSG(test, l, r, fmt, ...) \
	KUNIT_NUMBERS(test, true, l, >=, r, fmt, ##__VA_ARGS__)
#define KUNIT_ASSERT_GE(test, l, r) \
	KUNIT_ASSERT_GE_MSG(test, l, r, NULL)
#define KUNIT_ASSERT_PTR_EQ_MSG(test, l, r, fmt, ...) \
	KUNIT_POINTERS(test, true, l, ==, r, fmt, ##__VA_ARGS__)
#define KUNIT_ASSERT_PTR_EQ(test, l, r) \
	KUNIT_ASSERT_PTR_EQ_MSG(test, l, r, NULL)
#define KUNIT_ASSERT_PTR_NE_MSG(test, l, r, fmt, ...) \
	KUNIT_POINTERS(test, true, l, !=, r, fmt, ##__VA_ARGS__)
#define KUNIT_ASSERT_PTR_NE(test, l, r) \
	KUNIT_ASSERT_PTR_NE_MSG(test, l, r, NULL)
#define KUNIT_ASSERT_NULL_MSG(test, ptr, fmt, ...) \
	KUNIT_POINTERS(test, true, ptr, ==, NULL, fmt, ##__VA_ARGS__)
#define KUNIT_ASSERT_NULL(test, ptr) \
	KUNIT_ASSERT_NULL_MSG(test, ptr, NULL)
#define KUNIT_ASSERT_NOT_NULL_MSG(test, ptr, fmt, ...) \
	KUNIT_POINTERS(test, true, ptr, !=, NULL, fmt, ##__VA_ARGS__)
#define KUNIT_ASSERT_NOT_NULL(test, ptr) \
	KUNIT_ASSERT_NOT_NULL_MSG(test, ptr, NULL)
#define KUNIT_ASSERT_STREQ_MSG(test, l, r, fmt, ...) \
	KUNIT_STRINGS(test, true, l, ==, r, fmt, ##__VA_ARGS__)
#define KUNIT_ASSERT_STREQ(test, l, r) \
	KUNIT_ASSERT_STREQ_MSG(test, l, r, NULL)
#define KUNIT_ASSERT_STRNEQ_MSG(test, l, r, fmt, ...) \
	KUNIT_STRINGS(test, true, l, !=, r, fmt, ##__VA_ARGS__)
#define KUNIT_ASSERT_STRNEQ(test, l, r) \
	KUNIT_ASSERT_STRNEQ_MSG(test, l, r, NULL)
#define KUNIT_ASSERT_MEMEQ_MSG(test, l, r, n, fmt, ...) \
	KUNIT_BYTES(test, true, l, ==, r, n, fmt, ##__VA_ARGS__)
#define KUNIT_ASSERT_MEMEQ(test, l, r, n) \
	KUNIT_ASSERT_MEMEQ_MSG(test, l, r, n, NULL)
#define KUNIT_ASSERT_MEMNEQ_MSG(test, l, r, n, fmt, ...) \
	KUNIT_BYTES(test, true, l, !=, r, n, fmt, ##__VA_ARGS__)
#define KUNIT_ASSERT_MEMNEQ(test, l, r, n) \
	KUNIT_ASSERT_MEMNEQ_MSG(test, l, r, n, NULL)
#define KUNIT_ASSERT_NOT_ERR_OR_NULL(test, ptr) \
	KUNIT_ASSERT_NOT_NULL(test, ptr)

#endif /* USER_KUNIT_CLAIMS_H */
