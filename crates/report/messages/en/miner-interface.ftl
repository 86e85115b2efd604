# miner-interface

miner-interface-summary = miners that tell how they are over their management interface or by an agent
miner-interface-tells = a miner management interface at { $interface }: { $product }
miner-interface-tells-pool = a miner management interface at { $interface }: { $product }, pool { $pool }
miner-interface-reports = the agent of a mining rig ({ $product }) reports to { $interface } that { $program } mines
miner-interface-registers = the agent of a mining rig ({ $product }) makes itself known to { $interface }, no miner at work
miner-interface-at = { $product } tells how it is
