package server_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// TestKnownAttacks has a row for each attack known on systems of this kind, made
// against the real router. try makes it and returns what went wrong, "" for nothing.
func TestKnownAttacks(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name string
		try  func(*site) string
	}{
		{"another's application by its address", func(s *site) string {
			owner, other := s.as("owner@x.invalid"), s.as("other@x.invalid")
			ref := owner.submit("5")
			for _, path := range []string{"", "/sections/text", "/submission", "/receipt", "/removal", "/withdrawal"} {
				if got := other.get("/applications/" + ref + path); got.status != http.StatusNotFound || strings.Contains(got.body, "研究湖北") {
					return fmt.Sprintf("GET %s: %d", path, got.status)
				}
			}
			return ""
		}},
		{"another's application by a field of one's own form", func(s *site) string {
			owner, other := s.as("owner@x.invalid"), s.as("other@x.invalid")
			ref, own := owner.begin("5"), other.begin("5")
			owner.fill(ref)
			other.post("/applications/"+own+"/sections/text", "revision", "0", "ref", ref, "application", ref, "abstract", "盗用")
			if text := owner.get("/applications/" + ref + "/sections/text").body; strings.Contains(text, "盗用") {
				return "the other's text stands in it"
			}
			return ""
		}},
		{"another topic's application through search and lists", func(s *site) string {
			owner := s.as("owner@x.invalid")
			owner.submit("5")
			stranger := s.as("contact6@x.invalid")
			for _, q := range []string{"", "2023-RKX1-05-0001", "05-0001", "要素市场", "研究湖北高质量技术要素市场的建设路径", "张研究", "zyj", "指南:5", "单位:示范", "负责人:zyj", "状态:待受理", "提交:>2020-01-01", "金额:>1"} {
				for _, path := range []string{"/desk?q=", "/desk?sort=unit&q=", "/desk?topic=5&before=9223372036854775807&at=2099-01-01T00:00:00Z&q=", "/search?q="} {
					got := stranger.get(path + url.QueryEscape(q))
					if got.status != http.StatusOK || strings.Contains(got.body, "/desk/applications/") || path != "/search?q=" && strings.Contains(got.doc().Find("table, .tools").Text(), "份") {
						return path + q
					}
				}
			}
			return ""
		}},
		{"another topic's application through suggestions and counts", func(s *site) string {
			s.as("owner@x.invalid").submit("5")
			var own, before string
			stranger := s.as("contact6@x.invalid")
			before = stranger.get("/desk?q=").doc().Find(".margin, .hints").Text()
			s.exec(`INSERT INTO application_flag (application, topic, label, account, at) SELECT id, topic, '内部标记', accounts[1], submitted_at FROM application`)
			s.exec(`INSERT INTO saved_view (account, topic, name, query, sort, created_at) SELECT m.account, m.topic, '同事的视图', '', '-time', m.since FROM membership m JOIN account a ON a.id = m.account WHERE a.email = 'contact5@x.invalid'`)
			again := stranger.get("/desk?q=").doc().Find(".margin, .hints").Text()
			own = s.as("contact5@x.invalid").get("/desk?q=").doc().Find(".margin, .hints").Text()
			if !strings.Contains(own, "内部标记") || !strings.Contains(own, "同事的视图") {
				return "not even the own contact is offered them"
			}
			if before != again || stranger.get("/desk?q=").doc().Find(".hints a").Length() != 0 {
				return again
			}
			return ""
		}},
		{"what exists and what does not look the same", func(s *site) string {
			ref := s.as("owner@x.invalid").submit("5")
			other := s.as("other@x.invalid")
			if a, b := other.get("/applications/"+ref), other.get("/applications/000000000000"); a.status != b.status || a.text() != b.text() {
				return "the answers differ"
			}
			return ""
		}},
		{"HTML in a name and in an answer", func(s *site) string {
			owner, contact := s.as("owner@x.invalid"), s.as("contact5@x.invalid")
			const evil = `<script>alert(1)</script><img src=x onerror=alert(1)>"'`
			owner.post("/account/profile", "name", evil, "unit_name", evil, "unit_code", "91350100M000100Y43")
			ref := owner.begin("5")
			owner.fill(ref)
			owner.saveText(ref, "1", evil)
			owner.send(ref, "text", "2")
			for _, got := range []page{owner.get("/account"), owner.get("/applications/" + ref), owner.get("/applications/" + ref + "/sections/text"), contact.get("/desk/applications/" + ref), contact.get("/desk")} {
				if got.doc().Find("script:not([src]), img[onerror]").Length() > 0 || strings.Contains(got.body, "<script>alert") {
					return got.text()
				}
			}
			return ""
		}},
		{"HTML in a search", func(s *site) string {
			got := s.visitor().get("/search?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E")
			if got.doc().Find("script:not([src])").Length() > 0 {
				return got.text()
			}
			return ""
		}},
		{"a header through a redirect or an address", func(s *site) string {
			b := s.visitor()
			for _, got := range []page{
				b.post("/display", "size", "large", "back", "/help\r\nSet-Cookie: a=b"),
				b.post("/sign-in", "email", "owner@x.invalid", "password", password, "next", "/help\r\nX-Evil: 1"),
				b.get("/applications?x=%0d%0aX-Evil:%201"),
			} {
				if got.header.Get("X-Evil") != "" || strings.Contains(strings.Join(got.header.Values("Set-Cookie"), ""), "a=b") || strings.ContainsAny(got.location(), "\r\n") {
					return fmt.Sprint(got.header)
				}
			}
			return ""
		}},
		{"a mail header through the address of a registration", func(s *site) string {
			s.visitor().post("/register", registration("email", "a@x.invalid\nBcc: victim@x.invalid")...)
			var n int
			if s.row(&n, `SELECT count(*) FROM message WHERE address ~ '[\n\r]' OR address LIKE '%victim%'`); n != 0 {
				return "a letter was written"
			}
			return ""
		}},
		{"a mail header through a question", func(s *site) string {
			for _, address := range []string{"a@x.invalid\nBcc: victim@x.invalid", "a@x.invalid\r\nBcc: victim@x.invalid",
				"a@x.invalid, victim@x.invalid", "victim@x.invalid\x00"} {
				if got := s.asks(address, doubt); got.status != http.StatusUnprocessableEntity {
					return fmt.Sprintf("%q: %d", address, got.status)
				}
			}
			const evil = "钱问\r\nBcc: victim@x.invalid\r\n\r\n正文"
			s.visitor().post(questions, "name", evil, "email", asker, "question", evil, "confirm", "yes")
			s.visitor().post(confirmation.FindString(s.letter("question", asker)))
			contact := s.as("contact5@x.invalid")
			contact.post("/desk/questions/"+s.onlyQuestion()+"/answer", "answer", evil, "reach", "public", "public_question", evil, "confirm", "yes")
			var n int
			if s.row(&n, `SELECT count(*) FROM message WHERE address ~ '[\n\r]' OR address LIKE '%victim%' OR subject ~ '[\n\r]'`); n != 0 ||
				s.letters("answer") != 1 {
				return "a letter was written"
			}
			return ""
		}},
		{"HTML in a question and in its answer", func(s *site) string {
			const evil = `<script>alert(1)</script><img src=x onerror=alert(1)>"'https://y.invalid/"onclick="alert(1)`
			s.asks(asker, evil)
			path := confirmation.FindString(s.letter("question", asker))
			pages := []page{s.visitor().get(path), s.visitor().post(path)}
			contact, ref := s.as("contact5@x.invalid"), s.onlyQuestion()
			answered := []string{"answer", evil, "reach", "public", "public_question", evil}
			pages = append(pages, contact.get("/desk/questions"), contact.post("/desk/questions/"+ref+"/answer", answered...))
			contact.post("/desk/questions/"+ref+"/answer", append(answered, "confirm", "yes")...)
			pages = append(pages, contact.get("/desk/questions/"+ref), s.visitor().get("/batches/"+slug+"/topics/5"), s.visitor().get(questions),
				s.visitor().get("/search?q=alert"))
			for _, got := range pages {
				if got.status != http.StatusOK || got.doc().Find("script:not([src]), img[onerror], [onclick]").Length() > 0 ||
					strings.Contains(got.body, "<script>alert") {
					return fmt.Sprint(got.status, got.text())
				}
			}
			return ""
		}},
		{"somebody's mailbox filled with questions", func(s *site) string {
			for range 8 {
				s.asks(asker, doubt)
			}
			if n := s.letters("question"); n > 3 {
				return fmt.Sprint(n, " letters")
			}
			return ""
		}},
		{"an open redirect after signing in", func(s *site) string {
			for _, next := range []string{"https://evil.example/", "//evil.example/", `/\evil.example`, "javascript:alert(1)", "/\t//evil.example"} {
				if to := s.visitor().post("/sign-in", "email", "owner@x.invalid", "password", password, "next", next).location(); strings.Contains(to, "evil") || !strings.HasPrefix(to, "/") {
					return next + " leads to " + to
				}
			}
			return ""
		}},
		{"a flood of reset letters", func(s *site) string {
			for range 8 {
				s.visitor().post("/forgotten", "email", "owner@x.invalid")
			}
			var n int
			if s.row(&n, `SELECT count(*) FROM message WHERE kind = 'reset'`); n > 3 {
				return fmt.Sprint(n, " letters")
			}
			return ""
		}},
		{"a flood of tries at one password from many browsers", func(s *site) string {
			last := 0
			for range 7 {
				last = s.visitor().post("/sign-in", "email", "owner@x.invalid", "password", "Guess-1234").status
			}
			if last != http.StatusTooManyRequests {
				return fmt.Sprint(last)
			}
			return ""
		}},
		{"a planted session", func(s *site) string {
			b := s.visitor()
			b.header.Set("Cookie", "session=planted")
			b.post("/sign-in", "email", "owner@x.invalid", "password", password)
			if got := b.get("/account"); got.status == http.StatusOK {
				return "the planted token opens the account"
			}
			return ""
		}},
		{"more fields than the form has", func(s *site) string {
			b := s.as("owner@x.invalid")
			b.post("/account/profile", "name", "甲", "unit_name", "单位", "unit_code", "91350100M000100Y43", "role", "admin", "email", "x@x.invalid", "confirmed_at", "2026-01-01", "account", "1")
			var email string
			var roles int
			s.row(&email, `SELECT email FROM account WHERE name = '甲'`)
			s.row(&roles, `SELECT count(*) FROM membership m JOIN account a ON a.id = m.account WHERE a.email = 'owner@x.invalid' AND m.role <> 'applicant'`)
			if email != "owner@x.invalid" || roles != 0 {
				return email
			}
			ref := b.begin("5")
			b.post("/applications/"+ref+"/sections/text", "revision", "0", "abstract", "a", "status", "funded", "number", "2023-RKX1-05-9999", "accounts", "{1}")
			var status string
			if s.row(&status, `SELECT status FROM application WHERE ref = $1`, ref); status != "draft" {
				return status
			}
			return ""
		}},
		{"a registration that names a role", func(s *site) string {
			s.visitor().post("/register", append(registration(), "role", "admin")...)
			var n int
			if s.row(&n, `SELECT count(*) FROM membership m JOIN account a ON a.id = m.account WHERE a.email = 'zhang@x.invalid' AND m.role <> 'applicant'`); n != 0 {
				return "it was given"
			}
			return ""
		}},
		{"a jump of state by a post made by hand", func(s *site) string {
			owner, contact, admin := s.as("owner@x.invalid"), s.as("contact5@x.invalid"), s.as("admin@x.invalid")
			ref := owner.submit("5")
			for _, got := range []page{
				contact.post("/desk/applications/"+ref+"/recommendation", "outcome", "recommended", "comment", "x"),
				admin.post("/admin/applications/"+ref+"/decisions/fund", "reason", ""),
				admin.post("/admin/applications/"+ref+"/decisions/propose", "reason", ""),
				owner.post("/applications/" + ref + "/removal"),
			} {
				if got.status != http.StatusConflict {
					return fmt.Sprint(got.status, got.location())
				}
			}
			for _, got := range []page{admin.post("/admin/applications/"+ref+"/decisions/accept", "reason", ""), owner.post("/desk/applications/" + ref + "/acceptance"), admin.post("/desk/applications/" + ref + "/acceptance")} {
				if got.status != http.StatusNotFound {
					return fmt.Sprint(got.status, got.location())
				}
			}
			var status string
			if s.row(&status, `SELECT status FROM application WHERE ref = $1`, ref); status != "submitted" {
				return status
			}
			return ""
		}},
		{"an executable under the name of a paper", func(s *site) string {
			b := s.as("owner@x.invalid")
			ref := b.begin("5")
			for kind, head := range map[string]string{"of Windows": "MZ\x90\x00\x03", "of Linux": "\x7fELF\x02\x01", "of a shell": "#!/bin/sh\nrm -rf /\n", "in a ZIP": "PK\x03\x04" + strings.Repeat("\x00", 22) + "\x08\x00\x00\x00evil.exe"} {
				if got := b.attach(ref, "prior", "报告.pdf", []byte(head)); got.status != http.StatusUnprocessableEntity || len(filesIn(b.get("/applications/"+ref+"/files"))) != 0 {
					return fmt.Sprintf("one %s: %d", kind, got.status)
				}
			}
			return ""
		}},
		{"another's file under one's own application", func(s *site) string {
			owner, other := s.as("owner@x.invalid"), s.as("other@x.invalid")
			ref, own := owner.submit("5"), other.submit("5")
			file := filesIn(owner.get("/applications/" + ref + "/files"))[0]
			stranger := s.as("contact6@x.invalid")
			for b, paths := range map[*browser][]string{
				other:    {"/applications/" + own + "/files/" + file, "/applications/" + ref + "/files/" + file},
				stranger: {"/desk/applications/" + ref + "/files/" + file, "/desk/applications/" + own + "/files/" + file},
			} {
				for _, path := range paths {
					if got := b.get(path); got.status != http.StatusNotFound {
						return fmt.Sprint(path, " ", got.status)
					}
				}
			}
			if got := other.post("/applications/" + own + "/files/" + file + "/removal"); got.status == http.StatusSeeOther {
				return "it was removed"
			}
			return ""
		}},
		{"a page of HTML, and papers that are two things at once, as attachments", func(s *site) string {
			b := s.as("owner@x.invalid")
			ref := b.begin("5")
			if got := b.attach(ref, "prior", "报告.pdf", []byte("<!doctype html><script>alert(1)</script>")); got.status != http.StatusUnprocessableEntity {
				return fmt.Sprint("the page was taken: ", got.status)
			}
			for _, second := range []string{"\n<html><script>alert(1)</script></html>", string(zipped(s, "word/document.xml")), "\n/*\n*/alert(1)//"} {
				if got := b.attach(ref, "prior", "报告.html", []byte("%PDF-1.4"+second)); got.status != http.StatusSeeOther {
					return fmt.Sprint(got.status)
				}
				got := b.fetchAway(ref)
				h := got.header
				if h.Get("Content-Type") != "application/pdf" || !strings.HasPrefix(h.Get("Content-Disposition"), "attachment") || !strings.HasSuffix(h.Get("Content-Disposition"), ".pdf") ||
					h.Get("X-Content-Type-Options") != "nosniff" || !strings.Contains(h.Get("Content-Security-Policy"), "sandbox") {
					return fmt.Sprint(h)
				}
			}
			return ""
		}},
		{"a small .docx that unpacks to a gigabyte", func(s *site) string {
			bomb := swollen(s, "word/document.xml", 1<<30) // a megabyte
			applicant, admin := s.as("owner@x.invalid"), s.as("admin@x.invalid")
			if got := applicant.attach(applicant.begin("5"), "prior", "报告.docx", bomb); got.status != http.StatusSeeOther {
				return fmt.Sprint("an attachment is never unpacked: ", got.status)
			}
			body, header := multipartOf(s, "document", "指南.docx", bomb)
			got := admin.do(http.MethodPost, "/admin/imports", body, header)
			if got.status != http.StatusUnprocessableEntity || !strings.Contains(got.text(), "文件展开后过大") {
				return fmt.Sprint(got.status, got.text())
			}
			return ""
		}},
		{"a post from another site", func(s *site) string {
			b := s.as("owner@x.invalid")
			b.header.Set("Origin", "https://evil.example")
			b.header.Set("Sec-Fetch-Site", "cross-site")
			if got := b.post("/account/profile", "name", "改名", "unit_name", "单位", "unit_code", "91350100M000100Y43"); got.status != http.StatusForbidden {
				return fmt.Sprint(got.status)
			}
			return ""
		}},
		{"an act by GET", func(s *site) string {
			owner := s.as("owner@x.invalid")
			ref := owner.submit("5")
			contact := s.as("contact5@x.invalid")
			contact.get("/desk/applications/" + ref + "/acceptance")
			owner.get("/sign-out")
			var status string
			if s.row(&status, `SELECT status FROM application WHERE ref = $1`, ref); status != "submitted" || owner.get("/account").status != http.StatusOK {
				return status
			}
			return ""
		}},
		{"a page in a frame, a script from elsewhere, a type that is guessed", func(s *site) string {
			for _, got := range []page{s.visitor().get("/"), s.visitor().get("/nope"), s.as("owner@x.invalid").get("/account"), s.visitor().get("/batches/" + slug + ".json")} {
				h := got.header
				if !strings.Contains(h.Get("Content-Security-Policy"), "default-src 'none'") || strings.Contains(h.Get("Content-Security-Policy"), "unsafe") ||
					!strings.Contains(h.Get("Content-Security-Policy"), "frame-ancestors 'none'") || h.Get("X-Content-Type-Options") != "nosniff" || h.Get("Referrer-Policy") != "same-origin" {
					return fmt.Sprint(h)
				}
			}
			return ""
		}},
		{"the address of the request in a mail", func(s *site) string {
			b := s.visitor()
			b.header.Set("X-Forwarded-Host", "evil.example")
			b.header.Set("Forwarded", "host=evil.example")
			b.post("/forgotten", "email", "owner@x.invalid")
			var body string
			if s.row(&body, `SELECT body FROM message WHERE kind = 'reset'`); strings.Contains(body, "evil") {
				return body
			}
			return ""
		}},
		{"a forged address of the client", func(s *site) string {
			b := s.visitor()
			b.header.Set("X-Forwarded-For", "203.0.113.9")
			b.post("/sign-in", "email", "owner@x.invalid", "password", "Wrong-pass-1")
			var n int
			if s.row(&n, `SELECT count(*) FROM event WHERE address = '203.0.113.9'`); n != 0 {
				return "the log believes it"
			}
			return ""
		}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			if wrong := tc.try(newSite(t)); wrong != "" {
				t.Error(wrong)
			}
		})
	}
}

// swollen is a ZIP with one part of so many blanks.
func swollen(s *site, name string, size int64) []byte {
	s.t.Helper()
	var file bytes.Buffer
	z := zip.NewWriter(&file)
	part, err := z.Create(name)
	s.must(err)
	_, err = io.CopyN(part, blanks{}, size)
	s.must(err)
	s.must(z.Close())
	return file.Bytes()
}

type blanks struct{}

func (blanks) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = ' '
	}
	return len(p), nil
}
