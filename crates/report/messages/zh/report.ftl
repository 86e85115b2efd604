# 报告的用语。可省略的部分自带空格或逗号。

report-text-summary = 给人看的报告：答案、建议、细节；--why 显示分值
report-json-summary = 给程序用的报告：一份 JSON 文档，minehound.report/1

report-host = { $host }
report-host-named = { $address } ({ $name })
report-first-line = { $sentence } — { $verdict }
report-mines = { $host } { $since }{ $process }{ $pool }挖矿{ $coin }{ $shares }{ $further }
report-tried = { $host } { $process }{ $pool }尝试挖矿{ $coin }{ $first }{ $further }
report-was-refused = { $host } { $process }{ $pool }尝试挖矿{ $coin }被拒绝{ $first }{ $further }
report-relays = { $host } 是代理，{ $since }{ $pool }挖矿{ $coin }{ $shares }{ $further }
report-does = { $host } { $what }
report-cannot-say = { $host }：证据中关于它的内容太少
report-nothing = { $host }：没有发现挖矿
report-attack = { $host }：未见挖矿，但{ $what }
report-and-attack = { $sentence }；另外{ $what }

report-part-none = { "" }
report-part-process = 由 { $process }（pid { $pid }）
report-part-coin = （{ $coin }）
report-part-pool = 在 { $pool }{ " " }
report-part-since = 自 { $since } 起
report-part-first = ，首次于 { $first }
report-part-shares = ，{ $count } 个份额被接受
report-part-shares-none = ，没有看到份额
report-part-shares-sent = ，提交了 { $count } 个份额
report-part-shares-in-vain = ，{ $count } 个份额都没有被接受
report-part-further = ，另有 { $count } 个矿池
report-next = 下一步：{ $what }
report-semicolon = ；
report-after-sentence = { "" }

report-level-cannot-say = 无法判断
report-level-clear = 未见异常
report-level-noted = 有迹象
report-level-suspicious = 可疑
report-level-probable = 很可能
report-level-confirmed = 已确认

report-role-miner = 矿工
report-role-proxy = 挖矿代理
report-role-pool = 矿池
report-role-node = 全节点
report-role-web-miner = 网页矿工
report-role-scanner = 扫描者

report-coverage-complete = 完全可见
report-coverage-complete-but = 除缺口外可见
report-coverage-partial = 部分可见
report-coverage-insufficient = 几乎不可见

report-points = { $points } 分
report-also = 又名 { $names }
report-yes = 是
report-no = 否

report-no-mining = 在 { $hosts } 台主机、{ $flows } 条流中没有发现挖矿
report-no-mining-inside = 该机器没有发现挖矿，已检查 { $processes } 个进程
report-no-mining-files = 该机器的文件中没有发现挖矿；不知道有什么在运行
report-no-host = 无法判断：证据中没有任何主机
report-others-clear = 其余 { $hosts } 台主机没有发现挖矿
report-only-asked = 只查看了这台主机
report-no-others = 证据中没有其他主机
report-all-read = ；证据中的流量全部可读
report-all-looked-at = ；全部内容均可检查
report-not-visible = ；看不到的部分：
report-unseen-encrypted = { $count } 条流的 TLS 内容
report-unseen-partly = { $hosts } 台主机中有 { $count } 台只能部分看到
report-unseen-incomplete = { $count } 条流缺少数据包
report-unseen-opaque = { $count } 条流使用未读取的协议，其内容不明
report-unseen-bomb = { $count } 个压缩文件的其余部分，解压后超出读取上限
report-unseen-damage = 证据中 { $count } 处损坏
report-unseen-missing = { $count } 个数据包在抓包时丢失或被截短
report-unseen-unread = { $count } 处未读取（列在“证据”下）
report-unseen-contradiction = 数据包之间 { $count } 处相互矛盾
report-nothing-read = 无法判断：所给的证据都无法读取
report-unseen-errors = { $count } 个来源完全没有读取

