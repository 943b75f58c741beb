package e2e_test

import (
	"maps"
	"slices"
	"strings"

	"softsci/internal/proposal"
	"softsci/internal/proposal/sample"
)

// mustWrite fills the section that is shown, as a person does: types into inputs,
// clicks choices, and adds rows by the buttons of their parts until there are enough.
func (p *page) mustWrite(answers map[string]string) {
	p.t.Helper()
	names := map[string]string{} // the page's names of the rows, by those of the answers
	for _, key := range slices.Sorted(maps.Keys(answers)) {
		if key != "rows" && !strings.HasPrefix(key, "rows.") {
			continue
		}
		own, shown := strings.Fields(answers[key]), p.rows(key)
		for len(shown) < len(own) {
			p.mustLoad("add a row", func() { p.mustClick("#"+strings.ReplaceAll(key, ".", "-")+" .add button", "添加") })
			shown = p.rows(key)
		}
		for i, id := range own {
			names[id] = shown[i]
		}
	}
	for _, name := range slices.Sorted(maps.Keys(answers)) {
		if name == "rows" || strings.HasPrefix(name, "rows.") {
			continue
		}
		field := name
		if column, id, ok := strings.Cut(name, "-"); ok {
			field = column + "-" + names[id]
		}
		p.mustAnswer(field, answers[name])
	}
}

// rows are the names of the rows that the page shows in the part of that key.
func (p *page) rows(key string) []string {
	p.t.Helper()
	return mustEval[[]string](p, `[...document.querySelectorAll('main input[name="`+key+`"]')].map(e => e.value)`)
}

// mustAnswer fills the field of that name in whatever way it is filled.
func (p *page) mustAnswer(name, answer string) {
	p.t.Helper()
	switch kind := mustEval[string](p, `((name, answer) => {
		const all = [...document.querySelectorAll('main [name="' + name + '"]')];
		const e = all.find(e => e.type !== 'radio' || e.value === answer);
		if (!e) return '';
		if (e.type === 'radio') return e.type;
		if (e.options) e.value = answer;
		if (e.value === answer) return 'right';
		e.focus();
		e.select();
		return e.type;
	})(`+quoted(name)+`, `+quoted(answer)+`)`); {
	case kind == "":
		p.t.Fatalf("%s: no field %s that takes %q", p.at(), name, answer)
	case kind == "radio":
		at := mustEval[spot](p, place+`([...document.querySelectorAll('main [name="' + `+quoted(name)+` + '"]')].find(e => e.value === `+quoted(answer)+`).labels[0])`)
		p.click(at)
	case kind == "right":
	case answer == "":
		p.mustKey("Backspace")
	default:
		p.mustType(answer)
	}
}

// mustWriteAll fills section after section, from the first, which is shown, to the
// attachments, and sends the one that is needed. Each save leads on; look sees every
// section as it stands filled in.
func (p *page) mustWriteAll(answers map[string]map[string]string, look func(name string)) {
	p.t.Helper()
	for i, part := range proposal.Parts() {
		p.mustSee("h1", part.Label)
		p.mustWrite(answers[part.Name])
		look(part.Name)
		p.mustPress("保存并继续")
		p.mustSee(".flash", "已保存，这一部分完整")
		if i+1 < len(proposal.Parts()) {
			p.mustBeAt(p.taskList() + "/sections/" + proposal.Parts()[i+1].Name)
		}
	}
	p.mustBeAt(p.taskList() + "/files")
	p.mustAttach("pledge", p.mustPaper(pledge, sample.Pledge))
	look("files")
}

// taskList is the address of the application that is shown.
func (p *page) taskList() string {
	p.t.Helper()
	parts := strings.SplitN(p.path(), "/", 4) // "", applications, the reference, the rest
	return "/applications/" + strings.TrimRight(parts[2], "?#")
}

// mustSubmitAll checks and submits from the page that is shown, and gives the number back.
func (p *page) mustSubmitAll() (number string) {
	p.t.Helper()
	p.mustFollow("检查并提交")
	p.mustTick("我已阅读并同意以上承诺")
	p.mustPress("提交申报书")
	p.mustStatus(200)
	p.mustSee("h1", "申报书已提交")
	return p.words(".number b")
}
