# stratum-v2

stratum-v2-summary = Stratum V2 inside encryption, by the shape of its handshake
stratum-v2-handshake = a connection to { $server } begins like encrypted Stratum V2
stratum-v2-works = a connection to { $server } begins like encrypted Stratum V2 and carries { $records } records of the length of a share
stratum-v2-at-handshake = handshake with { $server }
