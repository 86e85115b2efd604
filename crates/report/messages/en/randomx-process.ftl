# randomx-process

randomx-process-summary = processes with the memory and the arithmetic of RandomX
randomx-process-memory = { $process } (pid { $pid }) holds memory of the size of the RandomX dataset: { $size } MiB
randomx-process-light = { $process } (pid { $pid }) holds memory of the size of the RandomX cache ({ $size } MiB) and code made as it runs
randomx-process-rounding = { $process } (pid { $pid }) changes rounding modes as RandomX does
randomx-process-both = { $process } (pid { $pid }) computes RandomX: its memory ({ $size } MiB) and all four rounding modes
randomx-process-seen = { $command }
