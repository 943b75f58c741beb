package postgres_test

import (
	"testing"

	"softsci/internal/pgtest"
)

func TestMain(m *testing.M) { pgtest.Main(m) }
