// Package paper makes the 申报书 of an application: it takes what the form says of the
// answers (proposal) and lays it out (document).
//
// It stands between those two and its readers, which both need it: job to make the paper
// of a version once, server to make one before that, and those of drafts.
package paper

import (
	"encoding/hex"

	"softsci/internal/document"
	"softsci/internal/portal"
	"softsci/internal/proposal"
)

// Submitted is the paper of a version, with its content read, as a PDF. It says what was
// frozen and nothing that has changed since, so that the same version gives the same bytes.
func Submitted(v portal.Version, frozen portal.Frozen) ([]byte, error) {
	guideline, sum := frozen.Guideline, proposal.Summed(frozen)
	props := document.ProposalProps{Call: guideline.BatchTitle, Number: frozen.Number, Version: frozen.N, SHA256: hex.EncodeToString(v.SHA256[:]),
		Arrived: portal.DateTimeText(v.ArrivedAt), Opinions: document.StandardOpinions(proposal.Pledge),
		Cover: document.Cover{Title: sum.Title, Topic: guideline.Label + guideline.Title, Batch: guideline.BatchTitle, Unit: sum.UnitName, Leader: sum.LeaderName,
			Date: portal.DateText(v.ArrivedAt)}}
	for _, section := range frozen.Sections {
		if section.Name == proposal.Cover {
			props.Cover.Term = proposal.Term(section.Answers)
		}
	}
	for _, section := range proposal.ReadFrozen(frozen) {
		props.Sections = append(props.Sections, document.Section{Label: section.Label, Blocks: blocks(section.Answers)})
	}
	if len(frozen.Attachments) > 0 {
		var files document.Attachments
		for _, f := range frozen.Attachments {
			files = append(files, document.Attachment{Name: f.Name, Kind: portal.AttachmentLabel(f.Kind), Size: f.Size, SHA256: f.SHA256})
		}
		props.Sections = append(props.Sections, document.Section{Label: "附件", Blocks: []document.Block{files}})
	}
	props.Sections = append(props.Sections, document.Section{Label: "所答指南", Blocks: []document.Block{
		document.GuidelineText{Title: guideline.Label + guideline.Title, Content: guideline.Content, Version: guideline.Version}}})
	return document.Proposal(props)
}

// Draft is the paper of a draft, which says on every page that it is one.
func Draft(app portal.Application, topic portal.Topic, sections []proposal.Filled) ([]byte, error) {
	props := document.ProposalProps{Call: app.BatchTitle, Draft: true, Opinions: document.StandardOpinions(proposal.Pledge),
		Cover: document.Cover{Title: app.Title, Topic: topic.Label + topic.Title, Batch: app.BatchTitle, Unit: app.UnitName, Leader: app.LeaderName}}
	for _, section := range sections {
		if section.Name == proposal.Cover {
			props.Cover.Term = proposal.Term(section.Form.Answers())
		}
		props.Sections = append(props.Sections, document.Section{Label: section.Label, Blocks: blocks(proposal.Answers(section.Form))})
	}
	return document.Proposal(props)
}
