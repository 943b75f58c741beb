package main

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"io"
	"net/http"
	"os"
	"slices"
	"strings"

	"github.com/andybalholm/brotli"
	"golang.org/x/net/html"
)

// firstVisit is what a browser without a cache loads to show the topic page: its HTML and all that this names, in bytes
// of the answers with their heads.
func (p *place) firstVisit(ctx context.Context, out io.Writer) error {
	page, err := p.record(ctx, get(topicPage), http.StatusOK)
	if err != nil {
		return err
	}
	names, err := loads(page)
	if err != nil {
		return err
	}
	weight, count := page.Size, 1
	for _, name := range names {
		part, err := p.record(ctx, get(name), http.StatusOK)
		if err != nil {
			return err
		}
		weight, count = weight+part.Size, count+1
		more, err := loads(part)
		if err != nil {
			return err
		}
		for _, deeper := range more {
			part, err := p.record(ctx, get(deeper), http.StatusOK)
			if err != nil {
				return err
			}
			weight, count = weight+part.Size, count+1
		}
	}
	line(out, "", "first visit to the topic page", "%.1f KB in %d requests   limit %d KB in %d   %s", float64(weight)/1000, count,
		limitVisit/1000, limitLoads, within(weight <= limitVisit && count <= limitLoads))
	return nil
}

// loads are the addresses that a browser fetches for a page or a style sheet without being asked.
func loads(a answer) ([]string, error) {
	body, err := unpack(a)
	if err != nil {
		return nil, err
	}
	switch kind, _, _ := strings.Cut(a.Header.Get("Content-Type"), ";"); kind {
	case "text/html":
		return pageLoads(body)
	case "text/css":
		return styleLoads(body), nil
	}
	return nil, nil
}

func unpack(a answer) ([]byte, error) {
	switch a.Header.Get("Content-Encoding") {
	case "br":
		return io.ReadAll(brotli.NewReader(bytes.NewReader(a.Body)))
	case "gzip":
		zipped, err := gzip.NewReader(bytes.NewReader(a.Body))
		if err != nil {
			return nil, err
		}
		return io.ReadAll(zipped)
	}
	return a.Body, nil
}

// loading are the attributes that make a browser load something.
var loading = map[string]string{"script": "src", "img": "src", "iframe": "src", "source": "src", "embed": "src", "object": "data"}

// loadingLinks are the kinds of link that do.
var loadingLinks = []string{"stylesheet", "icon", "preload", "modulepreload", "manifest"}

func pageLoads(body []byte) ([]string, error) {
	root, err := html.Parse(bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	var names []string
	for node := range root.Descendants() {
		if node.Type != html.ElementNode {
			continue
		}
		name := attribute(node, loading[node.Data])
		if node.Data == "link" && slices.ContainsFunc(strings.Fields(attribute(node, "rel")), func(rel string) bool { return slices.Contains(loadingLinks, rel) }) {
			name = attribute(node, "href")
		}
		if name != "" && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names, nil
}

func attribute(node *html.Node, name string) string {
	for _, a := range node.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// styleLoads are the url(…) of a style sheet that are not data inside it.
func styleLoads(body []byte) []string {
	var names []string
	for _, rest := range strings.Split(string(body), "url(")[1:] {
		name, _, _ := strings.Cut(rest, ")")
		if name = strings.Trim(name, `"' `); !strings.HasPrefix(name, "data:") && !strings.HasPrefix(name, "#") {
			names = append(names, name)
		}
	}
	return names
}

// countLines counts the lines of a file that hold the mark.
func countLines(file string, mark []byte) (n int, err error) {
	f, err := os.Open(file)
	if err != nil {
		return 0, err
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		if bytes.Contains(lines.Bytes(), mark) {
			n++
		}
	}
	return n, lines.Err()
}
