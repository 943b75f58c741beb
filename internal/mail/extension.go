package mail

// ExtendedForProps are the parts of a notice of a later deadline for one applicant or unit.
type ExtendedForProps struct {
	Batch  string // the batch's title
	Before string // the deadline for everybody
	Until  string // the deadline for the reader
	Reason string
	Link   string // the reader's applications
}

// ExtendedFor tells an applicant of more time than others have.
func (l Letters) ExtendedFor(p ExtendedForProps) Text {
	return l.write("您的申报截止时间延长至 "+p.Until,
		"管理员为您或您的单位单独延长了申报截止时间：",
		facts(row("批次", p.Batch), moment("批次截止时间", p.Before), moment("您的截止时间", p.Until), row("原因", p.Reason)),
		"在此之前可以继续填写和提交，也可以新建申报书：\n"+p.Link)
}

// ExtensionEnded tells an applicant that the deadline for everybody counts again.
func (l Letters) ExtensionEnded(p ExtendedForProps) Text {
	return l.write("单独延长的申报时间已取消",
		"管理员取消了为您或您的单位单独延长的申报时间，现以批次的截止时间为准：",
		facts(row("批次", p.Batch), moment("原延长至", p.Until), moment("批次截止时间", p.Before)),
		"已填写的内容不受影响，仍可查看。有疑问请与管理员联系。")
}
