package document

import (
	"bytes"
	"crypto/ed25519"
	"encoding/json"
	"errors"
	"reflect"
	"strings"
	"testing"
)

func sampleReceipt() Receipt {
	return Receipt{
		Number: "2023-RKX1-03-0007", Title: "县域科技创新能力提升路径与政策工具组合研究", Unit: "湖北省科技信息研究院", Leader: "王𬭎喆",
		Topic: "3. 县域科技创新能力提升路径研究", Batch: "2023-softsci-1", Version: 2, SHA256: hash(0xa7),
		ArrivedAt: "2023-04-28T16:59:58+08:00", RecordedAt: "2023-04-28T17:00:01+08:00", Guideline: 3,
		Attachments: []Attachment{{Name: "诚信承诺书.pdf", Size: 860, SHA256: hash(1)}, {Name: "前期成果 & 附录.pdf", Size: 2_345_678, SHA256: hash(2)}},
	}
}

func mustSign(t testing.TB, key Key, receipt Receipt) Signed {
	t.Helper()
	signed, err := Sign(key, receipt)
	if err != nil {
		t.Fatal(err)
	}
	return signed
}

func TestReceiptVerifies(t *testing.T) {
	t.Parallel()
	old, key := mustKey(t, "old"), mustKey(t, "new")
	keys := []ed25519.PublicKey{key.Public(), old.Public()}
	for _, by := range []Key{old, key} {
		signed := mustSign(t, by, sampleReceipt())
		if signed.KeyID != by.ID() {
			t.Errorf("the key is named %s, want %s", signed.KeyID, by.ID())
		}
		got, err := Verify(keys, signed.File)
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(got, sampleReceipt()) {
			t.Errorf("verified %+v", got)
		}
	}
	signed := mustSign(t, key, sampleReceipt())
	if again := mustSign(t, key, sampleReceipt()); !bytes.Equal(signed.File, again.File) {
		t.Error("the same receipt signed twice differs")
	}
	if _, err := Verify(keys, mustSign(t, key, Receipt{}).File); err != nil {
		t.Errorf("an empty receipt: %v", err)
	}
	broken := sampleReceipt()
	broken.Title = "坏\xff字节"
	if _, err := Verify(keys, mustSign(t, key, broken).File); err != nil {
		t.Errorf("a title that is not UTF-8: %v", err)
	}
	if _, err := Sign(Key{}, sampleReceipt()); err == nil {
		t.Error("the empty key signs")
	}
}

// TestReceiptFormat keeps the file as it is: receipts given out must verify for ever.
func TestReceiptFormat(t *testing.T) {
	t.Parallel()
	signed := mustSign(t, mustKey(t, "a"), Receipt{Number: "2023-RKX1-03-0007", Title: "题", Version: 1, Attachments: []Attachment{{Name: "a.pdf", Kind: "其他", Size: 3, SHA256: "00"}}})
	want := `{"arrived_at":"","attachments":[{"name":"a.pdf","sha256":"00","size":3}],"batch":"","format":"softsci-receipt-1","guideline_version":0,` +
		`"key_id":"` + signed.KeyID + `","leader":"","number":"2023-RKX1-03-0007","recorded_at":"","sha256":"","signature":"` + signed.Signature + `","title":"题","topic":"","unit":"","version":1}`
	if string(signed.File) != want {
		t.Errorf("the file is\n%s\nwant\n%s", signed.File, want)
	}
}

func TestReceiptMayBeIndented(t *testing.T) {
	t.Parallel()
	key := mustKey(t, "a")
	var indented bytes.Buffer
	if err := json.Indent(&indented, mustSign(t, key, sampleReceipt()).File, "", "  "); err != nil {
		t.Fatal(err)
	}
	file := append([]byte("\uFEFF"), strings.ReplaceAll(indented.String(), "\n", "\r\n")+"\r\n"...)
	if _, err := Verify([]ed25519.PublicKey{key.Public()}, file); err != nil {
		t.Errorf("white space: %v", err)
	}
}

