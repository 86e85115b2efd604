# miner-output

miner-output-summary = logs and screens that miners write
miner-output-no-zone = the times name no zone and are read as UTC
miner-output-pools-left-out = pools, left out because there are too many
miner-output-lines-cut = lines cut because they are too long
