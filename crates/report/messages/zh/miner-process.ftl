# miner-process

miner-process-summary = 收到挖矿指令、名称为矿工或连接矿池的进程
miner-process-ordered = { $process }（pid { $pid }）带着挖矿指令运行，矿池 { $pool }
miner-process-named = { $process }（pid { $pid }）的名称是矿工 { $family }
miner-process-malware = { $process }（pid { $pid }）的名称属于会挖矿的 { $family } 家族
miner-process-at-pool = { $process }（pid { $pid }）连接到已知矿池 { $pool }
miner-process-seen = { $command }
