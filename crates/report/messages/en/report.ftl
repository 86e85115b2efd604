# What the report says. A part begins with its own space or comma, so that it can be left out.

report-text-summary = the report for people: answer, advice, details; points with --why
report-json-summary = the report for programs: one JSON document, minehound.report/1

report-host = { $host }
report-host-named = { $address } ({ $name })
report-first-line = { $sentence } — { $verdict }
report-mines = { $host } mines{ $coin }{ $pool }{ $process }{ $since }{ $shares }{ $further }
report-tried = { $host } tried to mine{ $coin }{ $pool }{ $process }{ $first }{ $further }
report-was-refused = { $host } was refused when it tried to mine{ $coin }{ $pool }{ $process }{ $first }{ $further }
report-relays = { $host } is a proxy that mines{ $coin }{ $pool }{ $since }{ $shares }{ $further }
report-does = { $host } { $what }
report-cannot-say = { $host }: the evidence shows too little of it
report-nothing = { $host }: no mining seen
report-attack = { $host }: no mining seen, but it { $what }
report-and-attack = { $sentence }; it also { $what }

report-part-none = { "" }
report-part-coin = { " " }{ $coin }
report-part-pool = { " " }at { $pool }
report-part-process = { " " }with { $process } (pid { $pid })
report-part-since = { " " }since { $since }
report-part-first = , first at { $first }
report-part-shares = , { $count } { $count ->
    [one] share
   *[other] shares
} accepted
report-part-shares-none = , no share seen
report-part-shares-sent = , { $count } { $count ->
    [one] share
   *[other] shares
} sent
report-part-shares-in-vain = , none of { $count } { $count ->
    [one] share
   *[other] shares
} accepted
report-part-further = , and at { $count } more { $count ->
    [one] pool
   *[other] pools
}
report-next = next: { $what }
report-semicolon = ;{ " " }
report-after-sentence = { " " }

report-level-cannot-say = cannot say
report-level-clear = clear
report-level-noted = noted
report-level-suspicious = suspicious
report-level-probable = probable
report-level-confirmed = confirmed

report-role-miner = miner
report-role-proxy = mining proxy
report-role-pool = pool
report-role-node = full node
report-role-web-miner = web miner
report-role-scanner = scanner

report-coverage-complete = fully visible
report-coverage-complete-but = visible but for the gaps
report-coverage-partial = partly visible
report-coverage-insufficient = hardly visible

report-points = { $points } points
report-also = also { $names }
report-yes = yes
report-no = no

report-no-mining = no mining seen in { $hosts } { $hosts ->
    [one] host
   *[other] hosts
} and { $flows } { $flows ->
    [one] flow
   *[other] flows
}
report-no-mining-inside = no mining seen on the machine, { $processes } { $processes ->
    [one] process
   *[other] processes
} looked at
report-no-mining-files = no mining seen in the files of the machine; what runs there is not known
report-no-host = cannot say: the evidence shows no host at all
report-others-clear = no mining seen on the other { $hosts ->
    [one] host
   *[other] { $hosts } hosts
}
report-only-asked = only this host was asked for
report-no-others = no other hosts in the evidence
report-all-read = ; all of the traffic in the evidence could be read
report-all-looked-at = ; everything could be looked at
report-not-visible = ; what could not be seen:{ " " }
report-unseen-encrypted = TLS content of { $count } { $count ->
    [one] flow
   *[other] flows
}
report-unseen-partly = { $count } of { $hosts } hosts only partly
report-unseen-incomplete = missing packets in { $count } { $count ->
    [one] flow
   *[other] flows
}
report-unseen-opaque = content of { $count } { $count ->
    [one] flow
   *[other] flows
} in protocols that are not read
report-unseen-bomb = the rest of { $count } compressed { $count ->
    [one] file
   *[other] files
}, which unpacks to more than is read
report-unseen-damage = { $count } damaged { $count ->
    [one] place
   *[other] places
} in the evidence
report-unseen-missing = { $count } { $count ->
    [one] packet
   *[other] packets
} that the capture lost or cut short
report-unseen-unread = { $count } { $count ->
    [one] thing
   *[other] things
} left unread, as listed under Evidence
report-unseen-contradiction = { $count } { $count ->
    [one] contradiction
   *[other] contradictions
} between packets
report-nothing-read = cannot say: nothing of what was named could be read
report-unseen-errors = { $count } { $count ->
    [one] source that was not read at all
   *[other] sources that were not read at all
}