report-more-findings = …… 另有 { $count } 条（--why 列出全部）
report-title-evidence = 证据
report-title-errors = 未使用
report-records = { $count } 条记录
report-more-evidence = …… 另有 { $count } 份（--why 列出全部）
report-gap = { $count ->
    [1] { $reason }，位于{ $at }
   *[other] { $reason }，{ $count } 处，第一处位于{ $at }
}
report-gap-whole = { $count ->
    [1] { $reason }
   *[other] { $reason }，{ $count } 处
}
report-at-packet = 第 { $number } 个数据包
report-at-byte = 第 { $number } 字节
report-at-line = 第 { $number } 行
report-at-process = 进程 { $number }
report-at-whole = 整份证据

report-sandbox = 沙箱：只能读取指定的证据；不能联网，不能运行程序，除所要求的文件外不能写入（Landlock ABI { $abi }、seccomp）。
report-sandbox-landlock = 沙箱：只能读取指定的证据（Landlock ABI { $abi }；本机内核没有 seccomp）。
report-sandbox-seccomp = 沙箱：不能联网，不能运行程序（seccomp；本机内核没有 Landlock，因此可能读取其他文件）。
report-sandbox-none = 沙箱：无。
report-zone = 时间采用 { $zone }。
report-zone-day = 时间采用 { $zone }，日期为 { $day }。
report-read-on = 分值和数据包：--why。对话：--show { $finding }。

report-login-wallet = （钱包）
report-why-legend = 分值如何得出：每个条形从当前合计走到下一个合计；█ 支持挖矿，▒ 反对挖矿，┊ 为零。其下是：事实所属的组、它单独的分值、依据以及在哪里核对。`minehound explain 词` 解释每个词。
report-group-wire = 线路（wire）
report-group-dest = 去向（dest）
report-group-web = 网页（web）
report-group-intake = 进入途径（intake）
report-group-compute = 计算（compute）
report-group-artefact = 痕迹（artefact）
report-group-algo = 算法状态（algo）
report-group-code = 挖矿指令（code）
report-group-stealth = 隐藏（stealth）
report-group-persist = 自启动（persist）
report-group-context = 背景（context）
report-kind-definition = 按定义（definition）
report-kind-null = 按数学（null）
report-kind-listed = 按列表（listed）
report-kind-measured = 实测（measured）
report-kind-simulated = 模拟（simulated）
report-kind-assumed = 假定（assumed）
report-value-checksum = 校验和
report-value-form = 格式
report-value-wallet = 钱包
report-value-network-difficulty = 网络难度
report-value-pool = 矿池
report-value-high = 高
report-value-medium = 中
report-value-low = 低
report-value-nothing = 无需凭据
report-value-varies = 取决于版本或软件包
report-value-password = 口令
report-value-key = 密钥或证书
report-value-other = 未说明
report-why-prior = 先验值：对主机一无所知时的起点
report-why-group = { $group } 合计 { $sum }：取最大值，其余各计五分之一（上限 { $cap }）
report-why-weight = { $group } · 单独 { $points } · { $kind }：{ $source }
report-why-conclusive = { " " }· 决定性
report-why-place = { $evidence } { $at }：
report-why-more-places = …… 另有 { $count } 处（--format json 列出全部）
report-why-not-counted = 看到但未计分：
report-why-explained = 原因：{ $reason }
report-why-not-found = 查找过但没有发现：
report-why-next = 什么会改变结论：

report-dialogue-client = 客户端 { $end }
report-dialogue-server = 服务器 { $end }
report-dialogue-answers = 应答第 { $line } 行
report-dialogue-one-of = 本条发现共有 { $sessions } 次会话，这里显示其中一次
report-dialogue-none = { $finding } 没有记录对话：只有内容可读的会话才有
report-dialogue-unknown = 没有发现 { $finding }；本案件有 { $known }
report-dialogue-no-findings = 没有发现 { $finding }：本案件没有任何发现
