# 结论补充的内容：该做什么、什么会改变结论、什么可以作无害解释。

verdict-advice-isolate-or-block = 隔离它或封锁 { $address }
verdict-advice-isolate-or-block-all = 隔离它或封锁其矿池的 { $count } 个地址（见各条发现）
verdict-advice-isolate = 隔离它
verdict-advice-clients = 查看 { $host } 向哪些机器分发任务
verdict-advice-scan = 在 { $host } 上查找是哪个进程建立了这些连接

verdict-advice-pause = 暂停它：`kill -STOP { $pid }`（恢复：`kill -CONT { $pid }`）
verdict-next-remove = 先移除使它重新启动的项目（见各条发现），再检查一次
verdict-next-starter = 是什么使它重新启动：已检查的位置都不是，请在重启后再检查一次
verdict-next-traffic = 抓取几分钟的流量：{ $from } → { $to }
verdict-next-job = 看到服务器发来的任务：{ $from } → { $to }
verdict-next-host = 检查主机本身、它的进程和启动项：{ $from } → { $to }
verdict-next-scan = 在 { $host } 上运行 `minehound scan`（Windows：`netstat -abno`），找出该进程以及是什么启动它
verdict-next-session = 从第一个数据包起抓取整个会话：{ $from } → { $to }
verdict-next-content = 检查主机本身：它发送的内容已加密，或证据中几乎没有
verdict-next-look-ups = 它的 DNS 流量：证据中没有它查询过哪些名称

verdict-explained-list-check = 它在几分钟内查询许多列表中的名称而一个也不连接：它在核对列表
verdict-explained-resolver = 它替其他机器查询名称
verdict-explained-node = 它运行 { $chain } 的全节点
verdict-explained-relay = 它转发的是 { $client } 在那里的活动

verdict-remark-carrier-nat = 运营商级 NAT 的地址：背后可能有许多机器
verdict-remark-reach = 无法查看：{ $what }；具有 { $capability }（root 具备）即可查看
