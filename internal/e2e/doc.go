// Package e2e tells the portal's stories in a browser: headless Chromium against
// the real router on a real database, with mails that are read and their links
// followed. It holds nothing but tests.
//
// A story runs twice, as it would for two people: with script on a desk (1280 ×
// 900) and without script on a telephone (390 × 844). Every page and state on the
// way is looked at (page.mustCheck): axe finds nothing against WCAG 2.2 A and AA
// (it is asked once about each state), nothing scrolls sideways at 320 pixels, the
// console is silent, and a screenshot of the whole page is taken.
//
// Chromium and axe-core come from “.ci/need test”. Without them the package is
// skipped, except where CI is set: there it fails. The environment variable
// E2E_SHOTS names the folder for the screenshots; else they are in a temporary one,
// which stays only when a test fails.
package e2e
