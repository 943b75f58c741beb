package portal

import (
	"errors"
	"testing"
)

func TestParseDocumentNumber(t *testing.T) {
	t.Parallel()
	want := DocumentNumber{Organ: "鄂科技规", Year: 2021, Number: 2}
	for _, in := range []string{"鄂科技规〔2021〕2号", " 鄂科技规 〔２０２１〕 ２ 号 ", "鄂科技规﹝2021﹞2号"} {
		if got, err := ParseDocumentNumber(in); got != want || err != nil {
			t.Errorf("ParseDocumentNumber(%q) = %v, %v", in, got, err)
		}
	}
	for _, in := range []string{
		"鄂科技规[2021]2号", "鄂科技规（2021）2号", "鄂科技规【2021】2号", "鄂科技规［2021］2号", "鄂科技规〔2021〕02号",
		"鄂科技规〔2021〕第2号", "鄂科技规〔2021〕2", "鄂科技规(2021年)002号",
	} {
		_, err := ParseDocumentNumber(in)
		var mend *MendError
		if !errors.As(err, &mend) || mend.Mended != want || err.Error() != "发文字号请写作“鄂科技规〔2021〕2号”" {
			t.Errorf("ParseDocumentNumber(%q) = %v", in, err)
		}
	}
	for _, in := range []string{"", "鄂科技规2021年2号", "〔2021〕2号", "鄂科技规〔21〕2号", "鄂科技规〔2021〕0号", "鄂科技规〔2021〕二号", "ABC〔2021〕2号"} {
		_, err := ParseDocumentNumber(in)
		var mend *MendError
		if err == nil || errors.As(err, &mend) {
			t.Errorf("ParseDocumentNumber(%q) = %v, want a refusal without an offer", in, err)
		}
	}
}
