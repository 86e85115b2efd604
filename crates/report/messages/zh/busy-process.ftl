# busy-process

busy-process-summary = 持续占用处理器的进程
busy-process-busy = { $process }（pid { $pid }）持续占用处理器：单个处理器的 { $share } %
busy-process-threads = { $process }（pid { $pid }）像矿工一样计算：占单个处理器的 { $share } %，{ $threads } 个线程，共 { $processors } 个处理器，线程绑定处理器或让位于其他程序
busy-process-seen = { $command }
