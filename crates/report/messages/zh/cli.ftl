# 程序关于自身的用语：帮助、错误、进度。

cli-about = Minehound 在您手头的证据中寻找加密货币挖矿，说明谁在挖矿、把握有多大以及依据是什么。
cli-usage = 用法：
cli-heading-commands = 命令:
cli-heading-arguments = 参数:
cli-heading-options = 选项:
cli-heading-answer = 答案:
cli-heading-evidence = 证据:
cli-heading-run = 运行:

cli-scan = 调查抓包文件，说明谁在挖矿
cli-explain = 列出所有读取器、检测器、输出格式和结论用语，或显示其中一项的说明
cli-drill = 无害的演习，理应被检测出来
cli-drill-traffic = 生成一份已知谁在挖什么的抓包：内容虚构，使用保留的地址和名称

cli-value-command = 命令
cli-value-options = 选项
cli-value-evidence = 证据
cli-value-file = 文件
cli-value-number = 数字
cli-value-format = 格式
cli-value-finding = 发现
cli-value-host = 主机
cli-value-level = 级别
cli-value-time = 时间
cli-value-cidr = 网段
cli-value-when = 何时
cli-value-language = 语言
cli-value-id = 标识
cli-value-scenario = 场景

cli-option-evidence = 抓包文件（pcap、pcapng，可压缩）、其所在文件夹，或用 - 表示标准输入，可任意组合；种类按内容识别，不看文件名
cli-option-format = text 给人看，json 给程序用 [text]
cli-option-output = 把答案写入文件，而不是标准输出
cli-option-why = 显示每台主机的分值、每条事实在哪里可以核对，以及相应的 Wireshark 过滤器
cli-option-show = 显示一条发现（f1、f2 ……）的对话：请求和应答并排，隐去秘密
cli-option-show-secrets = 显示密码，而不是 ***
cli-option-host = 只看具有该地址或名称的主机
cli-option-all-hosts = 也列出没有任何发现的主机
cli-option-fail-on = 有主机达到该级别或更高时以 1 退出：noted、suspicious、probable、confirmed、never [probable]
cli-option-since = 只看该时间之后：2026-11-24T09:12 为本地时区，带 Z 为 UTC
cli-option-until = 只看该时间之前
cli-option-inside = 除私有地址之外属于您的网段；可多次给出
cli-option-intel = 您自己的矿池列表：每行一个名称、地址、地址:端口或网段，其后可写币种
cli-option-no-hash = 不计算证据的 SHA-256：更快
cli-option-threads = 使用多少线程 [与机器相同]
cli-option-memory = 表和流可用的内存（MiB）；只要够用，结果不变 [256]
cli-option-config = 从 TOML 文件读取设置；以命令行为准
cli-option-progress = 工作超过一秒时在标准错误显示进度条：auto（仅终端）、always、never [auto]
cli-option-quiet = 标准错误只显示错误
cli-option-lang = en 或 zh [取自区域设置]
cli-option-color = auto、always、never；遵从 NO_COLOR [auto]
cli-option-help = 本页
cli-option-version = 版本
cli-option-id = 一个单元（stratum-session）或一个结论用语（probable）
cli-option-list = 列出场景
cli-option-scenario = 生成哪一份抓包；用 --list 查看
cli-option-drill-output = 写到哪里：pcapng；文件名以 .pcap 结尾时为 pcap [标准输出]
cli-option-seed = 换一个数字得到不同的地址、时间和份额；同一个数字得到同样的字节 [1]
cli-option-truth = 同时把真相写成标签表

cli-mistake = { $what }；{ $hint }
cli-unknown-option = 没有选项 { $option }
cli-unknown-command = 没有命令 { $command }
cli-missing-command = 缺少命令
cli-given-twice = { $option } 只能给出一次
cli-missing-value = { $option } 需要一个值
cli-too-many-values = { $option } 不接受值 { $value }
cli-bad-arguments = 无法理解这些参数
cli-did-you-mean = 您是指 { $word } 吗？
cli-see-help = 用 --help 查看可用内容
cli-bad-value = { $option } { $value }：{ $want }
cli-want-utf8 = 应为有效的 UTF-8
cli-want-one-of = 应为 { $words } 之一
cli-want-number = 应为 { $least } 到 { $most } 之间的整数
cli-want-time = 应为时间，如 2026-11-24T09:12、2026-11-24 或 2026-11-24T08:12:00Z
cli-want-cidr = 应为网段，如 198.51.100.0/24
cli-want-flag = 应为 true 或 false
cli-want-table = 应为表，如 [detector.pool-name]
cli-want-text = 应为带引号的文本
cli-want-texts = 应为带引号文本的列表
cli-want-whole = 应为整数
cli-since-after-until = --since 晚于 --until，没有可扫描的内容
cli-show-is-text = --show 输出文本：请去掉 --format
cli-no-evidence = 没有可扫描的内容：请给出抓包文件、抓包文件夹，或用 - 表示标准输入；单独运行 `minehound` 可查看该输入什么
cli-no-such-host = 证据中没有叫 { $host } 的主机；--all-hosts 列出全部
cli-unused = { $source }：{ $reason }
cli-progress = { $records } 条记录

cli-cannot-read = 无法读取 { $path }：{ $reason }
cli-cannot-write = 无法写入 { $path }：{ $reason }
cli-output-is-evidence = { $path } 是证据，不会被覆盖；请为 -o 选择另一个文件
cli-list-too-long = 矿池列表超过 { $most } MB
cli-io-not-found = 没有这个文件或文件夹
cli-io-permission = 没有权限；请以有权限的用户运行
cli-io-directory = 这是一个文件夹
cli-io-not-directory = 路径中有一部分不是文件夹
cli-io-full = 磁盘空间不足
cli-io-read-only = 文件系统只读
cli-io-not-text = 不是 UTF-8 文本
cli-io-other = { $text }

