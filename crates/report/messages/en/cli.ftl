# What the program says about itself: help, mistakes, progress.

cli-about = Minehound finds cryptomining in the evidence you have, says who mines, how sure that is, and why.
cli-usage = Usage:
cli-heading-commands = Commands:
cli-heading-arguments = Arguments:
cli-heading-options = Options:
cli-heading-answer = The answer:
cli-heading-evidence = The evidence:
cli-heading-run = The run:

cli-scan = investigates packet captures and machines, and says who mines
cli-collect = writes what a scan needs of this machine to one file, to be scanned elsewhere. The file holds arguments and environment of all processes, shell histories, settings and logs as they are, passwords among them: keep it as you keep secrets
cli-explain = lists every reader, detector, renderer and word of the report, or shows the page of one
cli-drill = a harmless exercise that ought to be detected
cli-drill-traffic = writes a capture in which it is known who mines what: made up, of reserved addresses and names
cli-drill-host = plays harmless actors on this machine that look like miners, and undoes everything: what does your monitoring see of them?

cli-value-command = COMMAND
cli-value-options = OPTIONS
cli-value-evidence = EVIDENCE
cli-value-file = FILE
cli-value-number = NUMBER
cli-value-format = FORMAT
cli-value-finding = FINDING
cli-value-host = HOST
cli-value-level = LEVEL
cli-value-time = TIME
cli-value-cidr = CIDR
cli-value-when = WHEN
cli-value-language = LANGUAGE
cli-value-id = ID
cli-value-scenario = SCENARIO
cli-value-actor = ACTOR
cli-value-folder = FOLDER

cli-option-evidence = captures (pcap, pcapng, also compressed), bundles of `minehound collect`, folders of them, a folder that is a machine's root, and - for stdin, in any mix; nothing for this machine itself; the kind of each is recognised by content, never by its name
cli-option-format = text for people, json for programs [text]
cli-option-output = write the answer to a file instead of stdout
cli-option-why = show the points of each machine, where each fact can be checked, and a Wireshark filter for it
cli-option-show = print the dialogue of a finding (f1, f2 …): requests and answers side by side, secrets masked
cli-option-extract = write a pcapng of just the packets that the findings rest on; a scan of it draws the same verdict
cli-option-show-secrets = show passwords instead of ***
cli-option-host = only the machine with this address or name
cli-option-all-hosts = also the machines of which there is nothing to say
cli-option-this-machine = also look at this machine itself, as happens when nothing else is named
cli-option-deep = stop busy threads of suspects for a millisecond at a time, to see how they round
cli-option-observe = seconds for which this machine is watched (default 3)
cli-option-fail-on = exit with 1 if a machine is at this level or above: noted, suspicious, probable, confirmed, never [probable]
cli-option-since = only what happened from this time on: 2026-11-24T09:12 in the local zone, or with Z in UTC
cli-option-until = only what happened up to this time
cli-option-inside = a range of addresses that is yours, besides the private ones; may be given several times
cli-option-intel = your own list of pools: a name, address, address:port or network on each line, then the coin if you like
cli-option-no-hash = no SHA-256 of the evidence: faster
cli-option-threads = how many threads to use [half of what the machine has]
cli-option-memory = MiB that tables and streams may use; the result is the same unless it is too little [256]
cli-option-no-sandbox = do not give up the right to read other files, use the network and run programs before evidence is read
cli-option-config = read settings from a TOML file; the command line has the last word
cli-option-progress = a bar on stderr for work over a second: auto (on a terminal), always, never [auto]
cli-option-collect-output = the bundle to write, readable by you alone; - for stdout. One that is there is not written over
cli-option-force = replace a file that is there
cli-option-collect-no-sandbox = do not give up the right to use the network, run programs and change files before the machine is looked at
cli-option-quiet = nothing on stderr but errors
cli-option-lang = en or zh [from the locale]
cli-option-color = auto, always, never; NO_COLOR is respected [auto]
cli-option-help = this page
cli-option-version = the version
cli-option-id = a unit (stratum-session) or a word of the report (probable, hashrate)
cli-option-list = list the scenarios
cli-option-scenario = which capture to make; --list shows them
cli-option-drill-output = where to write it: pcapng, or pcap if the name ends so [stdout]
cli-option-seed = another number gives other addresses, times and shares; the same number the same bytes [1]
cli-option-truth = also write the truth, as a table of labels
cli-option-list-actors = list the actors
cli-option-actor = only this actor; may be given several times [all that can act here]
cli-option-seconds = how long they act; Ctrl-C ends them sooner, and so does the end of whoever started them [60]
cli-option-root = write files below this folder, which must be no part of the running system [a temporary folder]
cli-option-pinned = bind each busy thread to one processor
cli-option-light = randomx-memory as in RandomX's light mode: 256 MiB
cli-option-touch = make the memory of randomx-memory resident: auto (if four times as much is free), always, never [auto]
cli-option-in-place = mounted-over for everybody on this machine: programs that list processes miss one until it ends

