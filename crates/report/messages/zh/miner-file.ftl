# miner-file

miner-file-summary = 下达挖矿指令或包含矿工程序的文件
miner-file-orders = { $path } 下达挖矿指令，矿池 { $pool }
miner-file-program = { $path } 是含有 { $options } 个矿工选项的程序
miner-file-idle = { $path } 是矿工配置，但不为任何人挖矿
miner-file-seen = { $path }
