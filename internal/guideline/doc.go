// Package guideline reads the document of a call and proposes the batch that it describes: title, year, topics and,
// for each topic, what is to be studied, which report is expected and whom to ask. Bytes go in, a value and findings
// come out; nothing is stored and nothing is decided, because a person confirms every field.
//
// The text walks through in one direction:
//
//	[Decode]     bytes → text; encodings, refusals, line ends become LF
//	source       text with what word processors leave behind (artefacts) blanked out
//	segment      lines, cut further where a label or a number stands in mid-line; each has a kind:
//	             marker "1." or "（一）", label "研究内容：", heading "申报条件", or text
//	run          numbered segments form runs; a score says which runs are topics and which are conditions
//	walk         segments are dealt out to topics, groups and contacts, one after the other
//	build        fields are put together and doubts become findings
//
// Nothing of the source is lost silently. Every character that is not white space is claimed once: by a field, by a
// label or mark that the grammar knows, or by an artefact that a finding shows; what nobody claims is the
// Unassigned list. The tests prove this for every fixture and for whatever the fuzzer invents.
package guideline