cli-mistake = { $what }; { $hint }
cli-unknown-option = there is no option { $option }
cli-unknown-command = there is no command { $command }
cli-missing-command = a command is missing
cli-given-twice = { $option } may be given only once
cli-missing-value = { $option } needs a value
cli-too-many-values = { $option } does not take the value { $value }
cli-bad-arguments = these arguments are not understood
cli-did-you-mean = did you mean { $word }?
cli-did-you-mean-scan = did you mean `minehound scan { $path }`?
cli-see-help = --help shows what there is
cli-bad-value = { $option } { $value }: { $want }
cli-want-utf8 = valid UTF-8 is wanted
cli-want-one-of = one of { $words } is wanted
cli-want-number = a whole number from { $least } to { $most } is wanted
cli-want-time = a time such as 2026-11-24T09:12, 2026-11-24 or 2026-11-24T08:12:00Z is wanted
cli-want-cidr = a range of addresses such as 198.51.100.0/24 is wanted
cli-want-flag = true or false is wanted
cli-want-table = a table such as [detector.pool-name] is wanted
cli-want-text = a text in quotes is wanted
cli-want-texts = a list of texts in quotes is wanted
cli-want-whole = a whole number is wanted
cli-since-after-until = --since is later than --until, so nothing is left to scan
cli-show-is-text = --show prints text: leave --format away
cli-no-such-host = no machine in the evidence is called { $host }; --all-hosts lists all of them
cli-unused = { $source }: { $reason }
cli-progress = { $records } { $records ->
    [one] record
   *[other] records
}

cli-cannot-read = cannot read { $path }: { $reason }
cli-empty-path = { $option } names no file; `-` is standard output
cli-cannot-write = cannot write { $path }: { $reason }
cli-output-is-evidence = { $path } is evidence and will not be written over; choose another file
cli-sandbox-none = this kernel has neither Landlock nor seccomp: the run goes on without a sandbox
cli-sandbox-no-landlock = this kernel has no Landlock: the run goes on with half a sandbox (no network, no programs, but any file can be read)
cli-sandbox-no-seccomp = this kernel has no seccomp filters: the run goes on with half a sandbox (only the named evidence can be read)
cli-extract-own-file = --extract writes a capture: name a file of its own for it
cli-extract-empty = nothing was found, so the extract holds no packets
cli-collect-where = name the bundle to write: minehound collect -o FILE
cli-collect-exists = { $path } is there already; choose another name, or replace it with --force
cli-collect-terminal = a bundle is no text for a terminal; name a file with -o, or send it on: `minehound collect -o - | ssh desk minehound scan -`
cli-collect-linux = only a machine that runs Linux can be collected
cli-collect-done = { $path }: { $processes } processes, { $contents } files, { $bytes } bytes, SHA-256 { $sha256 }
cli-collect-secrets = it holds arguments and environment of all processes, shell histories, settings and logs as they are: keep it as you keep secrets
cli-collect-reach = without { $capability } it lacks { $what }; root has it
cli-extract-incomplete = there were more conversations than are remembered: packets of some may be missing from the extract
cli-list-too-long = the list of pools is larger than { $most } MB
cli-io-not-found = there is no such file or folder
cli-io-permission = permission denied; run as a user who may
cli-io-directory = it is a folder
cli-io-not-directory = a part of the path is not a folder
cli-io-full = no space left
cli-io-read-only = the file system is read-only
cli-io-not-text = it is not UTF-8 text
cli-io-other = { $text }

