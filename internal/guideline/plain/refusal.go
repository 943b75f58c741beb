package plain

import "errors"

// The reasons for which a document is refused, to be told apart with errors.Is. Each is a sentence for the person who
// chose the file: what is wrong, and what to do.
var (
	ErrArchive      = errors.New("这是压缩包，不是指南文件，请解压后选择其中的指南文件")
	ErrDamaged      = errors.New("文件已损坏或不完整，无法打开，请重新下载，或在 Word、WPS 中打开并另存为 .docx 后再试")
	ErrDoctype      = errors.New("文件中有 Word 文件不该有的声明（DOCTYPE），请在 Word 或 WPS 中打开并另存为 .docx 后再试")
	ErrForbidden    = errors.New("文件的作者不允许复制其中的文字，请改用 .docx，或改为粘贴文字")
	ErrNoReader     = errors.New("本机没有安装 pdftotext（Debian 包 poppler-utils），读不了 PDF，请安装后再试，或改为粘贴文字")
	ErrOldWord      = errors.New("这是 Word 95 或更早版本的文件，请在 Word 或 WPS 中打开并另存为 .docx 后再试")
	ErrOpenDocument = errors.New("这是 OpenDocument 文件，请在 Word 或 WPS 中打开并另存为 .docx 后再试")
	ErrPassword     = errors.New("文件加了密码，无法打开，请去掉密码后再试")
	ErrScan         = errors.New("这份文件像是扫描件，里面没有可读的文字，请改为粘贴文字")
	ErrSlides       = errors.New("这是演示文稿，不是指南文件，请选择 Word、PDF 或文本文件")
	ErrSlow         = errors.New("文件过于复杂，在规定时间内没有读完，请只保留指南正文，或改为粘贴文字")
	ErrSpreadsheet  = errors.New("这是电子表格，不是指南文件，请选择 Word、PDF 或文本文件")
	ErrTooComplex   = errors.New("文件展开后过大或结构过于复杂，无法导入，请只保留指南正文，另存后再试")
	ErrTooLong      = errors.New("文件中的文字超过 200 万字，无法导入，请只保留指南正文后再试")
)
