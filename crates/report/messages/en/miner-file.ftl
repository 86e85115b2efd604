# miner-file

miner-file-summary = files that order mining, or hold a miner's program
miner-file-orders = { $path } orders mining at { $pool }
miner-file-program = { $path } is a program with { $options } options of miners
miner-file-idle = { $path } is a miner's configuration that pays nobody
miner-file-seen = { $path }
