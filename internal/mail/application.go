package mail

import "strings"

// SubmittedProps are the parts of an applicant's confirmation; it says the same as the confirmation page.
type SubmittedProps struct {
	Number       string // 受理编号
	Title        string // 项目名称
	Time         string // when the submission arrived
	Reviewer     string // department that checks it next; may be empty
	NextBy       string // when that is due; may be empty
	CorrectUntil string // until when it may be taken back for changes; empty after the deadline
	SHA256       string // of the frozen version, in hexadecimal
	Guideline    string // which version of the guideline it answers
	Attachments  []Attached
	Link         string // the application's page
}

// Attached is an attachment that was submitted.
type Attached struct {
	Name   string
	Size   string // in words
	SHA256 string // in hexadecimal
}

// attached lists the attachments, each with its size and hash.
func attached(files []Attached) string {
	if len(files) == 0 {
		return ""
	}
	text := "附件："
	for _, f := range files {
		text += "\n" + oneLine(f.Name) + "（" + f.Size + "）\nSHA-256 " + f.SHA256
	}
	return text
}

// Submitted confirms a submission: the number, what happens next and by when, and how to correct a mistake.
func (l Letters) Submitted(p SubmittedProps) Text {
	next := "下一步：" + orElse(oneLine(p.Reviewer), "指南联系人") + "进行形式审查"
	if p.NextBy != "" {
		next += "，预计在 " + p.NextBy + " 之前给出结果"
	}
	next += "。结果会发到这个邮箱，也可以随时在申报页面查看进展。"
	correct := ""
	if p.CorrectUntil != "" {
		correct = "需要改正时：在 " + p.CorrectUntil + "（北京时间）之前，只要联系人尚未处理，" +
			"就可以在申报页面按“撤回修改”；重新提交之前，本次提交的内容一直有效。"
	}
	return l.write("已提交："+p.Number,
		"您的申报书已经提交。",
		facts(row("受理编号", p.Number), row("项目名称", p.Title), moment("提交时间", p.Time), row("指南版本", p.Guideline), row("申报书 SHA-256", p.SHA256)),
		attached(p.Attachments), next, correct,
		"申报页面：\n"+p.Link)
}

// SubmittedToContactProps are the parts of a contact's notice of a new submission.
type SubmittedToContactProps struct {
	Number string // 受理编号
	Topic  string // the guideline topic
	Unit   string // 申报单位
	Again  bool   // it was submitted before
	Link   string // the application at the desk
}

// SubmittedToContact tells a topic's contact that an application waits.
func (l Letters) SubmittedToContact(p SubmittedToContactProps) Text {
	arrived := "您负责的选题收到一份申报书，等待形式审查。"
	if p.Again {
		arrived = "您负责的选题有一份申报书修改后重新提交，等待形式审查。"
	}
	return l.write("待受理："+p.Number, arrived,
		facts(row("受理编号", p.Number), row("选题", p.Topic), row("申报单位", p.Unit)),
		"请登录工作台办理：\n"+p.Link)
}

// WithdrawnProps are the parts of a contact's notice of a withdrawal.
type WithdrawnProps struct {
	Number string // 受理编号
	Title  string // 项目名称
	Reason string // may be empty
}

// Withdrawn tells a topic's contact that nothing is left to do.
func (l Letters) Withdrawn(p WithdrawnProps) Text {
	reason := ""
	if p.Reason != "" {
		reason = "申报人说明：\n" + block(p.Reason)
	}
	return l.write("已撤回："+p.Number,
		"申报人撤回了下面这份申报书，不需要再办理。",
		facts(row("受理编号", p.Number), row("项目名称", p.Title)), reason)
}

// AcceptedProps are the parts of a notice of acceptance.
type AcceptedProps struct {
	Number string // 受理编号
	Title  string // 项目名称
	Time   string // when it was accepted
	Link   string // the application's page
}

// Accepted tells the applicant that the formal check is passed.
func (l Letters) Accepted(p AcceptedProps) Text {
	return l.write("已受理："+p.Number,
		"您的申报书已通过形式审查，予以受理。",
		facts(row("受理编号", p.Number), row("项目名称", p.Title), moment("受理时间", p.Time)),
		"下一步是评审。现在不需要您做什么；有新的进展时，会再发邮件通知。",
		"申报页面：\n"+p.Link)
}

