package server

import (
	"encoding/json"
	"net/http"

	"github.com/go-chi/chi/v5"

	"softsci/internal/desk"
	"softsci/internal/portal"
	"softsci/web/page/account"
)

const dataPath = "/account/data"

// ownData shows what is kept about an account.
func (s *Server) ownData(w http.ResponseWriter, r *http.Request, h portal.Holder) error {
	own, err := s.desk.OwnData(r.Context(), h)
	if err != nil {
		return err
	}
	return render(w, r, http.StatusOK, account.Data(account.DataProps{Layout: s.personal(r, h, "我的数据", "account"), Now: h.Arrived(), Standing: h.Standing(),
		CreatedAt: own.CreatedAt, AgreedTo: own.AgreedTo, AgreedAt: own.AgreedAt, HasProfile: len(own.Profile) > 0, Applications: own.Applications, Events: own.Events,
		Drafts: own.Drafts, Calendar: own.Calendar}))
}

// exportData hands it out in a form that machines read too.
func (s *Server) exportData(w http.ResponseWriter, r *http.Request, h portal.Holder) error {
	out, err := s.desk.Export(r.Context(), h)
	if err != nil {
		return err
	}
	body, err := json.MarshalIndent(out, "", "  ")
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Header().Set("Content-Disposition", `attachment; filename="data.json"`)
	_, _ = w.Write(body) // the reader has gone away: nobody is left to tell
	return nil
}

func (s *Server) eraseDrafts(w http.ResponseWriter, r *http.Request, a portal.Applicant) error {
	n, err := s.desk.EraseDrafts(r.Context(), a)
	if err != nil {
		return err
	}
	return s.done(w, r, dataPath, "已删除 "+itoa(n)+" 份从未提交的草稿。")
}

func (s *Server) offerCalendar(w http.ResponseWriter, r *http.Request, h portal.Holder) error {
	if err := s.desk.OfferCalendar(r.Context(), h); err != nil {
		return err
	}
	return s.done(w, r, dataPath+"#calendar", "日历地址已生成。")
}

func (s *Server) endCalendar(w http.ResponseWriter, r *http.Request, h portal.Holder) error {
	if err := s.desk.EndCalendar(r.Context(), h); err != nil {
		return err
	}
	return s.done(w, r, dataPath+"#calendar", "日历地址已停用，用过它的日历不再更新。")
}

// deadlines is somebody's deadlines as a calendar takes them (RFC 5545); the address is
// the only key.
func (s *Server) deadlines(w http.ResponseWriter, r *http.Request, v portal.Visitor) error {
	list, err := s.desk.Deadlines(r.Context(), v, chi.URLParam(r, "token"))
	if err != nil {
		return err
	}
	lines := []string{"X-WR-CALNAME:" + calendarText(s.site.Name+"：我的截止时间")}
	for _, d := range list {
		lines = append(lines, s.dueEvent(d, v)...)
	}
	w.Header()["Cache-Control"] = noStore
	return s.sendCalendar(w, lines)
}

// dueEvent is one deadline with a reminder three days and one day before.
func (s *Server) dueEvent(d desk.Due, v portal.Visitor) []string {
	what := "申报截止："
	if d.Returned {
		what = "重新提交截止："
	}
	lines := []string{"BEGIN:VEVENT",
		s.calendarID(d.Ref),
		"DTSTAMP:" + stamp(v.Arrived()), "DTSTART:" + stamp(d.Due), "DTEND:" + stamp(d.Due),
		"SUMMARY:" + calendarText(what+d.Label), "DESCRIPTION:" + calendarText(d.BatchTitle), "URL:" + s.site.URL + applicationPath(d.Ref)}
	for _, before := range []string{"-P3D", "-P1D"} {
		lines = append(lines, "BEGIN:VALARM", "ACTION:DISPLAY", "TRIGGER:"+before, "DESCRIPTION:"+calendarText(what+d.Label), "END:VALARM")
	}
	return append(lines, "END:VEVENT")
}
