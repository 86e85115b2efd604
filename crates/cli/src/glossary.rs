//! The words of the report that `explain` knows, in both languages: what stands on a page must be possible to look up.

use report::Lang;

/// A word or a few that are explained together.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Word {
    /// As English reports and JSON say it; the first one is listed.
    pub(crate) english: &'static [&'static str],
    /// As Chinese reports say it; the first one is listed.
    pub(crate) chinese: &'static [&'static str],
    /// The message that explains it.
    pub(crate) meaning: &'static str,
}

impl Word {
    /// The word with this spelling, in either language; upper and lower case are alike.
    pub(crate) fn of(spelling: &str) -> Option<&'static Word> {
        let wanted = spelling.to_lowercase();
        WORDS.iter().find(|word| word.spellings().any(|one| one.to_lowercase() == wanted))
    }

    /// Every spelling.
    pub(crate) fn spellings(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.english.iter().chain(self.chinese).copied()
    }

    /// How it is listed for a reader of this language.
    pub(crate) fn title(&self, lang: Lang) -> String {
        let (english, chinese) = (self.english[0], self.chinese[0]);
        match lang {
            Lang::En => english.to_owned(),
            Lang::Zh if chinese == english => english.to_owned(),
            Lang::Zh => format!("{chinese} ({english})"),
        }
    }
}

const fn word(
    english: &'static [&'static str],
    chinese: &'static [&'static str],
    meaning: &'static str,
) -> Word {
    Word { english, chinese, meaning }
}

