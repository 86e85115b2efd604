# 检测器关于主机的说法。每条都是省略主语的句子：“10.1.4.23：查询了……”。

stratum-session-summary = 挖矿协议的会话：登录、任务、份额及其应答
stratum-session-mines = 在 { $pool } 挖矿（{ $protocol }），{ $sessions } 次会话{ $shares }
stratum-session-tried = 尝试在 { $pool } 挖矿（{ $protocol }），{ $sessions } 次会话，没有看到任务
stratum-session-refused = 被 { $pool } 拒绝（{ $protocol }）{ $refusal ->
    [none] { "" }
   *[other] ：{ $refusal }
}
stratum-session-probes = 在 { $sessions } 次会话中对 { $pools } 台服务器使用挖矿协议，其中有 { $pool }
stratum-session-serves = 在 { $pool }（{ $protocol }）向 { $clients } 个客户端分发挖矿任务
stratum-session-relays = 为 { $clients } 个客户端转发到 { $pool } 的挖矿连接（{ $protocol }）

mining-rpc-summary = 通过 HTTP 向节点索取任务：getwork、getblocktemplate、eth_getWork 和 Monero 守护进程
mining-rpc-mines = 在节点 { $pool } 挖矿（{ $protocol }），索取任务 { $polled } 次
mining-rpc-tried = 尝试在节点 { $pool } 挖矿（{ $protocol }），索取任务 { $polled } 次，没有得到
mining-rpc-refused = 被节点 { $pool } 拒绝（{ $protocol }）{ $refusal ->
    [none] { "" }
   *[other] ：{ $refusal }
}
mining-rpc-polls = 向节点 { $pool } 索取任务 { $polled } 次，没有自称矿工
mining-rpc-probes = 在 { $sessions } 次会话中向 { $pools } 台服务器索取任务，其中有 { $pool }
mining-rpc-serves = 在 { $pool }（{ $protocol }）通过 HTTP 向 { $clients } 个客户端发放任务
mining-rpc-relays = 为 { $clients } 个客户端转发到 { $pool } 的任务请求（{ $protocol }）

web-miner-summary = 网页矿工的会话
web-miner-mines = 网页在 { $pool } 挖矿，{ $sessions } 次会话{ $shares }
web-miner-tried = 网页尝试在 { $pool } 挖矿，{ $sessions } 次会话，没有看到任务
web-miner-refused = 网页矿工被 { $pool } 拒绝{ $refusal ->
    [none] { "" }
   *[other] ：{ $refusal }
}
web-miner-probes = 网页在 { $sessions } 次会话中对 { $pools } 台服务器使用挖矿协议，其中有 { $pool }
web-miner-serves = 在 { $pool } 向 { $clients } 个客户端分发网页挖矿任务
web-miner-relays = 为 { $clients } 个客户端转发到 { $pool } 的网页矿工连接

web-miner-host-summary = 向网页提供矿工的主机
web-miner-host-asked = 请求了向网页提供矿工的 { $name }
web-miner-host-connected = 连接了向网页提供矿工的 { $name }
web-miner-host-at-name = 请求 { $name }
web-miner-host-at-connection = 连接 { $server }

web-miner-page-summary = 在浏览器中启动矿工的页面、脚本和模块
web-miner-page-starts = 获取了启动矿工的页面或脚本 { $url }
web-miner-page-module = 获取了带有矿工特征的 WebAssembly 模块 { $url }
web-miner-page-at = { $target } 的结尾

miner-download-summary = 通过 HTTP 下载的矿工及其脚本和配置，以及提供矿工的主机
miner-download-asked = 请求了名称像矿工（{ $family }）的文件 { $url }
miner-download-fetched = 获取了矿工、其脚本或配置 { $url }
miner-download-host = 请求了只提供 { $family } 文件的 { $name }
miner-download-site = 请求了 { $family } 的网站 { $name }
miner-download-at-request = 请求 { $url }
miner-download-at-file = { $url } 的结尾

session-at-request = 第一个请求
session-at-answer = 对请求的第一个应答
session-at-login = 登录
session-at-job = 第一个任务
session-at-submit = 第一个提交的份额
session-at-accepted = 第一个被接受的份额
session-at-refused = 第一次拒绝
session-at-redirect = 服务器让客户端转到别处
session-shares-unknown = { "" }
session-shares-none = ，没有看到份额
session-shares-sent = ，提交了 { $count } 个份额，没有看到应答
session-shares-in-vain = ，{ $count } 个份额都没有被接受
session-shares-accepted = ，{ $count } 个份额被接受

miner-agent-summary = 自称矿工的程序
miner-agent-names-itself = 对 { $server } 自称 { $agent }
miner-agent-at = 自称 { $agent }

pool-name-summary = 已知矿池的名称：被查询，随后被连接
pool-name-looked-up = 查询了矿池名称 { $name }，{ $count } 次
pool-name-blocked = 查询了矿池名称 { $name }，{ $count } 次，没有得到真实地址
pool-name-connected = 按名称找到矿池 { $name } 并连接其挖矿端口，{ $connections } 次
pool-name-web-site = 访问了矿池网站 { $name }
pool-name-at-look-up = 查询 { $name }
pool-name-at-request = 请求 { $name }
pool-name-at-connection = 连接 { $server }

pool-address-summary = 已知矿池的地址和端口，以及在本证据中证实为矿池的服务器
pool-address-listed = 连接了已知矿池地址 { $pool }，{ $connections } 次
pool-address-learned = 连接了 { $pool }（另一会话证实它是矿池），{ $connections } 次
pool-address-at-connection = 连接 { $server }

pool-port-summary = 矿池常用而其他服务很少使用的端口：仅是线索
pool-port-used = 连接了 { $server }，这是矿池常用的端口，{ $connections } 次
pool-port-at-connection = 连接 { $server }

full-node-summary = 某条链的全节点：许多现象的无害解释
full-node-runs = 运行 { $chain } 的全节点，{ $peers } 个对端
full-node-wallet = 使用 { $chain } 协议，轻钱包及其服务器皆如此，{ $peers } 个连接
full-node-at = 使用 { $protocol }
