package proposal_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"softsci/internal/proposal"
	"softsci/internal/proposal/sample"
)

// TestClashes: two saves of the team that began from members a and b. What one side
// added or took away is told as that; only what stands in both is compared by field.
func TestClashes(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name         string
		mine, theirs string // rows
		lone         []string
		clash        []string
	}{
		{"nothing moved", "a b", "a b", nil, nil},
		{"I added one", "a b c", "a b", []string{"成员 3 c mine added"}, nil},
		{"the other added one", "a b", "a b d", []string{"成员 3 d theirs added"}, nil},
		{"both added one", "a b c", "a b d", []string{"成员 3 c mine added", "成员 4 d theirs added"}, nil},
		{"the other took one away", "a b", "b", []string{"成员 1 a mine"}, nil},
		{"I took one away", "b", "a b", []string{"成员 1 a theirs"}, nil},
		{"both took the same away", "b", "b", nil, nil},
		{"each took another away", "a", "b", []string{"成员 1 a mine", "成员 2 b theirs"}, nil},
		{"one is renamed and one is gone", "a b", "b!", []string{"成员 1 a mine"}, []string{"成员 2 姓名"}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			saved := maps.Clone(sample.Answers(topic)[proposal.Team])
			saved["rows"] = strings.TrimSuffix(tc.theirs, "!")
			if strings.HasSuffix(tc.theirs, "!") {
				saved["name-b"] = "改了名"
			}
			saved["name-d"] = "丁"
			mine := proposal.Fill(app(), topic, nil)[2].Form
			answers := maps.Clone(sample.Answers(topic)[proposal.Team])
			answers["rows"] = tc.mine
			mine.Load(answers)
			clashes, lone := proposal.Clashes([]string{"a", "b"}, mine, saved)
			var differ, alone []string
			for _, c := range clashes {
				if !c.Same() {
					differ = append(differ, c.Field.Label)
				}
			}
			for _, r := range lone {
				words := fmt.Sprintf("%s %s %s", r.Label, r.ID, map[bool]string{true: "mine", false: "theirs"}[r.Mine])
				if r.Added {
					words += " added"
				}
				alone = append(alone, words)
				if name := r.Fields[0]; r.ID == "d" && (name.Value != "丁" || name.Name != "name-d") {
					t.Errorf("the other's row reads %+v", name)
				}
			}
			if !slices.Equal(differ, tc.clash) || !slices.Equal(alone, tc.lone) {
				t.Errorf("differ %q, alone %q; want %q, %q", differ, alone, tc.clash, tc.lone)
			}
		})
	}
}

// TestClashesOfParts: each part that repeats is numbered for itself, and a row knows
// where it is posted.
func TestClashesOfParts(t *testing.T) {
	t.Parallel()
	mine := proposal.Fill(app(), topic, saved("team", "rows.partner", "p q", "team", "partner_name-p", "某大学"))[2].Form
	theirs := maps.Clone(sample.Answers(topic)[proposal.Team])
	theirs["rows.partner"], theirs["partner_name-p"], theirs["partner_name-s"] = "p s", "另一大学", "某企业"
	clashes, lone := proposal.Clashes([]string{"a", "b", "p"}, mine, theirs)
	var differ []string
	for _, c := range clashes {
		if !c.Same() {
			differ = append(differ, c.Field.Label)
		}
	}
	if !slices.Equal(differ, []string{"合作单位 1 单位名称"}) || len(lone) != 2 {
		t.Fatalf("differ %q, alone %+v", differ, lone)
	}
	for i, want := range []proposal.LoneRow{{ID: "q", Label: "合作单位 2", Mine: true}, {ID: "s", Label: "合作单位 3"}} {
		if got := lone[i]; got.ID != want.ID || got.Label != want.Label || got.Mine != want.Mine || !got.Added || got.Part != "rows.partner" {
			t.Errorf("row %d: %+v", i, got)
		}
	}
	if lone[1].Fields[0].Value != "某企业" {
		t.Errorf("the other's row reads %+v", lone[1].Fields[0])
	}
}

// TestClashesWithoutRows: fields are compared by name; what was never saved is nothing.
func TestClashesWithoutRows(t *testing.T) {
	t.Parallel()
	mine := proposal.Fill(app(), topic, saved("text", "abstract", "我的", "text", "rows", ""))[3].Form
	clashes, lone := proposal.Clashes(nil, mine, map[string]string{"abstract": "对方的", "keywords": mine.Value("keywords")})
	if len(lone) != 0 || clashes[0].Theirs != "对方的" || clashes[0].Same() || !clashes[1].Same() || clashes[2].Theirs != "" {
		t.Errorf("%+v, %+v", clashes, lone)
	}
}
