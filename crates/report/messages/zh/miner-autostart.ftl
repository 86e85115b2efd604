# miner-autostart

miner-autostart-summary = 会自动启动并下达挖矿指令的条目
miner-autostart-orders = 会自动启动矿工：{ $place }（{ $mechanism }）指示在 { $pool } 挖矿
miner-autostart-at = { $place }
