# miner-process

miner-process-summary = processes that were told to mine, are called as a miner, or are connected to a pool
miner-process-ordered = { $process } (pid { $pid }) runs with orders to mine at { $pool }
miner-process-named = { $process } (pid { $pid }) is called as the miner { $family }
miner-process-malware = { $process } (pid { $pid }) is called as programs of { $family }, which mines
miner-process-at-pool = { $process } (pid { $pid }) is connected to the listed pool { $pool }
miner-process-seen = { $command }
