package admin_test

import (
	"testing"

	"softsci/internal/form"
	"softsci/internal/pagetest"
	"softsci/internal/portal"
	"softsci/web/page/admin"
)

func TestPeopleStandBelowTheirDepartments(t *testing.T) {
	t.Parallel()
	add := form.New(&form.Field{Name: "department", Label: "部门"})
	deputy := &portal.Deputy{Name: "刘云", Until: now.AddDate(0, 0, 1)}
	props := admin.PeopleProps{Layout: at("/admin/people"), Now: now, Query: "办公室", Next: "/admin/people?name=x", Form: add, People: []admin.PersonRow{
		{ID: 1, Person: portal.Person{Department: "办公室", Name: "朱勇进", Phones: []string{"027-87135799", "13871234567"}, Deputy: deputy}, Account: "zhu@example.cn", Topics: 2},
		{ID: 2, Person: portal.Person{Department: "办公室"}}, {ID: 3, Person: portal.Person{Name: "无处"}}}}
	page := pagetest.MustPage(t, admin.People(props))
	pagetest.MustHold(t, page, `<a class="title" href="/admin/people/1">朱勇进</a>`, `<a class="title" href="/admin/people/2">办公室</a>`, "027-87135799、13871234567", "由刘云代办，至2023年3月9日",
		"没有账号", "未填部门", "下一页", `name="q" value="办公室"`, `action="/admin/people"`, `href="/admin/people" aria-current="page"`)
	props.People = nil
	pagetest.MustHold(t, pagetest.MustPage(t, admin.People(props)), "没有找到“办公室”")
	pagetest.MustHold(t, pagetest.MustPage(t, admin.People(admin.PeopleProps{})), "通讯录还是空的")
}

func TestPersonIsChangedAndInvited(t *testing.T) {
	t.Parallel()
	card := form.New(&form.Field{Name: "email", Label: "邮箱", Kind: form.Email})
	props := admin.PersonProps{Layout: at("/admin/people/1"), Now: now, Person: portal.Person{ID: 1, Department: "办公室", Name: "朱勇进"}, Form: card,
		Invite: form.New(&form.Field{Name: "email", Label: "登录邮箱", Kind: form.Email}).In("invite-"),
		Topics: []admin.PersonTopic{{BatchSlug: "b", BatchTitle: "指南", Label: "1.", Title: "已公布", Ordinal: 1}, {BatchSlug: "b", BatchTitle: "指南", Label: "2.", Title: "未公布"}}}
	page := pagetest.MustPage(t, admin.PersonPage(props))
	pagetest.MustHold(t, page, "<h1>朱勇进</h1>", `action="/admin/people/1"`, `action="/admin/people/1/invitation"`, "立即生效", `href="/batches/b/topics/1"`, "未公布", `id="field-email"`, `id="field-invite-email"`)
	pagetest.MustLack(t, page, "/batches/b/topics/2")
	props.Account, props.Topics, props.Person.Name = &admin.AccountRow{Ref: "a1", Email: "zhu@example.cn"}, nil, ""
	page = pagetest.MustPage(t, admin.PersonPage(props))
	pagetest.MustHold(t, page, "<h1>办公室</h1>", `href="/admin/accounts/a1"`, "没有以他为联系人的选题")
	pagetest.MustLack(t, page, "/invitation")
}
