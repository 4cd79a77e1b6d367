# SPDX-License-Identifier: GPL-2.0-only
#
# mutate - read lists of mutants; check them, or apply one
#
#	awk -f mutate.awk -v top=PROJECT -v what=check LIST...
#	awk -f mutate.awk -v top=PROJECT -v what=list LIST...
#	awk -f mutate.awk -v top=PROJECT -v what=NAME LIST...	the changed file
#
# A list is read as core.list says.  Lines are compared without the blanks around
# them, so code may be indented anew.

function fail(text)
{
	print text
	bad = 1
}

function trim(text)
{
	gsub(/^[ \t]+|[ \t]+$/, "", text)
	return text
}

function rest(	text)
{
	text = $0
	sub(/^[^ \t]+[ \t]+/, "", text)
	return text
}

/^#/ || /^$/	{ next }
/^mutant /	{ name[++count] = $2; seen[$2]++; next }
/^in /		{ file[count] = $2; where[count] = $3; next }
/^why /		{ why[count] = rest(); next }
/^test /	{ tests[count] = rest(); next }
/^leaks$/	{ flags[count] = "leaks"; next }
/^harmless /	{ harmless[count] = rest(); next }
/^unnoticed /	{ unnoticed[count] = rest(); next }
/^-/		{ old[count, ++olds[count]] = trim(substr($0, 2)); next }
/^\+/		{ new[count, ++news[count]] = substr($0, 2); next }
		{ fail(FILENAME ": " FNR ": what is " $1 "?") }

# The lines of a file, and in which of them its function or table is
function find(nr,	path, text, word)
{
	path = top "/drivers/s390/crypto/vfio_ap/" file[nr]
	lines = first = last = 0
	word = "(^|[^a-z0-9_])" where[nr] "([(]|[[]| = )"
	while ((getline text < path) > 0) {
		line[++lines] = text
		if (!first && text ~ /^[a-z]/ && text !~ /;$/ && text ~ word)
			first = lines
		if (first && !last && text ~ /^}/)
			last = lines
	}
	close(path)
	if (where[nr] == "") {
		first = 1
		last = lines
	}
}

function fits(nr, at,	i)
{
	for (i = 1; i <= olds[nr]; i++)
		if (trim(line[at + i - 1]) != old[nr, i])
			return 0
	return 1
}

# Where it is to be changed; 0: nowhere, or at more than one place
function place(nr,	at, found)
{
	find(nr)
	if (!lines || !last)
		return 0
	for (at = first; at + olds[nr] - 1 <= last; at++)
		if (fits(nr, at))
			found = found ? -1 : at
	return found > 0 ? found : 0
}

function check(nr,	text)
{
	text = name[nr] ": "
	if (seen[name[nr]] > 1)
		fail(text "there are two")
	if (why[nr] == "" || tests[nr] == "" || !olds[nr])
		fail(text "incomplete")
	else if (!place(nr))
		fail(text (lines ? "not exactly once in " : "there is no ") \
		     file[nr] " " where[nr])
}

function apply(nr,	at, i)
{
	at = place(nr)
	if (!at) {
		fail(name[nr] " is out of date")
		return
	}
	for (i = 1; i < at; i++)
		print line[i]
	for (i = 1; i <= news[nr]; i++)
		print new[nr, i]
	for (i = at + olds[nr]; i <= lines; i++)
		print line[i]
}

END {
	for (nr = 1; nr <= count; nr++) {
		if (what == "check")
			check(nr)
		else if (what == "list")
			print name[nr] "|" file[nr] "|" tests[nr] "|" \
				flags[nr] "|" harmless[nr] "|" unnoticed[nr] "|" \
				why[nr]
		else if (what == name[nr])
			apply(nr)
	}
	exit bad
}
