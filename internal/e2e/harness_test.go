package e2e_test

import (
	"context"
	"crypto/sha256"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"

	"github.com/chromedp/chromedp"

	"softsci/internal/pgtest"
)

func TestMain(m *testing.M) { pgtest.Main(m) }

// axeFile is where “.ci/need test” puts axe-core.
const axeFile = "../../.cache/axe/axe.min.js"

// mode is how a person comes to the portal.
type mode struct {
	name          string
	script        bool
	width, height int64
}

var (
	onDesk   = mode{"script-1280", true, 1280, 900}
	onPhone  = mode{"noscript-390", false, 390, 844}
	both     = []mode{onDesk, onPhone}
	scripted = []mode{onDesk}
)

// stories are all that is told, each on a database of its own.
var stories = []struct {
	name  string
	modes []mode
	tell  func(*testing.T, *stage)
}{
	{"looks", scripted, dresses}, // the longest first
	{"travels", both, travels},
	{"newcomer", both, newcomer},
	{"mistakes", both, mistakes},
	{"two-tabs", both, twoTabs},
	{"attached", both, attached},
	{"together", both, together},
	{"contact", both, contactAccepts},
	{"questioned", both, questioned},
	{"threaded", both, threaded},
	{"deputy", both, deputy},
	{"recusal", both, recusal},
	{"admin", both, administrator},
	{"published", both, fromFile},
	{"mended", both, mended},
	{"corrected", both, corrected},
	{"directory", both, directory},
	{"refusal", both, refusal},
	{"taken-back", both, takenBack},
	{"handed-over", both, handedOver},
	{"sums", both, sums},
	{"expired", both, expired},
	{"never-lost", both, neverLost},
	{"late", both, late},
	{"forgotten", both, forgotten},
	{"account", both, ownAccount},
	{"visitor", both, visitor},
	{"search", both, searching},
	{"display", both, displaySwitch},
	{"print", scripted, printed},
	{"keyboard", scripted, keyboard},
	{"weight", scripted, weight},
	{"judge", both, judged},
}

// atOnce is how many stories are told at the same time: one more than two cores,
// since now and then each waits for a mail.
const atOnce = 3

// TestStories starts one Chromium for all stories.
func TestStories(t *testing.T) {
	t.Parallel()
	b := mustBrowser(t)
	waiting := make(chan func())
	var telling sync.WaitGroup
	for range atOnce {
		telling.Go(func() {
			for tell := range waiting {
				tell()
			}
		})
	}
	for _, story := range stories {
		for _, m := range story.modes {
			waiting <- func() {
				t.Run(story.name+"/"+m.name, func(t *testing.T) {
					story.tell(t, &stage{world: newWorld(t), browser: b, mode: m, story: story.name})
				})
			}
		}
	}
	close(waiting)
	telling.Wait()
}

// stage is what a story plays on.
type stage struct {
	*world
	browser *browser
	mode    mode
	story   string
	shots   int
}

// browser is the one Chromium, with what is put into its pages.
type browser struct {
	ctx   context.Context
	axe   string
	shots string // folder for the screenshots

	mu     sync.Mutex
	judged map[[sha256.Size]byte]bool // pages that axe has seen, see page.judged
}

// mustBrowser starts Chromium, which ends with the test.
func mustBrowser(t *testing.T) *browser {
	t.Helper()
	path, err := chromium()
	if err != nil {
		missing(t, err)
	}
	axe, err := os.ReadFile(axeFile)
	if err != nil {
		missing(t, err)
	}
	b := &browser{axe: string(axe), shots: mustShotsFolder(t), judged: map[[sha256.Size]byte]bool{}}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true),
		chromedp.Env("LC_ALL=C.UTF-8")) // else it cannot open files with Chinese names where nobody set a language
	if os.Getuid() == 0 {
		options = append(options, chromedp.NoSandbox) // Chromium refuses to sandbox itself as root
	}
	allocator, stop := chromedp.NewExecAllocator(context.Background(), options...) // outlives t.Context, which ends before the cleanups
	ctx, cancel := chromedp.NewContext(allocator)
	t.Cleanup(func() {
		if err := chromedp.Cancel(ctx); err != nil && !errors.Is(err, context.Canceled) {
			t.Errorf("end Chromium: %v", err)
		}
		cancel()
		stop()
	})
	if err := chromedp.Do(ctx); err != nil {
		t.Fatalf("start Chromium: %v", err)
	}
	b.ctx = ctx
	return b
}

func chromium() (string, error) {
	var err error
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		var path string
		if path, err = exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", err
}

// missing ends the test: in continuous integration nothing may be left out.
func missing(t *testing.T, err error) {
	t.Helper()
	if os.Getenv("CI") != "" {
		t.Fatalf("%v; run “.ci/need test”", err)
	}
	t.Skipf("%v; run “.ci/need test”", err)
}

// mustShotsFolder is the folder of E2E_SHOTS, or a temporary one that stays when
// the test fails.
func mustShotsFolder(t *testing.T) string {
	t.Helper()
	dir := os.Getenv("E2E_SHOTS")
	if dir != "" {
		if err := os.MkdirAll(dir, 0o755); err != nil {
			t.Fatal(err)
		}
		return dir
	}
	dir, err := os.MkdirTemp("", "softsci-shots-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if t.Failed() {
			t.Logf("screenshots are in %s", filepath.Clean(dir))
			return
		}
		if err := os.RemoveAll(dir); err != nil {
			t.Error(err)
		}
	})
	return dir
}
