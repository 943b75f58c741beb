package component_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/a-h/templ"

	"softsci/internal/form"
	"softsci/internal/portal"
	"softsci/web/component"
)

func mustRender(t *testing.T, c templ.Component) string {
	t.Helper()
	var b strings.Builder
	if err := c.Render(context.Background(), &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func mustHold(t *testing.T, html string, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if !strings.Contains(html, part) {
			t.Errorf("%s is missing in %s", part, html)
		}
	}
}

func TestFieldIsTiedToWhatIsSaidAboutIt(t *testing.T) {
	t.Parallel()
	f := &form.Field{Name: "summary", Label: "摘要", Kind: form.Prose, Clause: "摘要不超过 400 字", Rules: []form.Rule{form.Max(4)}, Value: "\n一二三四五"}
	fields := form.New(f)
	if fields.Check() {
		t.Fatal("five characters of four are right")
	}
	html := mustRender(t, component.Fields(fields))
	mustHold(t, html,
		`<a href="#field-summary">`, `id="field-summary"`, `aria-invalid="true"`, `data-max="4"`,
		`aria-describedby="field-summary-error field-summary-clause field-summary-hint field-summary-counter"`,
		`id="field-summary-error"`, `id="field-summary-clause"`, `id="field-summary-hint"`, `id="field-summary-counter"`,
		">\n\n一二三四五</textarea>", // the first newline is eaten by HTML
	)
}

func TestPasswordIsNeverWrittenBack(t *testing.T) {
	t.Parallel()
	html := mustRender(t, component.Field(&form.Field{Name: "password", Label: "密码", Kind: form.Password, Value: "geheim", Rules: []form.Rule{form.Max(100)}}))
	if strings.Contains(html, "geheim") || strings.Contains(html, "counter") {
		t.Error(html)
	}
}

// A browser throws away the value of a date field that is no date.
func TestWhatIsNoDateComesBackAsText(t *testing.T) {
	t.Parallel()
	mustHold(t, mustRender(t, component.Field(&form.Field{Name: "d", Kind: form.Date, Value: "2023年4月28日"})), `type="text"`, "2023年4月28日")
	mustHold(t, mustRender(t, component.Field(&form.Field{Name: "d", Kind: form.Date, Value: "2023-04-28"})), `type="date"`)
	mustHold(t, mustRender(t, component.Field(&form.Field{Name: "d", Kind: form.Moment, Value: "2023-04-28T17:00"})), `type="datetime-local"`)
}

func TestChoiceIsRadiosOrASelect(t *testing.T) {
	t.Parallel()
	few := &form.Field{Name: "nature", Label: "单位性质", Kind: form.Choice, Value: "b", Options: []form.Option{{Value: "a", Label: "高校"}, {Value: "b", Label: "企业"}}}
	mustHold(t, mustRender(t, component.Field(few)), `<fieldset`, `id="field-nature" value="a"`, `id="field-nature-2" value="b" checked`)
	many := &form.Field{Name: "kind", Kind: form.Choice, Value: "7", Options: make([]form.Option, 9)}
	many.Options[7] = form.Option{Value: "7", Label: "七"}
	mustHold(t, mustRender(t, component.Field(many)), `<select`, `<option value="7" selected>`)
}

func TestEveryStatusHasItsWordAndShape(t *testing.T) {
	t.Parallel()
	for _, s := range portal.Statuses {
		mustHold(t, mustRender(t, component.Status(s)), s.Label(), `class="tag `+string(component.ShapeOf(s))+`"`)
	}
}

func TestDeadlineFollowsTheClock(t *testing.T) {
	t.Parallel()
	opens := time.Date(2023, 2, 17, 9, 0, 0, 0, portal.Shanghai)
	window := portal.Window{Opens: opens, Closes: opens.AddDate(0, 0, 10)}
	render := func(now time.Time, live bool) string {
		return mustRender(t, component.Deadline(component.DeadlineProps{Now: now, Window: window, Live: live}))
	}
	mustHold(t, render(opens.Add(-1), false), "开始")
	mustHold(t, render(opens, false), "2月27日（周一）", "还有 10 天", `data-closes="2023-02-27T09:00:00+08:00"`)
	mustHold(t, render(opens, true), `data-now="2023-02-17T09:00:00+08:00"`)
	mustHold(t, render(window.Closes, true), "已截止")
	for at, html := range map[string]string{"before": render(opens.Add(-1), true), "after": render(window.Closes, true)} {
		if strings.Contains(html, "data-closes") {
			t.Errorf("a countdown %s the time", at)
		}
	}
	if strings.Contains(render(opens, false), "data-now") {
		t.Error("a kept page carries its moment")
	}
}

func TestPhoneIsALinkOnlyWhenItCanBeDialled(t *testing.T) {
	t.Parallel()
	mustHold(t, mustRender(t, component.Phone(component.PhoneProps{Number: "027-87135799"})), `href="tel:+862787135799"`, ">027-87135799<")
	if html := mustRender(t, component.Phone(component.PhoneProps{Number: "87135799"})); strings.Contains(html, "href") {
		t.Error(html)
	}
}