cli-config = { $path }：{ $what }
cli-config-too-long = 超过 1 MB：这不是配置文件
cli-config-not-toml = 第 { $line } 行：{ $reason }
cli-config-unknown = 未知的键 { $key }；{ $hint }
cli-config-keys = 已知的键有 { $keys }
cli-config-value = { $key }：{ $want }

cli-config-unknown-parameter = 没有检测器有参数 { $key }；用 `minehound explain 标识` 查看
cli-list-lines = 您的列表：使用了 { $entries } 条，{ $count } 行无法理解，第一处在第 { $line } 行

cli-explain-readers = 读取器：哪些可以作为证据
cli-explain-detectors = 检测器：哪些迹象表明挖矿
cli-explain-renderers = 输出格式：答案可以是什么样子（--format）
cli-explain-words = 结论用语
cli-explain-more = `minehound explain 标识` 显示其中一项的说明。
cli-explain-weights = 权重
cli-explain-grows = 。{ $when }{ $minutes ->
    [0] { "" }
   *[other] （至少历时 { $minutes } 分钟）
}时变为 { $points }（{ $to }）
cli-explain-grows-distinct = 有 { $count } 个不同的
cli-explain-grows-times = 出现 { $count } 次
cli-explain-grows-either = { $one }或{ $other }
cli-explain-parameters = 参数：写在 --config 文件的 [detector.{ $id }] 下
cli-explain-since = { $kind }，自 { $version } 版起
cli-explain-unknown = 没有叫 { $id } 的内容；{ $hint }
cli-explain-see-list = 用 `minehound explain` 列出全部

cli-drill-list = 可以生成的抓包；用 `minehound drill traffic 场景 -o 文件` 写出一份：
cli-drill-unknown = 没有场景 { $scenario }；{ $hint }
cli-drill-see-list = 用 `minehound drill traffic --list` 查看
cli-drill-terminal = 抓包不是终端文本；请用 -o 指定文件，或通过管道：`minehound drill traffic 场景 | minehound scan -`

cli-welcome-capture = 您有一份抓包（pcap 或 pcapng，也可以是 .gz、.zst、.xz 或 .bz2）：
cli-welcome-folder = 您有一个轮转抓包的文件夹：
cli-welcome-nothing = 您还什么都没有。请在网关、镜像端口或可疑机器上抓包十分钟，然后扫描：
cli-welcome-remote = 您不想保存抓包：
cli-welcome-curious = 您想看看有人挖矿时是什么样子，以及它寻找什么：
cli-welcome-help = `minehound scan --help` 列出所有选项，`minehound --lang en` 使用英文。

cli-word-confirmed = 这台主机在挖矿。至少 20 分，并且有一条决定性事实，或有三组相互独立、各 8 分以上的事实。应当处置。
cli-word-probable = 这台主机很可能在挖矿。至少 10 分，并且有一条决定性事实，或有两组相互独立、各 5 分以上的事实。应当处置；“下一步”说明什么可以确认。
cli-word-suspicious = 今天值得看一看：0 分以上，但既没有决定性事实，也没有两组相互印证的事实。
cli-word-noted = 看到的迹象不足以下结论：-10 分以上。单独一次查询矿池名称就属于此类；只来自一个较弱组的事实也是如此。
cli-word-clear = 没有任何迹象表明挖矿。如果证据中关于某台主机的内容太少，则读作“无法判断”。
cli-word-points = 每 10 分表示可能性之比增加十倍。主机的分值是先验值加上各组事实的分值。组内最大的权重全部计入，其余各计五分之一，不超过组的上限。`--why` 显示每一步。
cli-word-prior = 对主机一无所知时的起点：-30 分，即千分之一。
cli-word-wire = 线路上用挖矿协议说了什么。该组最多加 60 分。
cli-word-dest = 主机与谁通信：已知矿池的名称和地址。该组最多加 44 分。
cli-word-context = 不计分的内容：无害的解释，或值得知道的事情。
cli-word-conclusive = 一条决定性事实使主机至少达到“很可能”。只有挖矿才会产生的事实才是决定性的。
cli-word-definition = 按定义的权重：协议或程序所规定，且已知没有其他东西会产生的组合。
cli-word-null = 由数学给出偶然水平的权重：校验和、数据集的 64 个字节。
cli-word-listed = 依据带日期的列表的权重：矿池列表、挖矿程序列表。
cli-word-measured = 通过观察正常主机得到的权重：这么多台中只在这么少的几台上见过。
cli-word-simulated = 在生成的正常对象上测得的权重：最多 10 分。
cli-word-assumed = 没有人测量过的权重：最多 6 分。
cli-word-coverage = 证据究竟能显示一台主机的多少：complete（完全）、partial（部分）或 insufficient（不足）。
cli-word-gap = 证据中无法读取的地方。它会被保留、计数并显示，并限制“未见异常”所能主张的内容。
cli-word-miner = 为矿池或节点计算的主机。
cli-word-proxy = 从矿池取得任务并分给矿工的主机。它的客户端各算一台主机。
cli-word-pool = 向矿工分发任务的主机。
cli-word-node = 某条链的全节点。它整天收发区块和交易而不挖矿：许多现象的无害解释。
cli-word-scanner = 核对挖矿名称或矿池列表而不挖矿的主机，例如监控系统。
