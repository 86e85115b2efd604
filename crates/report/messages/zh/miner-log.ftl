# miner-log

miner-log-summary = 矿工自己的日志或屏幕：所用矿池、任务、份额
miner-log-mines = 矿工日志显示来自 { $pool } 的任务；被接受的份额：{ $accepted }
miner-log-works = 矿工日志显示来自未写明矿池的任务；被接受的份额：{ $accepted }
miner-log-tried = 矿工日志显示尝试过，没有得到任务
miner-log-idle = 矿工日志没有提到矿池
miner-log-seen = { $line }
