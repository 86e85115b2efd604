# miner-interface

miner-interface-summary = miners that tell how they are over their management interface
miner-interface-tells = a miner management interface at { $interface }: { $product }
miner-interface-tells-pool = a miner management interface at { $interface }: { $product }, pool { $pool }
miner-interface-at = { $product } tells how it is
