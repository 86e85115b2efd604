# miner-autostart

miner-autostart-summary = entries that start by themselves and order mining
miner-autostart-orders = starts a miner by itself: { $mechanism } at { $place } orders mining at { $pool }
miner-autostart-at = { $place }
