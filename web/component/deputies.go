package component

import "time"

// deputyTag is whether a deputy stands in already.
func deputyTag(d DeputyRow, now time.Time) TagProps {
	if now.Before(d.Since) {
		return TagProps{Label: "尚未开始", Shape: ShapeNone}
	}
	return TagProps{Label: "代办中", Shape: ShapePart}
}
