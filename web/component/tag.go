package component

import "softsci/internal/portal"

// Shape is the form beside a word of state, so that no state is told by colour alone.
type Shape string

// The shapes.
const (
	ShapeNone Shape = "none" // ○ not begun, waiting
	ShapePart Shape = "part" // ◐ under way
	ShapeDone Shape = "done" // ● done
	ShapeBack Shape = "back" // ◇ sent back, to be mended
	ShapeStop Shape = "stop" // ■ ended by a decision
	ShapeGone Shape = "gone" // – out of the race
)

var shapes = map[portal.Status]Shape{
	portal.Draft: ShapePart, portal.Submitted: ShapeNone, portal.Returned: ShapeBack, portal.Declined: ShapeStop,
	portal.Accepted: ShapeDone, portal.UnderReview: ShapePart, portal.Proposed: ShapeDone, portal.Funded: ShapeDone,
	portal.NotFunded: ShapeStop, portal.Withdrawn: ShapeGone, portal.Lapsed: ShapeGone,
}

// ShapeOf is the shape of an application's status.
func ShapeOf(s portal.Status) Shape {
	if shape, ok := shapes[s]; ok {
		return shape
	}
	return ShapeNone
}

var phaseShapes = map[portal.Phase]Shape{
	portal.Unpublished: ShapeNone, portal.Announced: ShapeNone, portal.Open: ShapeDone, portal.Closed: ShapeGone,
}

// PhaseTag is the word and shape of where a batch stands in time.
func PhaseTag(p portal.Phase) TagProps { return TagProps{Label: p.Label(), Shape: phaseShapes[p]} }