report-more-findings = … and { $count } more (all of them with --why)
report-title-evidence = Evidence
report-title-errors = Not used
report-records = { $count } { $count ->
    [one] record
   *[other] records
}
report-more-evidence = … and { $count } more (all of them with --why)
report-gap = { $count ->
    [one] { $reason }, at { $at }
   *[other] { $reason }, { $count } times, first at { $at }
}
report-gap-whole = { $count ->
    [one] { $reason }
   *[other] { $reason }, { $count } times
}
report-at-packet = packet { $number }
report-at-byte = byte { $number }
report-at-line = line { $number }
report-at-process = process { $number }
report-at-whole = the whole of it

report-sandbox = Sandbox: only the named evidence could be read; no network, no program, nothing written but what was asked for (Landlock ABI { $abi }, seccomp).
report-sandbox-landlock = Sandbox: only the named evidence could be read (Landlock ABI { $abi }; this kernel has no seccomp).
report-sandbox-seccomp = Sandbox: no network, no program (seccomp; this kernel has no Landlock, so other files could be read).
report-sandbox-none = Sandbox: none.
report-zone = Times in { $zone }.
report-zone-day = Times in { $zone }, { $day }.
report-read-on = Points and packets: --why. A dialogue: --show { $finding }.

report-login-wallet = (wallet)
report-why-legend = How the points add up: each bar leads from the sum so far to the next; █ speaks for mining, ▒ against it, ┊ is zero. Below it: the group of the fact, its points by itself, what they rest on, and where to look. `minehound explain WORD` explains each word.
report-group-wire = wire
report-group-dest = dest
report-group-web = web
report-group-intake = intake
report-group-compute = compute
report-group-artefact = artefact
report-group-algo = algo
report-group-code = code
report-group-stealth = stealth
report-group-persist = persist
report-group-context = context
report-kind-definition = definition
report-kind-null = null
report-kind-listed = listed
report-kind-measured = measured
report-kind-simulated = simulated
report-kind-assumed = assumed
report-value-checksum = checksum
report-value-form = form
report-value-wallet = wallet
report-value-network-difficulty = the network's difficulty
report-value-pool = pool
report-value-high = high
report-value-medium = medium
report-value-low = low
report-value-nothing = nothing
report-value-varies = depends on version or package
report-value-password = password
report-value-key = key or certificate
report-value-other = not said
report-why-prior = prior: where every host starts, before anything is known of it
report-why-group = { $group } together { $sum }: the largest, and a fifth of the others (cap { $cap })
report-why-weight = { $group } · { $points } by itself · { $kind }: { $source }
report-why-conclusive = { " " }· conclusive
report-why-place = { $evidence } { $at }:{ " " }
report-why-more-places = … and { $count } more { $count ->
    [one] place
   *[other] places
} (all of them with --format json)
report-why-not-counted = Seen, not counted:
report-why-explained = because { $reason }
report-why-not-found = Looked for and not found:{ " " }
report-why-next = What would change it:{ " " }

report-dialogue-client = client { $end }
report-dialogue-server = server { $end }
report-dialogue-answers = answers { $line }
report-dialogue-one-of = one of { $sessions } sessions of this finding
report-dialogue-none = { $finding } has no recorded dialogue: only a session with readable messages has one
report-dialogue-unknown = there is no finding { $finding }; this case has { $known }
report-dialogue-no-findings = there is no finding { $finding }: this case has none