cli-config = { $path }: { $what }
cli-config-too-long = larger than 1 MB: this is no configuration
cli-config-not-toml = line { $line }: { $reason }
cli-config-unknown = unknown key { $key }; { $hint }
cli-config-keys = known are { $keys }
cli-config-value = { $key }: { $want }

cli-config-unknown-parameter = no detector has a parameter { $key }; `minehound explain ID` shows those of one
cli-list-lines = your own list: { $entries } entries used, { $count } { $count ->
    [one] line
   *[other] lines
} not understood, first line { $line }

cli-explain-readers = Readers: what evidence can be
cli-explain-detectors = Detectors: what speaks for mining
cli-explain-renderers = Renderers: what an answer can look like (--format)
cli-explain-words = Words of a report
cli-explain-more = `minehound explain ID` shows the page of one.
cli-explain-weights = Weights
cli-explain-grows = . Becomes { $points } ({ $to }) with { $when }{ $minutes ->
    [0] { "" }
   *[other] {" "}over at least { $minutes } minutes
}
cli-explain-grows-distinct = { $count } different ones
cli-explain-grows-times = { $count } occurrences
cli-explain-grows-either = { $one } or { $other }
cli-explain-parameters = Parameters: set under [detector.{ $id }] in the file of --config
cli-explain-since = { $kind }, since version { $version }
cli-kind-reader = reader
cli-kind-detector = detector
cli-kind-renderer = renderer
cli-explain-unknown = there is nothing called { $id }; { $hint }
cli-explain-see-list = `minehound explain` lists all there is

cli-drill-list = Captures that can be made; `minehound drill traffic SCENARIO -o FILE` writes one:
cli-drill-unknown = there is no scenario { $scenario }; { $hint }
cli-drill-see-list = `minehound drill traffic --list` shows them
cli-drill-terminal = a capture is no text for a terminal; name a file with -o, or pipe it: `minehound drill traffic SCENARIO | minehound scan -`
cli-drill-host-list = Actors; `minehound drill host` plays all that can act here, `--actor NAME` one:
cli-drill-host-unknown = there is no actor { $actor }; { $hint }
cli-drill-host-see-list = `minehound drill host --list` shows them
cli-drill-host-cannot = { $actor } cannot act here: { $reason }
cli-drill-host-linux = actors act on Linux only
cli-drill-host-absent = does not act here: { $reason }
cli-drill-host-pid = pid { $pids }
cli-drill-host-seen = how to see it: { $how }
cli-drill-host-ends = in the end: { $how }
cli-drill-host-runs = { $count } { $count ->
    [one] actor acts
   *[other] actors act
} for { $seconds } { $seconds ->
    [one] second
   *[other] seconds
}; Ctrl-C ends { $count ->
    [one] it
   *[other] them
} sooner. Nothing mines, and nothing leaves this machine.
cli-drill-host-ended = All have ended, and everything is undone.

cli-welcome-machine = This server is slow, hot or loud: look at it from inside. Nothing is changed or started on it.
cli-welcome-capture = You have a capture (pcap or pcapng, also .gz, .zst, .xz or .bz2):
cli-welcome-folder = You have a folder of rotated captures:
cli-welcome-elsewhere = You would rather look into it elsewhere: collect there, copy the file, scan here:
cli-welcome-nothing = You have nothing yet. Capture ten minutes on the gateway, on a mirror port or on the suspected machine, then scan:
cli-welcome-remote = You would rather not store it:
cli-welcome-curious = You want to see how it looks when somebody mines, and what it looks for:
cli-welcome-help = `minehound scan --help` lists all options, `minehound --lang zh` speaks Chinese.

