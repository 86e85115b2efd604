# session-owner

session-owner-summary = 持有抓包中挖矿连接的进程
session-owner-holds = { $process }（pid { $pid }）持有挖矿连接 { $client } → { $server }
session-owner-seen = { $command }
