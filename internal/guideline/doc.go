// Package guideline reads the document of a call and proposes the batch that it describes: title, year, topics and,
// for each topic, what is to be studied, which report is expected and whom to ask. Bytes go in, a value and findings
// come out; nothing is stored and nothing is decided, because a person confirms every field.
//
// The text walks through in one direction:
//
//	[Decode]     bytes → text; encodings, refusals, line ends become LF
//	source       text with what word processors leave behind (artefacts) blanked out
//	segment      lines, cut further where a label or a number stands in mid-line; each has a kind:
//	             marker "1." or "（一）", label "研究内容：", heading "申报条件", frame "附件1", or text
//	table        rows whose cells are parted by TAB become segments too: each cell is labelled by its column's heading
//	run          numbered segments form runs; points say which runs are topics and which are conditions
//	outline      the styles of numbering compete: one is the topics', the outer ones are groups, the inner ones lists
//	walk         segments are dealt out to topics, groups and contacts, one after the other (parse.go)
//	assign       contacts that speak for a section, for topics by number or for the whole call find their topics
//	build        fields are put together from their parts
//	check        what can be told only when all topics are known; doubts become findings
//
// Nothing of the source is lost silently. Every character that is not white space is claimed once: by a field, by a
// label or mark that the grammar knows, or by an artefact that a finding shows; what nobody claims is the
// Unassigned list. The tests prove this for every fixture and for whatever the fuzzer invents.
//
// Nothing is wrong silently either: where the text can be read in two ways, a finding names the topic and the field.
// testdata/habits holds documents as departments write them, each with what a person read in it; the tests read them
// exactly, and where they are changed until they cannot be read exactly, every field that differs has its finding.
package guideline
