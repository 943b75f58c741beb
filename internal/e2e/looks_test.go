package e2e_test

import "testing"

// dresses shows the main pages in every dress, at both widths.
func dresses(t *testing.T, s *stage) {
	s.mustPeople()
	submitted, draft := s.mustSubmit(zhang, 5), s.mustFill(zhang, 7)
	s.mustResubmit(zhang, submitted)
	p := s.mustPage(t)
	for _, who := range []struct {
		email string // "" for nobody
		pages [][2]string
	}{
		{"", [][2]string{{"home", "/"}, {"batch", "/batches/" + slug}, {"topic", "/batches/" + slug + "/topics/5"}}},
		{zhang, [][2]string{{"tasks", "/applications/" + draft}, {"section", "/applications/" + draft + "/sections/text"}, {"rows", "/applications/" + draft + "/sections/team"},
			{"files", "/applications/" + draft + "/files"}, {"receipt", "/applications/" + submitted + "/receipt"}}},
		{liu, [][2]string{{"desk", "/desk"}, {"file", "/desk/applications/" + submitted}, {"compare", "/desk/applications/" + submitted + "/versions/1"},
			{"return", "/desk/applications/" + submitted + "/return"}}},
		{sun, [][2]string{{"admin-batch", "/admin/batches/" + slug}, {"admin-application", "/admin/applications/" + submitted}}},
	} {
		if who.email != "" {
			p.mustOpenWith(who.pages[0][1], who.email, password)
		}
		for _, one := range who.pages {
			p.mustGoto(one[1], 200)
			p.inEveryDress(one[0])
		}
		if who.email != "" {
			p.mustPress("退出")
		}
	}
}

// inEveryDress checks a page light, dark, large and in high contrast. The switches
// are those of the page's foot.
func (p *page) inEveryDress(name string) {
	p.t.Helper()
	own := p.mode
	defer func() { p.mode = own }()
	for _, dress := range []struct {
		name, scheme string
		on           []string // switches pressed before
	}{
		{"light", "light", nil}, {"dark", "dark", nil}, {"large", "light", []string{"大字版"}},
		{"contrast", "light", []string{"标准字号", "高对比度"}},
	} {
		for _, words := range dress.on {
			p.mustPress(words)
		}
		p.mustMedia("", dress.scheme)
		for _, m := range []mode{{"script-1280", true, 1280, 900}, {"script-390", true, 390, 844}} {
			p.mode = m
			p.mustSize(m.width, m.height)
			p.mustShot("looks-" + name + "-" + dress.name)
			p.axe(name + " " + dress.name)
		}
		p.narrow(name + " " + dress.name)
	}
	p.mode = own
	p.mustSize(own.width, own.height)
	p.mustPress("标准对比度")
	p.mustMedia("", "light")
	p.quiet()
}
