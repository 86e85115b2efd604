# machine-tuning

machine-tuning-summary = 挖矿留下的设置，以及无人认领的处理器时间
machine-tuning-msr = 有程序写过型号专用寄存器，而这类写入不留日志
machine-tuning-huge-pages = 预留了 { $count } 个大页，无人使用
machine-tuning-unaccounted = 程序占用的 { $all } % 中，有单个处理器的 { $missing } % 不属于任何可见进程
machine-tuning-seen = 内核的设置与计数
