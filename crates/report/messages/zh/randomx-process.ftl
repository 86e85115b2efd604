# randomx-process

randomx-process-summary = 内存与运算符合 RandomX 的进程
randomx-process-memory = { $process }（pid { $pid }）占有 RandomX 数据集大小的内存：{ $size } MiB
randomx-process-light = { $process }（pid { $pid }）占有 RandomX 缓存大小的内存（{ $size } MiB），并在运行中生成代码
randomx-process-rounding = { $process }（pid { $pid }）像 RandomX 那样改变舍入模式
randomx-process-both = { $process }（pid { $pid }）正在计算 RandomX：内存（{ $size } MiB）与全部四种舍入模式
randomx-process-seen = { $command }
