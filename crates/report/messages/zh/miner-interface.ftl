# miner-interface

miner-interface-summary = 通过管理接口或代理程序报告自身状态的矿工
miner-interface-tells = { $interface } 是矿机管理接口：{ $product }
miner-interface-tells-pool = { $interface } 是矿机管理接口：{ $product }，矿池 { $pool }
miner-interface-reports = 矿机代理程序（{ $product }）向 { $interface } 报告 { $program } 正在挖矿
miner-interface-registers = 矿机代理程序（{ $product }）向 { $interface } 登记，没有矿工在运行
miner-interface-at = { $product } 报告自身状态
