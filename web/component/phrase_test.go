package component_test

import (
	"strings"
	"testing"

	"softsci/web/component"
)

func TestPhrasesBreakWhereTheSenseAllows(t *testing.T) {
	t.Parallel()
	for _, want := range []string{
		"2023年度|湖北省软科学计划|研究重点项目|（第一批竞争类）|申报指南",
		"省级工业|（产业）|技术研究院|建设路径|及对策研究",
		"以创新为引领、|以产业为支撑 |打造世界级|创新型产业集群研究",
		"研究",
		"",
	} {
		title := strings.ReplaceAll(want, "|", "")
		if got := strings.Join(component.Phrases(title), "|"); got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	}
}
