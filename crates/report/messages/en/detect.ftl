# What detectors say about a host. Each is a sentence without its subject: "10.1.4.23: looked up …".

stratum-session-summary = sessions in a mining protocol: logins, jobs, shares, and the answers to them
stratum-session-mines = mines at { $pool } ({ $protocol }), { $sessions } { $sessions ->
    [one] session
   *[other] sessions
}{ $shares }
stratum-session-tried = tried to mine at { $pool } ({ $protocol }), { $sessions } { $sessions ->
    [one] session
   *[other] sessions
}, no job seen
stratum-session-refused = was refused by { $pool } ({ $protocol }){ $refusal ->
    [none] { "" }
   *[other] : { $refusal }
}
stratum-session-probes = spoke a mining protocol to { $pools } servers in { $sessions } sessions, { $pool } among them
stratum-session-serves = hands out mining work at { $pool } ({ $protocol }) to { $clients } { $clients ->
    [one] client
   *[other] clients
}
stratum-session-relays = passes mining connections on to { $pool } ({ $protocol }) for { $clients } { $clients ->
    [one] client
   *[other] clients
}

mining-rpc-summary = work polled from a node over HTTP: getwork, getblocktemplate, eth_getWork and Monero's daemon
mining-rpc-mines = mines at the node { $pool } ({ $protocol }), asked for work { $polled } { $polled ->
    [one] time
   *[other] times
}
mining-rpc-tried = tried to mine at the node { $pool } ({ $protocol }), asked for work { $polled } { $polled ->
    [one] time
   *[other] times
} and was given none
mining-rpc-refused = was refused by the node { $pool } ({ $protocol }){ $refusal ->
    [none] { "" }
   *[other] : { $refusal }
}
mining-rpc-polls = asked the node { $pool } for work { $polled } { $polled ->
    [one] time
   *[other] times
} without naming itself a miner
mining-rpc-probes = asked { $pools } servers for work in { $sessions } sessions, { $pool } among them
mining-rpc-serves = gives out work over HTTP at { $pool } ({ $protocol }) to { $clients } { $clients ->
    [one] client
   *[other] clients
}
mining-rpc-relays = passes requests for work on to { $pool } ({ $protocol }) for { $clients } { $clients ->
    [one] client
   *[other] clients
}

web-miner-summary = sessions of miners in web pages
web-miner-mines = a web page mines at { $pool }, { $sessions } { $sessions ->
    [one] session
   *[other] sessions
}{ $shares }
web-miner-tried = a web page tried to mine at { $pool }, { $sessions } { $sessions ->
    [one] session
   *[other] sessions
}, no job seen
web-miner-refused = a web page's miner was refused by { $pool }{ $refusal ->
    [none] { "" }
   *[other] : { $refusal }
}
web-miner-probes = web pages spoke a mining protocol to { $pools } servers in { $sessions } sessions, { $pool } among them
web-miner-serves = hands out mining work for web pages at { $pool } to { $clients } { $clients ->
    [one] client
   *[other] clients
}
web-miner-relays = passes web miners' connections on to { $pool } for { $clients } { $clients ->
    [one] client
   *[other] clients
}

web-miner-host-summary = hosts that serve miners to web pages
web-miner-host-asked = asked for { $name }, which serves miners to web pages
web-miner-host-connected = connected to { $name }, which serves miners to web pages
web-miner-host-at-name = asks for { $name }
web-miner-host-at-connection = connects to { $server }

web-miner-page-summary = pages, scripts and modules that start a miner in the browser
web-miner-page-starts = fetched a page or script that starts a miner, { $url }
web-miner-page-module = fetched a WebAssembly module with marks of a miner, { $url }
web-miner-page-at = the end of { $target }

miner-download-summary = miners downloaded over HTTP, their scripts and configurations, and hosts that serve miners
miner-download-asked = asked for a file named like a miner ({ $family }), { $url }
miner-download-fetched = fetched a miner, its script or its configuration, { $url }
miner-download-host = asked for { $name }, which serves files of { $family } and nothing else
miner-download-site = asked for { $name }, the site of { $family }
miner-download-at-request = asks for { $url }
miner-download-at-file = the end of { $url }

session-at-request = the first request
session-at-answer = the first answer to a request
session-at-login = the login
session-at-job = the first job
session-at-submit = the first share sent
session-at-accepted = the first share accepted
session-at-refused = the first refusal
session-at-redirect = the server sends the client elsewhere
session-shares-unknown = { "" }
session-shares-none = , no share seen
session-shares-sent = , { $count } { $count ->
    [one] share
   *[other] shares
} sent, the answers not seen
session-shares-in-vain = , none of { $count } { $count ->
    [one] share
   *[other] shares
} accepted
session-shares-accepted = , { $count } { $count ->
    [one] share
   *[other] shares
} accepted

miner-agent-summary = programs that call themselves a miner
miner-agent-names-itself = calls itself { $agent } at { $server }
miner-agent-at = calls itself { $agent }

pool-name-summary = names of known pools: looked up, and then connected to
pool-name-looked-up = looked up the pool name { $name }, { $count } { $count ->
    [one] time
   *[other] times
}
pool-name-blocked = looked up the pool name { $name }, { $count } { $count ->
    [one] time
   *[other] times
}, and was given no real address
pool-name-connected = asked for the pool { $name } by name and connected to its mining port, { $connections } { $connections ->
    [one] time
   *[other] times
}
pool-name-web-site = visited the web site of a pool, { $name }
pool-name-at-look-up = looks up { $name }
pool-name-at-request = asks for { $name }
pool-name-at-connection = connects to { $server }

pool-address-summary = addresses and ports of known pools, and of servers that proved to be pools in this evidence
pool-address-listed = connected to the known pool address { $pool }, { $connections } { $connections ->
    [one] time
   *[other] times
}
pool-address-learned = connected to { $pool }, which another session proved to be a pool, { $connections } { $connections ->
    [one] time
   *[other] times
}
pool-address-at-connection = connects to { $server }

pool-port-summary = ports that pools use and hardly anything else: a hint, no more
pool-port-used = connected to { $server }, a port that pools use, { $connections } { $connections ->
    [one] time
   *[other] times
}
pool-port-at-connection = connects to { $server }

full-node-summary = full nodes of a chain: the innocent explanation of much
full-node-runs = runs a full node of { $chain }, { $peers } { $peers ->
    [one] peer
   *[other] peers
}
full-node-wallet = speaks { $chain }, as light wallets and their servers do, { $peers } { $peers ->
    [one] connection
   *[other] connections
}
full-node-at = speaks { $protocol }
