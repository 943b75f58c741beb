package guideline

import _ "embed"

// Shipped is the document of the call that comes with the portal, byte for byte as published:
// 2023年度湖北省软科学计划研究重点项目（第一批竞争类）申报指南. It serves as the first batch and as the parser's yardstick.
// Callers must not change it.
//
//go:embed shipped/hubei-softsci-2023-batch1.txt
var Shipped []byte