/// All of them: levels and points first, then machines, then what a miner says, then evidence.
pub(crate) static WORDS: &[Word] = &[
    word(&["confirmed"], &["已确认"], "cli-word-confirmed"),
    word(&["probable"], &["很可能"], "cli-word-probable"),
    word(&["suspicious"], &["可疑"], "cli-word-suspicious"),
    word(&["noted"], &["有迹象"], "cli-word-noted"),
    word(&["clear", "cannot say"], &["未见异常", "无法判断"], "cli-word-clear"),
    word(&["points", "counted"], &["分值", "分"], "cli-word-points"),
    word(&["prior"], &["先验值"], "cli-word-prior"),
    word(&["group"], &["组"], "cli-word-group"),
    word(&["wire"], &["线路", "线路（wire）"], "cli-word-wire"),
    word(&["dest"], &["去向", "去向（dest）"], "cli-word-dest"),
    word(&["web"], &["网页", "网页（web）"], "cli-word-web"),
    word(&["intake"], &["进入途径", "进入途径（intake）"], "cli-word-intake"),
    word(&["compute"], &["计算", "计算（compute）"], "cli-word-compute"),
    word(&["artefact"], &["痕迹", "痕迹（artefact）"], "cli-word-artefact"),
    word(&["algo"], &["算法状态", "算法状态（algo）"], "cli-word-algo"),
    word(&["code"], &["挖矿指令", "挖矿指令（code）"], "cli-word-code"),
    word(&["stealth"], &["隐藏", "隐藏（stealth）"], "cli-word-stealth"),
    word(&["persist"], &["自启动", "自启动（persist）"], "cli-word-persist"),
    word(&["context"], &["背景", "背景（context）"], "cli-word-context"),
    word(&["weight"], &["权重"], "cli-word-weight"),
    word(&["conclusive"], &["决定性"], "cli-word-conclusive"),
    word(&["definition"], &["按定义", "按定义（definition）"], "cli-word-definition"),
    word(&["null"], &["按数学", "按数学（null）"], "cli-word-null"),
    word(&["listed"], &["按列表", "按列表（listed）"], "cli-word-listed"),
    word(&["measured"], &["实测", "实测（measured）"], "cli-word-measured"),
    word(&["simulated"], &["模拟", "模拟（simulated）"], "cli-word-simulated"),
    word(&["assumed"], &["假定", "假定（assumed）"], "cli-word-assumed"),
    word(
        &[
            "coverage",
            "fully visible",
            "visible but for the gaps",
            "partly visible",
            "hardly visible",
            "complete",
            "partial",
            "insufficient",
        ],
        &["可见程度", "完全可见", "除缺口外可见", "部分可见", "几乎不可见"],
        "cli-word-coverage",
    ),
    word(&["miner"], &["矿工"], "cli-word-miner"),
    word(&["proxy", "mining proxy"], &["挖矿代理", "代理"], "cli-word-proxy"),
    word(&["pool", "pools"], &["矿池", "矿池数"], "cli-word-pool"),
    word(&["pool name", "pool's name", "pool_name"], &["矿池名称"], "cli-word-pool-name"),
    word(
        &["node", "full node", "peers", "peer protocol", "chain"],
        &["全节点", "节点程序", "对端数", "对端协议", "链"],
        "cli-word-node",
    ),
    word(&["web miner", "web-miner"], &["网页矿工"], "cli-word-web-miner"),
    word(&["scanner"], &["扫描者"], "cli-word-scanner"),
    word(&["mac"], &["MAC"], "cli-word-mac"),
    word(
        &[
            "share",
            "shares",
            "shares accepted",
            "shares rejected",
            "shares sent",
            "records of the length of a share",
            "records of the length of a block",
        ],
        &["份额", "接受份额", "拒绝份额", "提交份额", "长度如份额的记录", "长度如区块的记录"],
        "cli-word-share",
    ),
    word(
        &["job", "work asked for", "work given", "work returned"],
        &["任务", "索取任务", "得到任务", "交回任务"],
        "cli-word-job",
    ),
    word(&["difficulty"], &["难度"], "cli-word-difficulty"),
    word(
        &["hashrate", "H/s", "hashrate it claims", "at least", "at most", "hashrate_low", "hashrate_high"],
        &["算力", "自称算力", "至少", "至多"],
        "cli-word-hashrate",
    ),
    word(&["Sol/s"], &["Sol/s"], "cli-word-solutions"),
    word(&["login", "in the name of"], &["登录名", "代理的客户端"], "cli-word-login"),
    word(&["wallet", "wallet of", "donation of"], &["钱包", "钱包币种", "捐赠来自"], "cli-word-wallet"),
    word(&["checksum", "wallet checked by", "form"], &["校验和", "钱包校验", "格式"], "cli-word-checksum"),
    word(&["worker"], &["矿机名"], "cli-word-worker"),
    word(&["agent"], &["程序"], "cli-word-agent"),
    word(
        &["coin", "coin known from", "coin offered there"],
        &["币种", "币种依据", "该处提供的币种"],
        "cli-word-coin",
    ),
    word(&["algorithm"], &["算法"], "cli-word-algorithm"),
    word(&["dialect", "protocol"], &["方言", "协议"], "cli-word-dialect"),
    word(
        &["session", "sessions", "connections", "connected", "clients"],
        &["会话", "会话数", "连接数", "已连接", "客户端数"],
        "cli-word-session",
    ),
    word(&["via", "upstream", "sent on to"], &["经由", "上游", "转到"], "cli-word-via"),
    word(&["refusal"], &["拒绝理由"], "cli-word-refusal"),
    word(&["nonce split"], &["随机数分段"], "cli-word-nonce-split"),
    word(
        &["look-ups", "asked for", "name", "listed as", "server", "host"],
        &["查询次数", "查询", "名称", "列表中为", "服务器", "主机名"],
        "cli-word-look-up",
    ),
    word(
        &[
            "file",
            "URL",
            "page",
            "content type",
            "bytes",
            "holds",
            "first file in it",
            "starts with",
            "words of a miner",
            "family",
            "SHA-256",
        ],
        &["文件", "页面", "内容类型", "字节数", "内含", "其中首个文件", "启动方式", "矿工用语数", "家族"],
        "cli-word-file",
    ),
    word(&["evidence", "record"], &["证据", "记录"], "cli-word-evidence"),
    word(&["flow"], &["流"], "cli-word-flow"),
    word(&["finding"], &["发现"], "cli-word-finding"),
    word(
        &["gap", "damage", "missing", "unread", "contradiction", "incomplete"],
        &["缺口", "不完整"],
        "cli-word-gap",
    ),
    word(
        &[
            "attack",
            "answered",
            "attempts",
            "most in ten minutes",
            "busiest minute before",
            "chain of machines",
            "carried nothing",
            "minutes watched before",
            "minutes between",
            "other ends",
            "port",
            "ports",
            "reached by",
            "refused",
            "service",
            "among them",
            "sources",
            "seems to have succeeded at",
            "bytes of it",
            "seems to have succeeded from",
            "seconds of it",
            "targets",
            "unanswered",
            "seems to have succeeded",
        ],
        &[
            "攻击",
            "应答",
            "尝试",
            "十分钟内最多",
            "此前最忙一分钟",
            "机器链",
            "未传输内容",
            "此前观察分钟数",
            "间隔分钟",
            "对端",
            "端口",
            "端口数",
            "连入者",
            "被拒",
            "服务",
            "其中",
            "来源数",
            "似已成功于",
            "其字节数",
            "似已成功者",
            "其秒数",
            "目标数",
            "无应答",
            "似已成功",
        ],
        "cli-word-attack",
    ),
    word(
        &[
            "process",
            "cache KiB",
            "container",
            "percent of a processor",
            "processor seconds",
            "dataset KiB",
            "executable memory KiB",
            "huge pages KiB",
            "huge pages",
            "connection",
            "library",
            "oddity",
            "orders in",
            "pid",
            "program",
            "rounding modes",
            "scratchpads",
            "started by",
            "bound threads",
            "busy threads",
            "user",
            "usually",
            "when",
        ],
        &[
            "进程",
            "缓存 KiB",
            "容器",
            "占单个处理器百分比",
            "处理器秒数",
            "数据集 KiB",
            "可执行内存 KiB",
            "大页 KiB",
            "大页数",
            "连接",
            "库",
            "异常之处",
            "指令所在",
            "进程号",
            "程序文件",
            "舍入模式",
            "暂存区",
            "启动者",
            "绑定线程",
            "繁忙线程",
            "用户",
            "通常位置",
            "时间",
        ],
        "cli-word-process",
    ),
    word(
        &["exposure", "asks for", "danger", "root by password", "set in", "setting"],
        &["敞开的门", "要求", "危险", "root 可用口令", "设置于", "设置"],
        "cli-word-exposure",
    ),
    word(
        &[
            "break-in",
            "came in",
            "failed before it",
            "failed logins",
            "from",
            "last came in",
            "logins",
            "names tried",
            "proved by",
            "rank",
        ],
        &[
            "侵入",
            "进入于",
            "此前失败",
            "失败登录",
            "来自",
            "最后进入于",
            "登录次数",
            "尝试的名称数",
            "凭据",
            "名次",
        ],
        "cli-word-break-in",
    ),
    word(
        &["history", "command", "does", "recorded in", "typed"],
        &["历史", "命令", "行为", "记录于", "输入于"],
        "cli-word-history",
    ),
    word(&["confidence"], &["把握"], "cli-word-confidence"),
    word(&["sandbox"], &["沙箱"], "cli-word-sandbox"),
];

#[cfg(test)]
mod tests {
    use super::*;
    use report::{Words, message_files};

    /// The labels of facts, roles, levels, groups and kinds, as both languages print them.
    #[test]
    fn every_word_of_the_report_is_explained() {
        let starts =
            ["fact-", "report-level-", "report-role-", "report-coverage-", "report-group-", "report-kind-"];
        for lang in [Lang::En, Lang::Zh] {
            let words = Words::new(lang);
            let text: String = message_files(lang).iter().map(|(_, text)| *text).collect();
            for line in text.lines() {
                let Some((id, said)) = line.split_once(" = ") else { continue };
                if starts.iter().any(|start| id.starts_with(start)) {
                    assert!(words.knows(id));
                    assert!(Word::of(said.trim()).is_some(), "{lang:?}: nobody explains {said}");
                }
            }
        }
    }

    #[test]
    fn no_spelling_has_two_meanings() {
        for word in WORDS {
            for spelling in word.spellings() {
                let found = Word::of(spelling).map(|found| found.meaning);
                assert_eq!(found, Some(word.meaning), "{spelling}");
            }
        }
    }
}
