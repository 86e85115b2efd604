# What the program says about itself: help, mistakes, progress.

cli-about = Minehound finds cryptomining in the evidence you have, says who mines, how sure that is, and why.
cli-usage = Usage:
cli-heading-commands = Commands:
cli-heading-arguments = Arguments:
cli-heading-options = Options:
cli-heading-answer = The answer:
cli-heading-evidence = The evidence:
cli-heading-run = The run:

cli-scan = investigates packet captures, and says who mines
cli-explain = lists every reader, detector, renderer and word of a verdict, or shows the page of one
cli-drill = a harmless exercise that ought to be detected
cli-drill-traffic = writes a capture in which it is known who mines what: made up, of reserved addresses and names

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

cli-option-evidence = captures (pcap, pcapng, also compressed), folders of them, and - for stdin, in any mix; the kind of each is recognised by content, never by its name
cli-option-format = text for people, json for programs [text]
cli-option-output = write the answer to a file instead of stdout
cli-option-why = show the points of each machine, where each fact can be checked, and a Wireshark filter for it
cli-option-show = print the dialogue of a finding (f1, f2 …): requests and answers side by side, secrets masked
cli-option-extract = write a pcapng of just the packets that the findings rest on; a scan of it draws the same verdict
cli-option-show-secrets = show passwords instead of ***
cli-option-host = only the machine with this address or name
cli-option-all-hosts = also the machines of which there is nothing to say
cli-option-fail-on = exit with 1 if a machine is at this level or above: noted, suspicious, probable, confirmed, never [probable]
cli-option-since = only what happened from this time on: 2026-11-24T09:12 in the local zone, or with Z in UTC
cli-option-until = only what happened up to this time
cli-option-inside = a range of addresses that is yours, besides the private ones; may be given several times
cli-option-intel = your own list of pools: a name, address, address:port or network on each line, then the coin if you like
cli-option-no-hash = no SHA-256 of the evidence: faster
cli-option-threads = how many threads to use [as many as the machine has]
cli-option-memory = MiB that tables and streams may use; the result is the same unless it is too little [256]
cli-option-no-sandbox = do not give up the right to read other files, use the network and run programs before evidence is read
cli-option-config = read settings from a TOML file; the command line has the last word
cli-option-progress = a bar on stderr for work over a second: auto (on a terminal), always, never [auto]
cli-option-quiet = nothing on stderr but errors
cli-option-lang = en or zh [from the locale]
cli-option-color = auto, always, never; NO_COLOR is respected [auto]
cli-option-help = this page
cli-option-version = the version
cli-option-id = a unit (stratum-session) or a word of a verdict (probable)
cli-option-list = list the scenarios
cli-option-scenario = which capture to make; --list shows them
cli-option-drill-output = where to write it: pcapng, or pcap if the name ends so [stdout]
cli-option-seed = another number gives other addresses, times and shares; the same number the same bytes [1]
cli-option-truth = also write the truth, as a table of labels

cli-mistake = { $what }; { $hint }
cli-unknown-option = there is no option { $option }
cli-unknown-command = there is no command { $command }
cli-missing-command = a command is missing
cli-given-twice = { $option } may be given only once
cli-missing-value = { $option } needs a value
cli-too-many-values = { $option } does not take the value { $value }
cli-bad-arguments = these arguments are not understood
cli-did-you-mean = did you mean { $word }?
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
cli-no-evidence = nothing to scan: name a capture, a folder of captures, or - for stdin; `minehound` alone shows what to type
cli-no-such-host = no machine in the evidence is called { $host }; --all-hosts lists all of them
cli-unused = { $source }: { $reason }
cli-progress = { $records } { $records ->
    [one] record
   *[other] records
}

cli-cannot-read = cannot read { $path }: { $reason }
cli-cannot-write = cannot write { $path }: { $reason }
cli-output-is-evidence = { $path } is evidence and will not be written over; choose another file
cli-sandbox-none = this kernel has neither Landlock nor seccomp: the run goes on without a sandbox
cli-sandbox-no-landlock = this kernel has no Landlock: the run goes on with half a sandbox (no network, no programs, but any file can be read)
cli-sandbox-no-seccomp = this kernel has no seccomp filters: the run goes on with half a sandbox (only the named evidence can be read)
cli-extract-own-file = --extract writes a capture: name a file of its own for it
cli-extract-empty = nothing was found, so the extract holds no packets
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
cli-explain-words = Words of a verdict
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
cli-explain-unknown = there is nothing called { $id }; { $hint }
cli-explain-see-list = `minehound explain` lists all there is

cli-drill-list = Captures that can be made; `minehound drill traffic SCENARIO -o FILE` writes one:
cli-drill-unknown = there is no scenario { $scenario }; { $hint }
cli-drill-see-list = `minehound drill traffic --list` shows them
cli-drill-terminal = a capture is no text for a terminal; name a file with -o, or pipe it: `minehound drill traffic SCENARIO | minehound scan -`

cli-welcome-capture = You have a capture (pcap or pcapng, also .gz, .zst, .xz or .bz2):
cli-welcome-folder = You have a folder of rotated captures:
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
cli-word-assumed = A weight that nobody has measured: at most 6 points.
cli-word-coverage = What the evidence could show at all of a machine: complete, partial or insufficient.
cli-word-gap = A place in the evidence that could not be read. It is kept, counted and shown, and it limits what a clean verdict may claim.
cli-word-miner = A machine that computes for a pool or a node.
cli-word-proxy = A machine that takes work from a pool and hands it to miners. Its clients are machines of their own.
cli-word-pool = A machine that hands out work to miners.
cli-word-node = A full node of a chain. It talks of blocks and transactions all day without mining: the innocent explanation of much.
cli-word-scanner = A machine that checks a list of mining names or pools without mining, as monitoring does.
