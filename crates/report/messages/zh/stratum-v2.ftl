# stratum-v2

stratum-v2-summary = 加密的 Stratum V2：依据握手的形状
stratum-v2-handshake = 到 { $server } 的连接以加密 Stratum V2 的形状开头
stratum-v2-works = 到 { $server } 的连接以加密 Stratum V2 的形状开头，并有 { $records } 条份额长度的记录
stratum-v2-at-handshake = 与 { $server } 握手
