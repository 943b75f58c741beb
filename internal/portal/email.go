package portal

import (
	"errors"
	"regexp"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// Lengths from RFC 5321, 4.5.3.1, in octets. 254 is what a path of 256 leaves
// between its angle brackets (RFC 3696, erratum 1690).
const (
	emailMax       = 254
	emailLocalMax  = 64
	emailDomainMax = 253
)

// The parts as RFC 5322 (dot-atom) and RFC 1123 (host names) write them. Quoted
// local parts and address literals are legal, but nobody's real address.
var (
	emailLocal  = regexp.MustCompile("^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$")
	emailDomain = regexp.MustCompile(`^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?$`)
)

// ParseEmail reads one e-mail address without a display name. Full-width characters
// and a Chinese full stop in the domain are forgiven; the domain becomes lower case,
// the local part stays as typed. Whether the domain exists is not asked. The error
// is a sentence for the person who typed it.
func ParseEmail(s string) (string, error) {
	address := strings.TrimSpace(norm.NFKC.String(s))
	if err := oneAddress(address); err != nil {
		return "", err
	}
	at := strings.LastIndexByte(address, '@')
	local, domain := address[:at], strings.ToLower(strings.ReplaceAll(address[at+1:], "。", "."))
	switch {
	case local == "":
		return "", errors.New("电子邮箱的 @ 前面缺少用户名，请填写完整，例如 name@example.cn")
	case domain == "":
		return "", errors.New("电子邮箱的 @ 后面缺少域名，请填写完整，例如 name@example.cn")
	case len(local) > emailLocalMax || len(domain) > emailDomainMax || len(local)+1+len(domain) > emailMax:
		return "", errors.New("电子邮箱过长（@ 前最多 64 个字符，全长最多 254 个字符），请核对")
	case !emailLocal.MatchString(local):
		return "", errors.New("电子邮箱 @ 前面的部分不正确：只能用英文字母、数字和 . _ - + 等符号，点不能在开头、结尾或连用")
	case !emailDomain.MatchString(domain):
		return "", errors.New("电子邮箱 @ 后面的域名不正确，应形如 example.cn，请核对")
	}
	return local + "@" + domain, nil
}

// oneAddress refuses what is no single address: nothing, several lines (a way to
// smuggle mail headers), a name with angle brackets, a list.
func oneAddress(address string) error {
	switch {
	case address == "":
		return errors.New("请填写电子邮箱")
	case strings.ContainsAny(address, "\r\n"):
		return errors.New("电子邮箱中不能换行，请只填写一个地址")
	case strings.ContainsAny(address, "<>"):
		return errors.New("请只填写电子邮箱地址本身，不要带姓名和尖括号")
	case strings.ContainsAny(address, ",;、") || strings.Count(address, "@") > 1:
		return errors.New("请只填写一个电子邮箱，不要填写多个")
	case strings.ContainsAny(address, " \t"):
		return errors.New("电子邮箱中不能有空格，请删去")
	case !strings.Contains(address, "@"):
		return errors.New("电子邮箱缺少 @，应形如 name@example.cn")
	}
	return nil
}
