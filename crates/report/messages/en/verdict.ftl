# What the verdict adds: what to do, what would change it, what explains a fact away.

verdict-advice-isolate-or-block = isolate it or block { $address }
verdict-advice-isolate-or-block-all = isolate it or block the { $count } addresses of its pools (see its findings)
verdict-advice-isolate = isolate it
verdict-advice-clients = look at the machines that { $host } hands work to
verdict-advice-scan = look on { $host } for the process that makes these connections

verdict-advice-pause = pause it: `kill -STOP { $pid }` (undo: `kill -CONT { $pid }`)
verdict-next-remove = remove what starts it again (see its findings), then look again
verdict-next-starter = what starts it again: none of the places looked at does, so look again after a restart
verdict-next-traffic = its traffic, a capture of some minutes: { $from } → { $to }
verdict-next-job = a job from the server: { $from } → { $to }
verdict-next-host = the machine itself, its processes and what starts them: { $from } → { $to }
verdict-next-scan = run `minehound scan` on { $host } (Windows: `netstat -abno`) to find the process and what starts it
verdict-next-session = a capture of the whole session, from its first packet: { $from } → { $to }
verdict-next-content = a look at the machine itself: what it sends is encrypted or hardly in the evidence
verdict-next-look-ups = its DNS traffic: which names it looks up is not in the evidence

verdict-explained-list-check = it asks for many listed names within minutes and connects to none: it checks a list
verdict-explained-resolver = it looks up names on behalf of other machines
verdict-explained-node = it runs a full node of { $chain }
verdict-explained-relay = it passes on what { $client } does there

verdict-remark-carrier-nat = an address of carrier-grade NAT: many machines may stand behind it
verdict-remark-reach = out of reach: { $what }; with { $capability } (root has it) they could be looked at