func TestReceiptTampered(t *testing.T) {
	t.Parallel()
	key := mustKey(t, "a")
	keys := []ed25519.PublicKey{key.Public()}
	file := string(mustSign(t, key, sampleReceipt()).File)
	for field, change := range map[string]struct {
		from, to string
		want     error
	}{
		"number":            {`"2023-RKX1-03-0007"`, `"2023-RKX1-03-0008"`, ErrForged},
		"title":             {`"县域科技`, `"市域科技`, ErrForged},
		"unit":              {`"湖北省科技信息研究院"`, `"湖北大学"`, ErrForged},
		"leader":            {`"王𬭎喆"`, `"王铉喆"`, ErrForged},
		"topic":             {`"3. `, `"4. `, ErrForged},
		"batch":             {`"2023-softsci-1"`, `"2024-softsci-1"`, ErrForged},
		"version":           {`"version":2`, `"version":3`, ErrForged},
		"sha256":            {hash(0xa7), hash(0xa8), ErrForged},
		"arrived_at":        {`16:59:58`, `16:59:57`, ErrForged},
		"recorded_at":       {`17:00:01`, `17:00:00`, ErrForged},
		"guideline_version": {`"guideline_version":3`, `"guideline_version":2`, ErrForged},
		"attachment name":   {`"诚信承诺书.pdf"`, `"诚信承诺.pdf"`, ErrForged},
		"attachment size":   {`"size":860`, `"size":861`, ErrForged},
		"attachment sha256": {hash(1), hash(3), ErrForged},
		"signature":         {`"signature":"`, `"signature":"A`, ErrForged},
		"key_id":            {`"key_id":"`, `"key_id":"0`, ErrUnknownKey},
		"format":            {`softsci-receipt-1`, `softsci-receipt-2`, ErrNotReceipt},
		"member added":      {`{"arrived_at"`, `{"amount":5,"arrived_at"`, ErrNotReceipt},
		"member in letters": {`"title":`, `"Title":`, ErrRewritten},
		"member twice":      {`"title":`, `"title":"另一题目","title":`, ErrRewritten},
		"member gone":       {`"batch":"2023-softsci-1",`, ``, ErrForged},
		"escaped":           {`县`, `\u53bf`, ErrRewritten},
		"data behind":       {`"version":2}`, `"version":2}{}`, ErrNotReceipt},
		"a fraction":        {`"version":2`, `"version":2.0`, ErrNotReceipt},
	} {
		changed := strings.Replace(file, change.from, change.to, 1)
		if changed == file {
			t.Fatalf("%s: nothing was changed", field)
		}
		if _, err := Verify(keys, []byte(changed)); !errors.Is(err, change.want) {
			t.Errorf("%s: %v, want %v", field, err, change.want)
		}
	}
}

func TestReceiptRefused(t *testing.T) {
	t.Parallel()
	key := mustKey(t, "a")
	keys := []ed25519.PublicKey{key.Public()}
	file := mustSign(t, key, sampleReceipt()).File
	if _, err := Verify([]ed25519.PublicKey{mustKey(t, "b").Public(), nil}, file); !errors.Is(err, ErrUnknownKey) {
		t.Errorf("another portal's key: %v", err)
	}
	for n := range file {
		if _, err := Verify(keys, file[:n]); !errors.Is(err, ErrNotReceipt) {
			t.Fatalf("cut off after %d bytes: %v", n, err)
		}
	}
	for _, text := range []string{"", "{}", "[]", "null", "%PDF-1.7", `{"format":"softsci-receipt-1"}`, strings.Repeat(" ", mostReceipt+1)} {
		if _, err := Verify(keys, []byte(text)); err == nil {
			t.Errorf("%.30q is taken for a receipt", text)
		}
	}
	// the name of a known key does not help a foreign signature
	forged := mustSign(t, mustKey(t, "b"), sampleReceipt())
	relabelled := strings.Replace(string(forged.File), forged.KeyID, key.ID(), 1)
	if _, err := Verify(keys, []byte(relabelled)); !errors.Is(err, ErrForged) {
		t.Errorf("a foreign signature under our key's name: %v", err)
	}
}

func FuzzVerify(f *testing.F) {
	key := mustKey(f, "a")
	keys := []ed25519.PublicKey{key.Public()}
	file := mustSign(f, key, sampleReceipt()).File
	f.Add(file)
	f.Add([]byte(`{"format":"softsci-receipt-1","attachments":[{}]}`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		got, err := Verify(keys, raw)
		if err == nil && !reflect.DeepEqual(got, sampleReceipt()) {
			t.Errorf("%q verifies", raw)
		}
	})
}
