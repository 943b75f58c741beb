package word

import (
	"strings"

	"softsci/internal/guideline/plain"
)

// readTable reads the rows of a table, each a line. A table within a cell becomes a line of that cell.
func (s *story) readTable() error {
	if s.cell == nil {
		return s.within(s.inParagraph, s.children)
	}
	outer, whole := s.cell, &plain.Builder{}
	nested, row := s.nested, s.row
	s.cell, s.nested = whole, true
	err := s.within(" ", s.children)
	s.cell, s.nested, s.row = outer, nested, row
	if err != nil {
		return err
	}
	return s.block(whole)
}

// within reads something in which line breaks become another mark.
func (s *story) within(mark string, read func() error) error {
	outer := s.inParagraph
	s.inParagraph = mark
	err := read()
	s.inParagraph = outer
	return err
}

func (s *story) readRow() error {
	outer, cell := s.row, s.cell
	r := &row{}
	s.row = r
	if err := s.children(); err != nil {
		return err
	}
	s.row, s.cell = outer, cell
	if r.deleted {
		return nil
	}
	separator := "\t"
	if s.nested {
		separator = " "
	}
	line := &plain.Builder{}
	for i, c := range r.cells {
		if i > 0 {
			if err := line.Write(separator); err != nil {
				return err
			}
		}
		if err := line.Append(c); err != nil {
			return err
		}
	}
	if s.nested && strings.TrimSpace(line.String()) == "" {
		return nil
	}
	return s.block(line)
}

// readRowProperties sees whether a tracked change deletes the row.
func (s *story) readRowProperties() error {
	return s.part.children(func(e element) error {
		if e.name == "w:del" && s.row != nil {
			s.row.deleted, s.document.tracked = true, true
		}
		return nil
	})
}

// readCell reads a cell. Of cells merged downwards only the first has text; the others stay, so that columns stay.
func (s *story) readCell() error {
	if s.row == nil || s.row.deleted {
		return nil
	}
	r, outer, paragraph, mark := s.row, s.cell, s.paragraph, "\v"
	if s.nested {
		mark = " "
	}
	cell := &plain.Builder{}
	s.cell, s.paragraph, r.merged = cell, nil, false
	err := s.within(mark, func() error {
		if err := s.children(); err != nil {
			return err
		}
		return s.release()
	})
	s.cell, s.paragraph = outer, paragraph
	if r.merged {
		cell = &plain.Builder{}
	}
	r.cells = append(r.cells, cell)
	return err
}

// readCellProperties sees whether the cell goes on with the one above or to its left.
func (s *story) readCellProperties() error {
	return s.part.children(func(e element) error {
		if (e.name == "w:vMerge" || e.name == "w:hMerge") && s.row != nil {
			s.row.merged = e.attr("val") != "restart"
		}
		return nil
	})
}
