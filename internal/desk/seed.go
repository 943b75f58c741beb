package desk

import (
	"context"
	"crypto/sha256"
	"math/rand/v2"
	"slices"
	"strings"
	"time"
	"unicode"

	"softsci/internal/guideline"
	"softsci/internal/portal"
	"softsci/internal/postgres"
	"softsci/internal/proposal"
)

// Words that stand in seeded texts and nowhere in the guideline they are made of: in 30 % of
// them, in 1 %, and in five of the first topic.
const (
	SeedCommon = "绿色低碳"
	SeedSeldom = "量子通信"
	SeedRare   = "蒸汽机车"
)

// SeedOwn is how many applications the first topic has at most, whatever there is in all.
const SeedOwn = 500

const seedProse = 600 // characters of a seeded text

// Seed fills the topics of a batch with made-up applications, as the database's owner; see
// [postgres.Seed]. The first 500 of each topic can be opened, the others are listed and
// found only.
func Seed(ctx context.Context, ownerURL, slug string, n int, now time.Time) error {
	source, err := guideline.Decode(guideline.Shipped)
	if err != nil {
		return err
	}
	s := seeds{now: now, phrases: slices.DeleteFunc(strings.FieldsFunc(source, unicode.IsPunct), func(phrase string) bool {
		return portal.Count(phrase) < 6 || strings.ContainsFunc(phrase, func(r rune) bool { return !unicode.Is(unicode.Han, r) })
	})}
	return postgres.Seed(ctx, ownerURL, slug, n, s.application)
}

type seeds struct {
	now     time.Time
	phrases []string
}

var (
	seedSurnames = []rune("王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕")
	seedGiven    = []rune("伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰文斌建国志远思雨浩然")
	seedUnits    = []string{"示范大学", "示范科技大学", "示范师范学院", "示范地质大学（武汉）", "示范市科技局", "示范市社会科学院", "示范创新研究院", "示范省科技信息研究院"}
	seedStatuses = [][2]portal.Status{{portal.Draft, portal.Submitted}, {portal.Draft, portal.Submitted}, {portal.Submitted, portal.Accepted}, {portal.Submitted, portal.Accepted},
		{portal.Draft, portal.Submitted}, {portal.Returned, portal.Submitted}, {portal.Submitted, portal.Returned}, {portal.Accepted, portal.UnderReview}, {portal.Submitted, portal.Declined}, {portal.Draft, portal.Submitted}}
)

// application is the i-th seeded application, the same in every portal.
func (s seeds) application(i int, topics []postgres.SeedTopic) (postgres.Seeded, error) {
	random := rand.New(rand.NewPCG(2023, uint64(i)))
	own := SeedOwn * len(topics)
	topic, k := topics[i%len(topics)], i/len(topics)
	if i >= own && len(topics) > 1 {
		topic, k = topics[1+(i-own)%(len(topics)-1)], SeedOwn+(i-own)/(len(topics)-1)
	}
	steps := seedStatuses[random.IntN(len(seedStatuses))]
	a := postgres.Seeded{Topic: topic, Count: k + 1, Previous: steps[0], Status: steps[1], Leader: seedName(random), Unit: seedUnits[random.IntN(len(seedUnits))], UnitCode: "91350100M000100Y43",
		Title: s.phrase(random) + "与" + s.phrase(random) + "研究", Amount: portal.Fen(1+random.IntN(500)) * 10_000, At: s.now.Add(-time.Duration(random.IntN(100*24*3600)) * time.Second)}
	if a.Status == portal.Returned {
		until := s.now.AddDate(0, 0, 7)
		a.ReturnUntil = &until
	}
	frozen := seedFrozen(a, s.prose(random, k, topic == topics[0]), seedName(random))
	a.Told = proposal.Tell(frozen)
	if i >= own {
		return a, nil
	}
	var err error
	if a.Body, err = portal.Canonical(frozen); err == nil {
		a.SHA256 = sha256.Sum256(a.Body)
	}
	return a, err
}

func seedName(random *rand.Rand) string {
	name := string(seedSurnames[random.IntN(len(seedSurnames))]) + string(seedGiven[random.IntN(len(seedGiven))])
	if random.IntN(3) > 0 {
		name += string(seedGiven[random.IntN(len(seedGiven))])
	}
	return name
}

func (s seeds) phrase(random *rand.Rand) string { return s.phrases[random.IntN(len(s.phrases))] }

// prose is a text of the guideline's phrases in no order, with the words that are due to the
// k-th application of a topic.
func (s seeds) prose(random *rand.Rand, k int, first bool) string {
	var words []string
	if k%10 < 3 {
		words = append(words, SeedCommon)
	}
	if k%100 == 7 {
		words = append(words, SeedSeldom)
	}
	if first && k%100 == 50 {
		words = append(words, SeedRare)
	}
	text := []rune(strings.Join(words, "，"))
	for len(text) < seedProse {
		text = append(append(text, '，'), []rune(s.phrase(random))...)
	}
	return string(text[:seedProse])
}

// seedFrozen is the version of a seeded application.
func seedFrozen(a postgres.Seeded, text, member string) portal.Frozen {
	half := string([]rune(text)[:seedProse/3])
	wan := a.Amount.Wan()
	return portal.Frozen{Schema: portal.FrozenSchema, Number: portal.Number(a.Topic.Year, a.Topic.NumberCode, a.Topic.Ordinal, a.Count), N: 1, ArrivedAt: portal.ISO(a.At),
		Pledge:    proposal.PledgeVersion,
		Guideline: portal.FrozenGuideline{Batch: a.Topic.Slug, BatchTitle: a.Topic.BatchTitle, Version: 1, Ordinal: a.Topic.Ordinal, Title: a.Topic.Title},
		Sections: []portal.FrozenSection{
			{Name: proposal.Cover, Revision: 1, Answers: map[string]string{"title": a.Title, "unit_name": a.Unit, "unit_code": a.UnitCode}},
			{Name: proposal.Leader, Revision: 1, Answers: map[string]string{"name": a.Leader, "title": "正高"}},
			{Name: proposal.Team, Revision: 1, Answers: map[string]string{"rows": "a", "name-a": member, "title-a": "副高", "unit-a": a.Unit}},
			{Name: proposal.Text, Revision: 1, Answers: map[string]string{"abstract": half, "keywords": "软科学；研究", "basis": strings.TrimPrefix(text, half)}},
			{Name: proposal.Budget, Revision: 1, Answers: map[string]string{"grant": wan, "own": "", "other": "", "equipment": "", "operation": wan, "labour": "", "indirect": ""}},
		}}
}
