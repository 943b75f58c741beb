package portal

import "time"

// Subject is the kind of thing an event is about.
type Subject string

// The subjects of events.
const (
	OnApplication Subject = "application"
	OnBatch       Subject = "batch"
	OnAccount     Subject = "account"
	OnPerson      Subject = "person"
	OnFile        Subject = "file"
	OnKey         Subject = "key"
	OnInquiry     Subject = "inquiry"
	OnWorkdays    Subject = "workdays"
)

var subjectLabels = map[Subject]string{OnApplication: "申报书", OnBatch: "指南批次", OnAccount: "账号", OnPerson: "通讯录", OnFile: "附件", OnKey: "签名密钥",
	OnInquiry: "咨询", OnWorkdays: "工作日历"}

// Label is the name of the subject on the pages.
func (s Subject) Label() string { return subjectLabels[s] }

// Verb is what happened. The acts of an application are verbs too.
type Verb string

// The verbs beside the acts of status.go.
const (
	Imported         Verb = "imported"
	Published        Verb = "published"
	Extended         Verb = "extended"
	Registered       Verb = "registered"
	Invited          Verb = "invited"
	InviteAccepted   Verb = "invite accepted"
	SignedIn         Verb = "signed in"
	SignInFailed     Verb = "sign-in failed"
	SignedOut        Verb = "signed out"
	SessionEnded     Verb = "session ended"
	ResetAsked       Verb = "reset asked"
	PasswordChanged  Verb = "password changed"
	AddressConfirmed Verb = "address confirmed"
	ProfileChanged   Verb = "profile changed"
	RightGranted     Verb = "right granted"
	RightEnded       Verb = "right ended"
	HandedOver       Verb = "handed over" // a topic's open cases to another contact
	Planned          Verb = "planned"     // a publication at a later time
	Corrected        Verb = "corrected"
	TakenDown        Verb = "taken down"
	Dropped          Verb = "dropped" // a draft of a guideline
	Copied           Verb = "copied"
	Archived         Verb = "archived"
	Listed           Verb = "listed" // no longer archived
	PersonChanged    Verb = "person changed"
	GuidelineSeen    Verb = "guideline seen" // the applicant confirmed a correction
	FileFetched      Verb = "file fetched"
	KeyMade          Verb = "key made"
	TopicChanged     Verb = "topic changed" // the applicant moved to another topic
	EditorInvited    Verb = "editor invited"
	EditorJoined     Verb = "editor joined"
	EditorRemoved    Verb = "editor removed"
	EditorLeft       Verb = "editor left"
	LeaderChanged    Verb = "leader changed"    // of those who edit, not the one that the form names
	ExtensionGranted Verb = "extension granted" // to one applicant or unit
	ExtensionEnded   Verb = "extension ended"
	DataExported     Verb = "data exported"
	CalendarOffered  Verb = "calendar offered"
	CalendarEnded    Verb = "calendar ended"
	Asked            Verb = "asked" // and the address confirmed
	Answered         Verb = "answered"
	AnswerPublished  Verb = "answer published"
	AnswerReworded   Verb = "answer reworded" // as the public reads it
	AnswerTakenBack  Verb = "answer taken back"
	CallNoted        Verb = "call noted"
	Wrote            Verb = "wrote" // to the other side of an application
	WorkdaysChanged  Verb = "workdays changed"
	DeputyNamed      Verb = "deputy named"
	DeputyEnded      Verb = "deputy ended"
	PassedOn         Verb = "passed on" // one application to a colleague
	TakenBack        Verb = "taken back"
	HandlerNamed     Verb = "handler named" // by an administrator
	Recused          Verb = "recused"
	RecusalDenied    Verb = "recusal denied" // what a name suggested
	RecusalLifted    Verb = "recusal lifted"
)

