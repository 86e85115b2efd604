# connection-surge

connection-surge-summary = 突然同时与许多地址往来：对端数是此前任何一分钟的十倍
connection-surge-opened = 在一分钟内尝试连接{ $more ->
    [none] {""}
   *[other] 至少
} { $peers } 个地址；此前 { $minutes } 分钟内每分钟从未超过 { $before } 个
connection-surge-received = 在一分钟内被{ $more ->
    [none] {""}
   *[other] 至少
} { $peers } 个地址尝试连接；此前 { $minutes } 分钟内每分钟从未超过 { $before } 个；{ $connections } 个连接中有 { $empty } 个未传输任何内容
connection-surge-at-first = 这一分钟开始
