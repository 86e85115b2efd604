# miner-interface

miner-interface-summary = 通过管理接口报告自身状态的矿工
miner-interface-tells = { $interface } 是矿机管理接口：{ $product }
miner-interface-tells-pool = { $interface } 是矿机管理接口：{ $product }，矿池 { $pool }
miner-interface-at = { $product } 报告自身状态
