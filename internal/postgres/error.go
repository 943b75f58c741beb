package postgres

import (
	"errors"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"softsci/internal/portal"
)

// refusals turns the name of a constraint into words for the person whose act it
// stopped. What is not here is a fault of ours and becomes a 500.
var refusals = map[string]*portal.Error{
	"account_email_is_unique":             portal.RefuseField("email", "这个邮箱已经注册过。请直接登录，或用“忘记密码”重设密码"),
	"batch_slug_is_unique":                portal.RefuseField("slug", "这个网址名已被另一个批次使用"),
	"batch_slug_is_a_url_word":            portal.RefuseField("slug", "网址名只能用小写字母、数字和连字符，例如 2023-softsci-1"),
	"batch_code_is_unique_in_its_year":    portal.RefuseField("code", "这个编号代码在同一年度已被使用"),
	"batch_code_is_short":                 portal.RefuseField("code", "编号代码须以大写字母开头，由 2–12 个大写字母和数字组成，例如 RKX1"),
	"batch_year_is_plausible":             portal.RefuseField("year", "年度须为 2000–2999"),
	"batch_closes_after_it_opens":         portal.RefuseField("closes", "截止时间必须晚于开始时间"),
	"batch_identity_never_changes":        portal.Refuse(portal.Invalid, "批次发布过，网址名、编号代码和年度不能再改。"),
	"published_guideline_is_complete":     portal.Refuse(portal.NotNow, "还不能发布：至少要有一个选题，每个选题都要有题目。"),
	"published_guideline_has_a_title":     portal.Refuse(portal.NotNow, "还不能发布：没有标题。"),
	"published_guideline_has_its_dates":   portal.Refuse(portal.NotNow, "还不能发布：没有开始和截止时间。"),
	"person_is_unique_in_its_department":  portal.RefuseField("name", "这个部门已有同名的人"),
	"nobody_is_their_own_deputy":          portal.RefuseField("deputy", "代办人不能是本人"),
	"deputy_ends_after_it_begins":         portal.RefuseField("deputy_until", "最后一天不能早于第一天"),
	"one_deputy_at_a_time":                portal.RefuseField("first", "这几天里已有一天安排了代办人，请先终止原来的安排，或换一段时间"),
	"application_has_one_assignment":      portal.Refuse(portal.Conflict, "这份申报书刚刚被转给了别人。请刷新页面查看。"),
	"membership_is_held_once":             portal.Refuse(portal.Conflict, "该账号已经有这项权限。"),
	"unit_has_a_name":                     portal.Refuse(portal.NotNow, "单位名称须为 1–100 个字，请先改正。"),
	"revision_is_saved_once":              portal.Refuse(portal.Conflict, "这一部分刚刚被另一个窗口或另一位填报人保存过。"),
	"status_follows_a_step":               portal.Refuse(portal.NotNow, "申报书的状态刚刚发生了变化，这一步现在不能做。请刷新页面查看最新状态。"),
	"leader_applies_once_a_year":          portal.RefuseField("id_number", "这位负责人本年度已有一份申报（限报一项）。请核对身份证号；如要改报，请先撤回原来的那一份"),
	"application_keeps_a_leader":          portal.Refuse(portal.NotNow, "申报书必须有项目负责人，不能移出。"),
	"contact_does_not_lead":               portal.Refuse(portal.NotNow, "对方是这个选题的指南联系人，负责审查，不能担任这份申报书的负责人。"),
	"submitted_is_never_deleted":          portal.Refuse(portal.NotNow, "已提交过的申报书不能删除，只能撤回。"),
	"published_version_never_changes":     portal.Refuse(portal.NotNow, "已发布的指南不能直接修改，请发布更正或延期。"),
	"one_unpublished_version_per_batch":   portal.Refuse(portal.Conflict, "这个批次已经有一个未发布的版本。"),
	"view_name_is_unique_for_its_account": portal.RefuseField("name", "您已有一个同名的视图"),
}

// translate turns what the database says into the portal's kinds of refusal.
func translate(err error) error {
	if err == nil {
		return nil
	}
	if errors.Is(err, pgx.ErrNoRows) {
		return portal.ErrNotFound
	}
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		if pg.Code == "22021" { // character_not_in_repertoire: a NUL or broken UTF-8, which no row holds
			return portal.ErrNotFound
		}
		if known, ok := refusals[pg.ConstraintName]; ok {
			refusal := *known
			refusal.Reason = err
			return &refusal
		}
	}
	return err
}
