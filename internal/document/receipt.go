package document

import (
	"bytes"
	"crypto/ed25519"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"softsci/internal/portal"
)

// Receipt is what a receipt states of one submission. Its JSON is a public format
// that is verified for years; a change is a new receiptFormat.
type Receipt struct {
	Number      string       `json:"number"` // 受理编号
	Title       string       `json:"title"`  // 项目名称
	Unit        string       `json:"unit"`
	Leader      string       `json:"leader"`
	Topic       string       `json:"topic"`
	Batch       string       `json:"batch"`             // slug
	Version     int          `json:"version"`           // n of the submission
	SHA256      string       `json:"sha256"`            // of the frozen version, hex
	ArrivedAt   string       `json:"arrived_at"`        // ISO 8601 with +08:00; decides about the deadline
	RecordedAt  string       `json:"recorded_at"`       // ISO 8601 with +08:00
	Guideline   int          `json:"guideline_version"` // which was answered
	Attachments []Attachment `json:"attachments"`
}

// Signed is a receipt with its signature. File is what the applicant keeps: RFC 8785
// canonical JSON of the receipt with format, key_id and signature.
type Signed struct {
	Receipt   Receipt
	KeyID     string
	Signature string // Ed25519, base64
	File      []byte
}

// receiptFormat stands in every receipt and is signed with it, so that no signature
// can be taken for one of another kind of paper.
const receiptFormat = "softsci-receipt-1"

// signable is what is signed: the canonical JSON of this.
type signable struct {
	Receipt
	Format string `json:"format"`
	KeyID  string `json:"key_id"`
}

// envelope is the whole file.
type envelope struct {
	signable
	Signature string `json:"signature"`
}

// Sign signs a receipt. It errs for the zero Key only; a text that is not UTF-8 is
// signed with U+FFFD in place of what is not.
func Sign(key Key, receipt Receipt) (Signed, error) {
	if key.Public() == nil {
		return Signed{}, errors.New("sign a receipt: the key is empty")
	}
	receipt.Attachments = slices.Clone(receipt.Attachments)
	if receipt.Attachments == nil {
		receipt.Attachments = []Attachment{} // [] in the file, not null
	}
	content := signable{receipt, receiptFormat, key.ID()}
	message, err := portal.Canonical(content)
	if err != nil {
		return Signed{}, fmt.Errorf("sign a receipt: %w", err)
	}
	signature := base64.StdEncoding.EncodeToString(ed25519.Sign(key.private, message))
	file, err := portal.Canonical(envelope{content, signature})
	if err != nil {
		return Signed{}, fmt.Errorf("write a receipt: %w", err)
	}
	return Signed{receipt, content.KeyID, signature, file}, nil
}

// Why a receipt is not accepted, in words for the person who shows it.
var (
	ErrNotReceipt = errors.New("这不是本门户的回执文件，或文件不完整 (not a receipt file, or cut off)")
	ErrRewritten  = errors.New("回执文件被改写过，请使用下载时的原文件 (the file was rewritten; use it as downloaded)")
	ErrUnknownKey = errors.New("回执所用的签名密钥不是本门户的 (signed with a key that is not this portal's)")
	ErrForged     = errors.New("回执的内容与签名不符，已被改动或系伪造 (the content does not match its signature)")
)

// mostReceipt bounds what Verify reads, in bytes.
const mostReceipt = 1 << 20

// Verify checks a receipt file against the portal's keys, past ones included, and
// gives back what it states. Only white space may differ from the file as it was
// given out: names that occur twice or in other letters would read differently
// elsewhere. The error is one of the four above.
func Verify(keys []ed25519.PublicKey, raw []byte) (Receipt, error) {
	raw = bytes.TrimPrefix(raw, []byte("\uFEFF")) // some editors put it there
	var compact bytes.Buffer
	if len(raw) > mostReceipt || json.Compact(&compact, raw) != nil {
		return Receipt{}, ErrNotReceipt
	}
	var content envelope
	strict := json.NewDecoder(bytes.NewReader(compact.Bytes()))
	strict.DisallowUnknownFields()
	if err := strict.Decode(&content); err != nil || content.Format != receiptFormat {
		return Receipt{}, ErrNotReceipt
	}
	canonical, err := portal.Canonical(json.RawMessage(compact.Bytes()))
	if err != nil || !bytes.Equal(canonical, compact.Bytes()) {
		return Receipt{}, ErrRewritten
	}
	i := slices.IndexFunc(keys, func(key ed25519.PublicKey) bool {
		return len(key) == ed25519.PublicKeySize && KeyID(key) == content.KeyID
	})
	if i < 0 {
		return Receipt{}, ErrUnknownKey
	}
	signature, err := base64.StdEncoding.Strict().DecodeString(content.Signature)
	if err != nil || !ed25519.Verify(keys[i], unsigned(canonical), signature) {
		return Receipt{}, ErrForged
	}
	return content.Receipt, nil
}

// unsigned is the canonical file without its signature, as it was signed. What the
// file does not say is not made up: members are taken as they stand.
func unsigned(canonical []byte) []byte {
	var members map[string]json.RawMessage
	_ = json.Unmarshal(canonical, &members) // it has been read already
	delete(members, "signature")
	message, _ := portal.Canonical(members)
	return message
}
