package portal

import (
	"fmt"
	"strings"
)

// Diagram draws Transitions as a Mermaid state diagram, for the README.
func Diagram() string {
	var b strings.Builder
	b.WriteString("stateDiagram-v2\n")
	for _, s := range Statuses {
		if s != Lapsed {
			fmt.Fprintf(&b, "  %s: %s\n", s, s.Label())
		}
	}
	for _, t := range Transitions {
		fmt.Fprintf(&b, "  %s --> %s: %s %s%s\n", node(t.From), node(t.To), t.By.Label(), t.Act.Label(), conditionLabels[t.When])
	}
	return b.String()
}

var conditionLabels = map[Condition]string{WhileOpen: "（截止前）", WithinReturn: "（重交期限内）"}

// node is a status as Mermaid names it; before and after a life it is [*].
func node(s Status) string {
	if s == None {
		return "[*]"
	}
	return string(s)
}
