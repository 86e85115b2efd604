# miner-log

miner-log-summary = a miner's own log or screen: pool in use, jobs, shares
miner-log-mines = a miner's log shows work from { $pool }; shares accepted: { $accepted }
miner-log-works = a miner's log shows work from a pool that it does not name; shares accepted: { $accepted }
miner-log-tried = a miner's log shows attempts and no work
miner-log-idle = a miner's log names no pool
miner-log-seen = { $line }
