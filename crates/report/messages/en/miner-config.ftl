# miner-config

miner-config-summary = configurations of miners and scripts that start one
miner-config-longer = the file goes on behind the part that was read
