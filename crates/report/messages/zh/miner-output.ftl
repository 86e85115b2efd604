# miner-output

miner-output-summary = 矿工写出的日志与屏幕内容
miner-output-no-zone = 时间没有注明时区，按 UTC 读取
miner-output-pools-left-out = 因数量过多而略去的矿池
miner-output-lines-cut = 因过长而截断的行