cli-word-confirmed = The machine mines. At least 20 points, and either one conclusive fact or three independent groups of facts with 8 points each. Act on it.
cli-word-probable = The machine very likely mines. At least 10 points with one conclusive fact or two independent groups with 5 points each. Act on it; the line after "next" says what would confirm it.
cli-word-suspicious = Worth a look today: 0 points or more, but neither a conclusive fact nor two groups that agree.
cli-word-noted = Something was seen that does not suffice: -10 points or more. A single look-up of a pool's name is noted; so is anything that speaks from one weak group only.
cli-word-clear = Nothing speaks for mining. Where the evidence shows too little of a machine, a clear verdict reads "cannot say".
cli-word-points = Ten points mean ten times the odds. A machine's points are the prior and what its groups of facts add. In a group the largest weight counts in full and the others by a fifth, up to the group's cap. `--why` shows each step.
cli-word-prior = Where every machine starts before anything is known of it: -30 points, one in a thousand.
cli-word-wire = The group of what is said on the wire in a mining protocol. It adds at most 60 points.
cli-word-dest = The group of whom a machine talks to: names and addresses of known pools. It adds at most 44 points.
cli-word-context = What carries no points: an innocent explanation, or something worth knowing.
cli-word-conclusive = One conclusive fact lifts a machine to at least probable. Only facts that nothing but mining produces are conclusive.
cli-word-definition = A weight by definition: what the protocol or program prescribes, in a combination that nothing else known produces.
cli-word-null = A weight whose chance level mathematics gives: a checksum, 64 bytes of a dataset.
cli-word-listed = A weight that rests on a dated list: of pools, of mining programs.
cli-word-measured = A weight earned by looking at benign machines: seen on so few of so many.
cli-word-simulated = A weight measured on generated benign objects: at most 10 points.
cli-word-attack = How something came in or spreads: scans, guessed passwords, sudden floods of connections, chains of machines. It stands beside the verdict on mining and never changes it. Attempts are connections; refused ones got a reset, unanswered ones nothing. Sources, targets, ports and peers are counted once each, at most 1,024 of them. A chain of machines is in the order in which each reached the next.
cli-word-assumed = A weight that nobody has measured: at most 6 points.
cli-word-coverage = What the evidence could show at all of a machine. Fully visible: all content of its flows could be read. Partly: some of it is encrypted, missing, or in a protocol that is not read. Hardly: none of it could be. Where the evidence has gaps nobody knows whose packets are in them. In JSON: complete, partial, insufficient.
cli-word-gap = Evidence that could not be read: kept, counted and shown, and it limits what a clean verdict may claim. Damage: the file is broken or cut there. Missing: the capture lost or cut packets. Unread: it is there, and this program does not read it, or a limit of its own was reached. Contradiction: two packets claim the same place with different bytes.
cli-word-miner = A machine that computes for a pool or a node.
cli-word-proxy = A machine that takes work from a pool and hands it to miners. Its clients are machines of their own.
cli-word-pool = A machine that hands out work to miners.
cli-word-node = A full node of a chain. It talks of blocks and transactions all day without mining: the innocent explanation of much.
cli-word-scanner = A machine that checks a list of mining names or pools without mining, as monitoring does.
cli-word-pool-name = The name of a pool as the evidence tells it: looked up, asked for in a handshake, or known for that address. A name can be shared and an address can change, so both are shown where both are known.
cli-word-group = Facts that say the same thing in different ways form a group: wire, dest, web, intake, compute, artefact, algo, code, stealth, persist, context. In a group the largest weight counts in full and the others by a fifth, up to the group's cap.
cli-word-web = The group of miners in web pages. It adds at most 50 points.
cli-word-compute = The group of how a machine computes: load that stays, threads bound to processors. It adds at most 12 points, since many honest programs compute as hard.
cli-word-artefact = The group of what mining leaves in the layout of memory and in settings of a machine. It adds at most 20 points.
cli-word-algo = The group of the state of the mining algorithm itself, as it stands in a running process. It adds at most 80 points.
cli-word-code = The group of orders to mine, in arguments, files and autostart entries, and of miners by their own text and name. It adds at most 60 points.
cli-word-stealth = The group of how a process hides: false names, files that are gone, places where anybody may write. It adds at most 15 points, 20 for a process that is hidden from listings and yet lives.
cli-word-persist = The group of what starts a suspect again. It adds at most 8 points.
cli-word-process = A machine looked at from inside tells of its processes: number (pid), program (its file), who started it, as which user and in which container, what it takes of the processors, what memory it holds and what is odd about it; and of what starts something by itself: the program, and when.
cli-word-intake = The group of how a miner came in: downloads of miners, their scripts and configurations. It adds at most 20 points.
cli-word-weight = What a fact adds by itself, in points, with the reason why it may: by definition, null, listed, measured, simulated or assumed.
cli-word-web-miner = A machine whose browser mines because a web page told it to. It ends when the page is closed.
cli-word-mac = The address of the machine's network card on the local network, as its packets carry it. Switches and DHCP servers know it: it leads to a socket and a name.
cli-word-share = A proof of work that a miner sends to its pool: easier than a block and paid by the piece. Shares accepted is what the pool took; shares rejected what it refused; shares sent what the miner offered, where only its side was seen.
cli-word-job = The work that a pool or node hands to a miner: what to compute on, until the next one comes. A job seen means that the machine was given work. Over HTTP the miner asks for it again and again: work asked for, given, returned.
cli-word-difficulty = How many attempts a share takes on average, as the pool states it. Its unit is the dialect's own: 1 is about 4.3 billion hashes for Bitcoin's kin and 1 hash for Monero's.
cli-word-hashrate = How fast the machine computes, estimated from accepted shares, their difficulty and the time between: hashes per second (H/s; k, M, G, T, P, E for thousands of each other), or solutions per second (Sol/s) for Equihash. At least and at most bound it with 95 % confidence. What a miner claims itself stands apart.
cli-word-solutions = Solutions per second: the speed of miners of Equihash coins such as Zcash, whose shares are solutions of a puzzle and not single hashes.
cli-word-login = What a miner names itself by to the pool: a wallet, often with the worker's name behind a dot, or an account at the pool. "In the name of" is the address that a balancer says it passes on.
cli-word-wallet = The address that is paid. It is shown as a wallet only where it is valid for a coin; anything else stays a login. The money goes there, whoever owns the machine.
cli-word-checksum = How a wallet was checked: by the checksum in it, which chance does not produce, or by its form alone, where the address carries no checksum (Ethereum in lower case).
cli-word-worker = The name a miner gives to one of its machines, so that its owner can tell them apart. Often the host's name, and always chosen by whoever set the miner up.
cli-word-agent = The program as it names itself to the pool, with its version. Anybody can change it.
cli-word-coin = The coin that is mined, by its ticker, only where the evidence decides it: by the wallet, by the network's difficulty, or because the pool offers no other.
cli-word-algorithm = The computation that is mined, in the field's usual spelling: rx/0, kawpow, sha256d.
cli-word-dialect = The protocol in which miner and pool talk, such as stratum-cryptonote (login, job, submit) or stratum-bitcoin (mining.subscribe, mining.notify, mining.submit). It is decided by the shape of what is said, not by the port.
cli-word-session = One dialogue between a miner and a pool, over one connection or several requests. Connections are counted where no dialogue could be read.
cli-word-via = What lies between the machine and its pool. Via: what carries the connection (SOCKS, CONNECT, WebSocket). Upstream: the pool that a relay names. Sent on to: where the pool told the miner to go.
cli-word-refusal = The pool's own words for why it did not take a login or a share.
cli-word-nonce-split = The pool gives each miner a part of the numbers to try: the sign of a proxy that serves many machines.
cli-word-look-up = A question to DNS for the address of a name. Looking a pool up is not mining; connecting to it and speaking says more.
cli-word-file = A file seen in transit, by its address (URL), what it holds, how many bytes were seen, and their SHA-256, so that it can be compared with lists. What starts with or holds a miner's words is a miner, its script or its configuration.
cli-word-evidence = What was given to be read: e1, e2 … are files in the order of their times. A record is one packet of a capture.
cli-word-flow = All packets between two ends (addresses and ports) of one protocol that belong together.
cli-word-finding = Something that a detector has to say about a machine: f1, f2 … It names the packets that show it.
cli-word-sandbox = The rights that a scan gives up before it reads evidence: other files, the network, running programs.
cli-word-break-in = Somebody came in, by the machine's own records: a login that succeeded after many from the same source had failed. Failed before it counts those of the day before, as whomever; proved by says whether a password or a key was used; rank orders what was found on one machine, the surest first. It carries no points.
cli-word-confidence = How sure a finding about a door or a break-in is. High: a configuration or many failures prove it. Medium: the program, or some failures, speak for it. Low: only a port, or a single login, does.
cli-word-exposure = A service that listens to others than the machine itself, and that miners are known to come in by. Asks for says what it wants to see before it lets somebody in, by its setting or else by what is usual; danger says what comes of it: commands, containers, files, database, guessing, holes or data. It carries no points.
cli-word-history = What a shell, or sudo, remembers of what was typed. Recorded in is the file and line; does lists what intruders do more often than others. Orders to mine in it are evidence for mining, everything else carries no points.