var verbLabels = map[Verb]string{
	Imported: "导入", Published: "发布", Extended: "延期", Registered: "注册", Invited: "邀请", InviteAccepted: "接受邀请",
	SignedIn: "登录", SignInFailed: "登录失败", SignedOut: "退出", SessionEnded: "结束会话", ResetAsked: "申请重设密码",
	PasswordChanged: "修改密码", AddressConfirmed: "确认邮箱", ProfileChanged: "修改资料", RightGranted: "授予权限", RightEnded: "终止权限",
	HandedOver: "移交", Planned: "定时发布", Corrected: "更正", TakenDown: "撤下", Dropped: "删除底稿", Copied: "复制", Archived: "归档", Listed: "取消归档",
	PersonChanged: "修改通讯录", GuidelineSeen: "确认更正", TopicChanged: "改报选题", FileFetched: "下载附件", KeyMade: "生成密钥",
	EditorInvited: "邀请填报", EditorJoined: "加入填报", EditorRemoved: "移出填报", EditorLeft: "退出填报", LeaderChanged: "移交负责人",
	ExtensionGranted: "个别延期", ExtensionEnded: "取消个别延期",
	DataExported: "下载个人数据", CalendarOffered: "生成日历地址", CalendarEnded: "停用日历地址",
	Asked: "提问", Answered: "答复", AnswerPublished: "公开答复", AnswerReworded: "修改公开的答复", AnswerTakenBack: "撤回公开", CallNoted: "记录电话答复", Wrote: "发送消息",
	WorkdaysChanged: "修改工作日历",
	DeputyNamed:     "指定代办", DeputyEnded: "终止代办", PassedOn: "转办", TakenBack: "收回", HandlerNamed: "另行指定办理人",
	Recused: "回避", RecusalDenied: "说明不需回避", RecusalLifted: "解除回避",
}

// Verbs lists the verbs an event can have, acts first, for the log's filter.
func Verbs() []Verb {
	var verbs []Verb
	for _, a := range []Act{Begin, Discard, Submit, Reopen, Withdraw, Accept, Return, Decline, Recommend, Propose, Fund, Reject} {
		verbs = append(verbs, Verb(a))
	}
	return append(verbs, Imported, Published, Extended, Registered, Invited, InviteAccepted, SignedIn, SignInFailed,
		SignedOut, SessionEnded, ResetAsked, PasswordChanged, AddressConfirmed, ProfileChanged, RightGranted, RightEnded, HandedOver,
		Planned, Corrected, TakenDown, Dropped, Copied, Archived, Listed, PersonChanged, GuidelineSeen, TopicChanged, FileFetched, KeyMade,
		EditorInvited, EditorJoined, EditorRemoved, EditorLeft, LeaderChanged, ExtensionGranted, ExtensionEnded,
		DataExported, CalendarOffered, CalendarEnded,
		Asked, Answered, AnswerPublished, AnswerReworded, AnswerTakenBack, CallNoted, Wrote, WorkdaysChanged,
		DeputyNamed, DeputyEnded, PassedOn, TakenBack, HandlerNamed, Recused, RecusalDenied, RecusalLifted)
}

// Label is the name of the verb in histories and in the log.
func (v Verb) Label() string {
	if l, ok := verbLabels[v]; ok {
		return l
	}
	return Act(v).Label()
}

// Event is one line of the history: append-only, and for an application the
// history its people see. Labels are copied, so that a later renaming does not
// rewrite the past.
type Event struct {
	ID           int64
	At           time.Time
	Subject      Subject
	SubjectID    int64
	SubjectLabel string // 受理编号, title, name as it was
	Verb         Verb
	From, To     Status // only for moves
	Reason       string
	Data         map[string]string // what else belongs to it: reasons by section, a reason's code
	Account      int64             // 0: visitor or system
	AccountName  string
	Role         Role
	OnBehalfOf   int64 // in whose place a deputy acted, 0 for nobody's
	OnBehalfName string
	Address      string
	RequestID    string
}

// By is who did it, as it is shown: 王五 代 李四 where a deputy did.
func (e Event) By() string { return Principal{e.OnBehalfOf, e.OnBehalfName}.By(e.AccountName) }

// InPlaceOf is the event as one that was done in somebody's place.
func (e Event) InPlaceOf(p Principal) Event {
	e.OnBehalfOf, e.OnBehalfName = p.Account, p.Name
	return e
}
