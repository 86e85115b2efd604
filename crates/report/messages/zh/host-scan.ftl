# host-scan

host-scan-summary = 寻找其他机器的主机：在许多地址上试同一端口，或在一个地址上试许多端口
host-scan-sweep = 在 { $minutes } 分钟内向{ $more ->
    [none] {""}
   *[other] 至少
} { $targets } 个地址尝试端口 { $port }{ $more_ports ->
    [0] {" "}
   *[other] （另有 { $more_ports } 个端口）
}未果，{ $answered ->
    [0] 无地址应答
   *[other] { $answered } 个地址应答
}
host-scan-ports = 在 { $minutes } 分钟内尝试 { $other } 的{ $more ->
    [none] {""}
   *[other] 至少
} { $ports } 个端口未果{ $further ->
    [0] {""}
   *[other] ，另有 { $further } 台机器
}
host-scan-was-scanned = 在 { $minutes } 分钟内被 { $other }{ $further ->
    [0] {""}
   *[other] {" "}及另外 { $further } 个地址
}试探了{ $more ->
    [none] {""}
   *[other] 至少
} { $ports } 个关闭的端口
host-scan-at-attempt = 一次失败的尝试