// SectionReason is why one section of the form was returned.
type SectionReason struct {
	Section string // the section's name; empty for the form as a whole
	Reason  string // the contact's words
}

// ReturnedProps are the parts of a notice of return.
type ReturnedProps struct {
	Number  string // 受理编号
	Title   string // 项目名称
	By      string // department that returned it
	Reasons []SectionReason
	Until   string // until when it may be submitted again
	Link    string // the application's page
}

// Returned tells the applicant what to change, section by section, and until when.
func (l Letters) Returned(p ReturnedProps) Text {
	paragraphs := []string{
		orElse(oneLine(p.By), "指南联系人") + "请您修改申报书后重新提交。已填写的内容和受理编号都保留。",
		facts(row("受理编号", p.Number), row("项目名称", p.Title), moment("重交截止", p.Until)),
		"需要修改：",
	}
	for _, r := range p.Reasons {
		paragraphs = append(paragraphs, "· "+orElse(oneLine(r.Section), "整份申报书")+"\n"+block(r.Reason))
	}
	paragraphs = append(paragraphs, "过了重交截止时间，就不能再提交。请打开申报页面修改：\n"+p.Link)
	return l.write("退回修改："+p.Number, paragraphs...)
}

// DeclinedProps are the parts of a notice of non-acceptance.
type DeclinedProps struct {
	Number string // 受理编号
	Title  string // 项目名称
	Reason string // never empty: a refusal always says why
	Link   string // the application's page
}

// Declined tells the applicant that the formal check was not passed, and why.
func (l Letters) Declined(p DeclinedProps) Text {
	return l.write("不予受理："+p.Number,
		"很遗憾，您的申报书未通过形式审查，不予受理。",
		facts(row("受理编号", p.Number), row("项目名称", p.Title)),
		"原因：\n"+block(p.Reason),
		"对结果有疑问，请与该选题的指南联系人联系，电话见选题页面。申报书仍可查看：\n"+p.Link)
}

// DecidedProps are the parts of the letter with the decision.
type DecidedProps struct {
	Number  string // 受理编号
	Title   string // 项目名称
	Outcome string // the state's name: 拟立项, 立项, 不予立项
	Reason  string // why not; empty with a good outcome
	Time    string // when it was decided
	Link    string // the application's page
}

// Decided tells the applicant the decision.
func (l Letters) Decided(p DecidedProps) Text {
	reason := ""
	if p.Reason != "" {
		reason = "原因：\n" + block(p.Reason)
	}
	return l.write(oneLine(p.Outcome)+"："+p.Number,
		"您的申报书已有决定。",
		facts(row("受理编号", p.Number), row("项目名称", p.Title), row("决定", p.Outcome), moment("时间", p.Time)),
		reason,
		"申报页面：\n"+p.Link)
}

// ExtendedProps are the parts of a notice of a later deadline.
type ExtendedProps struct {
	Batch  string // the batch's title
	Before string // the deadline that was
	Until  string // the deadline that is
	Note   string // why, as published; may be empty
	Link   string // the batch's page
}

// Extended tells who has begun an application that there is more time.
func (l Letters) Extended(p ExtendedProps) Text {
	return l.write("申报截止时间延长至 "+p.Until,
		"您正在填报的申报批次延长了截止时间。",
		facts(row("批次", p.Batch), moment("原截止时间", p.Before), moment("新截止时间", p.Until), row("说明", p.Note)),
		"已填写的内容不受影响。公告全文：\n"+p.Link)
}

// CorrectedProps are the parts of a notice of a corrected guideline.
type CorrectedProps struct {
	Batch   string
	Note    string
	Retired bool   // the topic applied to is no more
	Link    string // of the application
	Changes string // of the page that compares both versions
}

// Corrected tells who has an application in the batch what changed.
func (l Letters) Corrected(p CorrectedProps) Text {
	ask := "请打开申报书，确认已阅读更正："
	if p.Retired {
		ask = "您申报的选题已停用。已填写的内容都在，可以在申报书页面改报其他选题："
	}
	return l.write("申报指南已更正", "您参加申报的批次更正了指南。", facts(row("批次", p.Batch), row("更正说明", p.Note)),
		ask+"\n"+p.Link, "新旧对照：\n"+p.Changes)
}

func orElse(text, otherwise string) string {
	if strings.TrimSpace(text) == "" {
		return otherwise
	}
	return text
}
