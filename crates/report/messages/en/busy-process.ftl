# busy-process

busy-process-summary = processes that keep processors busy
busy-process-busy = { $process } (pid { $pid }) keeps processors busy: { $share } % of one
busy-process-threads = { $process } (pid { $pid }) computes as miners do: { $share } % of a processor in { $threads } threads on { $processors } processors, bound to them or giving way to all others
busy-process-seen = { $command }
