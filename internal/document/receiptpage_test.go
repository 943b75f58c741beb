package document

import (
	"bytes"
	"strings"
	"testing"
)

const receiptURL = "https://portal.example.gov.cn/receipts/abcdefghijkl"

func TestReceiptPDF(t *testing.T) {
	t.Parallel()
	needProgram(t)
	props := ReceiptProps{Call: fullForm().Call, Signed: mustSign(t, mustKey(t, "a"), sampleReceipt()), URL: receiptURL}
	pdf, err := ReceiptPDF(props)
	if err != nil {
		t.Fatal(err)
	}
	again, err := ReceiptPDF(props)
	if err != nil || !bytes.Equal(pdf, again) {
		t.Errorf("the same receipt gives other bytes, %v", err)
	}
	pages := mustRead(t, pdf)
	if len(pages) != 1 {
		t.Errorf("%d pages", len(pages))
	}
	text, r := tight(strings.Join(pages, "")), sampleReceipt()
	for _, want := range []string{"申报回执", props.Call, r.Number, r.Title, r.Unit, r.Leader, r.Topic, "第2版", "第3版", r.SHA256, "2023年4月28日16:59:58", "2023年4月28日17:00:01",
		"诚信承诺书.pdf", hash(1), hash(2), receiptURL, props.Signed.KeyID, props.Signed.Signature} {
		if !strings.Contains(text, tight(want)) {
			t.Errorf("the receipt does not say %q", want)
		}
	}
	if !bytes.Contains(pdf, []byte("/URI ("+receiptURL+")")) {
		t.Error("the code is no link")
	}
}

func TestReceiptPDFHardTexts(t *testing.T) {
	t.Parallel()
	needProgram(t)
	for _, text := range []string{"", strings.Join(hard, " "), strings.Join(hard, "\n")} {
		r := Receipt{text, text, text, text, text, text, -1, text, text, text, -1, []Attachment{{text, text, -1, text}}}
		pdf, err := ReceiptPDF(ReceiptProps{Call: text, Signed: Signed{Receipt: r, KeyID: text, Signature: text}, URL: receiptURL})
		if err != nil {
			t.Fatal(err)
		}
		mustRead(t, pdf)
	}
	for _, address := range []string{"", strings.Repeat("a", 5000)} {
		if _, err := ReceiptPDF(ReceiptProps{URL: address}); err == nil && address != "" {
			t.Errorf("an address of %d bytes is taken", len(address))
		}
	}
}
